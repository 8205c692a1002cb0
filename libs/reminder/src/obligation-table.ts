import { atHour, type Day } from '@duban/calendar';
import { type Obligation } from '@duban/ledger';
import { versionsOf } from '@duban/policy';
import { createHash } from 'node:crypto';
import { type PoolClient } from 'pg';
import { nextDay, type StageKey } from './ladder.js';
import { LiveObligations, type PlanDuties } from './live-obligations.js';
import { type ReminderParts } from './parts.js';

/** The hour of the day, in the plan's zone, from which messages go out. */
export const messageHour = 9;

type Row = {
  id: string;
  plan: string;
  kind: string;
  subject: string;
  period: string | null;
  holders: readonly string[];
  due_on: Day;
  state: Obligation;
  digest: string;
  next_at: string | null;
};

const upsertText = `
  INSERT INTO obligation (id, plan, kind, subject, period, holders, due_on, state, digest, next_at)
  SELECT r.id, r.plan, r.kind, r.subject, r.period, r.holders, r.due_on, r.state, r.digest, r.next_at
  FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, plan text, kind text, subject text, period text, holders text[],
    due_on date, state jsonb, digest text, next_at timestamptz)
  ON CONFLICT (id) DO UPDATE SET plan = excluded.plan, kind = excluded.kind, subject = excluded.subject,
    period = excluded.period, holders = excluded.holders, due_on = excluded.due_on, state = excluded.state,
    digest = excluded.digest, next_at = excluded.next_at`;

/** The rows of `obligation`: what the ledger says is owed, kept where the sweep finds what is due by an index. */
export class ObligationTable {
  readonly live: LiveObligations;

  constructor(private readonly parts: ReminderParts) {
    this.live = new LiveObligations(parts.pool, parts.reader, parts.calendar);
  }

  /** By which rules rows are derived, beside what the ledger says; other rules make other rows. */
  get rules(): string {
    return this.parts.calendar.version;
  }

  /**
   * Makes the rows of one plan say what its ledger says now; how many were changed, added or removed.
   * The lock makes derivations of one plan follow each other, so that an older one never writes over a newer one.
   */
  async derive(plan: string, now: string, tx: PoolClient): Promise<number> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('obligation'), hashtext($1))`, [plan]);
    return this.deriveAnew(plan, now, tx);
  }

  /** The same where nobody else derives: in tables that are being built anew. */
  async deriveAnew(plan: string, now: string, tx: PoolClient): Promise<number> {
    const duties = await this.live.of(plan, now);
    const { rows } = await tx.query<{ id: string; digest: string }>(
      'SELECT id, digest FROM obligation WHERE plan = $1',
      [plan],
    );
    const before = new Map(rows.map(({ id, digest }) => [id, digest]));
    const changed = duties ? this.changedRows(duties, before) : [];
    const gone = rows.filter(({ id }) => !duties?.byId.has(id)).map(({ id }) => id);
    if (changed.length > 0) await tx.query(upsertText, [JSON.stringify(changed)]);
    if (gone.length > 0) await tx.query('DELETE FROM obligation WHERE id = ANY ($1::uuid[])', [gone]);
    return changed.length + gone.length;
  }

  /** When the sweep is to look at it, given what was said already; never too late, and too early does no harm. */
  nextAt(
    obligation: Obligation,
    { ledger, today, calendar }: PlanDuties,
    issued: readonly StageKey[] = [],
  ): string | null {
    const day = nextDay(obligation, ledger.policies, issued, today, calendar);
    return day && atHour(day, messageHour, ledger.plan.zone);
  }

  private changedRows(duties: PlanDuties, before: ReadonlyMap<string, string>): Row[] {
    const ladders = versionsOf(duties.ledger.policies, 'reminder').map(({ name }) => name);
    return [...duties.byId.values()].flatMap(obligation => {
      const digest = createHash('sha256')
        .update(JSON.stringify([duties.calendar.version, ladders, obligation]))
        .digest('base64url');
      return before.get(obligation.id) === digest ? [] : this.row(obligation, duties, digest);
    });
  }

  private row(obligation: Obligation, duties: PlanDuties, digest: string): Row {
    const { id, plan, kind, subject, period, holders, due } = obligation;
    const next_at = this.nextAt(obligation, duties);
    return { id, plan, kind, subject, period, holders, due_on: due.on, state: obligation, digest, next_at };
  }
}
