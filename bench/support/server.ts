import { fork } from 'node:child_process';
import { once } from 'node:events';
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

type Started = { url?: string; fault?: string };

/** Uses the server behind `url`, or starts a throw-away one from the binaries that the product comes with. */
export async function openServer(url?: string): Promise<Server> {
  if (url) return serverAt(url, () => Promise.resolve());
  const keeper = fork(new URL('./server-process.js', import.meta.url), [], { execArgv: [] });
  const ended = once(keeper, 'exit');
  const answer = once(keeper, 'message') as Promise<[Started]>;
  const [{ url: own, fault = 'the server has ended' }] = await Promise.race([
    answer,
    ended.then((): [Started] => [{}]),
  ]);
  if (!own) throw new Error(fault);
  return serverAt(own, async () => {
    keeper.disconnect();
    await ended;
  });
}

function serverAt(url: string, stop: () => Promise<void>): Server {
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
  const end = async () => {
    try {
      for (const database of [...made]) await drop(database);
    } finally {
      await pool.end();
      await stop();
    }
  };
  let ended: Promise<void> | null = null; // asked for by a signal, too
  const close = () => (ended ??= end());
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
