import { rowsOf, sees } from '@duban/access';
import { type Day, dayOf, lastInstantOf, periodOf } from '@duban/calendar';
import { Rejection } from '@duban/event-store';
import { type Moment, type PlanLedger, splitStream, type UnitDirectory, unitsOfTask } from '@duban/ledger';
import { type Actor } from '@duban/platform';
import { type Plan } from '@duban/plan';
import { ledgerAt, type RollupParts } from '@duban/rollup';
import { type Task } from '@duban/task';
import { jurisdictionOf, type Post } from '@duban/unit';

/**
 * Who looks, and at which day: one moment for everything that one request shows. `position`: up to where the record was
 * known on a day that is over; null for what is known now.
 */
export type Look = {
  actor: Actor;
  today: Day;
  moment: Moment;
  directory: UnitDirectory;
  position: number | null;
};

/** The ledger as far as an actor's rows go. What lies outside is told apart from what does not exist by nobody. */
export class LedgerViews {
  constructor(private readonly core: RollupParts) {}

  get reader() {
    return this.core.reader;
  }

  get calendar() {
    return this.core.calendar;
  }

  /**
   * The moment, and the actor with all units that he or she answers for: those merged into its own, too.
   * @param asOf the day to look at, as it was known when it ended; today when left out
   * @throws Rejection `validation_failed` for a day to come
   */
  async look(actor: Actor, asOf?: Day): Promise<Look> {
    const now = dayOf(await this.core.clock.now(), this.calendar.zone);
    const today = asOf ?? now;
    if (today > now)
      throw new Rejection('validation_failed', {}, [{ pointer: '/asOf', code: 'day_to_come' }]);
    const { events, calendar } = this.core;
    const position = today < now ? await events.positionAt(lastInstantOf(today, calendar.zone)) : null;
    const directory = await this.reader.directory();
    const moment = { day: today, knownOn: today, period: periodOf(today, 'quarter') };
    const widened =
      actor.role === 'unit' ? { ...actor, units: directory.actsFor(actor.unit ?? '', today) } : actor;
    return { actor: widened, today, moment, directory, position };
  }

  /** The plans of one's rows; a unit's are those of its own place that were issued. */
  async plans({ actor }: Look): Promise<Plan[]> {
    const all = await this.reader.plans();
    if (actor.role !== 'unit') return all.filter(({ code }) => sees(actor, { plan: code }));
    const place = jurisdictionOf(actor.unit ?? '');
    return all.filter(({ jurisdiction, issuedOn }) => jurisdiction === place && issuedOn !== null);
  }

  /** The ledgers of one's plans, or of the one named. @throws Rejection `not_found` */
  async ledgers(look: Look, plan?: string): Promise<PlanLedger[]> {
    const codes = (await this.plans(look)).map(({ code }) => code);
    if (plan !== undefined && !codes.includes(plan)) throw new Rejection('not_found', { what: plan });
    const wanted = plan === undefined ? codes : [plan];
    const { position } = look;
    const known = (code: string) =>
      position === null ? this.reader.planLedger(code) : ledgerAt(this.core, code, { position });
    const ledgers = await Promise.all(wanted.map(known));
    return ledgers.filter(ledger => ledger !== null);
  }

  /** @throws Rejection `not_found` */
  async ledger(look: Look, plan: string): Promise<PlanLedger> {
    const [ledger] = await this.ledgers(look, plan);
    if (!ledger) throw new Rejection('not_found', { what: plan });
    return ledger;
  }

  /** The ledger that something belongs to, by its key `plan:code`. @throws Rejection `not_found` */
  async ledgerOf(look: Look, id: string): Promise<PlanLedger> {
    const plan = id.slice(0, id.indexOf(':'));
    const known = (await this.plans(look)).some(({ code }) => code === plan);
    if (!known) throw new Rejection('not_found', { what: id });
    return this.ledger(look, plan);
  }

  /** All posts, by key. */
  async posts(): Promise<Map<string, Post>> {
    const { rows } = await this.core.pool.query<{ id: string; state: Post }>(
      `SELECT id, state FROM streams WHERE category = 'post' ORDER BY id`,
    );
    return new Map(rows.map(({ id, state }) => [splitStream(id).id, state]));
  }

  /** The key of a unit or group that somebody named, if it lies in a place that the actor looks at. @throws Rejection `not_found` */
  async unitSeen(look: Look, text: string): Promise<string> {
    const id = look.directory.resolve(text);
    const places = await this.places(look);
    if (!id || (places !== '*' && !places.has(jurisdictionOf(id))))
      throw new Rejection('not_found', { what: text });
    return id;
  }

  /** The unit whose rows somebody asks for: a unit may name only those it answers for. @throws Rejection `not_found` */
  async ownUnit(look: Look, text: string): Promise<string> {
    const id = await this.unitSeen(look, text);
    const { units } = rowsOf(look.actor);
    if (units !== '*' && !units.includes(id)) throw new Rejection('not_found', { what: text });
    return id;
  }

  /** The places (行政区划) whose units an actor may know by name. */
  async places(look: Look): Promise<ReadonlySet<string> | '*'> {
    const { actor } = look;
    if (actor.role === 'unit') return new Set([jurisdictionOf(actor.unit ?? '')]);
    if (rowsOf(actor).plans === '*') return '*';
    return new Set((await this.plans(look)).map(({ jurisdiction }) => jurisdiction));
  }
}

/** The tasks of a ledger that an actor sees; a unit sees none before it is issued. */
export function tasksSeen(ledger: PlanLedger, look: Look): [string, Task][] {
  return [...ledger.tasks].filter(([, task]) => {
    if (look.actor.role === 'unit' && !task.issuedOn) return false;
    return sees(look.actor, { plan: ledger.id, units: unitsOfTask(task, look) });
  });
}
