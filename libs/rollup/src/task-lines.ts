import { type Calendar } from '@duban/calendar';
import { type Colour, holdersOn, type PlanLedger, type TaskFacts, taskLight } from '@duban/ledger';
import { currentDue, flagsOf, leadsOf, originalDue, type Task, type TaskStatus } from '@duban/task';
import { membersOn } from '@duban/unit';
import { type Frame, type Since, type TaskLine } from './edition-model.js';
import { distinct, sorted } from './order.js';

/** One line for each task: how it stood at the period's end, and what has happened since. */
export function taskLines(
  ledger: PlanLedger,
  facts: ReadonlyMap<string, TaskFacts>,
  frame: Frame,
  calendar: Calendar,
  before: ReadonlyMap<string, Colour>,
): TaskLine[] {
  return [...facts].map(([id, each]) => {
    const { task } = each;
    const { day, cutoffOn: knownOn, judgedOn, period } = frame;
    const reports = task.reports.filter(
      ({ aboutOn, supersededBy }) => aboutOn <= day && supersededBy === null,
    );
    return {
      id,
      code: task.code,
      title: task.title,
      section: task.section,
      clause: task.clause,
      leads: holdersOn(ledger, leadsOf(task), judgedOn),
      units: unitsOf(ledger, task, judgedOn),
      status: statusAt(task, frame),
      dueOn: currentDue(task)?.on ?? null,
      originalDueOn: originalDue(task)?.on ?? null,
      percent: reports.at(-1)?.percent ?? null,
      light: taskLight(each, { day, knownOn, judgedOn, period }, calendar),
      before: before.get(id) ?? null,
      flags: Object.entries(flagsOf(task, day)).flatMap(([flag, isSet]) => (isSet ? [flag] : [])),
      sinceThen: sinceThen(task, frame),
    };
  });
}

/** Everyone whom the task concerns on the day, members of groups included, as they answer then. */
export function unitsOf(ledger: PlanLedger, task: Task, day: string): string[] {
  const named = task.roles.flatMap(({ holder, isGroup }) => {
    const group = isGroup ? ledger.groups.get(holder) : undefined;
    return isGroup ? (group ? membersOn(group, day) : []) : [holder];
  });
  return distinct(holdersOn(ledger, named, day));
}

/** The state of the task at the end of the day, by what was known at the cutoff. */
export function statusAt(task: Task, { day, cutoffOn }: Frame): TaskStatus {
  if (!task.issuedOn || task.issuedOn > day) return 'draft';
  if (task.cancelledOn && task.cancelledOn <= day) return 'cancelled';
  const done = task.completions.findLast(
    ({ accepted, doneOn, reopenedOn }) =>
      accepted && accepted.on <= cutoffOn && doneOn <= day && !(reopenedOn && reopenedOn <= day),
  );
  if (done) return task.closedOn && task.closedOn <= day ? 'closed' : 'accepted';
  const last = task.completions.findLast(
    ({ on, doneOn, accepted }) => on <= cutoffOn && doneOn <= day && !accepted,
  );
  if (last) return last.returned && last.returned.on <= cutoffOn ? 'returned' : 'submitted';
  const isBegun =
    Object.values(task.receipts).some(on => on <= day) ||
    task.reports.some(({ aboutOn }) => aboutOn <= day) ||
    task.milestones.some(({ reachedOn }) => reachedOn !== null && reachedOn <= day);
  return isBegun ? 'in_progress' : 'issued';
}

/** What happened between the period's end and the closing of its round, oldest first. */
export function sinceThen(task: Task, { day, judgedOn }: Frame): Since[] {
  const at = (code: string, on: string | null, what: string | null = null): Since[] =>
    on !== null && on > day && on <= judgedOn ? [{ code, on, what }] : [];
  const found = [
    ...task.milestones.flatMap(({ reachedOn, title }) => at('milestone_reached', reachedOn, title)),
    ...task.completions.flatMap(({ doneOn, returned, accepted }) => [
      ...at(accepted && accepted.on <= judgedOn ? 'done' : 'handed_in', doneOn),
      ...at('returned', returned?.on ?? null, returned?.reasons.join('; ') ?? null),
    ]),
    ...task.extensions.flatMap(({ askedOn, to, state, endedOn }) => [
      ...at('extension_asked', askedOn, to),
      ...at(`extension_${state}`, state === 'pending' ? null : endedOn),
    ]),
    ...task.blockers.flatMap(({ on, note, clearedOn }) => [
      ...at('blocked', on, note),
      ...at('blocker_cleared', clearedOn, note),
    ]),
    ...task.suspensions.flatMap(({ from, to }) => [...at('suspended', from), ...at('resumed', to)]),
    ...task.reopenedOn.flatMap(on => at('reopened', on)),
    ...at('exempted', task.exemptedOn),
    ...at('cancelled', task.cancelledOn),
  ];
  return sorted(found, ({ on, code, what }) => [on, code, what ?? '']);
}
