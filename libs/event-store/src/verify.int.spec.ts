import { type EventStore } from '@duban/event-store';
import { add, at, counter } from '../../../test/support/counter.js';
import { type StoreDatabase, storeDatabase } from '../../../test/support/store-database.js';

let database: StoreDatabase;
let store: EventStore;
beforeEach(async () => {
  database = await storeDatabase();
  store = database.open();
  // 1 a1 · 2 b1 · 3 c1 · 4 a2 · 5 b2 · 6 c2 · … · 15 c5
  for (let round = 0; round < 5; round++) {
    for (const stream of ['a', 'b', 'c'])
      await add(store, `counter-${stream}`, `${stream} in round ${round}`);
  }
});
afterEach(() => database.close());

const tamper = (...statements: string[]) => database.owner.query(statements.join(';'));
const found = async (options = {}) => {
  const { faults } = await store.verify({ refold: { counter }, ...options });
  return faults.map(({ position, stream, kind }) => [position, stream?.slice(-1) ?? null, kind]);
};

it('finds nothing wrong with what was appended, and says how far it is', async () => {
  const progress: number[] = [];
  const verified = await store.verify({ refold: { counter }, onProgress: ({ done }) => progress.push(done) });
  expect(verified).toEqual({ events: 15, streams: 3, seals: 0, faults: [] });
  expect(progress).toEqual([15]);
});

it('finds nothing wrong with events that were upcasted since, or whose data Postgres spells in its own way', async () => {
  const data = {
    type: 'Measured',
    tiny: 1e-7,
    huge: 1e21,
    text: '\u2028"é😀',
    list: [1, [null]],
    b: 1,
    a: { z: 0, y: -0 },
  };
  await store.append([{ stream: 'value-1', expected: 'none', events: [data] }], at);
  store = database.open();
  store.registerUpcaster('Measured', 1, ({ tiny, ...rest }) => ({ ...rest, small: tiny ?? null }));
  expect(await found()).toEqual([]);
  expect((await store.readStream('value-1'))[0]?.event).toMatchObject({
    small: 1e-7,
    huge: 1e21,
    text: data.text,
  });
});

it('verifies a part of the log', async () => {
  await tamper(`UPDATE events SET data = '{}' WHERE position IN (4, 12)`);
  expect(await found({ from: 5, to: 11 })).toEqual([]);
  expect(await found({ from: 10 })).toEqual([[12, 'c', 'edited']]);
  expect(await found({ to: 5 })).toEqual([[4, 'a', 'edited']]);
});

it('does not let a store start whose head and log differ', async () => {
  expect(await store.checkHead()).toMatchObject({ position: 15 });
  await tamper('DELETE FROM events WHERE position = 15');
  await expect(store.checkHead()).rejects.toMatchObject({ name: 'LogDamaged', position: 14 });
});
