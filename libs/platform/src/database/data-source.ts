import { type DataSource, type MigrationInterface } from 'typeorm';
import { poolConfig, type PoolOptions } from './pool.js';

// Any constant of our own: all that migrate one database meet on it.
const migrationLock = 4_607_182_418;

/** What TypeORM works with: how to connect, the entities of the read models, and the migrations in order. */
export interface DataSourceParts extends PoolOptions {
  url: string;
  entities?: readonly (new () => object)[];
  migrations?: readonly (new () => MigrationInterface)[];
}

/**
 * A DataSource of TypeORM, not yet connected, with the types, time limits and role of {@link createPool}. The schema
 * changes by migrations alone. TypeORM is loaded when it is first asked for: a process that never migrates does without.
 */
export async function createDataSource({
  url,
  entities,
  migrations,
  ...options
}: DataSourceParts): Promise<DataSource> {
  const { DataSource } = await import('typeorm');
  const { max, application_name, connectionString, ...extra } = poolConfig(url, options);
  return new DataSource({
    type: 'postgres',
    url: connectionString,
    applicationName: application_name,
    poolSize: max,
    extra,
    entities: [...(entities ?? [])],
    migrations: [...(migrations ?? [])],
    installExtensions: false,
    migrationsTransactionMode: 'each',
    synchronize: false,
    poolErrorHandler: options.onError ?? (() => undefined),
  });
}

/**
 * Runs the migrations that are still missing, under a lock: of several processes that start together one works and
 * the others find it done. Takes two connections of the pool; a migration obeys its time limits.
 *
 * @returns the names of the migrations that ran
 */
export async function runMigrations(dataSource: DataSource): Promise<readonly string[]> {
  if (!dataSource.isInitialized) await dataSource.initialize();
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  try {
    // Waiting for another process to migrate may take longer than a statement or a lock is otherwise allowed.
    await runner.query(
      `set statement_timeout = 0; set lock_timeout = 0; select pg_advisory_lock(${migrationLock})`,
    );
    const done = await dataSource.runMigrations({ transaction: 'each' });
    return done.map(({ name }) => name);
  } finally {
    await runner.query(
      `select pg_advisory_unlock(${migrationLock}); reset statement_timeout; reset lock_timeout`,
    );
    await runner.release();
  }
}
