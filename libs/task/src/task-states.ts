import type { Task, TaskCommand, TaskStatus } from './task-model.js';

type Kind = TaskCommand['type'];
type Standing = TaskStatus | 'none';
type Row = Readonly<Record<Standing, string | null>>;

// What needs a running task. `null` passes the command on to its own rule, a text is the code of the refusal.
const running: Row = {
  none: 'task_not_found',
  draft: 'task_not_issued',
  issued: null,
  in_progress: null,
  submitted: null,
  returned: null,
  accepted: 'task_accepted',
  closed: 'task_closed',
  cancelled: 'task_cancelled',
};
// What shapes a task: before it is issued, too.
const shaping: Row = { ...running, draft: null };
// What is still told about a task that is done but not yet closed: rounds go on asking.
const telling: Row = { ...running, accepted: null };

const all = (code: string) => ({ issued: code, in_progress: code, submitted: code, returned: code });

/** One row per command, one column per state of the task (duties §10). */
const refusals: Readonly<Record<Kind, Row>> = {
  RegisterTask: {
    ...all('task_already_registered'),
    none: null,
    draft: 'task_already_registered',
    accepted: 'task_already_registered',
    closed: 'task_already_registered',
    cancelled: 'task_already_registered',
  },
  IssueTask: {
    ...shaping,
    ...all('task_already_issued'),
    accepted: 'task_already_issued',
    closed: 'task_already_issued',
  },
  AmendTask: { ...shaping, accepted: null },
  AcknowledgeTask: telling,
  NameReportingLead: shaping,
  SetDueDate: shaping,
  SetMilestone: shaping,
  ReachMilestone: telling,
  ReviseMilestone: shaping,
  ReportProgress: telling,
  CorrectProgress: { ...telling, closed: null }, // what was reported wrongly can be put right at any time
  RaiseBlocker: running,
  ClearBlocker: telling,
  SubmitCompletion: { ...running, submitted: 'completion_under_review' },
  ReviewCompletion: {
    ...running,
    issued: 'no_completion',
    in_progress: 'no_completion',
    returned: 'completion_reviewed',
    accepted: 'completion_reviewed',
  },
  CloseTask: { ...running, ...all('task_not_accepted'), accepted: null },
  ReopenTask: { ...running, ...all('task_not_done'), accepted: null, closed: null },
  RequestExtension: { ...running, submitted: 'completion_under_review' },
  WithdrawExtension: running,
  DecideExtension: running,
  ReassignUnits: shaping,
  SuspendTask: running,
  ResumeTask: telling,
  ExemptTask: running,
  CancelTask: shaping,
  ContestAssignment: running,
  DecideContest: running,
  RequestContribution: running,
  GiveContribution: telling,
  GiveInstruction: telling,
  AnswerInstruction: telling,
};

// While suspended the clock stands still: reports are welcome, but nothing is finished or extended.
const whileSuspended: Partial<Record<Kind, string>> = {
  SubmitCompletion: 'task_suspended',
  RequestExtension: 'task_suspended',
  SuspendTask: 'task_suspended',
};

// An exempt task owes nothing: what is told is kept, what was handed in before can be reviewed, its dates are at rest.
const whileExempt: Partial<Record<Kind, string>> = {
  SubmitCompletion: 'task_exempt',
  RequestExtension: 'task_exempt',
  WithdrawExtension: 'task_exempt',
  DecideExtension: 'task_exempt',
  SetDueDate: 'task_exempt',
  SetMilestone: 'task_exempt',
  ReviseMilestone: 'task_exempt',
  SuspendTask: 'task_exempt',
  ResumeTask: 'task_exempt',
  ExemptTask: 'task_exempt',
  ContestAssignment: 'task_exempt',
  DecideContest: 'task_exempt',
  RequestContribution: 'task_exempt',
  GiveInstruction: 'task_exempt',
};

/** The code with which the task's state alone refuses this kind of command, or null when its own rule decides. */
export function refusalOf(task: Task | null, command: Kind): string | null {
  if (!task) return refusals[command].none;
  const byState = refusals[command][task.status];
  if (byState) return byState;
  if (task.exemptedOn && whileExempt[command]) return whileExempt[command];
  if (isSuspended(task) && whileSuspended[command]) return whileSuspended[command];
  return null;
}

/** Whether the task is suspended now, that is after everything folded so far. */
export function isSuspended(task: Task): boolean {
  return task.suspensions.some(({ to }) => to === null);
}
