import {
  type Attainment,
  type AttainmentInput,
  type AttainmentRule,
  attainmentRule,
  type Cause,
  type Judged,
  type Reason,
  type TargetFinding,
  type Verdict,
} from './attainment-model.js';
import { judge } from './attainment-rows.js';
import { exact, percentOf } from './decimals.js';
import type { Direction } from './indicator-model.js';
import { isBetterLow, reaches } from './reaching.js';

/**
 * How far a value has come: the figures of its kind, the one that was judged, the verdict and its reason. By the table
 * of the supervision handbook; whether the target is already met is asked before any formula, and a plan that is zero,
 * negative or missing gives no colour. Percentages are rounded half away from zero to one decimal, points to two;
 * verdicts are reached on the unrounded figures.
 *
 * @example attain({ kind: 'flow_cumulative', direction: 'more', planned: 50, target: 236, baseline: null, actual: 52, elapsed: 0.25 })
 * // ratio 104, judged by ratio, on_track (on_plan); line: 59, of which 88.1 %
 */
export function attain(input: AttainmentInput, rule: AttainmentRule = attainmentRule): Attainment {
  const cleaned = withoutNonsense(input);
  const { verdict, reason, judged, figures } = judge(cleaned, rule);
  return {
    ...figures,
    judged,
    verdict,
    reason,
    cause: causeOf(reason),
    derived: cleaned.derived ?? false,
    line: lineOf(cleaned),
    stretch: stretchOf(cleaned),
    findings: targetFindings(cleaned.direction, cleaned.target, cleaned.baseline),
    original: cleaned.original ? againstOriginal(cleaned, cleaned.original, rule) : null,
    rule,
  };
}

/**
 * A milestone with a date: done by the day, done after it (made good, never on time), or open. `day` is the day judged.
 */
export function attainMilestone(milestone: { dueOn: string; doneOn: string | null; day: string }): {
  verdict: Verdict;
  reason: Reason;
  cause: Cause | null;
  judged: Judged;
} {
  const { dueOn, doneOn, day } = milestone;
  const given = (verdict: Verdict, reason: Reason) =>
    ({ verdict, reason, cause: causeOf(reason), judged: 'pass' }) as const;
  const isDone = doneOn !== null && doneOn <= day;
  if (isDone) return doneOn <= dueOn ? given('met', 'done_in_time') : given('behind', 'done_late');
  return day > dueOn ? given('far_behind', 'milestone_overdue') : given('not_due', 'not_yet');
}

/** The level that growth by `percent` a year asks for after whole years: b × (1 + g)ⁿ. */
export function requiredLevel(baseline: number, percent: number, years: number): number {
  let level = baseline;
  // Not Math.pow: its last digits differ between engines.
  for (let year = 0; year < years; year += 1) level *= 1 + percent / 100;
  return exact(level);
}

/** Whether the target asks for less than was there before it was set: achieved from the first day, worth a question. */
export function targetFindings(
  direction: Direction,
  target: number | null,
  lastActual: number | null,
): TargetFinding[] {
  if (target === null || lastActual === null || direction === 'yes_no' || direction === 'about') return [];
  if (exact(target) === exact(lastActual)) return ['target_equals_last_actual'];
  if (isBetterLow(direction)) return target > lastActual ? ['target_above_last_actual'] : [];
  return target < lastActual ? ['target_below_last_actual'] : [];
}

/** What a leader hears first: time, quantity, quality or a missing report; null where nothing is wrong. */
export function causeOf(reason: Reason): Cause | null {
  return causes[reason];
}

const causes: Readonly<Record<Reason, Cause | null>> = {
  target_met: null,
  on_plan: null,
  near_plan: null,
  standard_held: null,
  within_tolerance: null,
  comparator_reached: null,
  annual_only: null,
  not_yet: null,
  done_in_time: null,
  plan_missing: null,
  plan_zero: null,
  plan_negative: null,
  below_plan: 'quantity',
  target_missed: 'quantity',
  behind_baseline: 'quantity',
  standard_broken: 'quantity',
  outside_tolerance: 'quantity',
  comparator_missed: 'quantity',
  evidence_missing: 'quality',
  no_value: 'missing_report',
  comparator_missing: 'missing_report',
  done_late: 'time',
  milestone_overdue: 'time',
};

/** Figures that are none (NaN, Infinity) are taken as not there, and binary noise is cut off. */
function withoutNonsense(input: AttainmentInput): AttainmentInput {
  const clean = (value: number | null | undefined) =>
    value === null || value === undefined || !Number.isFinite(value) ? null : exact(value);
  return {
    ...input,
    planned: clean(input.planned),
    target: clean(input.target),
    stretch: clean(input.stretch),
    baseline: clean(input.baseline),
    actual: clean(input.actual),
    comparator: clean(input.comparator),
  };
}

function lineOf({ kind, target, actual, elapsed, annualOnly }: AttainmentInput): Attainment['line'] {
  const isFlow = kind === 'flow_cumulative' || kind === 'flow_period';
  if (!isFlow || target === null || (annualOnly && elapsed < 1)) return null;
  const value = exact(target * elapsed);
  return { value, ratio: actual !== null && value > 0 ? percentOf(actual, value) : null };
}

function stretchOf({ stretch, actual, direction, bound }: AttainmentInput): Attainment['stretch'] {
  if (stretch === null || stretch === undefined) return null;
  return { value: stretch, reached: actual !== null && reaches(actual, stretch, { direction, bound }) };
}

function againstOriginal(
  input: AttainmentInput,
  original: { planned: number | null; target: number | null },
  rule: AttainmentRule,
): Attainment['original'] {
  const { planned, target } = original;
  const { verdict, reason, figures } = judge(withoutNonsense({ ...input, planned, target }), rule);
  return { ...figures, planned, target, verdict, reason };
}
