import { enteredFor } from '@duban/actor';
import { isSame, Rejection } from '@duban/event-store';
import type { Context } from '@duban/platform';
import { currentDue } from './task-facts.js';
import type { Task, TaskCommand, TaskEvent } from './task-model.js';
import { handInDay, isBackdated, mustBeCredible, mustNotBePast } from './task-timing.js';
import { mustLead, namesOf, receiptThroughReport } from './task-units.js';

/** The days of a task that the office sets: its due day and its milestones. Versions are kept, none is dropped. */

type Of<Type extends TaskCommand['type']> = Extract<TaskCommand, { type: Type }>;
type Milestones = Task['milestones'];

/**
 * The office sets, moves or confirms the due day. An issued task gets no day in the past (`due_in_past`), and none
 * while a request for another one waits (`extension_pending`).
 */
export function setDueDate(task: Task, command: Of<'SetDueDate'>, context: Context): TaskEvent[] {
  const { due, reason, paper } = command;
  const current = currentDue(task);
  if (isSame(due, current)) return [];
  const waiting = task.extensions.find(({ state }) => state === 'pending');
  if (waiting) throw new Rejection('extension_pending', { n: waiting.n });
  const moved = due !== null && due.on !== current?.on;
  if (moved && task.issuedOn !== null) mustNotBePast(due.on, '/due/on', context);
  return [{ type: 'DueDateSet', due, reason, paper, on: context.today }];
}

/** Adds a milestone, or replaces one of a draft. Refuses with `milestone_exists`: an issued one is revised. */
export function setMilestone(task: Task, { milestone }: Of<'SetMilestone'>, context: Context): TaskEvent[] {
  const { code, title, due } = milestone;
  const known = task.milestones.find(each => each.code === code);
  if (known && isSame({ title, due }, { title: known.title, due: known.due })) return [];
  if (known && task.issuedOn !== null) throw new Rejection('milestone_exists', { milestone: code });
  if (due && task.issuedOn !== null) mustNotBePast(due.on, '/due/on', context);
  return [{ type: 'MilestoneSet', milestone: { code, title, due }, on: context.today }];
}

/** Moves a milestone that is not yet reached. Refuses with `milestone_reached`, `due_in_past`, `milestone_not_found`. */
export function reviseMilestone(task: Task, command: Of<'ReviseMilestone'>, context: Context): TaskEvent[] {
  const { code, due, reason, paper } = command;
  const { reachedOn, due: current } = milestoneOf(task.milestones, code);
  if (isSame(due, current)) return [];
  if (reachedOn !== null) throw new Rejection('milestone_reached', { milestone: code, reachedOn });
  if (task.issuedOn !== null && due.on !== current?.on) mustNotBePast(due.on, '/due/on', context);
  return [{ type: 'MilestoneRevised', code, due, reason, paper, on: context.today }];
}

/**
 * A lead reports that a milestone was reached; far back it stays unconfirmed until the task is accepted. Refuses with `not_a_lead_unit`, `milestone_not_found`,
 * `milestone_reached`, `received_in_future`, `effective_in_future`, `evidence_needed`.
 */
export function reachMilestone(task: Task, command: Of<'ReachMilestone'>, context: Context): TaskEvent[] {
  mustLead(task, command);
  const { code, unit, reachedOn, evidence, receivedOn = null } = command;
  const milestone = milestoneOf(task.milestones, code);
  if (milestone.reachedOn === reachedOn) return [];
  if (milestone.reachedOn !== null) {
    throw new Rejection('milestone_reached', { milestone: code, reachedOn: milestone.reachedOn });
  }
  const on = handInDay(receivedOn, context);
  mustBeCredible(reachedOn, on, evidence, context);
  const entered = enteredFor(context.actor, { ...command, names: namesOf(command) });
  const backdated = isBackdated(reachedOn, on, context) && { backdated: true };
  return [
    ...receiptThroughReport(task, command, on),
    { type: 'MilestoneReached', code, unit, on, evidence, ...entered, ...backdated, effectiveOn: reachedOn },
  ];
}

function milestoneOf(milestones: Milestones, code: string): Milestones[number] {
  const milestone = milestones.find(each => each.code === code);
  if (!milestone) throw new Rejection('milestone_not_found', { milestone: code });
  return milestone;
}
