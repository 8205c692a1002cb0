import { createPool } from '@duban/platform';
import { migrate } from '@duban/schema';
import { Redis } from 'ioredis';
import { patiently } from './patience.js';

/** The database holds what is no demo's: it is not wiped. */
export class NotADemo extends Error {
  override readonly name = 'NotADemo';
}

/** What the queues of a simulated ledger are kept under in Redis, apart from everybody else's. */
export const queuePrefix = 'duban-demo';

/**
 * An empty, migrated database stamped as simulated, whatever an earlier demo left in it.
 * @param url connects as the owner of the tables
 * @throws NotADemo when its ledger is not simulated
 */
export async function prepareDatabase(url: string): Promise<void> {
  await patiently(() => wipe(url));
  await patiently(() => migrate(url));
  await patiently(() => stamp(url));
}

/** Removes what an earlier demo left in Redis. */
export async function prepareRedis(url: string): Promise<void> {
  const client = new Redis(url, { maxRetriesPerRequest: 3 });
  try {
    let cursor = '0';
    do {
      const [next, keys] = await client.scan(cursor, 'MATCH', `${queuePrefix}:*`, 'COUNT', 1000);
      if (keys.length > 0) await client.unlink(...keys);
      cursor = next;
    } while (cursor !== '0');
  } finally {
    client.disconnect();
  }
}

async function wipe(url: string): Promise<void> {
  const pool = createPool(url, { applicationName: 'duban-demo', max: 1 });
  try {
    const { rows } = await pool.query<{ has_log: boolean; has_stamp: boolean }>(
      `SELECT to_regclass('public.events') IS NOT NULL AS has_log,
              to_regclass('public.ledger_stamp') IS NOT NULL AS has_stamp`,
    );
    if (!rows[0]?.has_log) return;
    const { rows: stamps } = rows[0].has_stamp
      ? await pool.query<{ clock: string }>('SELECT clock FROM public.ledger_stamp')
      : { rows: [] };
    const { rows: events } = await pool.query<{ some: boolean }>(
      'SELECT EXISTS (SELECT 1 FROM public.events) AS some',
    );
    if (stamps[0]?.clock !== 'simulated' && events[0]?.some)
      throw new NotADemo(
        'This database holds a ledger that is no demo: run the demo without DATABASE_URL, or on an empty database.',
      );
    await pool.query('DROP SCHEMA IF EXISTS bullmq CASCADE');
    await pool.query('DROP SCHEMA public CASCADE');
    await pool.query('CREATE SCHEMA public');
  } finally {
    await pool.end();
  }
}

async function stamp(url: string): Promise<void> {
  const pool = createPool(url, { applicationName: 'duban-demo', max: 1 });
  try {
    await pool.query(
      `INSERT INTO ledger_stamp (id, clock, created_at) VALUES (1, 'simulated', now()) ON CONFLICT (id) DO NOTHING`,
    );
  } finally {
    await pool.end();
  }
}
