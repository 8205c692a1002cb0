import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { add } from '../../../test/support/counter.js';
import { type StoreDatabase, storeDatabase } from '../../../test/support/store-database.js';
import { type EventStore, type Subscription } from '@duban/event-store';

let database: StoreDatabase;
let store: EventStore;
beforeEach(async () => {
  database = await storeDatabase();
  store = database.open();
  await database.owner.query(`CREATE TABLE effects (position bigint); GRANT ALL ON effects TO duban_app`);
});
afterEach(() => database.close());

const waitMillis = 20_000;
const effects = (more: Partial<Subscription> = {}): Subscription => ({
  name: 'effects',
  handle: async (events, tx) => {
    for (const { position } of events) await tx.query('INSERT INTO effects VALUES ($1)', [position]);
  },
  ...more,
});
const fill = async (count: number, stream = 'counter-1') => {
  for (let n = 1; n <= count; n++) await add(store, stream, `by ${n}`);
};
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const numbers = async (text: string) =>
  (await database.owner.query<{ n: string }>(text)).rows.map(({ n }) => Number(n));
const stored = () => numbers('SELECT position AS n FROM effects ORDER BY ctid');
const followed = async () => {
  const { position } = await store.head();
  await store.waitFor('effects', position, waitMillis);
};
const poisonedAt = (...positions: readonly number[]): Subscription['handle'] => {
  const { handle } = effects();
  return async (events, tx, page) => {
    if (events.some(({ position }) => positions.includes(position))) throw new TypeError('no by');
    await handle(events, tx, page);
  };
};

describe('processes that watch the log', () => {
  it('hear of what others append, over one connection for all that follow it', async () => {
    const other = database.open();
    const runners = ['effects', 'more', 'most'].map(name =>
      other.subscribe(effects({ name, handle: async () => undefined })).start(),
    );
    await fill(3);
    for (const { subscription } of runners) await store.waitFor(subscription.name, 3, waitMillis);
    const watching = await numbers(`
      SELECT count(*) AS n FROM pg_locks
      WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
    expect(watching).toEqual([1]);
  });

  it('take over from one that was killed, long before its lease ends', async () => {
    await fill(5);
    const child = childOf();
    await once(child, 'message');
    store.subscribe(effects()).start();
    await database.owner.query("UPDATE subscriptions SET lease_until = now() + interval '1 day'");
    child.kill('SIGKILL');
    await once(child, 'exit');
    await fill(5, 'counter-2');
    await followed();
    expect(await stored()).toEqual(upTo(10));
  });

  it('leave one alone that lives', async () => {
    await fill(2);
    const child = childOf();
    await once(child, 'message');
    const other = store.subscribe(effects()).start();
    await fill(1, 'counter-2');
    await followed();
    const { rows } = await database.owner.query<{ term: string }>('SELECT term FROM subscriptions');
    expect(await store.subscriptionStatus('effects')).toMatchObject([{ running: true, position: 3 }]);
    await other.stop();
    expect((await database.owner.query('SELECT term FROM subscriptions')).rows).toEqual(rows);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await stored()).toEqual(upTo(3));
  });
});

function childOf(): ChildProcess {
  const script = fileURLToPath(new URL('../../../test/support/follow-child.js', import.meta.url));
  return fork(script, [database.url]);
}

describe('an event that cannot be processed', () => {
  it('is left out and noted where that was declared', async () => {
    await fill(9);
    const told: unknown[] = [];
    const handle = poisonedAt(4, 7);
    store
      .subscribe(
        effects({
          batch: 5,
          onPoison: 'skip',
          attempts: 2,
          handle,
          onError: (_, position) => told.push(position),
        }),
      )
      .start();
    await followed();
    expect(await stored()).toEqual([1, 2, 3, 5, 6, 8, 9]);
    expect(await store.deadLetters('effects')).toMatchObject([
      { position: 4, stream: 'counter-1', type: 'Added', error: 'TypeError', reason: 'no by', attempts: 2 },
      { position: 7, attempts: 2 },
    ]);
    expect(await store.subscriptionStatus('effects')).toMatchObject([{ failure: null, deadLetters: 2 }]);
    expect(told).toContain(4);
  });

  it('is tried so many times before the subscription stops on it', async () => {
    await fill(3);
    let tries = 0;
    const handle: Subscription['handle'] = async (events, tx, page) => {
      if (events.length === 1 && events[0]?.position === 2) tries += 1;
      await poisonedAt(2)(events, tx, page);
    };
    store.subscribe(effects({ attempts: 4, handle })).start();
    await expect(followed()).rejects.toThrow('stopped at 2');
    expect(tries).toBe(4);
  });

  it('is skipped by an operator, on record that nobody can change', async () => {
    await fill(6);
    store.subscribe(effects({ handle: poisonedAt(3) })).start();
    await expect(followed()).rejects.toThrow('stopped at 3');
    const operator = { by: 'operator:z', reason: 'sent twice' };
    expect(await store.skip('effects', 2, operator)).toBe(false);
    expect(await store.resume('effects', { by: 'operator:y' })).toBe(true);
    await expect(followed()).rejects.toThrow('stopped at 3');
    expect(await store.skip('effects', 3, operator)).toBe(true);
    await followed();
    expect(await stored()).toEqual([1, 2, 4, 5, 6]);
    expect(await store.subscriptionActions('effects')).toMatchObject([
      { action: 'skip', position: 3, by: 'operator:z', reason: 'sent twice' },
      { action: 'resume', position: 3, by: 'operator:y' },
    ]);
    for (const table of ['subscription_actions', 'dead_letters'])
      for (const change of [`DELETE FROM ${table}`, `UPDATE ${table} SET reason = 'none'`])
        await expect(asApplication(change)).rejects.toThrow('permission denied');
  });

  it('is no hole: that is damage, and cannot be skipped or left out', async () => {
    await fill(4);
    await database.owner.query('DELETE FROM events WHERE position = 3');
    store.subscribe(effects({ onPoison: 'skip' })).start();
    await expect(followed()).rejects.toThrow('event 3 is missing');
    expect(await store.skip('effects', 3, { by: 'operator:z', reason: 'gone' })).toBe(false);
  });

  it('is the end of the log, when that was cut off', async () => {
    await fill(4);
    await database.owner.query('DELETE FROM events WHERE position = 4');
    store.subscribe(effects()).start();
    await expect(store.waitFor('effects', 4, waitMillis)).rejects.toThrow(
      'event 4 is missing: the head is at 4',
    );
  });
});

async function asApplication(text: string): Promise<void> {
  const client = await database.owner.connect();
  try {
    await client.query('BEGIN; SET LOCAL ROLE duban_app');
    await client.query(text);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

it('tells a new version what is history, and what is news', async () => {
  await fill(7);
  const first = store.subscribe(effects()).start();
  await followed();
  await first.stop();
  await fill(5, 'counter-2');
  const pages: { to: number | undefined; replaying: boolean }[] = [];
  const handle: Subscription['handle'] = async (events, _, { replaying }) =>
    void pages.push({ to: events.at(-1)?.position, replaying });
  store.subscribe(effects({ version: 2, batch: 5, handle })).start();
  await followed();
  expect(pages).toEqual([
    { to: 5, replaying: true },
    { to: 7, replaying: true },
    { to: 12, replaying: false },
  ]);
});

it('measures how long the oldest event waits by the clock that is named', async () => {
  await fill(2);
  const runner = store.subscribe(effects()).start();
  await followed();
  await runner.stop();
  await fill(1, 'counter-2'); // recorded at 01:02:03.004
  const [status] = await store.subscriptionStatus('effects', '2023-07-15T01:03:03.504Z');
  expect(status).toMatchObject({ lag: 1, lagSeconds: 60.5 });
  expect((await store.subscriptionStatus('effects'))[0]?.lagSeconds).toBeGreaterThan(86_400);
});

it('tells all who wait, wherever it runs', async () => {
  const other = database.open();
  const waits = [1, 2, 3].flatMap(position =>
    [store, other].map(each => each.waitFor('effects', position, waitMillis)),
  );
  other.subscribe(effects()).start();
  await fill(3);
  await Promise.all(waits);
  expect(await stored()).toEqual([1, 2, 3]);
});
