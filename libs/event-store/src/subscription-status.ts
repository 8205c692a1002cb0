import { type Json } from './json.js';
import { type Queryable } from './reading.js';
import { isHeld, type SubscriptionFailure, type SubscriptionKey } from './subscription-table.js';

export interface SubscriptionStatus extends SubscriptionKey {
  readonly position: number;
  readonly head: number;
  /** Positions still to go. */
  readonly lag: number;
  /** How long ago the oldest event still to go was recorded; 0 when there is none. */
  readonly lagSeconds: number;
  /** Does somebody hold the lease? */
  readonly running: boolean;
  readonly failure: SubscriptionFailure | null;
  /** How many events were left out. */
  readonly deadLetters: number;
}

type StatusRow = {
  name: string;
  version: number;
  position: string;
  head: string;
  running: boolean;
  failure: (SubscriptionFailure & Json) | null;
  waited: number | null;
  letters: string;
};

/**
 * Every subscription, or those of one name, newest version first.
 * @param now the instant by the clock that events are recorded by; without it, by the server's
 */
export async function readStatus(
  db: Queryable,
  { name, now }: { name?: string; now?: string } = {},
): Promise<SubscriptionStatus[]> {
  const { rows } = await db.query<StatusRow>({
    name: 'subscription-status',
    text: `SELECT s.name, s.version, s.position, h.position AS head, s.failure, ${isHeld} AS running,
             date_part('epoch', coalesce($2::timestamptz, clock_timestamp()) - e.recorded_at) AS waited,
             (SELECT count(*) FROM public.dead_letters d WHERE d.name = s.name AND d.version = s.version) AS letters
           FROM public.subscriptions s CROSS JOIN public.log_head h
           LEFT JOIN public.events e ON e.position = s.position + 1
           WHERE $1::text IS NULL OR s.name = $1 ORDER BY s.name, s.version DESC`,
    values: [name ?? null, now ?? null],
  });
  return rows.map(({ waited, letters, ...row }) => {
    const position = Number(row.position);
    const head = Number(row.head);
    const lag = Math.max(head - position, 0);
    const lagSeconds = lag > 0 ? Math.max(waited ?? 0, 0) : 0;
    return { ...row, position, head, lag, lagSeconds, deadLetters: Number(letters) };
  });
}

/** An event that was left out of a projection, and why. */
export interface DeadLetter extends SubscriptionKey, SubscriptionFailure {
  readonly stream: string;
  readonly type: string;
  readonly attempts: number;
  readonly leftOutAt: string;
}

type LetterRow = Omit<DeadLetter, 'position' | 'leftOutAt'> & { position: string; left_out_at: Date };

/** The events that a subscription left out, or all of them, in order; at most so many. */
export async function readDeadLetters(db: Queryable, name?: string, limit = 1000): Promise<DeadLetter[]> {
  const { rows } = await db.query<LetterRow>(
    `SELECT d.name, d.version, d.position, d.error, d.reason, d.attempts, d.left_out_at, e.stream, e.type
     FROM public.dead_letters d JOIN public.events e ON e.position = d.position
     WHERE $1::text IS NULL OR d.name = $1 ORDER BY d.position, d.name, d.version DESC LIMIT $2`,
    [name ?? null, limit],
  );
  return rows.map(({ left_out_at, ...row }) => ({
    ...row,
    position: Number(row.position),
    leftOutAt: left_out_at.toISOString(),
  }));
}
