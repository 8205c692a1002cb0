import { firstVersions, type PolicyContents } from '@duban/policy';
import type { Bound, Direction, Kind } from './indicator-model.js';

/** Where the colours begin: the thresholds of one version of the light's policy, printed beside every colour. */
export type AttainmentRule = Readonly<PolicyContents['light']> & { readonly version: number };

/** What holds when nothing else was adopted. */
export const attainmentRule: AttainmentRule = { version: 1, ...firstVersions.light };

/** All figures in the indicator's own unit. `elapsed`: share of the year at the period's end, 1 at the year's end. */
export type AttainmentInput = {
  kind: Kind; // the target's, where it states one of its own
  direction: Direction;
  bound?: Bound; // default: at least, or at most where less is better
  planned: number | null; // P: what should stand at the period's end
  derived?: boolean; // P is the straight line, not stated
  target: number | null; // T: what should stand at the year's end
  stretch?: number | null;
  baseline: number | null; // b: the last actual before the year
  actual: number | null; // A
  elapsed: number;
  comparator?: number | null;
  tolerance?: number | null; // percent
  annualOnly?: boolean;
  evidence?: boolean; // yes/no only: false when a "yes" was given without any
  original?: { planned: number | null; target: number | null } | null; // before the target was revised
};

export type Verdict = 'met' | 'on_track' | 'behind' | 'far_behind' | 'breach' | 'not_due' | 'no_colour';

/** Stable codes; each has its sentence in the catalogue. */
export type Reason =
  | 'target_met'
  | 'on_plan'
  | 'near_plan'
  | 'below_plan'
  | 'target_missed'
  | 'behind_baseline'
  | 'standard_held'
  | 'standard_broken'
  | 'within_tolerance'
  | 'outside_tolerance'
  | 'comparator_reached'
  | 'comparator_missed'
  | 'annual_only'
  | 'not_yet'
  | 'no_value'
  | 'evidence_missing'
  | 'comparator_missing'
  | 'plan_missing'
  | 'plan_zero'
  | 'plan_negative'
  | 'done_in_time'
  | 'done_late'
  | 'milestone_overdue';

/** What a leader hears first about a colour that is not green. */
export type Cause = 'time' | 'quantity' | 'quality' | 'missing_report';

export type Judged = 'ratio' | 'progress' | 'points' | 'pass';

export type Figures = {
  ratio: number | null; // percent, one decimal: A ÷ P, or P ÷ A where less is better
  points: number | null; // percentage points or places, two decimals; positive is good
  progress: number | null; // percent, one decimal: share of the planned change since the baseline
};

export type Attainment = Figures & {
  judged: Judged; // by which of the figures the verdict was reached
  verdict: Verdict;
  reason: Reason;
  cause: Cause | null;
  derived: boolean;
  line: { value: number; ratio: number | null } | null; // the straight line T × e of a flow, for comparison
  stretch: { value: number; reached: boolean } | null;
  findings: readonly TargetFinding[];
  original:
    (Figures & { planned: number | null; target: number | null; verdict: Verdict; reason: Reason }) | null;
  rule: AttainmentRule;
};

export type TargetFinding =
  'target_below_last_actual' | 'target_above_last_actual' | 'target_equals_last_actual';
