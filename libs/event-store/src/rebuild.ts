import { type Pool, type PoolClient } from 'pg';
import { type LogReader } from './reading.js';
import { type Subscription } from './subscription.js';
import { ensureSubscription } from './subscription-table.js';
import { inTransaction } from './transaction.js';
import { wantedEvents } from './wanted-events.js';

export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly eventsPerSecond: number;
}

export interface RebuildOptions {
  /** Empties what the subscription has written; with DELETE, for TRUNCATE would shut readers out. */
  reset(tx: PoolClient): Promise<void>;
  onProgress?(progress: Progress): void;
}

export interface Rebuilt {
  readonly events: number;
  readonly position: number;
  readonly seconds: number;
  readonly eventsPerSecond: number;
}

const pageSize = 2000;

/**
 * Empties a subscription's tables and replays the log into them, in one transaction: readers see the old until the
 * new is complete. The running subscription waits, and goes on from there.
 */
export async function rebuild(
  pool: Pool,
  reader: LogReader,
  subscription: Subscription,
  { reset, onProgress }: RebuildOptions,
): Promise<Rebuilt> {
  const key = [subscription.name, subscription.version ?? 1] as const;
  await ensureSubscription(pool, { name: key[0], version: key[1] });
  const started = performance.now();
  const progress = (done: number, total: number): Progress => {
    const seconds = (performance.now() - started) / 1000;
    return { done, total, eventsPerSecond: Math.round(done / Math.max(seconds, 0.001)) };
  };
  let position = 0;
  await inTransaction(pool, async tx => {
    await tx.query(`SET LOCAL lock_timeout = '60s'`); // a page may be under way
    await tx.query('SELECT 1 FROM public.subscriptions WHERE name = $1 AND version = $2 FOR UPDATE', [
      ...key,
    ]);
    ({ position } = await reader.head(tx));
    await reset(tx);
    for (let done = 0; done < position;) {
      const page = await reader.readLog(done, Math.min(subscription.batch ?? pageSize, position - done), tx);
      const wanted = wantedEvents(subscription, page);
      if (wanted.length > 0) await subscription.handle(wanted, tx, { replaying: true });
      done += page.length;
      onProgress?.(progress(done, position));
    }
    await finish(tx, key, position);
    return true;
  });
  const { eventsPerSecond } = progress(position, position);
  return { events: position, position, seconds: (performance.now() - started) / 1000, eventsPerSecond };
}

// The new term sends the running subscription back to read its position.
async function finish(tx: PoolClient, key: readonly [string, number], position: number): Promise<void> {
  await tx.query(
    `UPDATE public.subscriptions SET position = $3, term = term + 1, runner = NULL, lease_until = NULL,
       failed_position = NULL, failure = NULL
     WHERE name = $1 AND version = $2`,
    [...key, position],
  );
}
