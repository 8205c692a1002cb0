import { type EmbeddedServer, startEmbedded } from '@duban/platform';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { prefix } from './database.js';

/** The Postgres that everything is measured on. */
export interface Server {
  /** Connects as a superuser, to any database that exists. */
  readonly url: string;
  /** Runs one statement on the server as its owner. */
  query<Row extends pg.QueryResultRow>(text: string): Promise<Row[]>;
  /** Makes a database anew, empty or as a copy of another, and writes out what is dirty: every case begins alike. */
  fresh(database: string, template?: string): Promise<void>;
  drop(database: string): Promise<void>;
  /** Was it made in this run? */
  has(database: string): boolean;
  /** Drops all databases made here; a server of our own is stopped and removed. */
  close(): Promise<void>;
}

// What Postgres comes with, but for the one setting that everybody sets. Durable: fsync and synchronous_commit are on.
const settings = { shared_buffers: '1GB' };

/** Uses the server behind `url`, or starts a throw-away one from the binaries that the product comes with. */
export async function openServer(url?: string): Promise<Server> {
  if (url) return serverAt(url, () => Promise.resolve());
  const folder = join(tmpdir(), `duban-bench-${randomBytes(6).toString('hex')}`);
  const own = await startEmbedded({ folder, settings });
  return serverAt(own.url, () => remove(own));
}

async function remove(own: EmbeddedServer): Promise<void> {
  await own.stop();
  rmSync(own.folder, { recursive: true, force: true });
}

function serverAt(url: string, end: () => Promise<void>): Server {
  const pool = new pg.Pool({ connectionString: url, max: 1, application_name: 'duban-bench' });
  pool.on('error', () => undefined); // the next statement says so
  const made = new Set<string>();
  const query = async <Row extends pg.QueryResultRow>(text: string) => (await pool.query<Row>(text)).rows;
  const drop = async (database: string) => {
    await query(`DROP DATABASE IF EXISTS ${prefix}${database} WITH (FORCE)`);
    made.delete(database);
  };
  const fresh = async (database: string, template?: string) => {
    await drop(database);
    made.add(database);
    await query(`CREATE DATABASE ${prefix}${database}${template ? ` TEMPLATE ${prefix}${template}` : ''}`);
    await query('CHECKPOINT');
  };
  const close = async () => {
    try {
      for (const database of [...made]) await drop(database);
    } finally {
      await pool.end();
      await end();
    }
  };
  return { url, query, fresh, drop, has: database => made.has(database), close };
}

/** Name and value of the settings that decide what durable means. */
export async function serverFacts(server: Server): Promise<Record<string, string>> {
  const rows = await server.query<{ name: string; setting: string }>(
    `SELECT name, current_setting(name) AS setting FROM pg_settings WHERE name IN ('server_version', 'fsync',
       'synchronous_commit', 'full_page_writes', 'shared_buffers', 'max_wal_size', 'commit_delay', 'wal_sync_method')
     ORDER BY name`,
  );
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
}
