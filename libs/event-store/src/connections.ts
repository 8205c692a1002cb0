import { types } from 'node:util';
import pg from 'pg';
import { AppendConnection } from './append-connection.js';

/** How to reach Postgres, and how the store's own connections are guarded. */
export interface ConnectionOptions {
  /** Connection settings of `pg`; a `connectionString` or the parts. */
  readonly connection: pg.PoolConfig;
  /** The role to work as, normally `duban_app`, which cannot change stored events. Default: the one logged in. */
  readonly role?: string;
  /** The most commands that may wait to be written, default 4096; more are refused with `QueueFull`. */
  readonly longestQueue?: number;
  /** How much is remembered of the states of streams, in characters of JSON, default 8 million; 0 is nothing. */
  readonly rememberedCharacters?: number;
  /** Connections that read and project, default 8; each running subscription page holds one. */
  readonly readConnections?: number;
  /** Makes the pools; default `new Pool(config)`. */
  readonly createPool?: (config: pg.PoolConfig) => pg.Pool;
  /** Told of errors of idle connections, which the pool replaces by itself. */
  readonly onError?: (error: Error) => void;
}

export interface Connections {
  readonly append: AppendConnection;
  /** Looks up streams and answers by their names. */
  readonly load: pg.Pool;
  readonly read: pg.Pool;
}

// Planning the wide append anew each time would cost more than running it. A plan that was made while the tables were
// empty would go through all of them later, were it not held to the indexes.
const byIndex = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
};
// Whoever holds the head lock stops all writers, so waiting for it and working under it are bounded.
const appendSettings = {
  ...byIndex,
  lock_timeout: '2s',
  statement_timeout: '5s',
  idle_in_transaction_session_timeout: '10s',
};
const readSettings = {
  plan_cache_mode: 'force_generic_plan',
  lock_timeout: '5s',
  statement_timeout: '60s',
  idle_in_transaction_session_timeout: '60s',
};

/** More reads of streams than this wait for each other, and then travel together. */
export const loadConnections = 2;

// Longer than the server lets any append take: whoever has not answered by then is not there any more.
const longestSilence = 10_000; // milliseconds

// A connection that stands still between a statement and the Sync that ends it is neither a statement under way nor an
// idle transaction, and holds the head. Before Postgres 17 only the end of the connection gives it free.
async function boundTransactions(client: pg.ClientBase): Promise<void> {
  await client.query(
    `SELECT set_config('transaction_timeout', '8s', false)
     WHERE current_setting('server_version_num')::integer >= 170000`,
  );
}

export function openConnections(options: ConnectionOptions): Connections {
  return {
    append: new AppendConnection(
      openPool(options, appendSettings, {
        max: 1,
        pipeline: true,
        onConnect: boundTransactions,
        query_timeout: longestSilence,
      }),
      isConnectionFailure,
    ),
    load: openPool(options, { ...readSettings, ...byIndex }, { max: loadConnections }),
    read: openReading(options, options.readConnections ?? 8),
  };
}

/** Connections to read and project over, guarded like those of `openConnections`. */
export function openReading(options: ConnectionOptions, max: number): pg.Pool {
  return openPool(options, readSettings, { max });
}

function openPool(
  options: ConnectionOptions,
  settings: Record<string, string>,
  more: pg.PoolConfig & { pipeline?: boolean; onConnect?: (client: pg.ClientBase) => Promise<void> },
): pg.Pool {
  const session = { ...settings, ...(options.role ? { role: options.role } : {}) };
  const config = { ...withSettings(options.connection, session), ...more };
  const pool = (options.createPool ?? (given => new pg.Pool(given)))(config);
  // An error without a listener ends the process. The pool listens to connections that are idle, but not to those in
  // use or being closed: their next statement fails, if there is one.
  pool.on('connect', client => client.on('error', () => undefined));
  return pool.on('error', error => options.onError?.(error));
}

// `options` in the URL would replace ours, so both are joined; ours come last and win.
function withSettings(config: pg.PoolConfig, settings: Record<string, string>): pg.PoolConfig {
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  if (!config.connectionString) return { ...config, options: join(config.options, ...flags) };
  const url = new URL(config.connectionString);
  const given = url.searchParams.get('options') ?? config.options;
  url.searchParams.delete('options');
  return { ...config, connectionString: url.href, options: join(given, ...flags) };
}

const join = (...parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(' ');

const socketErrors = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
// 08 connection, 25P0x a transaction that stood still, 57P0x shut down or starting, 53 out of resources.
const serverErrors = /^(08...|25P0[34]|57P0[1-5]|53...)$/;
const driverErrors =
  /Connection terminated|Query read timeout|Client has encountered a connection error|timeout exceeded when trying/;

/** Is the database away, or was the connection cut? Then the same call may succeed later. */
export function isConnectionFailure(error: unknown): boolean {
  const code = codeOf(error);
  return (
    socketErrors.has(code) ||
    serverErrors.test(code) ||
    (types.isNativeError(error) && driverErrors.test(error.message))
  );
}

/** Did a statement take longer than it may? Then it was rolled back. */
export function isTimeout(error: unknown): boolean {
  return codeOf(error) === '57014';
}

// 40 rolled back in favour of another transaction, 55P03 lock not granted in time.
const contention = /^(40...|55P03)$/;

/** Did other transactions stand in the way? Then the same call may succeed at once. */
export function isContention(error: unknown): boolean {
  return contention.test(codeOf(error));
}

/** The SQLSTATE of an error of the server, or the code of the socket's; empty for others. */
// Not `instanceof`: what a socket throws may come from another realm than what asks (a test runner's).
export function codeOf(error: unknown): string {
  return types.isNativeError(error) && 'code' in error ? String(error.code) : '';
}
