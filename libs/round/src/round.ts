import { personOf, refuseBareMachine } from '@duban/actor';
import { isPeriod, periodEnd, periodKind, periodStart } from '@duban/calendar';
import { type Decider, fieldRejection, isSame, Rejection } from '@duban/event-store';
import type { Context } from '@duban/platform';
import type { Blocker, RosterEntry, Round, RoundCommand, RoundEvent } from './round-model.js';

type Of<Type extends RoundCommand['type']> = Extract<RoundCommand, { type: Type }>;

function decide(round: Round | null, command: RoundCommand, context: Context): readonly RoundEvent[] {
  if (command.type === 'ScheduleRound') return schedule(round, command, context);
  if (!round) throw new Rejection('round_not_found');
  switch (command.type) {
    case 'OpenRound':
      return open(round, command, context);
    case 'MoveRoundDue':
      return moveDue(round, command, context);
    case 'CloseRound':
      return close(round, command, context);
  }
}

function schedule(
  round: Round | null,
  { type: _, scope, ...rest }: Of<'ScheduleRound'>,
  { today }: Context,
): RoundEvent[] {
  const scheduled = { ...rest, ...scoped(scope) };
  if (round) {
    if (isSame(asScheduled(round), scheduled)) return [];
    throw new Rejection('round_already_scheduled', { plan: round.plan, period: round.period });
  }
  const { period, kind, dueOn } = scheduled;
  if (!isPeriod(period)) {
    throw fieldRejection('/period', 'not_a_period', { period });
  }
  if (periodKind(period) !== kind) {
    throw fieldRejection('/kind', 'period_kind_differs', { period, kind });
  }
  refuseDueBeforePeriod(period, dueOn, '/dueOn');
  refuseForeignScope(scheduled);
  return [{ type: 'RoundScheduled', ...scheduled, on: today }];
}

function asScheduled(round: Round): Omit<Of<'ScheduleRound'>, 'type'> {
  const { plan, period, kind, evidence, summary, backfill, clause, scope } = round;
  const due = round.dues[0]?.on ?? '';
  const told = { plan, period, kind, dueOn: due, evidence, summary, backfill, clause, ...scoped(scope) };
  return { ...told, ...counted(round) };
}

function counted({ dueByCalendar }: { dueByCalendar?: true }): { dueByCalendar?: true } {
  return dueByCalendar ? { dueByCalendar } : {};
}

/** Null and left out are one: the whole plan. The order in which tasks were named says nothing. */
function scoped(scope: readonly string[] | null | undefined): { scope?: readonly string[] } {
  return scope ? { scope: [...new Set(scope)].sort() } : {};
}

function refuseForeignScope({ plan, scope }: { plan: string; scope?: readonly string[] }): void {
  if (scope?.length === 0) throw fieldRejection('/scope', 'scope_empty');
  const foreign = scope?.find(task => !task.startsWith(`${plan}:`));
  if (foreign !== undefined) throw fieldRejection('/scope', 'scope_of_other_plan', { task: foreign, plan });
}

// A due day within the period is possible: some plans want the year's summary in December.
function refuseDueBeforePeriod(period: string, dueOn: string, pointer: string): void {
  if (dueOn >= periodStart(period)) return;
  throw fieldRejection(pointer, 'due_before_period', { period, dueOn });
}

function open(round: Round, command: Of<'OpenRound'>, { today }: Context): RoundEvent[] {
  if (round.status === 'closed') throw new Rejection('round_closed', { period: round.period });
  const roster = round.backfill ? command.roster.map(owesNothing) : command.roster;
  if (round.status === 'open') {
    if (isSame(round.roster, roster)) return [];
    throw new Rejection('round_already_open', { period: round.period });
  }
  const units = roster.map(({ unit }) => unit);
  const twice = units.findIndex((unit, index) => units.indexOf(unit) < index);
  if (twice >= 0) {
    const unit = units[twice] ?? '';
    throw fieldRejection(`/roster/${twice}/unit`, 'roster_unit_twice', { unit });
  }
  return [{ type: 'RoundOpened', roster, on: today }];
}

/** A round that was over before the plan was issued is wanted, not owed (duties §4): what is asked stays, the duty goes. */
const owesNothing = (entry: RosterEntry): RosterEntry => ({ ...entry, owesSubmission: false });

function moveDue(round: Round, { to, reason }: Of<'MoveRoundDue'>, { today }: Context): RoundEvent[] {
  if (round.status === 'closed') throw new Rejection('round_closed', { period: round.period });
  const from = dueOn(round);
  if (to === from) return [];
  refuseWithoutReason(reason);
  refuseDueBeforePeriod(round.period, to, '/to');
  // Who was in time when it was handed in must not become late by a later decision.
  if (to < today) {
    throw fieldRejection('/to', 'due_in_past', { dueOn: to, today });
  }
  return [{ type: 'RoundDueMoved', from, to, reason, on: today }];
}

/** Whoever closes over what is open answers for it: a machine says in whose name (duties §9). */
function close(round: Round, command: Of<'CloseRound'>, { today, actor }: Context): RoundEvent[] {
  const { accepted, blockers, reason } = command;
  if (round.status === 'closed') {
    if (round.closeReason === reason && round.accepted.every(found => accepted.includes(found))) return [];
    throw new Rejection('round_closed', { period: round.period });
  }
  if (round.status === 'scheduled') throw new Rejection('round_not_open', { period: round.period });
  const endsOn = periodEnd(round.period);
  if (today <= endsOn) throw new Rejection('round_period_running', { period: round.period, endsOn });
  refuseOpen(blockers.filter(blocker => !accepted.includes(blocker.class)));
  if (blockers.length > 0) {
    refuseBareMachine(actor);
    refuseWithoutReason(reason ?? '');
  }
  // Only what was found is printed: accepting a class beforehand does not put it into the edition.
  const found = blockers.map(blocker => blocker.class);
  return [{ type: 'RoundClosed', accepted: found, reason, by: personOf(actor), on: today }];
}

/** A refusal names so many of each class; the dry run names all. */
const mostNamed = 5;

function refuseOpen(open: readonly Blocker[]): void {
  if (open.length === 0) return;
  throw new Rejection('round_open_blockers', {
    blockers: open.map(blocker => blocker.class),
    counts: open.map(blocker => `${blocker.class} ${blocker.items.length}`),
    items: open.flatMap(({ items }) => items.slice(0, mostNamed)),
  });
}

function refuseWithoutReason(reason: string): void {
  if (reason.trim() !== '') return;
  throw fieldRejection('/reason', 'reason_needed');
}

// Never throws and never judges: what happened has happened, even under older rules.
function evolve(round: Round | null, event: RoundEvent): Round | null {
  if (event.type === 'RoundScheduled') return scheduled(event);
  if (!round) return null;
  switch (event.type) {
    case 'RoundOpened':
      return { ...round, status: 'open', openedOn: event.on, roster: event.roster };
    case 'RoundDueMoved':
      return { ...round, dues: [...round.dues, { on: event.to, setOn: event.on }] };
    case 'RoundClosed': {
      const { on: closedOn, accepted, reason: closeReason } = event;
      return { ...round, status: 'closed', closedOn, accepted, closeReason };
    }
    default:
      return round; // written by a newer version
  }
}

function scheduled(event: Extract<RoundEvent, { type: 'RoundScheduled' }>): Round {
  const { plan, period, kind, dueOn: due, evidence, summary, backfill, clause, scope, on } = event;
  return {
    plan,
    period,
    kind,
    dues: [{ on: due, setOn: on }],
    evidence,
    summary,
    backfill,
    clause,
    ...scoped(scope),
    ...counted(event),
    status: 'scheduled',
    openedOn: null,
    roster: [],
    closedOn: null,
    accepted: [],
    closeReason: null,
  };
}

/** The due day as last set: what units are told. */
export function dueOn(round: Pick<Round, 'dues' | 'period'>): string {
  return round.dues.at(-1)?.on ?? periodEnd(round.period);
}

/**
 * The due day by which lateness is judged. It is the last one set in time: moving a due day that has passed already
 * helps nobody who was late by then, because lateness is never unset.
 */
export function countedDueOn(round: Pick<Round, 'dues' | 'period'>): string {
  const [original, ...moved] = round.dues;
  return moved.reduce(
    (due, { on, setOn }) => (setOn <= due ? on : due),
    original?.on ?? periodEnd(round.period),
  );
}

/** What the unit is asked for in the round, or null when it does not stand on the roster. */
export function rosterEntry(round: Pick<Round, 'roster'>, unit: string): RosterEntry | null {
  return round.roster.find(entry => entry.unit === unit) ?? null;
}

/** A round of one plan: scheduled, opened with its roster frozen, closed, never reopened. */
export const roundDecider: Decider<Round | null, RoundCommand, RoundEvent, Context> = {
  initial: null,
  decide,
  evolve,
};
