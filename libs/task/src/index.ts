export { taskDecider } from './task.js';
export {
  currentDue,
  doneOn,
  flagsOf,
  handedInOn,
  isSuspendedOn,
  originalDue,
  pendingExtension,
  reworksOf,
  type TaskFlags,
} from './task-facts.js';
export { ladderDue, type Lateness, latenessOf, tolledDays } from './task-lateness.js';
export type {
  Acting,
  Assignment,
  Commitment,
  Completion,
  DueVersion,
  Extension,
  Milestone,
  Report,
  Role,
  Task,
  TaskCommand,
  TaskEvent,
  TaskStatus,
} from './task-model.js';
export { isSuspended, refusalOf } from './task-states.js';
export { holdersOf, leadsOf, reportingLeadOf } from './task-units.js';
