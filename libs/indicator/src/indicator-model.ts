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
      confirmed: boolean; // sent again after a plausibility warning
      evidence: readonly Evidence[];
      on: string;
      effectiveOn: string; // the period's end, or today if that comes first
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
    }
  | { type: 'ValueConfirmed'; period: string; on: string; by: string; selfReviewed: boolean }
  | { type: 'ValueRejected'; period: string; unit: string; reason: string; on: string; by: string }
  | { type: 'IndicatorExempted'; on: string; reason: string; paper: Paper | null };

type Acting = { unit: string; actsFor: readonly string[] };

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
  | { type: 'RecordBaseline'; period: string; value: number; source: string | null }
  | { type: 'SetTarget'; target: Target }
  | {
      type: 'ReviseTarget';
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
      evidence: readonly Evidence[];
    } & Acting)
  | { type: 'AwaitValue'; period: string; availableOn: string; reason: string }
  | ({ type: 'ReviseValue'; period: string; value: number; reason: string } & Acting)
  | ({ type: 'CorrectValue'; period: string; value: number; reason: string; basis: string } & Acting)
  | { type: 'ConfirmValue'; period: string; reviewerUnit: string; office: string }
  | {
      type: 'RejectValue';
      period: string;
      unit: string;
      reason: string;
      reviewerUnit: string;
      office: string;
    }
  | { type: 'ExemptIndicator'; reason: string; paper: Paper | null };

/** One provider's figure for one period, with everything that it was before. */
export type Part = {
  unit: string;
  value: number;
  reporter: string;
  firstOn: string; // the first day it was handed in: timeliness goes by it
  on: string;
  rejected: boolean;
  history: readonly { value: number; on: string; through: 'reported' | 'revised' | 'corrected' }[];
};

export type Observation = {
  period: string;
  parts: readonly Part[];
  awaitedUntil: string | null;
  confirmedOn: string | null;
  selfReviewed: boolean;
};

export type TargetVersion = Target & {
  version: number;
  setOn: string;
  paper: Paper | null;
  easedAfterMiss: boolean;
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
  providers: readonly string[];
  providerMode: ProviderMode;
  frequency: Frequency;
  lagDays: number;
  links: readonly Link[];
  baselines: readonly { period: string; value: number }[];
  targets: readonly TargetVersion[]; // every version; the last of a horizon is current, the first is the original
  comparators: readonly { period: string; value: number; source: string }[];
  observations: Readonly<Record<string, Observation>>; // by period
  exemptedOn: string | null;
};
