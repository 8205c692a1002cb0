import {
  LATEST_SCHEMA_VERSION,
  SchemaMigrationRequiredError,
  assertSchemaCompatibility,
  createPostgresBackend,
  runMigrations,
} from 'bullmq';
import pg from 'pg';
import { type Backend, type ReportFault, backendOf } from './backend.js';

/**
 * BullMQ in our own database, in the schema `bullmq`, over one pool of `poolMax` connections for queries.
 * Each worker and listener keeps a connection of its own from that pool, and a pool that is too small hangs without an
 * error: so the pool grows by one whenever one is made.
 */
export async function postgresBackend(url: string, poolMax: number, report: ReportFault): Promise<Backend> {
  const pool = new pg.Pool({
    connectionString: withSearchPath(url),
    max: poolMax,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  pool.setMaxListeners(0); // every queue, worker and listener attaches one
  pool.on('error', fault => report(fault, 'postgres'));
  try {
    await prepareQueueSchema(pool);
  } catch (fault) {
    await pool.end();
    throw fault;
  }
  const connections = { kind: 'postgres' as const, prefix: 'bullmq', produce: pool, consume: pool };
  const reserve = () => void (pool.options.max += 1);
  return backendOf(createPostgresBackend, { ...connections, reserve, close: () => pool.end() }, report);
}

/**
 * Creates or upgrades BullMQ's tables. One that is up to date is only read, so that a role without the right to create
 * anything can start. Processes that start at once wait for each other.
 */
async function prepareQueueSchema(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    if ((await installedVersion(client)) < LATEST_SCHEMA_VERSION) await runMigrations(client);
  } finally {
    client.release();
  }
}

async function installedVersion(client: pg.PoolClient): Promise<number> {
  try {
    return await assertSchemaCompatibility(client);
  } catch (fault) {
    if (fault instanceof SchemaMigrationRequiredError) return 0;
    throw fault;
  }
}

/** Settings in the URL win over those beside it, so the search path joins what the URL asks for (a role, say). */
function withSearchPath(url: string): string {
  const target = new URL(url);
  const options = target.searchParams.get('options');
  target.searchParams.set('options', [options, '-c search_path=bullmq,public'].filter(Boolean).join(' '));
  return target.href;
}
