import type { Evidence, Paper } from '@duban/platform';

/** The words of an indicator: its events, commands and state. The rules stand in `indicator.ts`, the formulas in `attainment.ts`. */

export type Direction = 'more' | 'less' | 'about' | 'maintain' | 'yes_no' | 'rank' | 'coverage';
export type Kind =
  | 'stock'
  | 'flow_cumulative'
  | 'flow_period'
  | 'ratio'
  | 'growth'
  | 'yes_no'
  | 'rank'
  | 'coverage'
  | 'relative';
export type Bound = '>=' | '>' | '<=' | '<' | '~' | '=' | 'range';
export type Frequency = 'month' | 'quarter' | 'half_year' | 'year';
export type ProviderMode = 'one_of' | 'each' | 'sum';

/** horizon: a period (`2023`, `2023Q2`, `2027`) or `yearly` (每年). `kind` overrides the indicator's for this target (累计 against 新增 in one row). */
export type Target = {
  horizon: string;
  bound: Bound;
  floor: number;
  stretch: number | null;
  kind: Kind | null;
  commitment: 'plain' | 'ensure' | 'strive';
  forecast: boolean;
  words: string;
  clause: string;
  tolerance?: number; // 左右: how far in percent of the target still counts as reached; the rule's own width if absent
};

/** Where a plan states the indicator: first the defining place, then further citations. */
export type Link = { plan: string; task: string | null; section: string | null; clause: string };

// Stored for ever: add types and optional fields; never rename, remove or reuse one.
export type IndicatorEvent =
  | {
      type: 'IndicatorDefined';
      plan: string;
      code: string;
      title: string;
      measure: string;
      source: 'table' | 'text';
      direction: Direction;
      kind: Kind;
      annualOnly: boolean;
      definition: string | null;
    }
  | {
      type: 'DefinitionChanged';
      title: string;
      definition: string | null;
      reason: string;
      paper: Paper | null;
      on: string;
    }
  | { type: 'OwnerAssigned'; units: readonly string[]; on: string }
  | { type: 'ProviderAssigned'; units: readonly string[]; mode: ProviderMode; on: string }
  | { type: 'CadenceSet'; frequency: Frequency; lagDays: number; source: string | null; on: string }
  | { type: 'IndicatorLinked'; link: Link }
  | { type: 'BaselineRecorded'; period: string; value: number; source: string | null }
  | { type: 'TargetSet'; plan: string; target: Target; on: string }
  | {
      type: 'TargetRevised';
      plan: string;
      changes: readonly { horizon: string; from: number; floor: number; stretch: number | null }[];
      reason: string;
      paper: Paper | null;
      easedAfterMiss: boolean;
      on: string;
    }
  | { type: 'ComparatorRecorded'; period: string; value: number; source: string; on: string }
  | {
      type: 'ValueReported';
      period: string;
      unit: string; // the provider: with mode sum the value is this provider's part
      value: number;
      reporter: string;
      delegate?: string; // whoever acted for the reporter
      confirmed: boolean; // sent again after a plausibility warning
      warnings?: readonly string[]; // the warnings that were overridden so
      onBehalf?: boolean; // the office entered a paper that it received on `on`
      paper?: Paper; // that paper
      evidence: readonly Evidence[];
      on: string;
      effectiveOn: string; // the period's end
    }
  | { type: 'ValueAwaited'; period: string; availableOn: string; reason: string; on: string }
  | {
      type: 'ValueRevised';
      period: string;
      unit: string;
      from: number;
      to: number;
      reason: string;
      on: string;
      by: string;
      delegate?: string;
      warnings?: readonly string[];
      evidence?: readonly Evidence[]; // beside what stood there
      onBehalf?: boolean;
      paper?: Paper;
    }
  | {
      type: 'ValueCorrected';
      period: string;
      unit: string;
      from: number;
      to: number;
      reason: string;
      basis: string;
      on: string;
      by: string;
      delegate?: string;
      warnings?: readonly string[];
      evidence?: readonly Evidence[]; // beside what stood there
      onBehalf?: boolean;
      paper?: Paper;
      accepted?: boolean; // the figure was confirmed: the right one counts once another person has confirmed it, too
    }
  | {
      type: 'ValueConfirmed';
      period: string;
      on: string;
      by: string;
      selfReviewed: boolean;
      corrections?: readonly { unit: string; from: number; to: number }[]; // those that count from here
    }
  | {
      type: 'ValueCorrectionRefused'; // the accepted figure stands
      period: string;
      unit: string;
      from: number;
      to: number;
      reason: string;
      on: string;
      by: string;
    }
  | { type: 'ValueRejected'; period: string; unit: string; reason: string; on: string; by: string }
  | { type: 'IndicatorExempted'; on: string; reason: string; paper: Paper | null };

/**
 * `actsFor`: the units whose successor the acting unit is. `provider`: whose part this is, needed only by a unit that
 * answers for several providers.
 */
export type Acting = { unit: string; actsFor: readonly string[]; provider?: string };

/** The reviewing unit, the units whose successor it is, and the plan's supervision office: the only unit that may review itself. */
export type Reviewing = { reviewerUnit: string; actsFor?: readonly string[]; office: string };

export type IndicatorCommand =
  | ({ type: 'DefineIndicator' } & Omit<Extract<IndicatorEvent, { type: 'IndicatorDefined' }>, 'type'> & {
        owners: readonly string[];
        providers: readonly string[];
        providerMode: ProviderMode;
        frequency: Frequency;
        lagDays: number;
        links: readonly Link[];
        baselines: readonly { period: string; value: number }[];
        targets: readonly Target[];
      })
  | {
      type: 'ChangeDefinition';
      title: string;
      definition: string | null;
      reason: string;
      paper: Paper | null;
    }
  | { type: 'AssignOwner'; units: readonly string[] }
  | { type: 'AssignProvider'; units: readonly string[]; mode: ProviderMode }
  | { type: 'SetCadence'; frequency: Frequency; lagDays: number; source: string | null }
  | { type: 'LinkIndicator'; link: Link }
  | { type: 'RecordBaseline'; period: string; value: number; source: string | null }
  | { type: 'SetTarget'; plan?: string; target: Target } // plan: the indicator's own if absent
  | {
      type: 'ReviseTarget';
      plan?: string;
      changes: readonly { horizon: string; floor: number; stretch: number | null }[];
      reason: string;
      paper: Paper | null;
    }
  | { type: 'RecordComparator'; period: string; value: number; source: string }
  | ({
      type: 'ReportValue';
      period: string;
      value: number;
      confirmed: boolean;
      receivedOn: string | null;
      paper?: Paper | null;
      evidence: readonly Evidence[];
    } & Acting)
  | { type: 'AwaitValue'; period: string; availableOn: string; reason: string }
  | ({
      type: 'ReviseValue';
      period: string;
      value: number;
      reason: string;
      confirmed?: boolean;
      paper?: Paper | null;
      evidence?: readonly Evidence[];
    } & Acting)
  | ({
      type: 'CorrectValue';
      period: string;
      value: number;
      reason: string;
      basis: string;
      confirmed?: boolean;
      paper?: Paper | null;
      evidence?: readonly Evidence[];
    } & Acting)
  | ({ type: 'ConfirmValue'; period: string } & Reviewing)
  | ({ type: 'RejectValue'; period: string; unit: string; reason: string } & Reviewing)
  | { type: 'ExemptIndicator'; reason: string; paper: Paper | null };

/** One thing that happened to a provider's figure; `n` is its place among all that happened to the observation. */
export type PartChange = {
  n: number;
  value: number;
  on: string;
  by: string;
  delegate?: string;
  through: 'reported' | 'revised' | 'corrected' | 'rejected' | 'refused'; // refused: a correction, back to what was accepted
};

/** One provider's figure for one period, with everything that it was before. */
export type Part = {
  unit: string;
  value: number;
  reporter: string; // who stated the figure that stands
  firstOn: string; // the first day it was handed in: timeliness goes by it
  on: string;
  rejected: boolean;
  confirmedByReporter: boolean; // sent again after a plausibility warning
  onBehalf: boolean;
  evidence: readonly Evidence[];
  history: readonly PartChange[];
};

export type Observation = {
  period: string;
  parts: readonly Part[];
  awaitedUntil: string | null;
  awaits: readonly { availableOn: string; reason: string; on: string }[];
  confirmedOn: string | null; // of the figure that stands: a revision or correction needs another confirmation
  confirmations: readonly { n: number; on: string; by: string; selfReviewed: boolean }[];
  selfReviewed: boolean;
  roster: Roster | null; // who provided when it was last reported; null: whoever provides now
};

export type Roster = { units: readonly string[]; mode: ProviderMode };

export type TargetVersion = Target & {
  plan: string;
  version: number; // 1 is the original
  setOn: string;
  reason: string | null;
  paper: Paper | null;
  easedAfterMiss: boolean;
};

/** What can change later, as it was first defined: defining the same again is recognised by it. */
export type Original = {
  title: string;
  definition: string | null;
  owners: readonly string[] | null;
  providers: readonly string[] | null;
  providerMode: ProviderMode | null;
  frequency: Frequency | null;
  lagDays: number | null;
};

export type Indicator = {
  plan: string;
  code: string;
  title: string;
  measure: string;
  source: 'table' | 'text';
  direction: Direction;
  kind: Kind;
  annualOnly: boolean;
  definition: string | null;
  owners: readonly string[];
  ownedSince?: string; // the day on which it got its first owner, if that was not when it was defined
  providedSince?: string; // the same for providers
  providers: readonly string[];
  formerProviders?: readonly { units: readonly string[]; until: string }[]; // oldest first; absent while nobody was replaced
  providerMode: ProviderMode;
  frequency: Frequency;
  lagDays: number;
  links: readonly Link[];
  baselines: readonly { period: string; value: number }[];
  targets: readonly TargetVersion[]; // every version; the last of a (plan, horizon) is current, the first is the original
  comparators: readonly { period: string; value: number; source: string }[];
  observations: Readonly<Record<string, Observation>>; // by period
  exemptedOn: string | null;
  original: Original;
};
