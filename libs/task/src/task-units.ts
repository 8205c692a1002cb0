import { Rejection } from '@duban/event-store';
import type { Acting, Assignment, Role } from './assignment-model.js';
import type { Task, TaskEvent } from './task-model.js';

/** Everyone named in this role, units and groups, in the order of the document. */
export function holdersOf(task: Task, role: Role): readonly Assignment[] {
  return task.roles.filter(assignment => assignment.role === role);
}

/** The units that lead the task, in the order of the document. Joint leads answer as one: any of them reports for all. */
export function leadsOf(task: Task): readonly string[] {
  return unitLeads(task.roles);
}

export function unitLeads(roles: readonly Assignment[]): readonly string[] {
  return roles.filter(({ role, isGroup }) => role === 'lead' && !isGroup).map(({ holder }) => holder);
}

/**
 * The lead that is asked first; null without a lead unit. `presumed`: nobody said so, it only stands first, or the
 * document names no lead at all and it was taken from a flat list.
 */
export function reportingLeadOf(task: Task): { unit: string; presumed: boolean } | null {
  if (task.reportingLead !== null) return { unit: task.reportingLead, presumed: false };
  const leads = holdersOf(task, 'lead').filter(({ isGroup }) => !isGroup);
  const [first] = leads;
  return first ? { unit: first.holder, presumed: leads.length > 1 || first.presumed } : null;
}

/** Refuses with `not_a_lead_unit` unless the acting unit, or one that it succeeds, leads the task. */
export function mustLead(task: Task, acting: Acting): void {
  const leads = leadsOf(task);
  if (!namesOf(acting).some(name => leads.includes(name))) {
    throw new Rejection('not_a_lead_unit', { unit: acting.unit, leads });
  }
}

/** Refuses with `not_a_holder` unless the acting unit is named in any role, itself or as a member of a group named. */
export function mustHold(task: Task, acting: Acting, members: readonly string[]): void {
  if (!holds(task, acting, members)) throw new Rejection('not_a_holder', { unit: acting.unit });
}

export function holds(task: Task, acting: Acting, members: readonly string[]): boolean {
  const named = [...task.roles.map(({ holder }) => holder), ...members];
  return namesOf(acting).some(name => named.includes(name));
}

/** Refuses with `task_without_lead` unless a unit leads. */
export function mustNameLead(roles: readonly Assignment[]): void {
  if (unitLeads(roles).length === 0) throw new Rejection('task_without_lead');
}

/**
 * Since when the task has named one of these holders without a break: the day of issue, or that of the decision which
 * named it. Null before the task is issued.
 */
export function namedSince(task: Task, holders: readonly string[]): string | null {
  const since = holders.map(holder => spanOf(task, holder)).sort()[0];
  return since ?? task.assignedOn;
}

/**
 * Since when the task is somebody's: it was issued and, if it named nobody then, a lead was named. Null until both are so.
 */
export function owedSince({ issuedOn, assignedOn, roles, formerRoles = [] }: Task): string | null {
  const named = [...formerRoles, { roles, from: assignedOn ?? '' }].find(
    each => unitLeads(each.roles).length > 0,
  );
  if (issuedOn === null || !named) return null;
  return named.from > issuedOn ? named.from : issuedOn;
}

function spanOf({ assignedOn, issuedOn, formerRoles = [] }: Task, holder: string): string {
  let since = assignedOn ?? issuedOn ?? '';
  for (const { roles, from } of formerRoles.toReversed()) {
    if (!roles.some(role => role.holder === holder)) break;
    since = from;
  }
  return since;
}

/** The unit's own name and those of the units it succeeds. */
export function namesOf({ unit, actsFor }: Acting): readonly string[] {
  return [unit, ...actsFor];
}

/** Whoever reports on a task has received it: the receipt that is still missing, or nothing. */
export function receiptThroughReport(task: Task, acting: Acting, on: string): TaskEvent[] {
  if (hasReceipt(task, acting)) return [];
  return [{ type: 'TaskAcknowledged', unit: acting.unit, on, through: 'report' }];
}

export function hasReceipt(task: Task, acting: Acting): boolean {
  return namesOf(acting).some(name => Object.hasOwn(task.receipts, name));
}
