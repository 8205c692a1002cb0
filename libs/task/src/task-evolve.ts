import { exchangeChanges, withLapsedContests } from './exchange-evolve.js';
import type { Completion, DueVersion, Extension, Milestone, Report, Task, TaskEvent } from './task-model.js';
import { unitLeads } from './task-units.js';

/** Folds one event into the task. Never throws and never judges: what happened has happened, even under older rules. */
export function evolve(task: Task | null, event: TaskEvent): Task | null {
  if (!task) return event.type === 'TaskRegistered' ? registered(event) : null;
  // A newer version may have written types that this one does not know: they change nothing here.
  return Object.hasOwn(changes, event.type) ? { ...task, ...change(task, event) } : task;
}

type Of<Type extends TaskEvent['type']> = Extract<TaskEvent, { type: Type }>;
type Changes = {
  [Type in Exclude<TaskEvent['type'], 'TaskRegistered'>]: (task: Task, event: Of<Type>) => Partial<Task>;
};

function change(task: Task, event: TaskEvent): Partial<Task> {
  const by = changes[event.type as keyof Changes] as (task: Task, event: TaskEvent) => Partial<Task>;
  return by(task, event);
}

const changes: Changes = {
  TaskIssued: (task, { on, receiptDueOn }) => ({
    status: 'issued',
    issuedOn: on,
    assignedOn: on,
    receiptDueOn,
    dues: task.dues.map(version => ({ ...version, setOn: on })),
    milestones: task.milestones.map(milestone => ({
      ...milestone,
      dues: milestone.dues.map(version => ({ ...version, setOn: on })),
    })),
  }),
  TaskAmended: (_, { title, clause }) => ({ title, clause }),
  TaskAcknowledged: (task, { unit, on }) => ({ ...begun(task), receipts: { [unit]: on, ...task.receipts } }),
  ReportingLeadNamed: (_, { unit }) => ({ reportingLead: unit }),
  DueDateSet: (task, { due, on }) => ({ dues: withDue(task, task.dues, due, on, 'decision') }),
  MilestoneSet: (task, { milestone, on }) => ({
    milestones: [...task.milestones.filter(({ code }) => code !== milestone.code), unreached(milestone, on)],
  }),
  MilestoneReached: (task, { code, on, effectiveOn, backdated }) => ({
    ...begun(task),
    milestones: task.milestones.map(milestone =>
      milestone.code === code
        ? { ...milestone, reachedOn: effectiveOn, reportedOn: on, ...(backdated && { backdated }) }
        : milestone,
    ),
  }),
  MilestoneRevised: (task, { code, due, on }) => ({
    milestones: task.milestones.map(milestone =>
      milestone.code === code
        ? { ...milestone, due, dues: withDue(task, milestone.dues, due, on, 'decision') }
        : milestone,
    ),
  }),
  ProgressReported: (task, event) => ({
    ...begun(task),
    reports: [
      ...task.reports.map(report =>
        report.n === event.supersedes ? { ...report, supersededBy: event.n } : report,
      ),
      reportOf(event),
    ],
  }),
  ProgressCorrected: (task, { n, percent, summary }) => ({
    reports: task.reports.map(report =>
      report.n === n ? { ...report, percent, summary, corrections: report.corrections + 1 } : report,
    ),
  }),
  BlockerRaised: (task, { n, unit, kind, note, on }) => ({
    blockers: [...task.blockers, { n, unit, kind, note, on, clearedOn: null }],
  }),
  BlockerCleared: (task, { n, on }) => ({
    blockers: task.blockers.map(blocker => (blocker.n === n ? { ...blocker, clearedOn: on } : blocker)),
  }),
  CompletionSubmitted: (task, event) => ({
    status: 'submitted',
    completions: [...task.completions, completionOf(event)],
  }),
  CompletionReturned: (task, { n, on, by, reasons, reworkBy, selfReviewed }) => ({
    status: 'returned',
    completions: reviewed(task, n, { returned: { on, by, reasons, reworkBy }, selfReviewed }),
  }),
  CompletionAccepted: (task, { n, on, by, delegate, selfReviewed }) => ({
    status: 'accepted',
    completions: reviewed(task, n, { accepted: { on, by, ...(delegate && { delegate }) }, selfReviewed }),
    ...withLapsedContests(task, on),
    extensions: lapsed(task, on),
  }),
  TaskClosed: (_, { on }) => ({ status: 'closed', closedOn: on }),
  TaskReopened: (task, { on }) => ({
    status: 'in_progress',
    closedOn: null,
    reopenedOn: [...task.reopenedOn, on],
    completions: task.completions.map(completion =>
      completion.accepted && !completion.reopenedOn ? { ...completion, reopenedOn: on } : completion,
    ),
  }),
  ExtensionRequested: (task, event) => ({ extensions: [...task.extensions, extensionOf(event)] }),
  ExtensionWithdrawn: (task, { n, on }) => ({ extensions: ended(task, n, 'withdrawn', on) }),
  ExtensionGranted: (task, { n, dueOn, on, paper }) => {
    const clause = paper?.number ?? task.dues.at(-1)?.due?.clause ?? '';
    return {
      extensions: ended(task, n, 'granted', on),
      dues: withDue(task, task.dues, { on: dueOn, basis: 'stated', clause }, on, 'extension'),
    };
  },
  ExtensionRefused: (task, { n, on }) => ({ extensions: ended(task, n, 'refused', on) }),
  UnitsReassigned: (task, { roles, on, leadWanted }) => ({
    roles,
    ...(leadWanted && { leadsWanted: [...(task.leadsWanted ?? []), { ...leadWanted, from: on }] }),
    ...formerly(task, on),
    ...withLapsedContests(task, on, roles),
    assignedOn: task.issuedOn === null ? null : on,
    reportingLead: unitLeads(roles).find(lead => lead === task.reportingLead) ?? null,
  }),
  TaskSuspended: (task, { on, reason }) => ({
    suspensions: [...task.suspensions, { from: on, to: null, reason }],
  }),
  TaskResumed: (task, { on }) => ({
    suspensions: task.suspensions.map(each => (each.to === null ? { ...each, to: on } : each)),
  }),
  TaskExempted: (task, { on }) => ({
    exemptedOn: on,
    ...withLapsedContests(task, on),
    extensions: lapsed(task, on),
  }),
  TaskCancelled: (task, { on }) => ({
    status: 'cancelled',
    cancelledOn: on,
    ...withLapsedContests(task, on),
    extensions: lapsed(task, on),
  }),
  ...exchangeChanges,
};

function registered({ type: _, on = '', due, milestones, ...named }: Of<'TaskRegistered'>): Task {
  return {
    ...named,
    reportingLead: null,
    status: 'draft',
    issuedOn: null,
    assignedOn: null,
    receiptDueOn: null,
    receipts: {},
    dues: [{ version: 1, due, setOn: on, through: 'registered' }],
    milestones: milestones.map(milestone => unreached(milestone, on)),
    reports: [],
    blockers: [],
    completions: [],
    extensions: [],
    suspensions: [],
    exemptedOn: null,
    cancelledOn: null,
    closedOn: null,
    reopenedOn: [],
  };
}

/** Whom an issued task named until now: what they owed by then stays theirs. */
function formerly({ assignedOn, roles, formerRoles = [] }: Task, on: string): Pick<Task, 'formerRoles'> {
  if (assignedOn === null || roles.length === 0) return {};
  return { formerRoles: [...formerRoles, { roles, from: assignedOn, until: on }] };
}

/** The first sign that the task arrived somewhere puts it to work. */
function begun(task: Task): Pick<Task, 'status'> {
  return { status: task.status === 'issued' ? 'in_progress' : task.status };
}

/** Nobody was told the due day of a draft: until the task is issued a change replaces it, afterwards it adds a version. */
function withDue(
  task: Task,
  dues: readonly DueVersion[],
  due: DueVersion['due'],
  setOn: string,
  through: DueVersion['through'],
): readonly DueVersion[] {
  if (task.status === 'draft') return [{ version: 1, due, setOn, through: 'registered' }];
  return [...dues, { version: dues.length + 1, due, setOn, through }];
}

function unreached(milestone: Milestone, on: string): Task['milestones'][number] {
  const original: DueVersion = { version: 1, due: milestone.due, setOn: on, through: 'registered' };
  return { ...milestone, reachedOn: null, reportedOn: null, dues: [original] };
}

function reportOf(event: Of<'ProgressReported'>): Report {
  const {
    n,
    unit,
    period,
    on,
    reporter,
    percent,
    summary,
    evidence,
    effectiveOn,
    onBehalf = false,
    paper,
  } = event;
  const told = { n, unit, period, on, aboutOn: effectiveOn, reporter, percent, summary, evidence, onBehalf };
  return { ...told, ...(paper && { paper }), supersededBy: null, corrections: 0 };
}

function completionOf(event: Of<'CompletionSubmitted'>): Completion {
  const { n, unit, on, reporter, delegate, summary, evidence, effectiveOn, onBehalf = false, paper } = event;
  const told = { n, unit, on, doneOn: effectiveOn, reporter, summary, evidence, onBehalf };
  return {
    ...told,
    ...(delegate && { delegate }),
    ...(paper && { paper }),
    returned: null,
    accepted: null,
    reopenedOn: null,
    selfReviewed: false,
  };
}

function reviewed(task: Task, n: number, review: Partial<Completion>): readonly Completion[] {
  return task.completions.map(completion => (completion.n === n ? { ...completion, ...review } : completion));
}

function extensionOf(event: Of<'ExtensionRequested'>): Extension {
  const { n, unit, on, to, reason, decideBy, tolls, tollsUntil, by = null, delegate } = event;
  const asked = { n, unit, askedOn: on, to, reason, decideBy, tolls, tollsUntil, askedBy: by };
  return { ...asked, ...(delegate && { delegate }), state: 'pending', endedOn: null };
}

function ended(task: Task, n: number, state: Extension['state'], endedOn: string): readonly Extension[] {
  return task.extensions.map(extension => (extension.n === n ? { ...extension, state, endedOn } : extension));
}

function lapsed(task: Task, endedOn: string): readonly Extension[] {
  return task.extensions.map(extension =>
    extension.state === 'pending' ? { ...extension, state: 'lapsed' as const, endedOn } : extension,
  );
}
