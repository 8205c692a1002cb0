import { sessionLockClass } from './log-watch.js';
import { type Queryable } from './reading.js';

/** Which subscription: its name, and the version of what it computes. */
export interface SubscriptionKey {
  readonly name: string;
  readonly version: number;
}

/** Who runs it: itself, and the session that shows that it is alive. */
export interface Runner {
  readonly id: string;
  readonly session: number | null;
}

/** The right to run a subscription, until another term begins. */
export interface Lease {
  readonly term: string;
  readonly position: number;
  /** The session it was taken for. */
  readonly session: number | null;
  /** Up to here another version has had its effects: what is repeated below is history. */
  readonly mark: number;
}

export interface SubscriptionFailure {
  /** The event that could not be processed. */
  readonly position: number;
  readonly reason: string;
  readonly error: string;
}

// Leases are measured by the server's own clock, which all runners share; the Clock of the application may be simulated.
const leaseSeconds = 15;
const leaseEnd = `clock_timestamp() + interval '${leaseSeconds} seconds'`;
/** How often a lease is renewed while there is nothing to do. */
export const leaseRenewalMillis = (leaseSeconds * 1000) / 3;

/**
 * Does somebody hold the lease? A runner that died is seen by its session, whose lock ended with it; a machine that
 * vanished, by the time. Neither is what makes two runners harmless: term and position are.
 */
export const isHeld = `(s.runner IS NOT NULL AND s.lease_until > clock_timestamp() AND (s.session IS NULL OR EXISTS (
  SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.classid = ${sessionLockClass} AND l.objid = s.session::oid
    AND l.objsubid = 2 AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))))`;

export async function ensureSubscription(db: Queryable, { name, version }: SubscriptionKey): Promise<void> {
  await db.query('INSERT INTO public.subscriptions (name, version) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    name,
    version,
  ]);
}

/** A new term for this runner, unless another's lease still holds or the subscription has stopped on a failure. */
export async function takeLease(
  db: Queryable,
  key: SubscriptionKey,
  { id, session }: Runner,
): Promise<Lease | null> {
  const { rows } = await db.query<{ term: string; position: string; mark: string }>({
    name: 'subscription-lease',
    text: `UPDATE public.subscriptions s SET runner = $3, session = $4, term = s.term + 1, lease_until = ${leaseEnd}
           WHERE s.name = $1 AND s.version = $2 AND s.failed_position IS NULL AND (s.runner = $3 OR NOT ${isHeld})
           RETURNING s.term, s.position, coalesce((
             SELECT max(o.position) FROM public.subscriptions o WHERE o.name = $1 AND o.version <> $2), 0) AS mark`,
    values: [key.name, key.version, id, session],
  });
  const [row] = rows;
  return row ? { term: row.term, position: Number(row.position), session, mark: Number(row.mark) } : null;
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
    `UPDATE public.subscriptions SET runner = NULL, session = NULL, lease_until = NULL
     WHERE name = $1 AND version = $2 AND term = $3`,
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
    `UPDATE public.subscriptions
     SET failed_position = $4, failure = $5, runner = NULL, session = NULL, lease_until = NULL
     WHERE name = $1 AND version = $2 AND term = $3`,
    [key.name, key.version, lease.term, failure.position, JSON.stringify(failure)],
  );
}

/** Notes an event that is left out. Left out again, by a rebuild say, it is noted once. */
export async function addDeadLetter(
  db: Queryable,
  { name, version }: SubscriptionKey,
  { position, error, reason }: SubscriptionFailure,
  attempts: number,
): Promise<void> {
  await db.query(
    `INSERT INTO public.dead_letters (name, version, position, error, reason, attempts)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [name, version, position, error, reason, attempts],
  );
}
