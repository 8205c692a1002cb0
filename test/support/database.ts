import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of one suite's own. */
export interface TestDatabase {
  /** Connects as the owner. */
  url: string;
  /** Removes it, together with any connection that is still open. */
  drop(): Promise<void>;
}

/**
 * Makes a fresh database on the server of this test run: a clone of the migrated template when there is one (env
 * DUBAN_TEST_TEMPLATE), else an empty one.
 *
 * @param options `empty: true` for a suite that migrates by itself
 * @example
 * let database: TestDatabase;
 * beforeAll(async () => void (database = await testDatabase()));
 * afterAll(() => database.drop());
 */
export async function testDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const name = `duban_test_${randomBytes(6).toString('hex')}`;
  const template = empty ? undefined : process.env.DUBAN_TEST_TEMPLATE;
  await asAdmin(`create database ${name}${template ? ` template ${template}` : ''}`);
  const url = new URL(adminUrl());
  url.pathname = `/${name}`;
  return { url: url.toString(), drop: () => asAdmin(`drop database if exists ${name} with (force)`) };
}

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function adminUrl(): string {
  const url = process.env.DUBAN_TEST_DATABASE_URL;
  if (!url)
    throw new Error('DUBAN_TEST_DATABASE_URL is not set: this spec must run in a project with servers.');
  return url;
}
