export { asCounted, type PendingCorrection } from './acceptance.js';
export { attain, attainMilestone, causeOf, requiredLevel, targetFindings } from './attainment.js';
export {
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
export { indicatorDecider } from './indicator.js';
export type * from './indicator-model.js';
export { reasonSentences } from './reason-sentences.js';
export { type IndicatorJudgement, judgeIndicator } from './judgement.js';
export { type Warning, warningsFor } from './plausibility.js';
export {
  baselineFor,
  isFlow,
  kindOf,
  type Planned,
  plannedFor,
  type TargetHistory,
  targetFor,
} from './targets.js';
export {
  actualFor,
  availabilityOf,
  type Figure,
  observationOf,
  isComplete,
  periodsOf,
  rosterOf,
  valueKnownBy,
  valueOf,
} from './values.js';
