import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { add, counter } from '../../../test/support/counter.js';
import { type StoreDatabase, storeDatabase } from '../../../test/support/store-database.js';
import { type EventStore, RebuildFailed, RebuildUnderWay, type Subscription } from '@duban/event-store';

let database: StoreDatabase;
let store: EventStore;
beforeEach(async () => {
  database = await storeDatabase();
  store = database.open();
  await database.owner.query(`
    CREATE TABLE shapes (by text PRIMARY KEY, n int NOT NULL CHECK (n > 0), seen_at timestamptz) WITH (fillfactor = 70);
    CREATE INDEX shapes_by_n ON shapes (n) WHERE n > 1;
    CREATE TABLE totals (id int PRIMARY KEY, n int NOT NULL);
    CREATE TABLE outbox (position bigint NOT NULL);
    GRANT SELECT, INSERT, UPDATE, DELETE ON shapes, totals, outbox TO duban_app`);
});
afterEach(() => database.close());

const waitMillis = 20_000;
/** Counts by name and in all, and tells others of what is new. */
const shapes: Subscription = {
  name: 'shapes',
  batch: 4,
  tables: { tables: [{ name: 'shapes', aside: ['seen_at'] }, { name: 'totals' }] },
  handle: async (events, tx, { replaying }) => {
    for (const { data } of events)
      await tx.query(
        `INSERT INTO shapes VALUES ($1, 1, clock_timestamp()) ON CONFLICT (by) DO UPDATE SET n = shapes.n + 1`,
        [data.by],
      );
    await tx.query(
      'INSERT INTO totals VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET n = totals.n + excluded.n',
      [events.length],
    );
    if (!replaying)
      for (const { position } of events) await tx.query('INSERT INTO outbox VALUES ($1)', [position]);
  },
};
const withSql: Subscription = {
  ...shapes,
  tables: {
    ...shapes.tables!,
    sql: `WITH folded AS (
            SELECT data ->> 'by' AS by, count(*)::int AS n FROM events WHERE position > $1 AND position <= $2 GROUP BY 1
          ), one AS (
            INSERT INTO shapes AS s SELECT by, n FROM folded ON CONFLICT (by) DO UPDATE SET n = s.n + excluded.n
          )
          INSERT INTO totals AS t SELECT 1, sum(n) FROM folded ON CONFLICT (id) DO UPDATE SET n = t.n + excluded.n`,
  },
};
const fill = async (count: number, stream = 'counter-1') => {
  for (let n = 1; n <= count; n++) await add(store, stream, `by ${n % 5}`);
};
const rows = async <Row extends object>(text: string) => (await database.owner.query<Row>(text)).rows;
const table = () => rows<{ by: string; n: number }>('SELECT by, n FROM shapes ORDER BY by');
const followed = async () => store.waitFor('shapes', (await store.head()).position, waitMillis);
const live = async (count: number) => {
  await fill(count);
  const runner = store.subscribe(shapes).start();
  await followed();
  return runner;
};

describe.each([
  ['page by page', shapes],
  ['in SQL', withSql],
])('rebuilt %s', (_, subscription) => {
  it('a projection is what it was, with the same names, rights and storage', async () => {
    const about = () =>
      rows(`SELECT i.indexdef, c.reloptions, c.relacl::text FROM pg_indexes i JOIN pg_class c ON c.relname = i.tablename
            WHERE i.schemaname = 'public' AND i.tablename IN ('shapes', 'totals') ORDER BY i.indexname`);
    const runner = await live(23);
    const [before, told] = [await table(), await about()];
    const done: number[] = [];
    const rebuilt = await store.rebuild(subscription, {
      compare: true,
      onProgress: at => done.push(at.done),
      operator: { by: 'operator:z' },
    });
    expect(rebuilt).toMatchObject({ name: 'shapes', events: 23, position: 23 });
    expect(rebuilt.digests?.before).toMatch(/^shapes [0-9a-f]{64}, totals [0-9a-f]{64}$/);
    expect(rebuilt.digests?.after).toBe(rebuilt.digests?.before);
    expect(done.at(-1)).toBe(23);
    expect(await table()).toEqual(before);
    expect(await about()).toEqual(told);
    await fill(3, 'counter-2');
    await followed();
    await runner.stop();
    expect((await rows<{ n: number }>('SELECT n FROM totals'))[0]?.n).toBe(26);
    expect(await store.subscriptionActions('shapes')).toMatchObject([
      { action: 'rebuild', by: 'operator:z', position: 23 },
    ]);
  });

  it('is mended where it was wrong', async () => {
    await live(12);
    const before = await table();
    await database.owner.query(
      `UPDATE shapes SET n = 77 WHERE by = 'by 1'; DELETE FROM shapes WHERE by = 'by 2'`,
    );
    const { digests } = await store.rebuild(subscription, { compare: true });
    expect(digests?.after).not.toBe(digests?.before);
    expect(await table()).toEqual(before);
  });
});

it('tells nobody of what was told before, and of the rest once', async () => {
  await live(9);
  await store.rebuild(shapes);
  await fill(4, 'counter-2');
  await followed();
  const told = await rows<{ position: string }>('SELECT position FROM outbox ORDER BY position');
  expect(told.map(({ position }) => Number(position))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
});

it('lets readers look all the time, who see one whole or the other, while the log goes on', async () => {
  await live(40);
  const text = `SELECT (SELECT sum(n) FROM shapes)::int AS shapes, (SELECT n FROM totals) AS totals`;
  const seen: { shapes: number; totals: number }[] = [];
  let reading = true;
  const readers = [1, 2].map(async () => {
    while (reading) {
      const { rows } = await database.owner.query<(typeof seen)[number]>({ name: 'look', text });
      seen.push(...rows);
    }
  });
  const writing = fill(30, 'counter-w');
  for (let round = 0; round < 3; round++)
    expect((await store.rebuild(shapes)).blockedMillis).toBeGreaterThan(0);
  await writing;
  await followed();
  reading = false;
  await Promise.all(readers);
  expect(seen.filter(({ shapes, totals }) => shapes !== totals || totals < 40)).toEqual([]);
  expect((await rows<{ n: number }>('SELECT n FROM totals'))[0]?.n).toBe(70);
});

describe('a rebuild that does not end', () => {
  const schemas = () => rows(`SELECT nspname FROM pg_namespace WHERE nspname ~ '^(rebuild|retired)_'`);

  it('because it was killed leaves the live ones serving, and the next one cleans up', async () => {
    const runner = await live(20);
    const before = await table();
    const child = fork(fileURLToPath(new URL('../../../test/support/rebuild-child.js', import.meta.url)), [
      database.url,
    ]);
    await once(child, 'message');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await table()).toEqual(before);
    expect(await schemas()).toHaveLength(2);
    await fill(2, 'counter-2');
    await followed();
    expect((await store.rebuild(shapes, { compare: true })).position).toBe(22);
    expect(await schemas()).toEqual([]);
    await runner.stop();
  });

  it('because an event cannot be processed says which, and changes nothing', async () => {
    await live(10);
    const before = await table();
    const poisoned: Subscription = {
      ...shapes,
      handle: async (events, tx, page) => {
        if (events.some(({ position }) => position === 7)) throw new TypeError('no by');
        await shapes.handle(events, tx, page);
      },
    };
    const failed = store.rebuild(poisoned);
    await expect(failed).rejects.toThrow(RebuildFailed);
    await expect(failed).rejects.toMatchObject({
      position: 7,
      message: 'shapes cannot be rebuilt at 7: no by',
    });
    expect(await table()).toEqual(before);
    const skipping: Subscription = { ...poisoned, onPoison: 'skip' };
    expect((await store.rebuild(skipping)).position).toBe(10);
    expect(await store.deadLetters('shapes')).toMatchObject([{ position: 7, reason: 'no by' }]);
    // What was left out once, on record, may be left out again.
    expect((await store.rebuild(poisoned)).position).toBe(10);
    expect((await rows<{ n: number }>('SELECT n FROM totals'))[0]?.n).toBe(9);
  });

  it('because somebody else is at it is not begun', async () => {
    await live(6);
    let arrive = () => undefined as void;
    let letGo = () => undefined as void;
    const arrived = new Promise<void>(resolve => (arrive = resolve));
    const gate = new Promise<void>(resolve => (letGo = resolve));
    const slow = store.rebuild({
      ...shapes,
      handle: async (events, tx, page) => {
        arrive();
        await gate;
        await shapes.handle(events, tx, page);
      },
    });
    await arrived;
    await expect(database.open().rebuild(shapes)).rejects.toThrow(RebuildUnderWay);
    letGo();
    expect((await slow).position).toBe(6);
  });
});

it('goes on where the live one had stopped, which it clears', async () => {
  await fill(8);
  const broken = store.subscribe({
    ...shapes,
    handle: async (events, tx, page) => {
      if (events.some(({ position }) => position === 6)) throw new TypeError('no by');
      await shapes.handle(events, tx, page);
    },
  });
  broken.start();
  await expect(followed()).rejects.toThrow('stopped at 6');
  await broken.stop();
  expect((await store.rebuild(shapes, { compare: true })).position).toBe(5);
  expect(await store.subscriptionStatus('shapes')).toMatchObject([{ position: 5, failure: null }]);
  store.subscribe(shapes).start();
  await followed();
  expect((await rows<{ n: number }>('SELECT n FROM totals'))[0]?.n).toBe(8);
});

it('brings a new version to where the old one stands, which then ends', async () => {
  const old = await live(10);
  const next: Subscription = { ...shapes, version: 2 };
  expect((await store.rebuild(next)).position).toBe(10);
  await fill(2, 'counter-2');
  expect(await store.subscriptionStatus('shapes')).toMatchObject([{ version: 2, position: 10 }]);
  store.subscribe(next).start();
  await followed();
  await old.stop();
  expect((await rows<{ n: number }>('SELECT n FROM totals'))[0]?.n).toBe(12);
  await expect(store.rebuild(shapes)).rejects.toThrow('shapes is at version 2 already');
});

it('takes no table that others hang on', async () => {
  await live(3);
  await database.owner.query('CREATE VIEW shown AS SELECT * FROM totals');
  await expect(store.rebuild(shapes)).rejects.toThrow('totals cannot be rebuilt beside: it has a view on it');
});

describe('the states of streams', () => {
  const state = async (id: string) => (await store.load(id))?.state;

  it('are folded anew, and replaced where they are not the fold', async () => {
    await fill(30);
    await fill(20, 'counter-2');
    await add(store, 'other-1', 'z');
    const right = [await state('counter-1'), await state('counter-2'), await state('other-1')];
    const untouched = await store.rebuildStates({ counter });
    expect(untouched).toMatchObject({ streams: 2, events: 51, replaced: 0 });
    expect(untouched.digests.after).toBe(untouched.digests.before);
    await database.owner.query(`UPDATE streams SET state = '{"count": 1}' WHERE id = 'counter-2'`);
    const mended = await store.rebuildStates({ counter });
    expect(mended).toMatchObject({ streams: 2, replaced: 1 });
    expect(mended.digests.after).toBe(untouched.digests.after);
    expect([await state('counter-1'), await state('counter-2'), await state('other-1')]).toEqual(right);
  });

  it('are right while others write', async () => {
    for (let n = 1; n <= 20; n++) await fill(3, `counter-${n}`);
    await database.owner.query(`UPDATE streams SET state = jsonb_set(state::jsonb, '{plan}', '"x"')`);
    const writing = Promise.all([fill(30, 'counter-3'), fill(30, 'counter-17')]);
    let replaced = 0;
    for (let round = 0; round < 5; round++) replaced += (await store.rebuildStates({ counter })).replaced;
    await writing;
    replaced += (await store.rebuildStates({ counter })).replaced;
    expect(replaced).toBeGreaterThanOrEqual(18); // who wrote meanwhile remembered the right state of two
    const { faults } = await store.verify({ refold: { counter } });
    expect(faults).toEqual([]);
  });
});
