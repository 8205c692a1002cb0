export { answerOf } from './exchange-obligations.js';
export { groupAnswers, type GroupAnswers } from './group-answers.js';
export { answeredFindings } from './holders-wanted.js';
export { type IndicatorLight, indicatorLight, indicatorLights } from './indicator-light.js';
export { type TaskFacts, taskLight } from './light.js';
export { type Colour, type Light, type Moment } from './light-model.js';
export { type Keeping, LedgerReader, type PlanSeen } from './ledger-reader.js';
export {
  type EventRef,
  isLate,
  isOfDay,
  isOverdueOn,
  type Obligation,
  type ObligationDue,
  obligationId,
  type ObligationKind,
  type ObligationMode,
  obligationState,
  type ObligationState,
} from './obligation.js';
export { obligationsOf } from './obligations.js';
export { officeKinds } from './office-obligations.js';
export {
  calendarOf,
  deciders,
  holderOn,
  holdersOn,
  LedgerBuilder,
  type PlanLedger,
  planOfStream,
  splitStream,
} from './plan-ledger.js';
export {
  type ContributionLine,
  type ContributionPart,
  type ReportForm,
  reportFormOf,
} from './report-form.js';
export { periodWanted, rosterOf } from './roster.js';
export { usualDue } from './round-due.js';
export { taskFactsOf, taskLights } from './task-lights.js';
export { Turns } from './turns.js';
export { UnitDirectory } from './unit-directory.js';
export { unitsOfTask } from './units-of-task.js';
