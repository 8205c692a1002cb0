import { type EventStore } from '@duban/event-store';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { add } from '../../../test/support/counter.js';
import { type StoreDatabase, storeDatabase } from '../../../test/support/store-database.js';

const root = join(import.meta.dirname, '../../..');
const refoldModule = pathToFileURL(join(root, 'test/support/counter-folds.js'));
const threads = { threads: 3, refoldModule };

let database: StoreDatabase;
let store: EventStore;
beforeEach(async () => {
  database = await storeDatabase();
  const { connectionString } = database.owner.options;
  // Threads run what is compiled, and only that starts them.
  const compiled = (await import(
    `${root}/dist/libs/event-store/src/index.js`
  )) as typeof import('@duban/event-store');
  store = new compiled.EventStore({ connection: { connectionString }, role: 'duban_app' });
  const source = database.open();
  for (let round = 0; round < 5; round++) {
    for (const stream of ['a', 'b', 'c', 'd', 'e']) await add(source, `counter-${stream}`, 'somebody');
  }
});
afterEach(async () => {
  await store.close();
  await database.close();
});

it('finds in threads that nothing is wrong, and adds up how far they are', async () => {
  const seen: number[] = [];
  const { events, streams, faults } = await store.verify({
    ...threads,
    onProgress: ({ done, total }) => seen.push(done, total),
  });
  expect({ events, streams, faults }).toEqual({ events: 25, streams: 5, faults: [] });
  expect(seen.slice(-2)).toEqual([25, 25]);
});

it('finds in threads what one thread finds', async () => {
  await database.owner.query(`
    UPDATE events SET data = '{}' WHERE position = 7;
    DELETE FROM events WHERE position = 13;
    UPDATE events SET seal_leaf = sha256('x') WHERE position = 20;
    UPDATE streams SET state = '{}' WHERE id = 'counter-a'`);
  const { faults } = await store.verify(threads);
  expect(faults.map(({ position, stream, kind }) => [position, stream, kind])).toEqual([
    [7, 'counter-b', 'edited'],
    [13, 'counter-c', 'removed'],
    [20, 'counter-e', 'leaf_differs'],
    [21, 'counter-a', 'state_differs'],
  ]);
});

it('says so when a thread cannot work', async () => {
  const missing = new URL('file:///nowhere/folds.js');
  await expect(store.verify({ threads: 2, refoldModule: missing })).rejects.toThrow('/nowhere/folds.js');
});
