import { add } from '../../../test/support/counter.js';
import { type StoreDatabase, storeDatabase } from '../../../test/support/store-database.js';
import {
  type EventStore,
  type Subscription,
  SubscriptionBehind,
  SubscriptionStopped,
} from '@duban/event-store';

let database: StoreDatabase;
let store: EventStore;
beforeEach(async () => {
  database = await storeDatabase();
  store = database.open();
  await database.owner.query(`CREATE TABLE effects (position bigint, by text, note text);
    GRANT ALL ON effects TO duban_app`);
});
afterEach(() => database.close());

const seconds = 1000;
const effects = (more: Partial<Subscription> = {}): Subscription => ({
  name: 'effects',
  batch: 7,
  handle: async (events, tx) => {
    for (const { position, data } of events) {
      await tx.query('INSERT INTO effects VALUES ($1, $2, $3)', [position, data.by, data.note ?? null]);
    }
  },
  ...more,
});
const stored = async () =>
  (await database.owner.query<{ position: string }>('SELECT position FROM effects ORDER BY ctid')).rows.map(
    row => Number(row.position),
  );
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const fill = async (count: number, stream = 'counter-1') => {
  for (const n of upTo(count)) await add(store, stream, `by ${n}`);
};
const caughtUp = async (timeout = 20 * seconds) => {
  const { position } = await store.head();
  await store.waitFor('effects', position, timeout);
  return position;
};
/** Resolves with the first failure that a runner tells of and that fits. */
const failing = () => {
  let told: (error: unknown) => void = () => undefined;
  const error = new Promise<unknown>(resolve => (told = resolve));
  return { error, onError: (cause: unknown) => told(cause) };
};

it('processes every event once and in order, before and after it started', async () => {
  await fill(20);
  const reached: number[] = [];
  const runner = store.subscribe(effects({ onCaughtUp: position => void reached.push(position) })).start();
  await caughtUp();
  await fill(15, 'counter-2');
  const last = await caughtUp();
  await runner.stop();
  expect(await stored()).toEqual(upTo(last));
  expect(reached.at(-1)).toBe(last);
  const [status] = await store.subscriptionStatus('effects');
  expect(status).toMatchObject({ position: last, lag: 0, running: false, failure: null });
});

it('is given the types it asks for, and moves past the others', async () => {
  await fill(3);
  await store.append(
    [{ stream: 'note-1', expected: 'none', events: [{ type: 'Noted', by: 'z' } as { type: string }] }],
    {
      now: '2023-07-15T00:00:00.000Z',
      effectiveOn: '2023-07-15',
    },
  );
  store.subscribe(effects({ types: ['Noted'] })).start();
  expect(await caughtUp()).toBe(4);
  expect(await stored()).toEqual([4]);
});

it('runs once where two runners are started, and doubles nothing when both believe that they hold the lease', async () => {
  await fill(40);
  const other = database.open();
  const runners = [store, other].map(each => each.subscribe(effects({ batch: 3 })).start());
  // Takes the lease from whoever holds it, again and again: both then run pages on an old or new term.
  for (const n of upTo(10)) {
    await database.owner.query(`UPDATE subscriptions SET lease_until = now() - interval '1 second'`);
    await add(store, 'counter-more', `more ${n}`);
  }
  const last = await caughtUp();
  await Promise.all(runners.map(runner => runner.stop()));
  expect(await stored()).toEqual(upTo(last));
});

it('does nothing with a page that another runner has processed meanwhile', async () => {
  await fill(5);
  const other = await database.owner.connect();
  await other.query('BEGIN');
  const reached = new Promise<number>(resolve => {
    store.subscribe(effects({ onCaughtUp: resolve })).start();
  });
  await store.waitFor('effects', 5, 20 * seconds);
  expect(await reached).toBe(5);
  await other.query(`SELECT 1 FROM subscriptions WHERE name = 'effects' FOR UPDATE`);
  await fill(5, 'counter-2');
  await waiting(); // the runner has read its page and waits to move the position
  await other.query('INSERT INTO effects SELECT position, $1 FROM events WHERE position > 5', ['the other']);
  await other.query(`UPDATE subscriptions SET position = 10, term = term + 1 WHERE name = 'effects'`);
  await other.query('COMMIT');
  other.release();
  await fill(1, 'counter-3');
  await caughtUp();
  expect(await stored()).toEqual(upTo(11));
});

/** Resolves once somebody waits for a row of `subscriptions`. */
async function waiting(): Promise<void> {
  for (let found = false; !found;) {
    const { rowCount } = await database.owner.query(
      `SELECT 1 FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%UPDATE public.subscriptions%'`,
    );
    found = rowCount === 1;
  }
}

it('hands over when a runner stops', async () => {
  const first = store.subscribe(effects()).start();
  await fill(3);
  await caughtUp();
  const second = database.open().subscribe(effects()).start();
  await first.stop();
  await fill(3, 'counter-2');
  await caughtUp();
  await second.stop();
  expect(await stored()).toEqual(upTo(6));
});

it('goes on by itself after its connections were cut', async () => {
  store.subscribe(effects({ batch: 2 })).start();
  const writer = database.open();
  let cut = 0;
  for (const n of upTo(40)) {
    await add(writer, 'counter-cut', `by ${n}`).catch(() => undefined); // its own connections are cut, too
    if (n % 5 === 0) cut += await database.cut();
  }
  expect(cut).toBeGreaterThan(8);
  const { rows } = await database.owner.query<{ position: string }>('SELECT position FROM log_head');
  const position = Number(rows[0]?.position);
  await database.open().waitFor('effects', position, 20 * seconds);
  expect(await stored()).toEqual(upTo(position));
});

describe('an event that cannot be processed', () => {
  const poisoned = (cured: () => boolean, onError?: Subscription['onError']) =>
    effects({
      batch: 50,
      onError,
      handle: async (events, tx, page) => {
        if (!cured() && events.some(event => event.position === 9)) throw new TypeError('no by');
        await effects().handle(events, tx, page);
      },
    });

  it('stops the subscription there, visibly, until it is resumed', async () => {
    await fill(12);
    let cured = false;
    store.subscribe(poisoned(() => cured)).start();
    await expect(store.waitFor('effects', 12, 20 * seconds)).rejects.toThrow(SubscriptionStopped);
    const [status] = await store.subscriptionStatus();
    expect(status).toMatchObject({
      position: 8,
      head: 12,
      lag: 4,
      running: false,
      failure: { position: 9, reason: 'no by', error: 'TypeError' },
    });
    expect(await stored()).toEqual(upTo(8));
    cured = true;
    expect(await store.resume('effects', { by: 'operator:z' })).toBe(true);
    await caughtUp();
    expect(await stored()).toEqual(upTo(12));
    expect(await store.resume('effects', { by: 'operator:z' })).toBe(false);
  });

  it('is not skipped by a handler that swallows the error of a statement', async () => {
    await fill(1);
    const handle: Subscription['handle'] = async (_, tx) => {
      await tx.query('SELECT 1 / 0').catch(() => undefined);
    };
    store.subscribe(effects({ handle })).start();
    await expect(store.waitFor('effects', 1, 20 * seconds)).rejects.toThrow(/nothing was committed/);
  });

  it('may be a hole in the log', async () => {
    await fill(5);
    await database.owner.query('DELETE FROM events WHERE position = 3');
    const { error, onError } = failing();
    store.subscribe(effects({ onError })).start();
    expect(await error).toMatchObject({ name: 'LogDamaged', position: 3 });
    await expect(store.waitFor('effects', 5, 20 * seconds)).rejects.toThrow(/event 3 is missing/);
  });
});

it('says when a position was not reached in time', async () => {
  await fill(1);
  await expect(store.waitFor('effects', 1, 0)).rejects.toThrow(SubscriptionBehind);
});
