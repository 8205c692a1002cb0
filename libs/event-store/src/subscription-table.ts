import { type Json } from './json.js';
import { type Queryable } from './reading.js';

/** Which subscription: its name, and the version of what it computes. */
export interface SubscriptionKey {
  readonly name: string;
  readonly version: number;
}

/** The right to run a subscription, until another term begins. */
export interface Lease {
  readonly term: string;
  readonly position: number;
}

export interface SubscriptionFailure {
  /** The event that could not be processed. */
  readonly position: number;
  readonly reason: string;
  readonly error: string;
}

export interface SubscriptionStatus extends SubscriptionKey {
  readonly position: number;
  readonly head: number;
  /** Positions still to go. */
  readonly lag: number;
  /** Does somebody hold the lease? */
  readonly running: boolean;
  readonly failure: SubscriptionFailure | null;
}

// Leases are measured by the server's own clock, which all runners share; the Clock of the ledger may be simulated.
const leaseSeconds = 15;
const leaseEnd = `clock_timestamp() + interval '${leaseSeconds} seconds'`;
/** How often a lease is renewed while there is nothing to do. */
export const leaseRenewalMillis = (leaseSeconds * 1000) / 3;

export async function ensureSubscription(db: Queryable, { name, version }: SubscriptionKey): Promise<void> {
  await db.query('INSERT INTO public.subscriptions (name, version) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    name,
    version,
  ]);
}

/** A new term for this runner, unless another's lease still holds or the subscription has stopped on a failure. */
export async function takeLease(db: Queryable, key: SubscriptionKey, runner: string): Promise<Lease | null> {
  const { rows } = await db.query<{ term: string; position: string }>(
    `UPDATE public.subscriptions SET runner = $3, term = term + 1, lease_until = ${leaseEnd}
     WHERE name = $1 AND version = $2 AND failed_position IS NULL
       AND (runner IS NULL OR runner = $3 OR lease_until < clock_timestamp())
     RETURNING term, position`,
    [key.name, key.version, runner],
  );
  const [row] = rows;
  return row ? { term: row.term, position: Number(row.position) } : null;
}

/** Moves the position from where the lease stands; false when somebody else moved it or began a new term. */
export async function advance(
  db: Queryable,
  key: SubscriptionKey,
  lease: Lease,
  to: number,
): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'subscription-advance',
    text: `UPDATE public.subscriptions SET position = $5, lease_until = ${leaseEnd}
           WHERE name = $1 AND version = $2 AND term = $3 AND position = $4 AND failed_position IS NULL`,
    values: [key.name, key.version, lease.term, lease.position, to],
  });
  return rowCount === 1;
}

export async function releaseLease(db: Queryable, key: SubscriptionKey, lease: Lease): Promise<void> {
  await db.query(
    `UPDATE public.subscriptions SET runner = NULL, lease_until = NULL WHERE name = $1 AND version = $2 AND term = $3`,
    [key.name, key.version, lease.term],
  );
}

/** Stops the subscription on an event, visibly, until it is resumed. */
export async function recordFailure(
  db: Queryable,
  key: SubscriptionKey,
  lease: Lease,
  failure: SubscriptionFailure,
): Promise<void> {
  await db.query(
    `UPDATE public.subscriptions SET failed_position = $4, failure = $5, runner = NULL, lease_until = NULL
     WHERE name = $1 AND version = $2 AND term = $3`,
    [key.name, key.version, lease.term, failure.position, JSON.stringify(failure)],
  );
}

/** Clears the failures of a name; true when there was one. */
export async function clearFailure(db: Queryable, name: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE public.subscriptions SET failed_position = NULL, failure = NULL
     WHERE name = $1 AND failed_position IS NOT NULL`,
    [name],
  );
  return (rowCount ?? 0) > 0;
}

type StatusRow = {
  name: string;
  version: number;
  position: string;
  head: string;
  running: boolean;
  failure: (SubscriptionFailure & Json) | null;
};

/** Every subscription, or those of one name, newest version first. */
export async function readStatus(db: Queryable, name?: string): Promise<SubscriptionStatus[]> {
  const { rows } = await db.query<StatusRow>({
    name: 'subscription-status',
    text: `SELECT s.name, s.version, s.position, h.position AS head, s.failure,
             s.runner IS NOT NULL AND s.lease_until > clock_timestamp() AS running
           FROM public.subscriptions s, public.log_head h WHERE $1::text IS NULL OR s.name = $1
           ORDER BY s.name, s.version DESC`,
    values: [name ?? null],
  });
  return rows.map(row => {
    const position = Number(row.position);
    const head = Number(row.head);
    return { ...row, position, head, lag: Math.max(head - position, 0) };
  });
}
