import { accessMigrations } from '@duban/access';
import { createDataSource, runMigrations } from '@duban/platform';
import { reminderMigrations } from '@duban/reminder';
import { rollupMigrations } from '@duban/rollup';
import { supervisionMigrations } from '@duban/supervision';
import { groundMigrations } from './ground-migrations.js';

/** Every table of the product; they run in the order of the numbers in their names. A library that owns tables adds its list here. */
const migrations = [
  ...groundMigrations,
  ...accessMigrations,
  ...supervisionMigrations,
  ...reminderMigrations,
  ...rollupMigrations,
];

/** The name of the last migration: what a database must have seen to be used by this version. */
export const schemaVersion = migrations
  .map(migration => new migration().name ?? migration.name)
  .sort((one, other) => numberOf(one) - numberOf(other))
  .at(-1)!;

function numberOf(name: string): number {
  return Number(/\d+$/.exec(name)?.[0]);
}

/**
 * Brings a database up to this version. Several processes may call it at once: one works, the others wait.
 * @param url connects as the owner of the tables
 * @returns the names of the migrations that ran now
 * @example const ran = await migrate(configuration.databaseUrl);
 */
export async function migrate(url: string): Promise<readonly string[]> {
  const dataSource = await createDataSource({
    url,
    applicationName: 'duban-migrate',
    max: 3,
    migrations,
    statementTimeoutMs: 0,
  });
  try {
    return await runMigrations(dataSource);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}
