import { exact } from './decimals.js';
import type { Bound, Direction } from './indicator-model.js';

type Sense = { direction: Direction; bound?: Bound };

/** Whether a lower figure is the better one: 降低到, or a place in a ranking. */
export function isBetterLow(direction: Direction, bound?: Bound): boolean {
  return (
    direction === 'less' ||
    direction === 'rank' ||
    (direction === 'maintain' && (bound === '<=' || bound === '<'))
  );
}

/**
 * Whether a value reaches a goal. The direction says which side is good; of the bound only its strictness counts (超过,
 * 低于): "=" and a range are reached by more of a good thing, too.
 */
export function reaches(value: number, goal: number, { direction, bound }: Sense): boolean {
  const ahead = isBetterLow(direction, bound) ? exact(goal - value) : exact(value - goal);
  const strict = bound === '>' || bound === '<';
  return strict ? ahead > 0 : ahead >= 0;
}
