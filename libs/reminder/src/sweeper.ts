import { dayOf } from '@duban/calendar';
import { type Obligation } from '@duban/ledger';
import { withTransaction } from '@duban/platform';
import { type PoolClient } from 'pg';
import { nextStage, type NextStage } from './ladder.js';
import { type PlanDuties } from './live-obligations.js';
import { type ObligationTable } from './obligation-table.js';
import { type ReminderParts } from './parts.js';
import { recipientsOf } from './recipients.js';
import { type Ordered, record, recordsOf } from './record.js';
import { type ReminderCommand, type ReminderRecord } from './reminder-model.js';
import { textOf } from './texts.js';

/** What a sweep did: rows looked at, reminders recorded (one per obligation and stage), rows that a new day changed. */
export type SweepResult = { day: string; looked: number; issued: number; derived: number };

type Due = { id: string; plan: string };
type Look = { id: string; nextAt: string | null; command: ReminderCommand | null };

const batchSize = 500;
const mostBatches = 2000;

/**
 * Finds what is due and records each reminder once. Any number of sweeps may run at the same time or end anywhere:
 * rows are taken by one of them, a reminder that was recorded is not recorded again, and `next_at` moves last.
 */
export class Sweeper {
  constructor(
    private readonly parts: ReminderParts,
    private readonly table: ObligationTable,
  ) {}

  async sweep(): Promise<SweepResult> {
    const now = await this.parts.clock.now();
    const derived = await this.refresh(now);
    const total = { day: dayOf(now, this.parts.calendar.zone), looked: 0, issued: 0, derived };
    for (let batches = 1; ; batches += 1) {
      const { looked, issued } = await this.batch(now);
      total.looked += looked;
      total.issued += issued;
      if (looked < batchSize) return total;
      if (batches >= mostBatches)
        throw new Error(`${total.looked} obligations looked at, and still some due`);
    }
  }

  /** A day or a holiday notice changes what is owed without any event: a merger that takes effect, say. */
  private async refresh(now: string): Promise<number> {
    const { pool, calendar, reader } = this.parts;
    const today = dayOf(now, calendar.zone);
    const { rules } = this.table;
    const { rows } = await pool.query<{ day: string; rules: string }>(
      'SELECT day, rules FROM obligation_basis',
    );
    const basis = rows[0];
    if (basis && basis.day >= today && basis.rules === rules) return 0;
    const isSame = basis?.rules === rules && basis.day.slice(0, 4) === today.slice(0, 4); // a year brings its checks
    const places = isSame ? await this.placesChanged(basis.day, today) : null;
    const plans = (await reader.plans()).filter(
      ({ issuedOn, jurisdiction }) => issuedOn !== null && (places === null || places.has(jurisdiction)),
    );
    return withTransaction(pool, async tx => {
      let changed = 0;
      for (const { code } of plans) changed += await this.table.derive(code, now, tx);
      await tx.query(
        `INSERT INTO obligation_basis (id, day, rules) VALUES (1, $1, $2)
         ON CONFLICT (id) DO UPDATE SET day = excluded.day, rules = excluded.rules`,
        [today, rules],
      );
      return changed;
    });
  }

  /** Jurisdictions in which a unit has ended since: its successor answers from that day. */
  private async placesChanged(after: string, upTo: string): Promise<Set<string>> {
    const { rows } = await this.parts.pool.query<{ jurisdiction: string }>(
      `SELECT DISTINCT state ->> 'jurisdiction' AS jurisdiction FROM streams
       WHERE category = 'unit' AND state -> 'ended' ->> 'on' > $1 AND state -> 'ended' ->> 'on' <= $2`,
      [after, upTo],
    );
    return new Set(rows.map(({ jurisdiction }) => jurisdiction));
  }

  private batch(now: string): Promise<{ looked: number; issued: number }> {
    return withTransaction(this.parts.pool, async tx => {
      const { rows } = await tx.query<Due>(
        `SELECT id, plan FROM obligation WHERE next_at <= $1
         ORDER BY next_at, id LIMIT ${batchSize} FOR UPDATE SKIP LOCKED`,
        [now],
      );
      if (rows.length === 0) return { looked: 0, issued: 0 };
      const looks = await this.lookAt(rows, now);
      const ordered = looks.flatMap(({ id, command }): Ordered[] =>
        command ? [{ obligation: id, command }] : [],
      );
      const issued = await record(this.parts, ordered, now);
      await moveOn(looks, tx);
      return { looked: rows.length, issued };
    });
  }

  /** From the ledger as it is now: the row says when to look, never what to say. */
  private async lookAt(due: readonly Due[], now: string): Promise<Look[]> {
    const records = await recordsOf(
      this.parts.pool,
      due.map(({ id }) => id),
    );
    const duties = new Map<string, PlanDuties | null>();
    for (const plan of new Set(due.map(({ plan }) => plan)))
      duties.set(plan, await this.table.live.of(plan, now));
    return due.map(({ id, plan }) => {
      const of = duties.get(plan);
      const obligation = of?.byId.get(id);
      return of && obligation
        ? this.look(obligation, of, records.get(id))
        : { id, nextAt: null, command: null };
    });
  }

  private look(obligation: Obligation, duties: PlanDuties, known: ReminderRecord | undefined): Look {
    const { calendar } = duties;
    const issued = [...(known?.messages ?? [])];
    const next = nextStage(obligation, duties.ledger.policies, issued, duties.today, calendar);
    const command = next && this.commandFor(obligation, duties, next);
    if (next) issued.push(said(next, obligation, duties));
    return { id: obligation.id, nextAt: this.table.nextAt(obligation, duties, issued), command };
  }

  private commandFor(
    obligation: Obligation,
    { ledger, today, calendar }: PlanDuties,
    { stage, policy, skipped }: NextStage,
  ): ReminderCommand {
    const { id, plan, kind, subject, title, period, holders, due } = obligation;
    return {
      type: 'IssueReminder',
      ...{ obligation: id, plan, kind, subject, title, period, holders },
      stage: stage.name,
      stageKind: stage.kind,
      dueOn: due.on,
      dueVersion: due.version,
      recipients: recipientsOf(stage, obligation, ledger, today),
      overdueWorkdays: Math.max(calendar.workdaysBetween(due.countsFrom, today), 0),
      policy,
      skipped,
      text: textOf(stage, obligation),
    };
  }
}

function said(
  { stage }: NextStage,
  { due }: Obligation,
  { today }: PlanDuties,
): ReminderRecord['messages'][number] {
  const addressed = { stage: stage.name, dueVersion: due.version, recipient: '' };
  return { ...addressed, on: today, fate: 'issued', acknowledgedOn: null };
}

async function moveOn(looks: readonly Look[], tx: PoolClient): Promise<void> {
  await tx.query(
    `UPDATE obligation o SET next_at = m.next_at
     FROM unnest($1::uuid[], $2::timestamptz[]) AS m (id, next_at) WHERE o.id = m.id`,
    [looks.map(({ id }) => id), looks.map(({ nextAt }) => nextAt)],
  );
}
