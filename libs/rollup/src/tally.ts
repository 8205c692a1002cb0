import { type Duty } from './duties.js';
import { type Outcome, type Tally } from './edition-model.js';

const outcomes = [
  'onTime',
  'extended',
  'returned',
  'late',
  'tolled',
  'awaiting',
  'waived',
  'pending',
] as const satisfies readonly Outcome[];

/** In time by the first hand-in: sent back or extended beforehand takes nothing away, and both are printed apart. */
const inTime: readonly Outcome[] = ['onTime', 'extended', 'returned'];

/**
 * Counts duties. On-time rate = (onTime + extended + returned) ÷ (the same + late); late holds what is overdue and open.
 * @throws Error when the classes do not add up to the total: a figure that nobody could defend is never published
 */
export function tally(duties: readonly Duty[]): Tally {
  const counts = Object.fromEntries(
    outcomes.map(outcome => [outcome, duties.filter(duty => duty.outcome === outcome).length]),
  ) as Record<Outcome, number>;
  const sum = (figure: (duty: Duty) => number) => duties.reduce((total, duty) => total + figure(duty), 0);
  const numerator = inTime.reduce((total, outcome) => total + counts[outcome], 0);
  const denominator = numerator + counts.late;
  const result = {
    ...counts,
    total: duties.length,
    numerator,
    denominator,
    rate: percent(numerator, denominator),
    openOverdue: sum(({ openOverdue }) => (openOverdue ? 1 : 0)),
    returns: sum(({ returns }) => returns),
    workdaysLate: sum(({ workdaysLate }) => workdaysLate),
    inherited: sum(({ obligation }) => (obligation.inherited ? 1 : 0)),
  };
  assertAddsUp(result);
  return result;
}

/** @throws Error when the classes do not add up to the total */
export function assertAddsUp(given: Tally): void {
  const sum = outcomes.reduce((total, outcome) => total + given[outcome], 0);
  if (sum !== given.total) throw new Error(`${sum} duties are counted by class, ${given.total} in all`);
}

/** In percent with one decimal; null without anything to divide by. */
export function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part * 1000) / whole) / 10;
}
