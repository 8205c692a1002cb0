import { enteredFor, personOf } from '@duban/actor';
import { isSame, Rejection } from '@duban/event-store';
import type { Context } from '@duban/platform';
import type { Report, Task, TaskCommand, TaskEvent } from './task-model.js';
import { handInDay, mustBeCredible } from './task-timing.js';
import { hasReceipt, mustHold, mustLead, namesOf, receiptThroughReport } from './task-units.js';

/** What the units tell about a task while it runs: receipts, reports and their corrections, blockers, who reports. */

type Of<Type extends TaskCommand['type']> = Extract<TaskCommand, { type: Type }>;

/** A receipt (签收) of a unit named in the task; once is enough. Refuses with `not_a_holder`. */
export function acknowledge(task: Task, command: Of<'AcknowledgeTask'>, { today }: Context): TaskEvent[] {
  mustHold(task, command, command.members);
  if (hasReceipt(task, command)) return [];
  return [{ type: 'TaskAcknowledged', unit: command.unit, on: today, through: 'receipt' }];
}

/** Which of the leads is asked first. Refuses with `not_a_lead_unit`. */
export function nameReportingLead(
  task: Task,
  { unit }: Of<'NameReportingLead'>,
  { today }: Context,
): TaskEvent[] {
  mustLead(task, { unit, actsFor: [] });
  if (task.reportingLead === unit) return [];
  return [{ type: 'ReportingLeadNamed', unit, on: today }];
}

/**
 * A report (反馈) on a period. Joint leads answer as one (duties §2): the first report of a period is theirs, a second
 * one has to say that it supersedes it. The first sign of a unit is its receipt, too.
 * Refuses with `not_a_lead_unit`, `already_reported` {by, n}, `report_not_found`, `received_in_future`,
 * `effective_in_future`, `evidence_needed`.
 */
export function report(task: Task, command: Of<'ReportProgress'>, context: Context): TaskEvent[] {
  mustLead(task, command);
  const reporter = personOf(context.actor);
  const standing = standingReport(task, command.period);
  if (standing && isSameReport(standing, command, reporter)) return [];
  mustSupersede(standing, command.supersedes);
  const on = handInDay(command.receivedOn, context);
  mustBeCredible(command.aboutOn, on, command.evidence, context);
  const { unit, period, percent, summary, evidence, supersedes } = command;
  return [
    ...receiptThroughReport(task, command, on),
    {
      type: 'ProgressReported',
      n: task.reports.length + 1,
      unit,
      period,
      on,
      reporter,
      percent,
      summary,
      evidence,
      supersedes,
      effectiveOn: command.aboutOn,
      ...enteredFor(context.actor, { ...command, names: namesOf(command) }),
    },
  ];
}

/** The report that speaks for all leads on the period: the last that none supersedes. */
function standingReport(task: Task, period: string): Report | null {
  return task.reports.findLast(each => each.period === period && each.supersededBy === null) ?? null;
}

function isSameReport(standing: Report, command: Of<'ReportProgress'>, reporter: string): boolean {
  const told = { ...standing, ...command, reporter };
  const keys = ['reporter', 'unit', 'percent', 'summary', 'evidence', 'aboutOn'] as const;
  return keys.every(key => isSame(told[key], standing[key]));
}

function mustSupersede(standing: Report | null, supersedes: number | null): void {
  if (supersedes === (standing?.n ?? null)) return;
  if (!standing) throw new Rejection('report_not_found', { n: supersedes });
  throw new Rejection('already_reported', { by: standing.unit, n: standing.n });
}

/**
 * A figure or sentence of a report put right; what was said first stays in the record. Refuses with
 * `report_not_found`, `report_superseded` {by}, `reason_needed`.
 */
export function correct(task: Task, command: Of<'CorrectProgress'>, { today, actor }: Context): TaskEvent[] {
  const { n, percent, summary, reason } = command;
  const found = task.reports.find(each => each.n === n);
  if (!found) throw new Rejection('report_not_found', { n });
  if (found.supersededBy !== null) throw new Rejection('report_superseded', { n, by: found.supersededBy });
  if (found.percent === percent && found.summary === summary) return [];
  return [{ type: 'ProgressCorrected', n, percent, summary, reason, on: today, by: personOf(actor) }];
}

/** What keeps a task from going on, told by anybody named in it. Refuses with `not_a_holder`. */
export function raiseBlocker(task: Task, command: Of<'RaiseBlocker'>, { today }: Context): TaskEvent[] {
  mustHold(task, command, command.members ?? []);
  const { unit, kind, note } = command;
  const told = task.blockers.some(
    each => each.clearedOn === null && each.unit === unit && each.kind === kind && each.note === note,
  );
  if (told) return [];
  return [
    ...receiptThroughReport(task, command, today),
    { type: 'BlockerRaised', n: task.blockers.length + 1, unit, kind, note, on: today },
  ];
}

/** Refuses with `blocker_not_found`. */
export function clearBlocker(task: Task, { n, note }: Of<'ClearBlocker'>, { today }: Context): TaskEvent[] {
  const blocker = task.blockers.find(each => each.n === n);
  if (!blocker) throw new Rejection('blocker_not_found', { n });
  if (blocker.clearedOn !== null) return [];
  return [{ type: 'BlockerCleared', n, note, on: today }];
}
