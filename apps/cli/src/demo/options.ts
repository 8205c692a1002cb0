import { isDay } from '@duban/calendar';
import { CliFault } from '../terminal/failure.js';
import { firstDay, lastDay, planCodes } from './script/timetable.js';

/** As the command line gives them. */
export type DemoOptions = {
  /** End after the last day instead of staying up. */
  exit: boolean;
  plans?: readonly string[] | null | undefined;
  until?: string | null | undefined;
  seed: number;
  json: boolean;
};

/** What is to be played: which plans, up to which day. */
export type Part = { plans: readonly string[]; until: string; isWhole: boolean };

/** @throws RangeError for a plan or day that there is none of */
export function partOf(options: Pick<DemoOptions, 'plans' | 'until'>): Part {
  const plans = options.plans ?? [];
  const until = options.until ?? lastDay;
  const unknown = plans.find(code => !planCodes.includes(code));
  if (unknown !== undefined)
    throw new CliFault('unknown_plan_seed', { code: unknown, known: planCodes.join(', ') });
  if (!isDay(until) || until < firstDay)
    throw new RangeError(`--until wants a day from ${firstDay} on, such as 2023-07-31.`);
  const wanted = planCodes.filter(code => plans.length === 0 || plans.includes(code));
  return { plans: wanted, until, isWhole: wanted.length === planCodes.length && until >= lastDay };
}
