import { createPool, type Actor } from '@duban/platform';
import { migrate, schemaVersion } from '@duban/schema';
import { type Core, createCore, type Request } from '@duban/supervision';
import { userInfo } from 'node:os';
import { CliFault } from '../terminal/failure.js';
import { type Terminal } from '../terminal/terminal.js';
import { type Database, withDatabase } from './open-database.js';

/**
 * Lends the whole product to `work`. A database that is named must have been migrated; an embedded one that runs for
 * this command alone is brought up to date, as `duban up` would.
 */
export async function withLedger<T>(
  terminal: Terminal,
  work: (core: Core, database: Database) => Promise<T>,
): Promise<T> {
  return withDatabase(terminal, async database => {
    await ensureSchema(database);
    const core = await createCore(database.configuration, 'duban-cli');
    try {
      return await work(core, database);
    } finally {
      await core.close();
    }
  });
}

/** @throws CliFault `not_migrated` */
export async function ensureSchema({ configuration, isOwn }: Database): Promise<void> {
  const { databaseUrl } = configuration;
  if (await isMigrated(databaseUrl)) return;
  if (!isOwn) throw new CliFault('not_migrated');
  await migrate(databaseUrl);
}

/** Whether the last migration of this program has run. */
export async function isMigrated(url: string): Promise<boolean> {
  const pool = createPool(url, { applicationName: 'duban-cli', max: 1 });
  try {
    const { rows } = await pool.query<{ there: boolean }>(
      `SELECT to_regclass('public.migrations') IS NOT NULL AS there`,
    );
    if (!rows[0]?.there) return false;
    const { rowCount } = await pool.query('SELECT 1 FROM public.migrations WHERE name = $1', [schemaVersion]);
    return rowCount === 1;
  } finally {
    await pool.end();
  }
}

/** Who works at this terminal: whoever may reach the database may administrate it, and the record says by which account. */
export function operator(): Request {
  const actor: Actor = { id: `operator:${accountName()}`, kind: 'person', role: 'admin' };
  return { actor, channel: 'cli' };
}

// A container may run under a number that no account has.
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
