import { refuseBareMachine } from '@duban/actor';
import { Rejection } from '@duban/event-store';
import { type Actor, type Scope } from '@duban/platform';

/** What can be done, as far as access tells it apart. Reading is an action like any other. */
export type Action =
  | 'plan.read'
  | 'plan.manage'
  | 'task.answer'
  | 'task.decide'
  | 'task.instruct'
  | 'value.report'
  | 'value.decide'
  | 'round.manage'
  | 'submission.answer'
  | 'submission.decide'
  | 'rollup.trigger'
  | 'rollup.decide'
  | 'rollup.answer'
  | 'sweep.trigger'
  | 'reminder.answer'
  | 'evidence.store'
  | 'evidence.read'
  | 'evidence.withdraw'
  | 'policy.adopt'
  | 'unit.manage'
  | 'holiday.manage'
  | 'key.manage'
  | 'delegation.give'
  | 'desk.read'
  | 'record.read';

type Role = Actor['role'];

/** Who may do what at all. Whether the row is theirs is looked at next. */
const roles: Readonly<Record<Action, readonly Role[]>> = {
  'plan.read': ['office', 'unit', 'leader', 'auditor', 'admin', 'scheduler'],
  'plan.manage': ['office', 'admin'],
  'task.answer': ['unit', 'office'],
  'task.decide': ['office'],
  'task.instruct': ['leader', 'office'],
  'value.report': ['unit', 'office'],
  'value.decide': ['office'],
  'round.manage': ['office', 'admin', 'scheduler'],
  'submission.answer': ['unit', 'office'],
  'submission.decide': ['office'],
  'rollup.trigger': ['office', 'scheduler', 'admin'],
  'rollup.decide': ['office'],
  'rollup.answer': ['unit', 'office', 'leader'],
  'sweep.trigger': ['scheduler', 'admin'],
  'reminder.answer': ['unit', 'office', 'leader'],
  'evidence.store': ['unit', 'office', 'leader', 'admin'], // whoever decides may keep the paper of it
  'evidence.read': ['unit', 'office', 'leader', 'auditor', 'admin'],
  'evidence.withdraw': ['unit', 'office'],
  'policy.adopt': ['office', 'admin'],
  'unit.manage': ['admin'],
  'holiday.manage': ['admin'],
  'key.manage': ['admin'],
  'delegation.give': ['office', 'unit', 'leader', 'admin'],
  'desk.read': ['office', 'admin', 'auditor'],
  'record.read': ['auditor', 'admin', 'office'],
};

/** What binds the office must be somebody's: a machine that does it says whose (duties §3). */
const decisions: ReadonlySet<Action> = new Set([
  'task.decide',
  'task.instruct',
  'value.decide',
  'submission.decide',
  'rollup.decide',
  'policy.adopt',
]);

/** The roles that do this at all, whatever the row. */
export function rolesFor(action: Action): readonly Role[] {
  return roles[action];
}

export function mayRole(role: Role, action: Action): boolean {
  return rolesFor(action).includes(role);
}

/**
 * What is touched: the plan it belongs to, and the units it is addressed to or that are named in the request's body.
 * `named`: what the actor called it; a refusal repeats that and nothing else of the row.
 */
export type Target = { plan?: string | null; units?: readonly string[]; named?: string };

/** The rows that an actor may see and touch; `'*'` is all. `units` holds the units that an actor answers for, merged ones included. */
export type Rows = { plans: readonly string[] | '*'; units: readonly string[] | '*' };

/**
 * What lies open to an actor, as plans with the units under them. A unit's rows go by its units, the others' by the plans
 * they were granted. A leader sees the units that he or she is in charge of.
 */
export function scopesOf(actor: Actor): Rows[] {
  const { role, plans, units, scopes } = actor;
  switch (role) {
    case 'unit':
      return [{ plans: '*', units: units ?? (actor.unit ? [actor.unit] : []) }];
    case 'leader':
      return (scopes ?? [{ plans: plans ?? [], ...(units && { units }) }]).map(rowsIn);
    case 'office':
      return [rowsIn({ plans: plans ?? [] })];
    case 'scheduler':
    case 'auditor':
    case 'admin':
      return [rowsIn({ plans: plans ?? ['*'] })];
  }
}

function rowsIn({ plans, units }: Scope): Rows {
  return { plans: plans.includes('*') ? '*' : plans, units: units && units.length > 0 ? units : '*' };
}

/** The plans and the units that an actor sees anything of; under `plan` alone, where that is given. */
export function rowsOf(actor: Actor, plan?: string): Rows {
  const scopes = scopesOf(actor).filter(({ plans }) => plan === undefined || isIn(plan, plans));
  return { plans: joined(scopes.map(({ plans }) => plans)), units: joined(scopes.map(({ units }) => units)) };
}

function joined(lists: readonly (readonly string[] | '*')[]): readonly string[] | '*' {
  const named = lists.filter(list => list !== '*');
  return named.length < lists.length ? '*' : [...new Set(named.flat())];
}

const isIn = (one: string, list: readonly string[] | '*') => list === '*' || list.includes(one);

/** Whether the target lies in the actor's rows. A target that names units is seen by whoever answers for one of them. */
export function sees(actor: Actor, { plan, units }: Target): boolean {
  return scopesOf(actor).some(
    rows =>
      (plan === undefined || plan === null || isIn(plan, rows.plans)) &&
      (units === undefined || rows.units === '*' || units.some(unit => isIn(unit, rows.units))),
  );
}

/**
 * The one place where access is decided.
 * @throws Rejection `forbidden_role` when the role never does this; `not_found` when the row is not the actor's, so that
 * nobody learns of rows that are not theirs; `machine_needs_acting_for` when a machine decides in nobody's name.
 */
export function assertMay(actor: Actor, action: Action, target: Target = {}): void {
  if (!roles[action].includes(actor.role))
    throw new Rejection('forbidden_role', { role: actor.role, action });
  if (!sees(actor, target)) throw new Rejection('not_found', { what: target.named ?? target.plan ?? '' });
  if (decisions.has(action)) refuseBareMachine(actor);
}
