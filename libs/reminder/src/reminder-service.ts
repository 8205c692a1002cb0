import { assertMay, scopesOf, sees } from '@duban/access';
import { type Calendar, type Day, dayOf } from '@duban/calendar';
import { Rejection, type StoredEvent } from '@duban/event-store';
import {
  type EventRef,
  isOfDay,
  type Obligation,
  type ObligationState,
  obligationState,
} from '@duban/ledger';
import { type Actor, metaOf } from '@duban/platform';
import { ancestorsOf } from '@duban/unit';
import { type Overdue, overdueIn } from './alerts.js';
import { rungsOf } from './ladder.js';
import { type LiveObligations, type PlanDuties } from './live-obligations.js';
import { type ObligationTable } from './obligation-table.js';
import { type ReminderParts } from './parts.js';
import { type Stage } from './stages.js';
import { streamOf } from './reminder-model.js';
import { reminderDecider } from './reminder-rules.js';
import { findReminder, findReminders, type ReminderFilter, type ReminderRow } from './reminder-rows.js';

/** Who was told when, and whether it arrived. */
export type Warning = Pick<ReminderRow, 'stage' | 'recipient' | 'fate' | 'acknowledgedAt'> & {
  reminder: string;
  on: Day;
};
export type Alert = Overdue & { warned: readonly Warning[] };

/** An event that something rests on. */
export type Evidence = Pick<
  StoredEvent,
  'stream' | 'version' | 'position' | 'type' | 'effectiveOn' | 'recordedAt'
>;

/** Why a message was sent: what was owed, by which rule it fell due that day, and the events that say so. */
export type Why = {
  reminder: ReminderRow;
  obligation: (Obligation & { state: ObligationState }) | null; // as it is today; null when nobody owes it any more
  stage: Stage | null; // as its policy has it
  ladder: readonly { stage: string; on: Day; policy: string; issuedOn: Day | null; provisional: boolean }[];
  events: readonly Evidence[];
};

export type AlertFilter = { plan?: string; unit?: string };

/** Who acknowledges, and by which door; a request of the application layer fits. */
type Asking = { actor: Actor; channel: string; requestId?: string };
type Acknowledged = {
  id: string;
  stream: string;
  version: number;
  position: number | null;
  events: readonly string[];
  replayed: boolean;
};

/** What people ask about reminders, each within his or her rows. */
export class ReminderService {
  private readonly live: LiveObligations;
  private readonly calendar: Calendar;

  constructor(
    private readonly parts: ReminderParts,
    table: ObligationTable,
  ) {
    this.live = table.live;
    this.calendar = parts.calendar;
  }

  /** Everything overdue in the actor's rows, the latest first, with who was warned when. */
  async alerts(actor: Actor, { plan, unit }: AlertFilter = {}): Promise<Alert[]> {
    assertMay(actor, 'plan.read', plan === undefined ? {} : { plan });
    const asker = await this.widened(actor);
    const plans = (await this.parts.reader.plans()).filter(
      ({ code, issuedOn }) =>
        issuedOn !== null && (plan === undefined || plan === code) && sees(asker, { plan: code }),
    );
    const now = await this.parts.clock.now();
    const found: Overdue[] = [];
    for (const { code } of plans) {
      const duties = await this.live.of(code, now);
      if (duties) found.push(...overdueIn(duties).filter(each => isSeen(each, duties, asker)));
    }
    const wanted = found.filter(({ holders }) => unit === undefined || holders.includes(unit));
    return this.withWarnings(wanted);
  }

  /** Messages in the actor's rows, in the order in which they were issued. */
  async reminders(actor: Actor, filter: ReminderFilter = {}): Promise<ReminderRow[]> {
    assertMay(actor, 'plan.read');
    return findReminders(this.parts.pool, { ...filter, scopes: scopesOf(await this.widened(actor)) });
  }

  /** @throws Rejection `not_found` when there is no such message in the actor's rows */
  async why(actor: Actor, id: string): Promise<Why> {
    const reminder = await this.seen(actor, id);
    const duties = await this.live.of(reminder.plan, await this.parts.clock.now());
    const obligation = duties?.byId.get(reminder.obligation) ?? null;
    const ladder = obligation && duties ? rungsOf(obligation, duties.ledger.policies, duties.calendar) : [];
    const said = await findReminders(this.parts.pool, { obligation: reminder.obligation });
    const issuedOn = (stage: string) =>
      said.find(each => each.stage === stage && obligation && isOfDay(obligation.due, each.dueVersion))
        ?.issuedOn ?? null;
    return {
      reminder,
      obligation: obligation && duties && { ...obligation, state: obligationState(obligation, duties.today) },
      stage: ladder.find(({ stage }) => stage.name === reminder.stage)?.stage ?? null,
      ladder: ladder.map(({ stage: { name }, on, policy }) => ({
        stage: name,
        on,
        policy,
        issuedOn: issuedOn(name),
        provisional: duties?.calendar.isProvisional(on) ?? false,
      })),
      events: await this.eventsBehind(reminder, obligation),
    };
  }

  /** The recipient has taken note. @throws Rejection `forbidden_role`, `not_found` */
  async acknowledge({ actor, channel, requestId }: Asking, id: string): Promise<Acknowledged> {
    assertMay(actor, 'reminder.answer');
    const { obligation, stage, dueVersion, recipient } = await this.seen(actor, id);
    const now = await this.parts.clock.now();
    const today = dayOf(now, this.calendar.zone);
    const stream = streamOf(obligation);
    const command = { type: 'AcknowledgeReminder' as const, stage, dueVersion, recipient, by: actor.id };
    const { version, position, events } = await this.parts.events.handle(
      reminderDecider,
      stream,
      command,
      { now, today, calendar: this.calendar, actor },
      {
        meta: metaOf({ actor, channel, ...(requestId && { requestId }) }, command.type),
        now,
        effectiveOn: today,
        commutes: true,
      },
    );
    return { id, stream, version, position, events: events.map(({ type }) => type), replayed: false };
  }

  private async seen(actor: Actor, id: string): Promise<ReminderRow> {
    assertMay(actor, 'plan.read');
    const row = isUuid(id) ? await findReminder(this.parts.pool, id) : null;
    const asker = await this.widened(actor);
    if (!row || !sees(asker, { plan: row.plan, units: row.holders }))
      throw new Rejection('not_found', { what: id });
    return row;
  }

  /** A unit answers for those merged into it, too. */
  private async widened(actor: Actor): Promise<Actor> {
    if (actor.role !== 'unit' || !actor.unit) return actor;
    const directory = await this.parts.reader.directory();
    const today = dayOf(await this.parts.clock.now(), this.calendar.zone);
    return { ...actor, units: directory.actsFor(actor.unit, today) };
  }

  private async withWarnings(overdue: readonly Overdue[]): Promise<Alert[]> {
    const obligations = overdue.map(({ obligation }) => obligation);
    const said = await findReminders(this.parts.pool, { obligations, limit: 10_000 });
    const byObligation = new Map<string, Warning[]>();
    for (const { id, obligation, stage, recipient, fate, acknowledgedAt, issuedOn } of said) {
      const warning = { reminder: id, stage, recipient, fate, acknowledgedAt, on: issuedOn };
      byObligation.set(obligation, [...(byObligation.get(obligation) ?? []), warning]);
    }
    return overdue
      .map(each => ({ ...each, warned: byObligation.get(each.obligation) ?? [] }))
      .sort((a, b) => b.workdaysLate - a.workdaysLate || (a.obligation < b.obligation ? -1 : 1));
  }

  /** The message itself and how it fared, then what the obligation rests on, in the order of the log. */
  private async eventsBehind(reminder: ReminderRow, obligation: Obligation | null): Promise<Evidence[]> {
    const own = await this.parts.events.readStream(streamOf(reminder.obligation));
    const refs = obligation
      ? [obligation.openedBy, ...(obligation.handedIn ? [obligation.handedIn.ref] : [])]
      : [];
    const found = own.filter(({ event }) => concerns(event, reminder));
    for (const ref of refs) {
      const named = eventOf(ref, await this.parts.events.readStream(ref.stream));
      if (named) found.push(named);
    }
    return found
      .sort((a, b) => a.position - b.position)
      .map(({ stream, version, position, type, effectiveOn, recordedAt }) => ({
        ...{ stream, version, position, type, effectiveOn, recordedAt },
      }));
  }
}

/** A bureau, and the leader in charge of it, see what its divisions owe. */
function isSeen({ plan, holders }: Overdue, { ledger }: PlanDuties, actor: Actor): boolean {
  const units = holders.flatMap(holder => ancestorsOf(id => ledger.units.get(id) ?? null, holder));
  return sees(actor, { plan, units });
}

function concerns(event: StoredEvent['event'], { stage, dueVersion, recipient }: ReminderRow): boolean {
  const to = event.recipients ?? [event.recipient ?? null];
  return (
    event.stage === stage && event.dueVersion === dueVersion && Array.isArray(to) && to.includes(recipient)
  );
}

/** The event that a reference names: by its own marks, or the n-th of its type where it has none. */
function eventOf(
  { type, stream: _, ...named }: EventRef,
  stream: readonly StoredEvent[],
): StoredEvent | null {
  const ofType = stream.filter(each => each.type === type);
  const marks = Object.entries(named);
  const fits = ofType.find(({ event }) => marks.every(([name, mark]) => event[name] === mark));
  return fits ?? (named.n === undefined ? null : (ofType[named.n - 1] ?? null));
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
