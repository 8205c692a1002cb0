import { refuseBareMachine } from '@duban/actor';
import { type Decider, isSame, Rejection } from '@duban/event-store';
import type { Context } from '@duban/platform';
import type { ExchangeCommand } from './exchange-model.js';
import { close, isRepeatedReview, reopen, review, submitCompletion } from './task-completions.js';
import { contest, decideContest } from './task-contests.js';
import { giveContribution, requestContribution } from './task-contributions.js';
import { reachMilestone, reviseMilestone, setDueDate, setMilestone } from './task-dates.js';
import { originalDue } from './task-facts.js';
import { evolve } from './task-evolve.js';
import { decideExtension, requestExtension, withdrawExtension } from './task-extensions.js';
import { answerInstruction, giveInstruction } from './task-instructions.js';
import type { Task, TaskCommand, TaskEvent } from './task-model.js';
import {
  acknowledge,
  clearBlocker,
  correct,
  nameReportingLead,
  raiseBlocker,
  report,
} from './task-reports.js';
import { isSuspended, refusalOf } from './task-states.js';
import { mustNameLead } from './task-units.js';

type Of<Type extends TaskCommand['type']> = Extract<TaskCommand, { type: Type }>;

/**
 * The life of a task: register → issue → acknowledge → report → hand in → return or accept → close.
 *
 * A command passes three gates: the table of states (`task-states.ts`), what holds for every decision (a person
 * stands for it and gives a reason), and the rule of its own, in the file of its subject. A repeated command adds nothing.
 */
export const taskDecider: Decider<Task | null, TaskCommand, TaskEvent, Context> = {
  initial: null,
  decide,
  evolve,
};

function decide(task: Task | null, command: TaskCommand, context: Context): readonly TaskEvent[] {
  const refusal = refusalOf(task, command.type);
  if (refusal) {
    if (task && isRepeated(task, command, context)) return [];
    throw new Rejection(refusal);
  }
  mustGiveReason(command);
  if (command.type === 'RegisterTask') return register(command, context);
  if (!task) throw new Rejection('task_not_found');
  if (task.issuedOn !== null) mustBeDecidedByPerson(command, context);
  return rule(task, command, context);
}

function rule(task: Task, command: Exclude<TaskCommand, Of<'RegisterTask'>>, context: Context): TaskEvent[] {
  switch (command.type) {
    case 'IssueTask':
      return issue(command, context);
    case 'AmendTask':
      return amend(task, command, context);
    case 'AcknowledgeTask':
      return acknowledge(task, command, context);
    case 'NameReportingLead':
      return nameReportingLead(task, command, context);
    case 'SetDueDate':
      return setDueDate(task, command, context);
    case 'SetMilestone':
      return setMilestone(task, command, context);
    case 'ReachMilestone':
      return reachMilestone(task, command, context);
    case 'ReviseMilestone':
      return reviseMilestone(task, command, context);
    case 'ReportProgress':
      return report(task, command, context);
    case 'CorrectProgress':
      return correct(task, command, context);
    case 'RaiseBlocker':
      return raiseBlocker(task, command, context);
    case 'ClearBlocker':
      return clearBlocker(task, command, context);
    case 'SubmitCompletion':
      return submitCompletion(task, command, context);
    case 'ReviewCompletion':
      return review(task, command, context);
    case 'CloseTask':
      return close(task, context);
    case 'ReopenTask':
      return reopen(command, context);
    case 'RequestExtension':
      return requestExtension(task, command, context);
    case 'WithdrawExtension':
      return withdrawExtension(task, command, context);
    case 'DecideExtension':
      return decideExtension(task, command, context);
    case 'ReassignUnits':
      return reassign(task, command, context);
    case 'SuspendTask':
      return [{ type: 'TaskSuspended', on: context.today, reason: command.reason, paper: command.paper }];
    case 'ResumeTask':
      return resume(task, context);
    case 'ExemptTask':
      return [{ type: 'TaskExempted', on: context.today, reason: command.reason, paper: command.paper }];
    case 'CancelTask':
      return [{ type: 'TaskCancelled', on: context.today, reason: command.reason, paper: command.paper }];
    default:
      return exchange(task, command, context);
  }
}

function exchange(task: Task, command: ExchangeCommand, context: Context): TaskEvent[] {
  switch (command.type) {
    case 'ContestAssignment':
      return contest(task, command, context);
    case 'DecideContest':
      return decideContest(task, command, context);
    case 'RequestContribution':
      return requestContribution(task, command, context);
    case 'GiveContribution':
      return giveContribution(task, command, context);
    case 'GiveInstruction':
      return giveInstruction(task, command, context);
    case 'AnswerInstruction':
      return answerInstruction(task, command, context);
  }
}

function register(command: Of<'RegisterTask'>, { today }: Context): TaskEvent[] {
  return [{ ...command, type: 'TaskRegistered', on: today }];
}

/** A task without any unit can be issued: that is a finding of its plan, and the office owes it a lead (duties §8). */
function issue({ receiptDueOn }: Of<'IssueTask'>, { today }: Context): TaskEvent[] {
  if (receiptDueOn < today) throw new Rejection('receipt_due_passed', { receiptDueOn, today });
  return [{ type: 'TaskIssued', on: today, receiptDueOn }];
}

function amend(task: Task, command: Of<'AmendTask'>, { today }: Context): TaskEvent[] {
  const { title, clause, reason, paper } = command;
  if (task.title === title && task.clause === clause) return [];
  return [{ type: 'TaskAmended', title, clause, reason, paper, on: today }];
}

/** The units named from now on. What was late stays late; what the new units owe counts from today. */
function reassign(
  task: Task,
  { roles, reason, paper }: Of<'ReassignUnits'>,
  { today }: Context,
): TaskEvent[] {
  mustNameLead(roles);
  if (isSame(roles, task.roles)) return [];
  return [{ type: 'UnitsReassigned', roles, on: today, reason, paper }];
}

function resume(task: Task, { today }: Context): TaskEvent[] {
  if (!isSuspended(task)) throw new Rejection('task_not_suspended');
  return [{ type: 'TaskResumed', on: today }];
}

/** A command that the state refuses because it was obeyed already: a retry is not a second fact. */
function isRepeated(task: Task, command: TaskCommand, context: Context): boolean {
  if (command.type === 'RegisterTask') return isRegisteredAs(task, command);
  if (command.type === 'IssueTask') return task.receiptDueOn === command.receiptDueOn;
  return isRepeatedReview(task, command, context);
}

/** Whether the document says of the task what is already known: importing it again changes nothing. */
function isRegisteredAs(task: Task, command: Of<'RegisterTask'>): boolean {
  const { plan, code, section, title, clause, commitment, roles } = task;
  const milestones = task.milestones.map(each => ({
    code: each.code,
    title: each.title,
    due: each.dues[0]?.due ?? null,
  }));
  const known = { plan, code, section, title, clause, commitment, roles, due: originalDue(task), milestones };
  return isSame(command, { type: 'RegisterTask', ...known });
}

// What a person has to stand for: a machine that does it says for whom (duties §3).
const decisions = new Set<TaskCommand['type']>([
  'SetDueDate',
  'ReviewCompletion',
  'CloseTask',
  'ReopenTask',
  'DecideExtension',
  'DecideContest',
  'GiveInstruction',
  'SuspendTask',
  'ExemptTask',
  'CancelTask',
]);

function mustBeDecidedByPerson({ type }: TaskCommand, { actor }: Context): void {
  if (decisions.has(type)) refuseBareMachine(actor);
}

function mustGiveReason(command: TaskCommand): void {
  const reasons = 'reasons' in command ? command.reasons : 'reason' in command ? [command.reason] : ['none'];
  if (reasons.length === 0 || reasons.some(reason => reason.trim() === ''))
    throw new Rejection('reason_needed');
}
