import type {
  AttainmentInput,
  AttainmentRule,
  Figures,
  Judged,
  Reason,
  Verdict,
} from './attainment-model.js';
import { exact, percentOf, rounded } from './decimals.js';
import { isBetterLow, reaches } from './reaching.js';

/** The table of attainment: one row per kind of target, each with its figures and its verdict. */

export type Judgement = { verdict: Verdict; reason: Reason; judged: Judged; figures: Figures };
/** What every row may rely on: there is a value. */
type Known = AttainmentInput & { actual: number };

const none: Figures = { ratio: null, points: null, progress: null };

export function judge(input: AttainmentInput, rule: AttainmentRule): Judgement {
  const judged = judgedBy(input);
  if (input.annualOnly && input.elapsed < 1) {
    return { verdict: 'not_due', reason: 'annual_only', judged, figures: none };
  }
  const { actual } = input;
  if (actual === null) return { verdict: 'no_colour', reason: 'no_value', judged, figures: none };
  return row({ ...input, actual }, judged, rule);
}

function row(input: Known, judged: Judged, rule: AttainmentRule): Judgement {
  if (input.direction === 'yes_no' || input.kind === 'yes_no') return yesNo(input);
  if (input.kind === 'relative') return relative(input, rule);
  if (input.direction === 'maintain') return maintained(input);
  if (isAbout(input)) return about(input, rule);
  return againstPlan(input, judged, rule);
}

/** Flows, growth and coverage by ratio, levels and ranks by difference, stocks and what should fall by progress. */
function judgedBy({ kind, direction, bound }: Pick<AttainmentInput, 'kind' | 'direction' | 'bound'>): Judged {
  if (direction === 'maintain' || direction === 'yes_no' || kind === 'yes_no') return 'pass';
  if (kind !== 'relative' && isAbout({ direction, bound })) return 'pass';
  if (kind === 'relative' || kind === 'rank' || direction === 'rank') return 'points';
  if (direction === 'less') return 'progress';
  if (kind === 'ratio') return 'points';
  return kind === 'stock' && direction !== 'coverage' ? 'progress' : 'ratio';
}

function isAbout({ direction, bound }: Pick<AttainmentInput, 'direction' | 'bound'>): boolean {
  return direction === 'about' || bound === '~';
}

function yesNo({ actual, evidence, elapsed }: Known): Judgement {
  const given = (verdict: Verdict, reason: Reason): Judgement => ({
    verdict,
    reason,
    judged: 'pass',
    figures: none,
  });
  if (actual >= 1)
    return evidence === false ? given('no_colour', 'evidence_missing') : given('met', 'target_met');
  return elapsed < 1 ? given('not_due', 'not_yet') : given('far_behind', 'target_missed');
}

/** 保持: the standard holds in each period or is broken at once; nothing made up later mends it. */
function maintained({ kind, actual, planned, target, direction, bound, elapsed }: Known): Judgement {
  const standard = target ?? planned;
  if (standard === null) {
    return { verdict: 'no_colour', reason: 'plan_missing', judged: 'pass', figures: none };
  }
  const points = kind === 'ratio' || kind === 'rank' ? gap(actual, standard, { direction, bound }) : null;
  const figures = { ...none, points };
  if (!reaches(actual, standard, { direction, bound })) {
    return { verdict: 'breach', reason: 'standard_broken', judged: 'pass', figures };
  }
  return { verdict: elapsed < 1 ? 'on_track' : 'met', reason: 'standard_held', judged: 'pass', figures };
}

/** 高于全省平均: against the comparator of the same period; `target` is the lead that is asked for, mostly none. */
function relative(
  { actual, comparator, target, direction, bound, elapsed }: Known,
  rule: AttainmentRule,
): Judgement {
  if (comparator === null || comparator === undefined) {
    return { verdict: 'no_colour', reason: 'comparator_missing', judged: 'points', figures: none };
  }
  const isLow = isBetterLow(direction, bound);
  const lead = isLow ? comparator - actual : actual - comparator;
  const judged = judgedBy({ kind: 'relative', direction, bound });
  const given = (verdict: Verdict, reason: Reason): Judgement => {
    return { verdict, reason, judged, figures: { ...none, points: rounded(lead, 2) } };
  };
  const wanted = target ?? 0;
  if (reaches(lead, wanted, { direction: 'more', bound: bound === '>' || bound === '<' ? '>' : '>=' })) {
    return given(elapsed < 1 ? 'on_track' : 'met', 'comparator_reached');
  }
  if (direction === 'maintain') return given('breach', 'standard_broken');
  return given(exact(wanted - lead) <= rule.points ? 'behind' : 'far_behind', 'comparator_missed');
}

/** 左右: near enough on either side; before the year's end against the plan of the period. */
function about(input: Known, rule: AttainmentRule): Judgement {
  const { actual, target, planned, elapsed } = input;
  const width = (input.tolerance ?? rule.tolerance) / 100;
  const off = (goal: number) => exact(Math.abs(actual - goal) / goal);
  const figures = { ...none, ratio: planned && planned > 0 ? percentOf(actual, planned) : null };
  const given = (verdict: Verdict, reason: Reason): Judgement => ({
    verdict,
    reason,
    judged: 'pass',
    figures,
  });
  const goal = target ?? (elapsed < 1 ? null : planned);
  if (goal !== null && goal > 0 && off(goal) <= width) return given('met', 'within_tolerance');
  const fault = planFault(planned);
  if (fault !== null || planned === null) return given('no_colour', fault ?? 'plan_missing');
  const distance = off(planned);
  if (distance <= width && elapsed < 1) return given('on_track', 'within_tolerance');
  return given(distance <= 1 - rule.behind ? 'behind' : 'far_behind', 'outside_tolerance');
}

function againstPlan(input: Known, judged: Judged, rule: AttainmentRule): Judgement {
  const figures = figuresOf(input, judged);
  const given = (verdict: Verdict, reason: Reason): Judgement => ({ verdict, reason, judged, figures });
  if (meetsTarget(input)) return given('met', 'target_met');
  const { actual, planned, elapsed } = input;
  const fault = planFault(planned);
  if (fault !== null || planned === null) return given('no_colour', fault ?? 'plan_missing');
  const ended = elapsed >= 1;
  const isOnPlan = reaches(actual, planned, { direction: input.direction });
  if (isOnPlan && !ended) return given('on_track', 'on_plan');
  const band = isOnPlan ? 'on_track' : bandOf(input, planned, judged, rule);
  if (band === 'behind_baseline') return given('far_behind', 'behind_baseline');
  // At the year's end a share of the target is no longer "on track": it is missed, by little or by much.
  if (ended) return given(band === 'on_track' ? 'behind' : band, 'target_missed');
  return given(band, band === 'on_track' ? 'near_plan' : 'below_plan');
}

/** Asked before any formula. What is added up and should stay low is only known at the year's end. */
function meetsTarget({ actual, target, planned, elapsed, kind, direction, bound }: Known): boolean {
  const goal = target ?? (elapsed < 1 ? null : planned);
  if (goal === null) return false;
  if (isFlowKind(kind) && isBetterLow(direction) && elapsed < 1) return false;
  return reaches(actual, goal, { direction, bound });
}

type Band = 'on_track' | 'behind' | 'far_behind' | 'behind_baseline';

function bandOf(input: Known, planned: number, judged: Judged, rule: AttainmentRule): Band {
  const { actual, kind, direction, bound } = input;
  if (judged === 'points') {
    const short = exact(isBetterLow(direction, bound) ? actual - planned : planned - actual);
    const isRank = kind === 'rank' || direction === 'rank';
    return short <= (isRank ? rule.places : rule.points) ? 'behind' : 'far_behind';
  }
  const baseline = startOf(input);
  if (judged === 'ratio' || baseline === null) {
    return bandOfShare(isBetterLow(direction) ? planned / actual : actual / planned, rule);
  }
  const asked = isBetterLow(direction) ? baseline - planned : planned - baseline;
  // The plan asks for no change at all, and even that was not kept: there is no share of a change to speak of.
  if (exact(asked) <= 0) return 'behind_baseline';
  const made = isBetterLow(direction) ? baseline - actual : actual - baseline;
  return bandOfShare(made / asked, rule);
}

function bandOfShare(share: number, rule: AttainmentRule): Band {
  const known = exact(share);
  if (known >= rule.onTrack) return 'on_track';
  return known >= rule.behind ? 'behind' : 'far_behind';
}

function figuresOf(input: Known, judged: Judged): Figures {
  const { actual, planned, direction, bound } = input;
  if (planned === null) return none;
  if (judged === 'points') return { ...none, points: gap(actual, planned, { direction, bound }) };
  return {
    ratio: ratioOf(actual, planned, direction),
    points: null,
    progress: progressOf(input, planned, judged),
  };
}

function ratioOf(actual: number, planned: number, direction: Known['direction']): number | null {
  if (planned <= 0) return null;
  if (!isBetterLow(direction)) return percentOf(actual, planned);
  return actual > 0 ? percentOf(planned, actual) : null;
}

function progressOf(input: Known, planned: number, judged: Judged): number | null {
  const baseline = startOf(input);
  if (judged !== 'progress' || baseline === null || planned <= 0) return null;
  const asked = exact(isBetterLow(input.direction) ? baseline - planned : planned - baseline);
  const made = isBetterLow(input.direction) ? baseline - input.actual : input.actual - baseline;
  return asked <= 0 ? null : percentOf(made, asked);
}

/** A year's baseline of something added up is held against the same share of the year. */
function startOf({ baseline, kind, elapsed }: Known): number | null {
  return baseline !== null && isFlowKind(kind) ? exact(baseline * elapsed) : baseline;
}

function gap(
  actual: number,
  goal: number,
  { direction, bound }: Pick<Known, 'direction' | 'bound'>,
): number | null {
  return rounded(isBetterLow(direction, bound) ? goal - actual : actual - goal, 2);
}

function planFault(planned: number | null): Reason | null {
  if (planned === null) return 'plan_missing';
  if (planned === 0) return 'plan_zero';
  return planned < 0 ? 'plan_negative' : null;
}

function isFlowKind(kind: Known['kind']): boolean {
  return kind === 'flow_cumulative' || kind === 'flow_period';
}
