import { readFileSync, statSync, writeFileSync } from 'node:fs';
import pg from 'pg';
import { binariesFor, type Binaries } from './binaries.js';
import { ensureCluster, owner } from './cluster.js';
import { EmbeddedServerError, faultOf } from './faults.js';
import { prepareHome, type Home } from './home.js';
import { freePort, isFree } from './ports.js';
import { clearRemains, launch, livingPostmaster, stopPostmaster, type Postmaster } from './postmaster.js';
import { signal, until, worksIn } from './processes.js';
import { StartLock } from './start-lock.js';

const patienceMs = 60_000;
const attempts = 5;

/** What a start needs to know. */
export interface EmbeddedOptions {
  /** Where everything is kept; made when missing. */
  folder: string;
  /** Insist on this port of 127.0.0.1. Without it the port of the last start is kept, and one is chosen the first time. */
  port?: number;
  /** Server settings of PostgreSQL, as `-c name=value`; they do not reach a server that already runs. */
  settings?: Readonly<Record<string, string>>;
  /** Hears, in sentences, what an operator should know. */
  log?: (sentence: string) => void;
}

/** A running embedded PostgreSQL with a database `duban`. */
export interface EmbeddedServer {
  /** Connects as its superuser; the same across restarts of one folder. */
  url: string;
  port: number;
  /** The folder that was asked for. */
  folder: string;
  /** Whether it was already running. */
  reused: boolean;
  /** The pid of its first process. */
  pid: number;
  /** Whether that process still runs. */
  isAlive(): boolean;
  /** Ends at once, without tidying up; the next start recovers what was committed. */
  quit(): void;
  /** Ends all connections, stops the server and waits until it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that comes with npm, or takes over the one that already runs in this folder. Clears what a
 * killed server left. Of several starters of one folder, one starts and the others take over.
 *
 * @example const server = await startEmbedded({ folder: '.duban/postgres' });
 * @throws EmbeddedServerError in one sentence: full or read-only disk, no account to run as, port taken, …
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const home = prepareHome(options.folder);
  return underLock(home, async () => (await reuse(home, options)) ?? (await start(home, options)));
}

async function underLock<T>(home: Home, work: () => Promise<T>): Promise<T> {
  try {
    const lock = await new StartLock(home.folder).take(2 * patienceMs);
    try {
      return await work();
    } finally {
      lock.release();
    }
  } catch (error) {
    throw faultOf(error, home.folder);
  }
}

async function reuse(home: Home, options: EmbeddedOptions): Promise<EmbeddedServer | null> {
  const answered = await until(() => {
    const living = livingPostmaster(home);
    return living === null || answers(home, living.port);
  }, patienceMs);
  const living = livingPostmaster(home);
  if (!living) return null;
  if (!answered)
    throw new EmbeddedServerError(
      `The embedded database in ${home.folder} runs (pid ${living.pid}) but does not answer.`,
    );
  if (options.port !== undefined && options.port !== living.port) {
    throw new EmbeddedServerError(
      `The embedded database in ${home.folder} already runs on port ${living.port}, not ${options.port}.`,
    );
  }
  return ready(home, options, living, true);
}

async function start(home: Home, options: EmbeddedOptions): Promise<EmbeddedServer> {
  const binaries = binariesFor(home);
  ensureCluster(home, binaries);
  await clearRemains(home);
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(home, options);
    const outcome = await launchAndWait(home, binaries, port, options);
    if (!(outcome instanceof Error)) {
      return ready(home, options, outcome, false);
    }
    if (attempt === attempts || (await isFree(port))) throw outcome;
    // Somebody took the port between our look and the server's.
    if (options.port !== undefined) throw portTaken(port);
  }
}

async function choosePort(home: Home, { port, log }: EmbeddedOptions): Promise<number> {
  if (port !== undefined) {
    if (!(await isFree(port))) throw portTaken(port);
    return port;
  }
  const kept = keptPort(home);
  if (kept !== null && (await isFree(kept))) return kept;
  const chosen = await freePort();
  if (kept !== null)
    log?.(`Port ${kept} is taken by another program: the embedded database now listens on ${chosen}.`);
  return chosen;
}

const portTaken = (port: number) =>
  new EmbeddedServerError(
    `Port ${port} of 127.0.0.1 is taken by another program: stop that program or choose another port.`,
  );

function keptPort({ portFile }: Home): number | null {
  if (!statSync(portFile, { throwIfNoEntry: false })) return null;
  const port = Number(readFileSync(portFile, 'utf8'));
  return Number.isInteger(port) && port > 0 && port < 65536 ? port : null;
}

async function launchAndWait(
  home: Home,
  binaries: Binaries,
  port: number,
  options: EmbeddedOptions,
): Promise<Postmaster | Error> {
  const { pid, gaveUp } = launch(home, binaries, port, options.settings ?? {});
  const answered = await until(async () => gaveUp() !== null || (await answers(home, port)), patienceMs);
  const reason = gaveUp();
  if (reason) return reason;
  if (!answered)
    return new EmbeddedServerError(
      `The embedded database in ${home.folder} did not answer within ${patienceMs / 1000} s.`,
    );
  return { pid, port };
}

/** A refused connection and "is starting up" both mean: not yet. A wrong password never heals. */
async function answers(home: Home, port: number): Promise<boolean> {
  const client = new pg.Client({
    connectionString: urlOf(home, port, 'postgres'),
    connectionTimeoutMillis: 5000,
  });
  client.on('error', () => undefined); // a server that dies while we say goodbye is looked at again by the caller
  try {
    await client.connect();
    await client.end();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === '28P01') {
      throw new EmbeddedServerError(
        `The embedded database in ${home.folder} refuses the password kept in ${home.passwordFile}.`,
      );
    }
    return false;
  }
}

async function ensureDatabase(home: Home, port: number): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(home, port, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [owner]);
    if (rowCount === 0) await client.query(`create database ${owner}`);
  } finally {
    await client.end();
  }
}

function urlOf(home: Home, port: number, database: string): string {
  const password = readFileSync(home.passwordFile, 'utf8').trim();
  return `postgres://${owner}:${password}@127.0.0.1:${port}/${database}`;
}

// Also for a server taken over: who started it may have died before it came here.
async function ready(
  home: Home,
  { folder }: EmbeddedOptions,
  { pid, port }: Postmaster,
  reused: boolean,
): Promise<EmbeddedServer> {
  writeFileSync(home.portFile, String(port), { mode: 0o644 });
  await ensureDatabase(home, port);
  return {
    url: urlOf(home, port, owner),
    port,
    folder,
    reused,
    pid,
    isAlive: () => worksIn(pid, home.data),
    quit: () => worksIn(pid, home.data) && signal(pid, 'SIGQUIT'),
    stop: () => underLock(home, () => stopPostmaster(home)),
  };
}
