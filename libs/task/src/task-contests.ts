import { enteredFor, isOneOf, personOf, throughDelegate } from '@duban/actor';
import type { Calendar } from '@duban/calendar';
import { fieldRejection, isSame, Rejection } from '@duban/event-store';
import { firstVersions } from '@duban/policy';
import type { Context } from '@duban/platform';
import type { Contest, ExchangeCommand } from './exchange-model.js';
import type { Assignment } from './assignment-model.js';
import type { Task, TaskEvent } from './task-model.js';
import { mustHold, mustNameLead, namedSince, namesOf, unitLeads } from './task-units.js';

/** A unit sends an assignment back (退回交办), and the office decides: duties §8. */

type Of<Type extends ExchangeCommand['type']> = Extract<ExchangeCommand, { type: Type }>;

/**
 * A unit named in the task says that it is not its own to do. Its receipt stands still until that is decided. `dates`
 * says how long it may say so, and how long the office may take; version 1 when left out.
 * Refuses with `not_a_holder`, `contest_pending` {n}, `contest_decided`, `contest_too_late` {until}, `reason_needed`.
 */
export function contest(task: Task, command: Of<'ContestAssignment'>, context: Context): TaskEvent[] {
  mustHold(task, command, command.members);
  const { unit, reason, dates = firstVersions.date } = command;
  const { today, calendar, actor } = context;
  const named = namesOf(command).filter(name => task.roles.some(({ holder }) => holder === name));
  const since = assignedSince(task, namesOf(command), command.joinedOn) ?? today;
  const earlier = (task.contests ?? []).findLast(
    each => namesOf(command).includes(each.unit) && each.on >= since,
  );
  if (earlier?.state === 'pending' && earlier.reason === reason) return [];
  if (earlier?.state === 'pending') throw new Rejection('contest_pending', { n: earlier.n });
  if (earlier) throw new Rejection('contest_decided', { n: earlier.n, state: earlier.state });
  const until = calendar.addWorkdays(since, dates.contestWorkdays);
  if (today > until) throw new Rejection('contest_too_late', { since, until });
  return [
    {
      type: 'AssignmentContested',
      n: (task.contests?.length ?? 0) + 1,
      unit,
      named: [...new Set(named)],
      reason,
      on: today,
      decideBy: calendar.addWorkdays(today, dates.contestDecisionWorkdays),
      tollsUntil: calendar.addWorkdays(today, dates.tollingWorkdays),
      by: personOf(actor),
      ...throughDelegate(actor),
      ...enteredFor(actor, { names: namesOf(command), paper: command.paper }),
    },
  ];
}

/** The last day on which a unit of these names may contest, or null before the task is issued. */
export function contestableUntil(
  task: Task,
  names: readonly string[],
  calendar: Calendar,
  { contestWorkdays } = firstVersions.date,
  joinedOn: string | null = null,
): string | null {
  const since = assignedSince(task, names, joinedOn);
  return since && calendar.addWorkdays(since, contestWorkdays);
}

/** Since when the task names a unit: itself or, where it does not, through the groups that it names, once it is in one. */
function assignedSince(task: Task, names: readonly string[], joinedOn: string | null = null): string | null {
  const own = task.roles.filter(({ holder }) => names.includes(holder));
  const holders = own.length > 0 ? own : task.roles.filter(({ isGroup }) => isGroup);
  const since = namedSince(
    task,
    holders.map(({ holder }) => holder),
  );
  return own.length === 0 && since !== null && joinedOn !== null && joinedOn > since ? joinedOn : since;
}

/**
 * The office upholds a contest, and the task names the unit no longer, or rejects it, and the receipt is owed again. A
 * member of a group is taken off its list for this task alone. Where nobody leads the task then, the office names
 * others or undertakes to (`assign`) within ten workdays. Who contests does not decide (`same_person`).
 * Refuses with `contest_not_found`, `contest_decided`, `still_assigned` {unit}, `task_without_lead`, `reason_needed`.
 */
export function decideContest(task: Task, command: Of<'DecideContest'>, context: Context): TaskEvent[] {
  const { n, verdict, reason, paper } = command;
  const found = task.contests?.find(each => each.n === n);
  if (!found) throw new Rejection('contest_not_found', { n });
  if (found.state === outcomes[verdict] && found.decision?.reason === reason) return [];
  if (found.state !== 'pending') throw new Rejection('contest_decided', { n, state: found.state });
  const person = personOf(context.actor);
  if (isOneOf(context.actor, [found.askedBy, found.delegate])) throw new Rejection('same_person', { person });
  const on = context.today;
  const decided: TaskEvent = { type: 'ContestDecided', n, verdict, reason, paper, on, by: person };
  if (command.verdict === 'reject') return [decided];
  if (command.roles === null && isMembers(found)) return [decided];
  const roles = rolesAfter(task, found, command);
  const { assign = false, dates = firstVersions.date } = command;
  if (!assign) mustNameLead(roles);
  const by = context.calendar.addWorkdays(on, dates.assignLeadWorkdays);
  const wanted = unitLeads(roles).length === 0 && { leadWanted: { contest: n, by } };
  return [decided, { type: 'UnitsReassigned', roles, on, reason, paper, ...wanted }];
}

/** The members of groups that the task names no longer, though their group: their contest was upheld since. */
export function excusedMembers({ contests = [], ...task }: Task): readonly Contest[] {
  const groups = task.roles.filter(({ isGroup }) => isGroup).map(({ holder }) => holder);
  const since = groups.length > 0 ? namedSince(task, groups) : null;
  return contests.filter(
    contest => contest.state === 'upheld' && isMembers(contest) && since !== null && contest.on >= since,
  );
}

const isMembers = ({ named }: Contest) => named.length === 0;

const outcomes = { uphold: 'upheld', reject: 'rejected' } as const;

/** Who holds the task when a contest was upheld: no longer the unit that contested it. */
function rolesAfter(
  task: Task,
  found: Contest,
  { roles: given, members }: Extract<ExchangeCommand, { type: 'DecideContest'; verdict: 'uphold' }>,
): readonly Assignment[] {
  const own = [found.unit, ...found.named];
  const roles = given ?? task.roles.filter(({ holder }) => !own.includes(holder));
  const stillNamed =
    roles.some(({ holder }) => own.includes(holder)) || own.some(name => members.includes(name));
  if (stillNamed || isSame(roles, task.roles))
    throw fieldRejection('/roles', 'still_assigned', { unit: found.unit });
  return roles;
}
