import pg from 'pg';
import { testDatabase } from './database.js';

async function databasesNamed(name: string): Promise<number> {
  const client = new pg.Client({ connectionString: process.env.DUBAN_TEST_DATABASE_URL });
  await client.connect();
  const { rows } = await client.query('select 1 from pg_database where datname = $1', [name]);
  await client.end();
  return rows.length;
}

describe('a test database', () => {
  it('is there, and is gone after its drop even with a client in it', async () => {
    const database = await testDatabase();
    const name = new URL(database.url).pathname.slice(1);
    const client = new pg.Client({ connectionString: database.url });
    const cut = new Promise(resolve => client.on('error', resolve));
    await client.connect();
    expect(await databasesNamed(name)).toBe(1);
    await database.drop();
    await cut;
    expect(await databasesNamed(name)).toBe(0);
  });
});
