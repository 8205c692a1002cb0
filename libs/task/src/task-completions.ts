import { enteredFor, isOneOf, personOf, throughDelegate } from '@duban/actor';
import { Rejection } from '@duban/event-store';
import type { Context } from '@duban/platform';
import type { Completion, Task, TaskCommand, TaskEvent } from './task-model.js';
import { handInDay, mustBeCredible } from './task-timing.js';
import { leadsOf, mustLead, namesOf, receiptThroughReport } from './task-units.js';

/** How a task ends: handed in as done (办结), reviewed (审核), struck off (销号), opened again. */

type Of<Type extends TaskCommand['type']> = Extract<TaskCommand, { type: Type }>;

/**
 * A lead says that the task is done. Refuses with `not_a_lead_unit`, `received_in_future`, `received_before_return`,
 * `effective_in_future`, `evidence_needed`.
 */
export function submitCompletion(task: Task, command: Of<'SubmitCompletion'>, context: Context): TaskEvent[] {
  mustLead(task, command);
  const on = handInDay(command.receivedOn, context);
  mustAnswerReturn(task.completions.at(-1), on);
  const { unit, doneOn, summary, evidence } = command;
  mustBeCredible(doneOn, on, evidence, context);
  return [
    ...receiptThroughReport(task, command, on),
    {
      type: 'CompletionSubmitted',
      n: task.completions.length + 1,
      unit,
      on,
      reporter: personOf(context.actor),
      ...throughDelegate(context.actor),
      summary,
      evidence,
      effectiveOn: doneOn,
      ...enteredFor(context.actor, { ...command, names: namesOf(command) }),
    },
  ];
}

// A paper that came in before the last one was returned, or before the task was opened again, is no answer to that.
function mustAnswerReturn(last: Completion | undefined, on: string): void {
  const since = last?.returned?.on ?? last?.reopenedOn ?? null;
  if (since !== null && on < since) throw new Rejection('received_before_return', { receivedOn: on, since });
}

/**
 * The office returns or accepts what was handed in. Nobody reviews what he or she reported (`same_person`); a unit
 * reviews its own task only where it is the plan's office (`same_unit`), and that is marked (duties §3).
 * Refuses a return without a reason (`reason_needed`) or a rework day that gives no time (`rework_in_past`,
 * `rework_not_a_workday`).
 */
export function review(task: Task, command: Of<'ReviewCompletion'>, context: Context): TaskEvent[] {
  const completion = task.completions.at(-1);
  if (!completion) throw new Rejection('no_completion');
  const by = personOf(context.actor);
  mustBeAnother(completion, context.actor);
  const selfReviewed = isOwnWork(task, completion, command.reviewerUnit);
  if (selfReviewed && command.reviewerUnit !== command.office) {
    throw new Rejection('same_unit', { unit: command.reviewerUnit });
  }
  const { n } = completion;
  const on = context.today;
  if (command.verdict === 'accept')
    return [{ type: 'CompletionAccepted', n, on, by, ...throughDelegate(context.actor), selfReviewed }];
  const { reasons, reworkBy } = command;
  mustGiveTime(reworkBy, context);
  return [{ type: 'CompletionReturned', n, on, reasons, reworkBy, by, selfReviewed }];
}

/** Neither who reported nor the delegate through whom that was done. */
function mustBeAnother({ reporter, delegate }: Completion, actor: Context['actor']): void {
  if (isOneOf(actor, [reporter, delegate])) throw new Rejection('same_person', { person: personOf(actor) });
}

// A joint lead hands in for all of them, so the work of one is the work of each.
function isOwnWork(task: Task, { unit }: Completion, reviewerUnit: string): boolean {
  return reviewerUnit === unit || leadsOf(task).includes(reviewerUnit);
}

function mustGiveTime(reworkBy: string, { today, calendar }: Context): void {
  if (reworkBy <= today) throw new Rejection('rework_in_past', { reworkBy, today });
  if (!calendar.isWorkday(reworkBy)) {
    throw new Rejection('rework_not_a_workday', { reworkBy, next: calendar.nextWorkday(reworkBy) });
  }
}

/**
 * Strikes an accepted task off the ledger. Refuses with `same_person` who reported it, and with `countersign_needed`
 * who accepted it for the office's own unit: closing is the second signature there (duties §3).
 */
export function close(task: Task, { today, actor }: Context): TaskEvent[] {
  const by = personOf(actor);
  const completion = task.completions.at(-1);
  if (completion) mustBeAnother(completion, actor);
  const { by: acceptedBy, delegate } = completion?.accepted ?? {};
  if (completion?.selfReviewed && isOneOf(actor, [acceptedBy, delegate])) {
    throw new Rejection('countersign_needed', { person: by });
  }
  return [{ type: 'TaskClosed', on: today, by }];
}

/** Opens an accepted or closed task again; what it owes counts on from today, late or not. */
export function reopen({ reason, paper }: Of<'ReopenTask'>, { today }: Context): TaskEvent[] {
  return [{ type: 'TaskReopened', on: today, reason, paper }];
}

/** A hand-in or review that was already recorded with the same content by the same person. */
export function isRepeatedReview(task: Task, command: TaskCommand, { actor }: Context): boolean {
  const last = task.completions.at(-1);
  if (!last) return false;
  const person = personOf(actor);
  if (command.type === 'SubmitCompletion') {
    const { unit, doneOn, summary } = command;
    const isSame = last.unit === unit && last.doneOn === doneOn && last.summary === summary;
    return task.status === 'submitted' && isSame && last.reporter === person;
  }
  if (command.type !== 'ReviewCompletion') return false;
  if (command.verdict === 'accept') return task.status === 'accepted' && last.accepted?.by === person;
  const { returned } = last;
  return task.status === 'returned' && returned?.by === person && returned.reworkBy === command.reworkBy;
}
