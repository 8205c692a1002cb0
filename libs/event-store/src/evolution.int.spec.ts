import { at } from '../../../test/support/counter.js';
import { type StoreDatabase, storeDatabase } from '../../../test/support/store-database.js';
import {
  type EventStore,
  NewerSchema,
  type StoredEvent,
  type StreamAppend,
  type Subscription,
} from '@duban/event-store';
import { registerWeighed, scale } from './weighed-example.js';

let database: StoreDatabase;
let store: EventStore;
// What three versions of the program have written: pounds, then kilograms, and grams with this one.
beforeEach(async () => {
  database = await storeDatabase();
  await database.owner.query(
    'CREATE TABLE weights (position bigint, grams int, by jsonb); GRANT ALL ON weights TO duban_app',
  );
  await write(1, 'scale-1', { pounds: 10, by: 'x' });
  await write(2, 'scale-1', { kilograms: 4.5, by: 'y' });
  store = database.open();
  registerWeighed(store);
  store.checkUpcasters();
});
afterEach(() => database.close());

/** Writes as an old version of the program did, with the state that its own rules folded. */
async function write(schema: number, stream: string, data: object, type = 'Weighed'): Promise<void> {
  const events: StreamAppend['events'] = [{ type, ...data }];
  const old = database.open();
  await old.append([{ stream, expected: 'any', events, evolve: () => ({ grams: 4536, by: ['x'] }) }], {
    ...at,
    schema: { [type]: schema },
  });
}
const today = [
  { type: 'Weighed', grams: 4536, by: ['x'], effectiveOn: at.effectiveOn },
  { type: 'Weighed', grams: 4500, by: ['y'], effectiveOn: at.effectiveOn },
];
const weights = (more: Partial<Subscription> = {}): Subscription => ({
  name: 'weights',
  tables: { tables: [{ name: 'weights' }] },
  handle: async (events, tx) => {
    for (const { position, event } of events)
      await tx.query('INSERT INTO weights VALUES ($1, $2, $3)', [
        position,
        event.grams,
        JSON.stringify(event.by),
      ]);
  },
  ...more,
});
const stored = async () => {
  const { rows } = await database.owner.query(
    'SELECT position::int, grams, by FROM weights ORDER BY position',
  );
  return rows;
};
const rows = [
  { position: 1, grams: 4536, by: ['x'] },
  { position: 2, grams: 4500, by: ['y'] },
];
const failure = async () => (await store.subscriptionStatus('weights'))[0]?.failure;

describe('events of old schemas', () => {
  it('are read in the newest, and stay as they were written', async () => {
    const stream = await store.readStream('scale-1');
    expect(stream.map(({ event }) => event)).toEqual(today);
    expect(stream.map(({ schema, data }) => ({ schema, data }))).toEqual([
      { schema: 1, data: { pounds: 10, by: 'x' } },
      { schema: 2, data: { kilograms: 4.5, by: 'y' } },
    ]);
    expect((await store.readLog(0, 10)).map(({ event }) => event)).toEqual(today);
    for await (const page of store.pages(0)) expect(page.map(({ event }) => event)).toEqual(today);
    expect((await store.readStream('scale-1', { upTo: 1 })).map(({ event }) => event)).toEqual(
      today.slice(0, 1),
    );
  });

  it('are followed by events of the newest', async () => {
    const { version, state } = await store.handle(scale, 'scale-1', { by: 'z', grams: 3 }, null, at);
    expect({ version, state }).toEqual({ version: 3, state: { grams: 4539, by: ['x', 'z'] } });
    const [last] = await store.readStream('scale-1', { from: 3 });
    expect(last).toMatchObject({ schema: 3, data: { grams: 3, by: ['z'] } });
    expect(await store.load('scale-1')).toMatchObject({ version: 3, state });
  });

  it('reach subscriptions and rebuilds in the newest', async () => {
    const runner = store.subscribe(weights()).start();
    await store.waitFor('weights', 2, 20_000);
    await runner.stop();
    expect(await stored()).toEqual(rows);
    await store.rebuild(weights());
    expect(await stored()).toEqual(rows);
  });

  it('are folded in the newest as of any moment', async () => {
    expect(await store.loadAt(scale, 'scale-1', { position: 1 })).toMatchObject({
      state: { grams: 4536, by: ['x'] },
      version: 1,
    });
    const grams = {
      initial: () => 0,
      apply: (sum: number, { event }: StoredEvent) => sum + Number(event.grams),
    };
    expect((await store.projectionAt(grams, { position: 2 })).state).toBe(9036);
    await store.rebuildStates({ scale });
    expect(await store.load('scale-1')).toMatchObject({ state: { grams: 9036, by: ['x', 'y'] } });
  });

  it('verify as they were written, and fold as they are read', async () => {
    await database.owner.query(`UPDATE streams SET state = '{"grams": 9036, "by": ["x", "y"]}'`);
    const { events, faults } = await store.verify({ refold: { scale } });
    expect({ events, faults }).toEqual({ events: 2, faults: [] });
    await database.owner.query(`UPDATE events SET data = '{"pounds": 9, "by": "x"}' WHERE position = 1`);
    expect((await store.verify({ refold: { scale } })).faults[0]).toMatchObject({
      position: 1,
      kind: 'edited',
    });
  });
});

describe('an event of a newer schema', () => {
  beforeEach(() => write(4, 'scale-1', { ounces: 7 }));

  it('is there, but cannot be read', async () => {
    const page = await store.readStream('scale-1');
    expect(page[2]).toMatchObject({ schema: 4, data: { ounces: 7 } });
    expect(page[2]?.unreadable).toBeInstanceOf(NewerSchema);
    expect(() => page[2]?.event).toThrow('event 3 is a Weighed of schema 4, and this version knows up to 3');
    expect(page.slice(0, 2).map(({ event }) => event)).toEqual(today);
  });

  it('stops a subscription that wants it, there', async () => {
    store.subscribe(weights()).start();
    await expect(store.waitFor('weights', 3, 20_000)).rejects.toThrow('stopped at 3');
    expect(await failure()).toMatchObject({ position: 3, error: 'NewerSchema' });
    expect(await stored()).toEqual(rows);
    await store.rebuild(weights()); // as far as it had come
    expect(await stored()).toEqual(rows);
  });

  it('is passed by where it is not wanted', async () => {
    store.subscribe(weights({ types: ['Moved'] })).start();
    await store.waitFor('weights', 3, 20_000);
    expect(await stored()).toEqual([]);
  });
});

describe('an event of an unknown type', () => {
  beforeEach(() => write(1, 'scale-2', { to: 'the cellar' }, 'Moved'));

  it('is passed by where types are named', async () => {
    store.subscribe(weights({ types: ['Weighed'] })).start();
    await store.waitFor('weights', 3, 20_000);
    expect(await stored()).toEqual(rows);
  });

  it('stops what names all that it knows, with its position and type, until that knows more', async () => {
    const runner = store.subscribe(weights({ knows: ['Weighed'] })).start();
    await expect(store.waitFor('weights', 3, 20_000)).rejects.toThrow(
      'unknown_event_type: event 3 is a Moved',
    );
    expect(await failure()).toMatchObject({ position: 3, error: 'UnknownEventType' });
    expect(await stored()).toEqual(rows);
    await runner.stop();
    store.subscribe(weights({ knows: ['Weighed', 'Moved'], types: ['Weighed'] })).start();
    await store.resume('weights', { by: 'operator' });
    await store.waitFor('weights', 3, 20_000);
    expect(await stored()).toEqual(rows);
  });
});

it('does not start with a ladder that is broken, and takes no upcaster late', async () => {
  const broken = database.open();
  broken.registerUpcaster('Weighed', 2, data => data);
  expect(() => broken.checkUpcasters()).toThrow('Weighed schema 1: no upcaster leads on from it');
  await expect(broken.readLog(0, 1)).rejects.toThrow('Weighed schema 1');
  await expect(broken.handle(scale, 'scale-9', { by: 'x', grams: 1 }, null, at)).rejects.toThrow(
    'Weighed schema 1',
  );
  expect(await store.load('scale-9')).toBeNull();
  const late = database.open();
  await late.readLog(0, 1);
  expect(() => late.registerUpcaster('Weighed', 1, data => data)).toThrow('before the first read or append');
});
