export type {
  Blocker,
  BlockerClass,
  RosterEntry,
  Round,
  RoundCommand,
  RoundEvent,
  RoundKind,
  Submission,
  SubmissionCommand,
  SubmissionEvent,
  SubmissionItem,
} from './round-model.js';
export {
  type Asked,
  askedItems,
  type Contents,
  type Lacking,
  lackingIn,
  leftOpenBy,
  quarterCoveredBy,
  subjectOf,
} from './contents.js';
export { countedDueOn, dueOn, rosterEntry, roundDecider } from './round.js';
export { submissionDecider } from './submission.js';
export { countedHandIn, type Timeliness, timelinessOf } from './timeliness.js';
