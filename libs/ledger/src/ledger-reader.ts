import { type Calendar, type Day } from '@duban/calendar';
import { type EventStore, type StoredEvent, type TemporalProjection } from '@duban/event-store';
import { announcedCalendar, type Holidays, holidayStream } from '@duban/holiday';
import { type Plan } from '@duban/plan';
import { type Policies, type Policy } from '@duban/policy';
import { type Unit } from '@duban/unit';
import { type Pool } from 'pg';
import { DirectoryReader } from './directory-reader.js';
import { LedgerBuilder, type PlanLedger, planOfStream } from './plan-ledger.js';
import { type UnitDirectory } from './unit-directory.js';

type Queryable = Pick<Pool, 'query'>;

const statesOfPlan = `
  SELECT id, version, state FROM streams
  WHERE (category IN ('task', 'indicator', 'round', 'submission', 'rollup') AND plan = $1)
     OR id = 'plan-' || $1
     OR category IN ('policy', 'calendar')
     OR (category IN ('unit', 'group', 'post')
         AND state ->> 'jurisdiction' = (SELECT state ->> 'jurisdiction' FROM streams WHERE id = 'plan-' || $1))`;

/** The ledger of a plan, and at which version each stream stood that it was read from. */
export type PlanSeen = { ledger: PlanLedger; versions: ReadonlyMap<string, number> };

/** Which events are folded. */
export type Keeping = (stored: StoredEvent) => boolean;

/** The folds of all streams, or of those that concern one plan, as of any moment. */
const ledgers = (plan: string | undefined, keeps: Keeping): TemporalProjection<LedgerBuilder> => ({
  initial: () => new LedgerBuilder(),
  apply: (builder, stored) => {
    const owner = planOfStream(stored.stream);
    const concerns = plan === undefined || owner === null || owner === plan;
    return concerns && keeps(stored) ? builder.apply(stored.stream, stored.event) : builder; // what is left aside is not parsed
  },
});

/** Reads the ledger (台账): the folds that the event store keeps beside its events, so what was just recorded is seen. */
export class LedgerReader {
  private readonly directories: DirectoryReader;

  constructor(
    private readonly pool: Queryable,
    private readonly events: EventStore,
  ) {
    this.directories = new DirectoryReader(pool);
  }

  /** One plan as it stands, or null when there is none. `within`: read inside this transaction. */
  async planLedger(plan: string, within: Queryable = this.pool): Promise<PlanLedger | null> {
    return (await this.planSeen(plan, within))?.ledger ?? null;
  }

  /** The same with the versions of what was read, for decisions that must not rest on what has changed meanwhile. */
  async planSeen(plan: string, within: Queryable = this.pool): Promise<PlanSeen | null> {
    const { rows } = await within.query<{ id: string; version: number; state: unknown }>({
      name: 'plan_ledger',
      text: statesOfPlan,
      values: [plan],
    });
    const builder = new LedgerBuilder();
    for (const { id, state } of rows) builder.put(id, state);
    const ledger = builder.ledger(plan);
    return ledger && { ledger, versions: new Map(rows.map(({ id, version }) => [id, version])) };
  }

  /** All plans, by code. */
  async plans(): Promise<Plan[]> {
    const { rows } = await this.pool.query<{ state: Plan }>(
      `SELECT state FROM streams WHERE category = 'plan' ORDER BY id`,
    );
    return rows.map(({ state }) => state);
  }

  /**
   * Every plan as it was known at a position of the log: exact and repeatable, because positions have no holes.
   * Reads the log from its beginning; `plan` leaves the streams of other plans aside, `keeps` events.
   */
  async ledgersAt(position: number, plan?: string, keeps: Keeping = () => true): Promise<LedgerBuilder> {
    const { state } = await this.events.projectionAt(ledgers(plan, keeps), { position });
    return state;
  }

  /** What was adopted of each kind of policy. */
  async policies(): Promise<Policies> {
    const { rows } = await this.pool.query<{ state: Policy }>({
      name: 'policies',
      text: `SELECT state FROM streams WHERE category = 'policy'`,
    });
    return new Map(rows.map(({ state }) => [state.kind, state]));
  }

  /** The calendar with the notices of holidays that have been announced by now. */
  async calendar(base: Calendar): Promise<Calendar> {
    const { rows } = await this.pool.query<{ state: Holidays }>({
      name: 'holidays',
      text: 'SELECT state FROM streams WHERE id = $1',
      values: [holidayStream(base.zone)],
    });
    return announcedCalendar(base, rows[0]?.state ?? null);
  }

  /** All units and groups as they stand. */
  directory(): Promise<UnitDirectory> {
    return this.directories.directory();
  }

  /** From which day another unit answers for this one, possibly still to come; null while none does. */
  async passedOn(unit: string): Promise<Day | null> {
    const ended = (await this.state<Unit>('unit', unit))?.state.ended;
    return ended && ended.into.length > 0 ? ended.on : null;
  }

  /** One fold by category and key, or null. */
  async state<S>(category: string, id: string): Promise<{ state: S; version: number } | null> {
    return this.events.load<S>(`${category}-${id}`);
  }
}
