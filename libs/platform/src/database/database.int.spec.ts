import { type Pool } from 'pg';
import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { createDataSource, runMigrations } from './data-source.js';
import { createPool, type PoolOptions } from './pool.js';
import { withTransaction } from './transaction.js';

let database: TestDatabase;
const pools: Pool[] = [];

beforeAll(async () => {
  database = await testDatabase({ empty: true });
});
afterEach(async () => {
  await Promise.all(pools.splice(0).map(pool => pool.end()));
});
afterAll(() => database.drop());

function open(options: Partial<PoolOptions> = {}, url = database.url): Pool {
  const pool = createPool(url, { applicationName: 'database-spec', max: 2, ...options });
  pools.push(pool);
  return pool;
}

describe('a pool', () => {
  it('gives days as text, large integers as numbers, and refuses to round them', async () => {
    const { rows } = await open().query(
      `select date '2023-07-15' as day, 9007199254740991::bigint as number`,
    );
    expect(rows).toEqual([{ day: '2023-07-15', number: 9_007_199_254_740_991 }]);
    await expect(open().query('select 9007199254740992::bigint')).rejects.toThrow('does not fit');
  });

  it('says who it is and keeps to its limits, together with those in the URL', async () => {
    const url = `${database.url}?options=${encodeURIComponent('-c geqo=off')}`;
    const limits = { statementTimeoutMs: 1234, lockTimeoutMs: 0, searchPath: ['first', 'public'] };
    const { rows } = await open(limits, url).query(`select current_setting('application_name') as name,
      current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
      current_setting('search_path') as path, current_setting('geqo') as geqo`);
    expect(rows).toEqual([
      { name: 'database-spec', statement: '1234ms', lock: '0', path: 'first,public', geqo: 'off' },
    ]);
  });

  it('acts as the role that was asked for, with no more than its grants', async () => {
    const owner = open();
    await owner.query(`do $$ begin create role duban_app; exception when duplicate_object then null; end $$`);
    await owner.query('create table facts (id int); grant select, insert on facts to duban_app');
    const app = open({ role: 'duban_app' });
    await app.query('insert into facts values (1)');
    await expect(app.query('delete from facts')).rejects.toMatchObject({ code: '42501' });
  });

  it('outlives the loss of idle and of lent connections', async () => {
    const pool = open();
    const idle = await pool.connect();
    const lent = await pool.connect();
    idle.release();
    const gone = Promise.all([idle, lent].map(client => new Promise(resolve => client.once('end', resolve))));
    await open().query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
    await gone;
    await expect(lent.query('select 1')).rejects.toThrow();
    lent.release(true);
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});

describe('a transaction', () => {
  beforeAll(async () => {
    await open().query('create table notes (text text unique)');
  });
  const notes = async () =>
    (await open().query<{ text: string }>('select text from notes order by 1')).rows.map(row => row.text);

  it('keeps all or nothing', async () => {
    const pool = open();
    const result = await withTransaction(pool, async client => {
      await client.query(`insert into notes values ('kept')`);
      return 'done';
    });
    const failing = withTransaction(pool, async client => {
      await client.query(`insert into notes values ('lost')`);
      throw new Error('second thoughts');
    });
    await expect(failing).rejects.toThrow('second thoughts');
    expect(result).toBe('done');
    expect(await notes()).toEqual(['kept']);
  });

  it('gives no connection back that is still in one', async () => {
    const pool = open({ max: 1 });
    const failing = withTransaction(pool, client => client.query(`insert into notes values ('kept')`));
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    const { rows } = await pool.query('select now() = statement_timestamp() as fresh');
    expect(rows).toEqual([{ fresh: true }]);
  });
});

describe('migrations', () => {
  class CreateThings1700000000000 implements MigrationInterface {
    name = 'CreateThings1700000000000';
    async up(runner: QueryRunner): Promise<void> {
      await runner.query('create table things (on_day date)');
      await runner.query(`insert into things values ('2023-07-15')`);
    }
    async down(runner: QueryRunner): Promise<void> {
      await runner.query('drop table things');
    }
  }

  it('run once when several processes start together, and leave no lock', async () => {
    const parts = {
      url: database.url,
      applicationName: 'migration-spec',
      max: 2,
      migrations: [CreateThings1700000000000],
    };
    const sources = await Promise.all([1, 2, 3].map(() => createDataSource(parts)));
    const ran = await Promise.all(sources.map(runMigrations));
    expect(ran.flat()).toEqual(['CreateThings1700000000000']);
    expect(await sources[0]!.query('select on_day from things')).toEqual([{ on_day: '2023-07-15' }]);
    expect(
      await sources[0]!.query(`select 1 from pg_locks join pg_database d on d.oid = database
      where locktype = 'advisory' and datname = current_database()`),
    ).toEqual([]);
    await Promise.all(sources.map(source => source.destroy()));
  });
});
