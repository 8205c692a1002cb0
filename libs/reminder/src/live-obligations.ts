import { type Calendar, type Day, dayOf } from '@duban/calendar';
import {
  calendarOf,
  type LedgerReader,
  type Obligation,
  obligationsOf,
  type PlanLedger,
} from '@duban/ledger';
import { type Pool } from 'pg';

/** What is owed under one plan as of now, by id. */
export type PlanDuties = {
  ledger: PlanLedger;
  today: Day;
  calendar: Calendar; // with the holidays that are announced by now
  byId: ReadonlyMap<string, Obligation>;
};

// The last position that any stream of the plan, or any unit, group, post, policy or holiday notice, was written at.
const stampText = `
  SELECT greatest(
    (SELECT max(last_position) FROM streams
     WHERE category IN ('task', 'indicator', 'round', 'submission', 'rollup') AND plan = $1),
    (SELECT last_position FROM streams WHERE id = 'plan-' || $1),
    (SELECT max(last_position) FROM streams WHERE category IN ('unit', 'group', 'post', 'policy', 'calendar'))) AS stamp`;

/**
 * Obligations straight from the ledger: what was done, extended or suspended a moment ago is known. A plan is derived
 * anew only when one of its streams or the day has changed since.
 */
export class LiveObligations {
  private readonly known = new Map<string, { stamp: number | null; day: Day; duties: PlanDuties | null }>();

  constructor(
    private readonly pool: Pick<Pool, 'query'>,
    private readonly reader: LedgerReader,
    private readonly calendar: Calendar,
  ) {}

  /** Null when there is no such plan. `today` is the day of `now` in the plan's own zone. */
  async of(plan: string, now: string): Promise<PlanDuties | null> {
    const { rows } = await this.pool.query<{ stamp: number | null }>({
      name: 'plan_stamp',
      text: stampText,
      values: [plan],
    });
    const stamp = rows[0]?.stamp ?? null;
    const known = this.known.get(plan);
    const isCurrent = known?.stamp === stamp && known.day === dayOf(now, this.zoneOf(known.duties));
    if (known && isCurrent) return known.duties;
    const ledger = await this.reader.planLedger(plan);
    const duties = ledger && this.derive(ledger, now);
    this.known.set(plan, { stamp, day: dayOf(now, this.zoneOf(duties)), duties });
    return duties;
  }

  private derive(ledger: PlanLedger, now: string): PlanDuties {
    const today = dayOf(now, ledger.plan.zone);
    const calendar = calendarOf(ledger, this.calendar);
    const obligations = obligationsOf(ledger, today, calendar);
    return {
      ledger,
      today,
      calendar,
      byId: new Map(obligations.map(obligation => [obligation.id, obligation])),
    };
  }

  private zoneOf(duties: PlanDuties | null): string {
    return duties?.ledger.plan.zone ?? this.calendar.zone;
  }
}
