export type {
  Answer,
  Contest,
  Contribution,
  ExchangeCommand,
  ExchangeEvent,
  Instruction,
} from './exchange-model.js';
export { contestableUntil, excusedMembers } from './task-contests.js';
export { givenBy } from './task-contributions.js';
export { answersOf } from './task-instructions.js';
export { taskDecider } from './task.js';
export {
  currentDue,
  doneOn,
  flagsOf,
  handedInOn,
  isContestedOn,
  isSuspendedOn,
  originalDue,
  pendingExtension,
  reworksOf,
  type TaskFlags,
} from './task-facts.js';
export { ladderDue, type Lateness, latenessOf, tolledDays } from './task-lateness.js';
export type { Acting, Assignment, Role } from './assignment-model.js';
export type {
  Commitment,
  Completion,
  DueVersion,
  Extension,
  FormerRoles,
  Milestone,
  Report,
  Task,
  TaskCommand,
  TaskEvent,
  TaskStatus,
} from './task-model.js';
export { isSuspended, refusalOf } from './task-states.js';
export { holdersOf, leadsOf, namedSince, owedSince, reportingLeadOf } from './task-units.js';
