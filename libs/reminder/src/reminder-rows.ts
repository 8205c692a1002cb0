import { type Rows } from '@duban/access';
import { type Day } from '@duban/calendar';
import { type ObligationKind } from '@duban/ledger';
import { type Pool } from 'pg';
import { type Stage } from './stages.js';
import { type Fate, type TextCode } from './reminder-model.js';

/** One message to one recipient, and how it fared. Instants are ISO in UTC. */
export type ReminderRow = {
  id: string;
  obligation: string;
  plan: string;
  kind: ObligationKind;
  subject: string;
  title: string;
  period: string | null;
  holders: readonly string[];
  stage: string;
  stageKind: Stage['kind'];
  dueOn: Day;
  dueVersion: number;
  recipient: string;
  overdueWorkdays: number;
  policy: string;
  skipped: readonly string[];
  text: TextCode;
  issuedOn: Day;
  issuedAt: string;
  position: number;
  delivery: string | null;
  fate: Fate;
  settledAt: string | null;
  acknowledgedAt: string | null;
  acknowledgedBy: string | null;
};

/** `scopes`: the rows that the asker may see, all when left out. Pages go on after the last row's day and id. */
export type ReminderFilter = {
  scopes?: readonly Rows[];
  plan?: string;
  obligation?: string;
  obligations?: readonly string[];
  subject?: string;
  recipient?: string;
  recipients?: string; // what their names begin with
  fate?: Fate;
  from?: Day;
  to?: Day;
  after?: { issuedOn: Day; id: string };
  limit?: number;
};

const utc = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const columns = `id, obligation, plan, kind, subject, title, period, holders, stage, stage_kind AS "stageKind",
  due_on::text AS "dueOn", due_version AS "dueVersion", recipient, overdue_workdays AS "overdueWorkdays", policy, skipped,
  text, issued_on::text AS "issuedOn", ${utc('issued_at')} AS "issuedAt", position, delivery, fate,
  ${utc('settled_at')} AS "settledAt", ${utc('acknowledged_at')} AS "acknowledgedAt",
  acknowledged_by AS "acknowledgedBy"`;

/** Messages in the order in which they were issued, by day and id. */
export async function findReminders(
  pool: Pick<Pool, 'query'>,
  filter: ReminderFilter,
): Promise<ReminderRow[]> {
  const { where, values } = conditionsOf(filter);
  const { rows } = await pool.query<ReminderRow>(
    `SELECT ${columns} FROM reminder ${where} ORDER BY issued_on, id LIMIT ${filter.limit ?? 1000}`,
    values,
  );
  return rows;
}

/** How often each stage went out under these plans, by kind; what went to several recipients counts once. */
export async function countStages(
  pool: Pick<Pool, 'query'>,
  plans: readonly string[],
  { from, to }: { from: Day; to: Day },
): Promise<(Pick<ReminderRow, 'kind' | 'stage'> & { n: number })[]> {
  const { rows } = await pool.query<Pick<ReminderRow, 'kind' | 'stage'> & { n: number }>(
    `SELECT kind, stage, count(DISTINCT (obligation, due_version))::integer AS n FROM reminder
     WHERE plan = ANY ($1::text[]) AND issued_on BETWEEN $2 AND $3 GROUP BY kind, stage`,
    [plans, from, to],
  );
  return rows;
}

/** One message, or null. */
export async function findReminder(pool: Pick<Pool, 'query'>, id: string): Promise<ReminderRow | null> {
  const { rows } = await pool.query<ReminderRow>({
    name: 'reminder_one',
    text: `SELECT ${columns} FROM reminder WHERE id = $1`,
    values: [id],
  });
  return rows[0] ?? null;
}

function conditionsOf(filter: ReminderFilter): { where: string; values: unknown[] } {
  const values: unknown[] = [];
  const given = (value: unknown) => `$${values.push(value)}`;
  const { scopes, obligations, after } = filter;
  const within = ({ plans, units }: Rows) => [
    plans === '*' ? 'true' : `plan = ANY (${given(plans)}::text[])`,
    units === '*' ? 'true' : `holders && ${given(units)}::text[]`,
  ];
  const conditions = [
    scopes && `(${['false', ...scopes.map(rows => within(rows).join(' AND '))].join(' OR ')})`,
    filter.plan && `plan = ${given(filter.plan)}`,
    filter.obligation && `obligation = ${given(filter.obligation)}::uuid`,
    obligations && `obligation = ANY (${given(obligations)}::uuid[])`,
    filter.subject && `subject = ${given(filter.subject)}`,
    filter.recipient && `recipient = ${given(filter.recipient)}`,
    filter.recipients && `starts_with(recipient, ${given(filter.recipients)})`,
    filter.fate && `fate = ${given(filter.fate)}`,
    filter.from && `issued_on >= ${given(filter.from)}`,
    filter.to && `issued_on <= ${given(filter.to)}`,
    after && `(issued_on, id) > (${given(after.issuedOn)}, ${given(after.id)}::uuid)`,
  ].filter(condition => typeof condition === 'string');
  return { where: conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '', values };
}
