import { enteredFor, isOneOf, personOf, throughDelegate } from '@duban/actor';
import { Rejection } from '@duban/event-store';
import { firstVersions } from '@duban/policy';
import type { Context } from '@duban/platform';
import { currentDue } from './task-facts.js';
import type { Extension, Task, TaskCommand, TaskEvent } from './task-model.js';
import { mustLead, namesOf, receiptThroughReport } from './task-units.js';

/** Asking for more time (延期申请) and the answer (批复): duties §7. */

type Of<Type extends TaskCommand['type']> = Extract<TaskCommand, { type: Type }>;

/**
 * A lead asks for a later due day. Asked on or before the due day it stops the clock, later it changes nothing. `dates`
 * says until when, and within how many workdays the office answers; version 1 when left out.
 * Refuses with `not_a_lead_unit`, `no_due_date`, `extension_pending` {n}, `extension_not_later`, `reason_needed`.
 */
export function requestExtension(task: Task, command: Of<'RequestExtension'>, context: Context): TaskEvent[] {
  mustLead(task, command);
  const { unit, to, reason, dates = firstVersions.date } = command;
  const due = currentDue(task);
  if (!due) throw new Rejection('no_due_date');
  const waiting = task.extensions.find(({ state }) => state === 'pending');
  if (waiting?.unit === unit && waiting.to === to && waiting.reason === reason) return [];
  if (waiting) throw new Rejection('extension_pending', { n: waiting.n });
  const { today, calendar, actor } = context;
  mustBeLater(to, due.on, context);
  const tolls = today <= due.on;
  return [
    ...receiptThroughReport(task, command, today),
    {
      type: 'ExtensionRequested',
      n: task.extensions.length + 1,
      unit,
      to,
      reason,
      on: today,
      decideBy: calendar.addWorkdays(today, dates.decisionWorkdays),
      tolls,
      tollsUntil: tolls ? calendar.addWorkdays(today, dates.tollingWorkdays) : today,
      by: personOf(actor),
      ...throughDelegate(actor),
      ...enteredFor(actor, { names: namesOf(command), paper: command.paper }),
    },
  ];
}

/** The unit that asked takes its request back, which ends tolling. Refuses with `not_the_asking_unit`. */
export function withdrawExtension(
  task: Task,
  command: Of<'WithdrawExtension'>,
  { today }: Context,
): TaskEvent[] {
  const extension = found(task, command.n);
  if (!namesOf(command).includes(extension.unit)) {
    throw new Rejection('not_the_asking_unit', { unit: command.unit, asked: extension.unit });
  }
  if (extension.state === 'withdrawn') return [];
  mustBePending(extension);
  return [{ type: 'ExtensionWithdrawn', n: extension.n, on: today }];
}

/**
 * The office grants (to a day of its own choice) or refuses. Who asked does not decide (`same_person`).
 * Refuses with `extension_not_found`, `extension_decided`, `extension_not_later`, `reason_needed`.
 */
export function decideExtension(task: Task, command: Of<'DecideExtension'>, context: Context): TaskEvent[] {
  const extension = found(task, command.n);
  if (isSameDecision(task, extension, command)) return [];
  mustBePending(extension);
  const by = personOf(context.actor);
  if (isOneOf(context.actor, [extension.askedBy, extension.delegate]))
    throw new Rejection('same_person', { person: by });
  const { n, paper } = command;
  const on = context.today;
  if (command.verdict === 'refuse') {
    return [{ type: 'ExtensionRefused', n, on, reason: command.reason, paper, by }];
  }
  mustBeLater(command.dueOn, currentDue(task)?.on ?? '', context);
  return [{ type: 'ExtensionGranted', n, dueOn: command.dueOn, on, paper, by }];
}

function isSameDecision(task: Task, { state }: Extension, command: Of<'DecideExtension'>): boolean {
  if (command.verdict === 'refuse') return state === 'refused';
  return state === 'granted' && currentDue(task)?.on === command.dueOn;
}

function found(task: Task, n: number): Extension {
  const extension = task.extensions.find(each => each.n === n);
  if (!extension) throw new Rejection('extension_not_found', { n });
  return extension;
}

function mustBePending({ n, state }: Extension): void {
  if (state !== 'pending') throw new Rejection('extension_decided', { n, state });
}

// A day that is over already would leave nothing to extend.
function mustBeLater(to: string, dueOn: string, { today }: Context): void {
  if (to <= dueOn || to < today) throw new Rejection('extension_not_later', { to, dueOn, today });
}
