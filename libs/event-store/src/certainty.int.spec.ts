import { commandFor, type Decider, type EventStore, Rejection, VersionConflict } from '@duban/event-store';
import { add, at, type Counter, counter } from '../../../test/support/counter.js';
import { holdHead } from '../../../test/support/hold-head.js';
import { type StoreDatabase, storeDatabase } from '../../../test/support/store-database.js';

// What is remembered may be old, and what is on its way may fail: what an answer may rest on.

let database: StoreDatabase;
let store: EventStore;
let other: EventStore;
beforeEach(async () => {
  database = await storeDatabase();
  store = database.open();
  other = database.open();
});
afterEach(() => database.close());

type Door = { open: boolean };
type DoorCommand = { type: 'Open' } | { type: 'Close' } | { type: 'Pass' };
type DoorEvent = { type: 'Opened' } | { type: 'Closed' };
const door: Decider<Door, DoorCommand, DoorEvent, null> = {
  initial: { open: false },
  decide({ open }, { type }) {
    if (type === 'Open') return open ? [] : [{ type: 'Opened' }];
    if (type === 'Close') return open ? [{ type: 'Closed' }] : [];
    if (!open) throw new Rejection('door_is_shut');
    return [{ type: 'Closed' }];
  },
  evolve: (_, event) => ({ open: event.type === 'Opened' }),
};
const set = (process: EventStore, name: string, type: DoorCommand['type'], more: object = {}) =>
  process.handle(door, name, { type }, null, { ...at, ...more });
const times = (count: number) => Array.from({ length: count }, (_, index) => index);

async function soundLog(): Promise<number> {
  const { position } = await database.open().checkHead();
  const verified = await database.open().verify({ refold: { counter, door } });
  expect(verified).toMatchObject({ events: position, faults: [] });
  return position;
}

/** Postgres refuses events that are noted so, and with them the statement that they are in. */
async function refuseNoted(note: string): Promise<void> {
  await database.owner.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = '22000'; END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON events FOR EACH ROW WHEN (NEW.data ->> 'note' = '${note}')
      EXECUTE FUNCTION refuse()`);
}

describe('what another process did', () => {
  beforeEach(async () => {
    await set(store, 'door-1', 'Open');
    await set(other, 'door-1', 'Close'); // the first process still remembers it open
  });

  it('counts before there is nothing to do', async () => {
    expect(await set(store, 'door-1', 'Open')).toMatchObject({ version: 3, state: { open: true } });
  });

  it('counts before an answer is kept', async () => {
    const idempotency = { actor: 'unit', key: 'k', bodyHash: 'b' };
    const respond = (_: Door, __: unknown, version: number) => version;
    const opened = await set(store, 'door-1', 'Open', { idempotency, respond });
    expect(opened).toMatchObject({ version: 3, response: 3, replayed: false });
  });

  it('counts before a refusal', async () => {
    await set(other, 'door-1', 'Open');
    await set(store, 'door-1', 'Close');
    await set(other, 'door-1', 'Open');
    expect(await set(store, 'door-1', 'Pass')).toMatchObject({ version: 6, state: { open: false } });
  });

  it('counts for each of several streams, also for those that nothing is written to', async () => {
    await set(store, 'door-2', 'Open');
    await set(store, 'door-2', 'Close');
    const commands = ['door-1', 'door-2'].map(name => commandFor(door, name, { type: 'Open' } as const));
    const { results } = await store.handleMany(commands, null, at);
    expect(results).toMatchObject([
      { version: 3, state: { open: true } },
      { version: 3, state: { open: true } },
    ]);
    expect(await soundLog()).toBe(6);
  });
});

describe('what a command only reads', () => {
  /** Goes through an open door and leaves it open. */
  const through: Decider<Door, null, DoorEvent, null> = {
    ...door,
    decide({ open }) {
      if (!open) throw new Rejection('door_is_shut');
      return [];
    },
  };
  const walk = (process: EventStore, by: string, options: object = {}) =>
    process.handleMany(
      [
        commandFor(
          { ...counter, decide: () => [{ type: 'Added' as const, by, count: 1 }] },
          'counter-1',
          null,
        ),
        commandFor(through, 'door-1', null),
      ],
      null,
      { ...at, ...options },
    );

  it('must stand there still when the rest is written', async () => {
    await set(store, 'door-1', 'Open');
    for (const options of [{}, { commutes: true }]) {
      const fresh = database.open();
      const head = await holdHead(database);
      const closing = set(other, 'door-1', 'Close');
      await head.waiters(1);
      const walking = walk(fresh, 'too late', options);
      await head.waiters(2);
      await head.release();
      await closing;
      await expect(walking).rejects.toMatchObject(
        'commutes' in options ? { code: 'door_is_shut' } : { name: 'VersionConflict', stream: 'door-1' },
      );
      await set(store, 'door-1', 'Open');
    }
    expect(await soundLog()).toBe(5);
  });

  it('may be read by many at once, written to before and after, and not be there yet', async () => {
    const none = { ...through, decide: () => [] };
    const first = commandFor(counter, 'counter-1', { type: 'Add', by: 'first', times: 1 } as const);
    await store.handleMany([first, commandFor(none, 'door-1', null)] as never, { limit: 9 } as never, at);
    expect(await store.load('door-1')).toBeNull();
    const done = await Promise.all([
      set(store, 'door-1', 'Open'),
      ...times(20).map(nth => walk(store, `by ${nth}`)),
      set(store, 'door-1', 'Close'),
    ]);
    expect(done).toHaveLength(22);
    await expect(walk(other, 'too late')).rejects.toMatchObject({ code: 'door_is_shut' });
    expect(await soundLog()).toBe(23);
  });
});

describe('a refusal', () => {
  const limit = { limit: 1 };
  const one = (note?: string) =>
    store.handle(counter, 'counter-1', { type: 'Add', by: note ?? 'good', note }, limit, at);

  it.each([[3], [40]])('waits for the command that it rests on, of %i', async count => {
    await refuseNoted('poison');
    const done = await Promise.allSettled([one('poison'), ...times(count).map(() => one())]);
    expect(done[0]).toMatchObject({ status: 'rejected', reason: { code: '22000' } });
    const won = done.filter(({ status }) => status === 'fulfilled');
    expect(won).toMatchObject([{ value: { state: { by: ['good'] } } }]);
    for (const each of done.slice(1).filter(one => !won.includes(one)))
      expect(each).toMatchObject({ reason: { code: 'limit_reached' } });
    expect(await soundLog()).toBe(1);
  });

  it('waits for one that is on its way and then loses', async () => {
    await add(store, 'counter-1', 'x');
    await add(other, 'counter-1', 'not known');
    const expecting = (expected: number) => add(store, 'counter-1', `after ${expected}`, { expected });
    const [first, second, third] = await Promise.allSettled([1, 2, 3].map(expecting));
    expect(first).toEqual({ status: 'rejected', reason: new VersionConflict('counter-1', 1, 2) });
    expect(second).toMatchObject({ status: 'fulfilled', value: { version: 3 } });
    expect(third).toMatchObject({ status: 'fulfilled', value: { version: 4 } });
    expect(await soundLog()).toBe(4);
  });

  it('is told when the command that it rests on is durable', async () => {
    const head = await holdHead(database);
    const told: string[] = [];
    const first = one().then(() => told.push('first'));
    const refused = one().catch((error: unknown) => {
      told.push('refused');
      return error;
    });
    await head.waiters(1);
    await other.load('counter-1');
    expect(told).toEqual([]);
    await head.release();
    expect(await refused).toMatchObject({ code: 'limit_reached' });
    await first;
    expect(told).toEqual(['first', 'refused']);
  });
});

describe('a command that cannot be stored', () => {
  const many = (poison: (nth: number) => Promise<unknown>) =>
    Promise.allSettled(
      times(60).map(nth => (nth % 20 === 7 ? poison(nth) : add(store, `counter-${nth % 6}`, `by ${nth}`))),
    );

  it.each([[false], [true]])('fails alone, whoever refuses it (Postgres: %s)', async byPostgres => {
    await refuseNoted('poison');
    const options = byPostgres ? { note: 'poison' } : { schema: { Added: 40_000 } };
    const done = await many(nth => add(store, `counter-${nth % 6}`, 'poison', options));
    const failed = done.flatMap((each, nth) => (each.status === 'rejected' ? [nth] : []));
    expect(failed).toEqual([7, 27, 47]);
    const code = byPostgres ? '22000' : 'ERR_OUT_OF_RANGE';
    for (const nth of failed) expect(done[nth]).toMatchObject({ reason: { code } });
    expect(await soundLog()).toBe(57);
  });
});

describe('states that are folded anew', () => {
  const tampered = { plan: '004', count: 40, by: ['forged'] };
  const spoil = () =>
    database.owner.query(`UPDATE streams SET state = $1 WHERE id = 'counter-1'`, [JSON.stringify(tampered)]);

  it('are seen by whoever remembered others', async () => {
    await add(other, 'counter-1', 'x');
    await spoil();
    expect((await store.load<Counter>('counter-1'))?.state).toEqual(tampered);
    expect(await other.rebuildStates({ counter })).toMatchObject({ replaced: 1 });
    expect((await add(store, 'counter-1', 'y')).state.by).toEqual(['x', 'y']);
    expect(await soundLog()).toBe(2);
  });

  it.each([[true], [false]])(
    'are seen by what is on its way, and nobody lost a race (remembered: %s)',
    async isRemembered => {
      const { state } = await add(other, 'counter-1', 'x');
      await spoil();
      if (isRemembered) await store.load('counter-1');
      const head = await holdHead(database);
      const sent = times(20).map(nth => add(store, 'counter-1', `by ${nth}`));
      await head.waiters(1);
      await head.query(`UPDATE streams SET state = $1 WHERE id = 'counter-1'`, [JSON.stringify(state)]);
      await head.query('UPDATE log_head SET folds = folds + 1');
      await head.release();
      const done = await Promise.all(sent);
      const { by } = (await store.load<Counter>('counter-1'))!.state;
      expect(by[0]).toBe('x');
      done.forEach(({ version }, nth) => expect(by[version - 1]).toBe(`by ${nth}`));
      expect(await soundLog()).toBe(21);
    },
  );
});
