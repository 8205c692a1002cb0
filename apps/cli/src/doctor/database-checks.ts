import { EventStore, LogDamaged } from '@duban/event-store';
import { hasSimulatedTime } from '@duban/platform';
import { schemaVersion } from '@duban/schema';
import { type Pool } from 'pg';
import { isMigrated } from '../database/open-ledger.js';
import { exitCodes } from '../terminal/exit-codes.js';
import { type Finding, fault, ok, warning } from './check.js';

const oldestMajor = 15;
const mostSkewMs = 5000;
const mostLag = 1000;

/** The server's version; it must be able to hold what we store, in UTF-8. */
export async function checkServer(pool: Pool): Promise<Finding> {
  const { rows } = await pool.query<{ version: number; encoding: string }>(
    `SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding`,
  );
  const { version = 0, encoding = '' } = rows[0] ?? {};
  const major = Math.floor(version / 10_000);
  if (major < oldestMajor)
    return fault('database', `PostgreSQL ${major}`, `Use PostgreSQL ${oldestMajor} or later.`);
  if (encoding !== 'UTF8')
    return fault('database', `encoding ${encoding}`, 'Create the database with ENCODING UTF8.');
  return ok('database', `PostgreSQL ${major}, ${encoding}`);
}

export async function checkMigrations(url: string): Promise<Finding> {
  if (await isMigrated(url)) return ok('migrations', schemaVersion);
  return fault('migrations', `${schemaVersion} has not run`, 'Run `duban migrate`.');
}

/** The clock of the ledger, and whether this machine and the database agree on real time. */
export async function checkClock(pool: Pool): Promise<Finding> {
  const asked = Date.now();
  const { rows } = await pool.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  const skewMs = Math.abs((rows[0]?.now.getTime() ?? asked) - (asked + Date.now()) / 2);
  if (await hasSimulatedTime(pool))
    return warning('clock', 'simulated', 'A demo made this ledger: use another one for real work.');
  if (skewMs > mostSkewMs)
    return warning(
      'clock',
      `${Math.round(skewMs / 1000)} s between this machine and the database`,
      'Let both keep time by NTP.',
    );
  return ok('clock', 'system');
}

/** Whether the log ends where its head says. `duban verify` looks at all of it. */
export async function checkLog(url: string): Promise<Finding> {
  const store = openLog(url);
  try {
    const { position, recordedAt } = await store.checkHead();
    return ok('record', position === 0 ? 'empty' : `${position} events, the last of ${recordedAt}`);
  } catch (error) {
    if (!(error instanceof LogDamaged)) throw error;
    return fault('record', error.message, 'Run `duban verify`, and restore a backup.', exitCodes.tampered);
  } finally {
    await store.close();
  }
}

/** Whether everything that follows the log does. */
export async function checkSubscriptions(url: string): Promise<Finding[]> {
  const store = openLog(url);
  try {
    const all = await store.subscriptionStatus();
    if (all.length === 0) return [warning('subscriptions', 'none yet', 'Start the worker: `duban up`.')];
    return all.map(({ name, lag, running, failure, deadLetters }) => {
      const check = `subscription ${name}`;
      if (failure)
        return fault(
          check,
          `stopped at ${failure.position}: ${failure.reason}`,
          `See the log of the worker; mended, let it go on with \`duban subscriptions resume ${name}\`.`,
        );
      if (!running)
        return warning(check, `${lag} events behind, nobody runs it`, 'Start the worker: `duban up`.');
      if (lag > mostLag)
        return warning(check, `${lag} events behind`, 'Wait, or look at the load of the database.');
      if (deadLetters > 0)
        return warning(check, `${deadLetters} events left out`, 'See `duban subscriptions`.');
      return ok(check, lag === 0 ? 'at the head' : `${lag} events behind`);
    });
  } finally {
    await store.close();
  }
}

function openLog(url: string): EventStore {
  const connection = { connectionString: url, application_name: 'duban-doctor' };
  return new EventStore({ connection, role: 'duban_app', readConnections: 1 });
}
