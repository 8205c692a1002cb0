import { type Pool } from 'pg';
import { type Queryable } from './reading.js';
import { addDeadLetter, type SubscriptionFailure, type SubscriptionKey } from './subscription-table.js';
import { inTransaction } from './transaction.js';

/** Who acts on a subscription, and why: kept on record. */
export interface Operator {
  readonly by: string;
  readonly reason?: string;
}

/** What somebody did about a subscription, when and why. */
export interface SubscriptionAction extends SubscriptionKey, Operator {
  readonly action: 'resume' | 'skip' | 'rebuild';
  readonly position: number;
  readonly doneAt: string;
}

type Stopped = { version: number; failure: SubscriptionFailure };

/** Clears the failures of a name, so that the event is tried again; false when there was none. */
export function resumeSubscription(pool: Pool, name: string, operator: Operator): Promise<boolean> {
  return inTransaction(pool, async tx => {
    const { rows } = await tx.query<Stopped>(
      `SELECT version, failure FROM public.subscriptions WHERE name = $1 AND failed_position IS NOT NULL FOR UPDATE`,
      [name],
    );
    for (const { version, failure } of rows) {
      await tx.query(
        'UPDATE public.subscriptions SET failed_position = NULL, failure = NULL WHERE name = $1 AND version = $2',
        [name, version],
      );
      await recordAction(tx, { name, version }, 'resume', failure.position, operator);
    }
    return rows.length > 0;
  });
}

/**
 * Leaves out the event that a subscription has stopped on, and lets it go on after it; false when it has not stopped
 * there. A hole in the log cannot be skipped: that is damage.
 */
export function skipEvent(
  pool: Pool,
  name: string,
  position: number,
  operator: Required<Operator>,
): Promise<boolean> {
  return inTransaction(pool, async tx => {
    const { rows } = await tx.query<Stopped>(
      `SELECT version, failure FROM public.subscriptions s WHERE name = $1 AND failed_position = $2 AND position = $2 - 1
         AND EXISTS (SELECT 1 FROM public.events e WHERE e.position = $2) ORDER BY version DESC LIMIT 1 FOR UPDATE`,
      [name, position],
    );
    const [stopped] = rows;
    if (!stopped) return false;
    const key = { name, version: stopped.version };
    await tx.query(
      `UPDATE public.subscriptions SET position = $3, term = term + 1, failed_position = NULL, failure = NULL
       WHERE name = $1 AND version = $2`,
      [name, key.version, position],
    );
    await addDeadLetter(tx, key, stopped.failure, 1);
    await recordAction(tx, key, 'skip', position, operator);
    return true;
  });
}

export async function recordAction(
  db: Queryable,
  { name, version }: SubscriptionKey,
  action: SubscriptionAction['action'],
  position: number,
  { by, reason }: Operator,
): Promise<void> {
  await db.query(
    `INSERT INTO public.subscription_actions (name, version, action, position, by, reason)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [name, version, action, position, by, reason ?? null],
  );
}

type ActionRow = Omit<SubscriptionAction, 'position' | 'doneAt' | 'reason'> & {
  position: string;
  reason: string | null;
  done_at: Date;
};

/** What was done about a subscription, or about all, latest first; at most so many. */
export async function readActions(db: Queryable, name?: string, limit = 100): Promise<SubscriptionAction[]> {
  const { rows } = await db.query<ActionRow>(
    `SELECT name, version, action, position, by, reason, done_at FROM public.subscription_actions
     WHERE $1::text IS NULL OR name = $1 ORDER BY id DESC LIMIT $2`,
    [name ?? null, limit],
  );
  return rows.map(({ done_at, reason, position, ...row }) => ({
    ...row,
    position: Number(position),
    doneAt: done_at.toISOString(),
    ...(reason === null ? {} : { reason }),
  }));
}
