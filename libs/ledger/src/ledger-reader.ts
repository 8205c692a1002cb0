import { type Day } from '@duban/calendar';
import { type EventStore } from '@duban/event-store';
import { type Plan } from '@duban/plan';
import { type Unit } from '@duban/unit';
import { type Pool } from 'pg';
import { DirectoryReader } from './directory-reader.js';
import { LedgerBuilder, type PlanLedger, planOfStream } from './plan-ledger.js';
import { type UnitDirectory } from './unit-directory.js';

type Queryable = Pick<Pool, 'query'>;

const statesOfPlan = `
  SELECT id, state FROM streams
  WHERE (category IN ('task', 'indicator', 'round', 'submission') AND state ->> 'plan' = $1)
     OR id = 'plan-' || $1
     OR (category IN ('unit', 'group', 'post')
         AND state ->> 'jurisdiction' = (SELECT state ->> 'jurisdiction' FROM streams WHERE id = 'plan-' || $1))`;

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
    const { rows } = await within.query<{ id: string; state: unknown }>({
      name: 'plan_ledger',
      text: statesOfPlan,
      values: [plan],
    });
    const builder = new LedgerBuilder();
    for (const { id, state } of rows) builder.put(id, state);
    return builder.ledger(plan);
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
   * Reads the log from its beginning; `plan` leaves the streams of other plans aside.
   */
  async ledgersAt(position: number, plan?: string): Promise<LedgerBuilder> {
    const builder = new LedgerBuilder();
    for await (const page of this.events.pages(0, { upTo: position })) {
      for (const { stream, event } of page) {
        const owner = planOfStream(stream);
        if (plan === undefined || owner === null || owner === plan) builder.apply(stream, event);
      }
    }
    return builder;
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
