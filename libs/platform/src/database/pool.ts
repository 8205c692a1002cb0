import pg from 'pg';

const dateType = 1082;
const bigintType = 20;

/** How a pool connects. Times are in milliseconds; 0 means without limit. */
export interface PoolOptions {
  /** Shown in pg_stat_activity. */
  applicationName: string;
  /** Connections at most; 10 when left out. */
  max?: number;
  /** Act as this role from the first statement on, so that its grants hold although the URL names the owner. */
  role?: 'duban_app';
  /** Schemas in which bare table names are looked up, in this order. */
  searchPath?: readonly string[];
  statementTimeoutMs?: number;
  lockTimeoutMs?: number;
  idleInTransactionTimeoutMs?: number;
  /** Hears of idle connections that broke (the server went away); the pool replaces them by itself. */
  onError?: (error: Error) => void;
}

/**
 * How values come back: a `date` as its text `2023-07-15` (a Date would shift it by the machine's zone), a `bigint`
 * as a number (positions and counts stay far below 2^53; beyond it this throws rather than round).
 */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === dateType) return (text: string) => text;
    if (oid === bigintType) return exactNumber;
    return pg.types.getTypeParser(oid, format as 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};

function exactNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit into a number.`);
  return value;
}

/**
 * A pool of connections with our rules for types, time limits and role.
 *
 * @example const pool = createPool(url, { applicationName: 'duban-api', max: 20, role: 'duban_app' });
 */
export function createPool(url: string, options: PoolOptions): pg.Pool {
  const pool = new pg.Pool(poolConfig(url, options));
  // Without a listener, an idle connection that breaks would end the process.
  pool.on('error', options.onError ?? ignored);
  // The same for one that breaks while it is lent out and no query waits for it: the next query says so.
  pool.on('connect', client => client.on('error', ignored));
  return pool;
}

function ignored(): void {}

/** The settings of {@link createPool}, for those who make the pool themselves, as TypeORM does. */
export function poolConfig(url: string, options: PoolOptions): pg.PoolConfig {
  const { connectionString, inUrl } = withoutOptions(url);
  return {
    connectionString,
    application_name: options.applicationName,
    max: options.max ?? 10,
    options: [inUrl, ...startupSettings(options)].filter(part => part !== '').join(' '),
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    lock_timeout: options.lockTimeoutMs ?? 10_000,
    idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs ?? 60_000,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    types: typeParsers,
  };
}

function startupSettings({ role, searchPath }: PoolOptions): string[] {
  return [role ? `-c role=${role}` : '', searchPath ? `-c search_path=${searchPath.join(',')}` : ''];
}

// pg lets `?options=` in the URL win over what is passed beside it: the two are joined instead.
function withoutOptions(url: string): { connectionString: string; inUrl: string } {
  const parsed = new URL(url);
  const inUrl = parsed.searchParams.get('options') ?? '';
  parsed.searchParams.delete('options');
  return { connectionString: parsed.toString(), inUrl };
}
