import { type EventStore, type FaultKind } from '@duban/event-store';
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

const swap = (one: number, other: number, ...columns: string[]) => `
  CREATE TEMP TABLE held AS SELECT * FROM events WHERE position IN (${one}, ${other});
  ${columns
    .map(
      column =>
        `UPDATE events e SET ${column} = h.${column} FROM held h WHERE e.position + h.position = ${one + other}`,
    )
    .join(';')};
  DROP TABLE held`;
const renumber = (from: number, by: number) => `
  UPDATE events SET position = position + 1000 WHERE position >= ${from};
  UPDATE events SET position = position - 1000 + ${by} WHERE position > 1000`;

const cases: [string, string, [number, string | null, FaultKind][]][] = [
  [
    'an edited field',
    `UPDATE events SET data = data || '{"count": 7}' WHERE position = 4`,
    [[4, 'a', 'edited']],
  ],
  [
    'an edited actor',
    `UPDATE events SET meta = '{"actor": "unit"}' WHERE position = 15`,
    [[15, 'c', 'edited']],
  ],
  ['an edited day', `UPDATE events SET effective_on = '2023-07-01' WHERE position = 1`, [[1, 'a', 'edited']]],
  ['an edited type', `UPDATE events SET type = 'Taken' WHERE position = 9`, [[9, 'c', 'edited']]],
  [
    'an edited event with a hash of the forger',
    `UPDATE events SET data = data || '{"count": 7}', hash = sha256('x') WHERE position = 4`,
    [[4, 'a', 'edited']],
  ],
  ['a removed event', 'DELETE FROM events WHERE position = 8', [[8, 'b', 'removed']]],
  [
    'two removed events',
    'DELETE FROM events WHERE position IN (4, 8)',
    [
      [4, 'a', 'removed'],
      [8, 'b', 'removed'],
    ],
  ],
  ['a removed last event of a stream', 'DELETE FROM events WHERE position = 13', [[13, 'a', 'removed']]],
  ['a removed tail', 'DELETE FROM events WHERE position = 15', [[15, 'c', 'removed']]],
  [
    'a removed tail with the head set back',
    'DELETE FROM events WHERE position = 15; UPDATE log_head SET position = 14',
    [[12, 'c', 'removed']],
  ],
  [
    'a removed event with all later ones moved up',
    `DELETE FROM events WHERE position = 5; ${renumber(6, -1)}; UPDATE log_head SET position = 14`,
    [
      [5, 'c', 'removed'],
      [7, 'b', 'removed'],
      [12, 'a', 'head_differs'], // its row still names the old position
    ],
  ],
  [
    'events of two streams that changed places',
    swap(4, 5, 'stream', 'version', 'event_id', 'type', 'data', 'meta', 'hash', 'seal_leaf'),
    [
      [4, 'b', 'reordered'],
      [5, 'a', 'reordered'],
    ],
  ],
  [
    'events of one stream that changed places',
    swap(4, 10, 'version', 'event_id', 'type', 'data', 'meta', 'hash', 'seal_leaf'),
    [
      [4, 'a', 'reordered'],
      [10, 'a', 'reordered'],
    ],
  ],
  [
    'events of one stream that changed places, sealed anew',
    `${swap(4, 10, 'version', 'event_id', 'type', 'data', 'meta', 'hash')};
     UPDATE events SET seal_leaf = sha256(hash || int8send(position)
       || int8send((extract(epoch FROM recorded_at) * 1000000)::bigint)) WHERE position IN (4, 10)`,
    [
      [4, 'a', 'reordered'],
      [7, 'a', 'reordered'],
    ],
  ],
  [
    'an inserted event beyond the head',
    `INSERT INTO events SELECT 16, stream, 6, gen_random_uuid(), type, schema, data, meta, effective_on, recorded_at, hash,
       seal_leaf FROM events WHERE position = 13`,
    [[16, 'a', 'head_differs']],
  ],
  [
    'an event inserted at the end, with the heads moved on',
    `INSERT INTO events SELECT 16, stream, 6, gen_random_uuid(), type, schema, data, meta, effective_on, recorded_at, hash,
       seal_leaf FROM events WHERE position = 13;
     UPDATE log_head SET position = 16; UPDATE streams SET version = 6, last_position = 16 WHERE id = 'counter-a'`,
    [[16, 'a', 'edited']],
  ],
  [
    'an event inserted in the middle, with all later ones moved down',
    `${renumber(6, 1)};
     INSERT INTO events SELECT 6, stream, 3, gen_random_uuid(), type, schema, data, meta, effective_on, recorded_at, hash,
       seal_leaf FROM events WHERE position = 5; UPDATE log_head SET position = 16`,
    [
      [6, 'b', 'inserted'],
      [14, 'a', 'head_differs'],
      [16, 'c', 'head_differs'],
    ],
  ],
  [
    'a time of recording that was set back',
    `UPDATE events SET recorded_at = recorded_at - interval '1 day' WHERE position = 7`,
    [[7, 'a', 'leaf_differs']],
  ],
  [
    'an edited state',
    `UPDATE streams SET state = jsonb_set(state, '{count}', '9') WHERE id = 'counter-b'`,
    [[14, 'b', 'state_differs']],
  ],
  [
    'an edited head',
    `UPDATE streams SET hash = sha256('x') WHERE id = 'counter-b'`,
    [[14, 'b', 'head_differs']],
  ],
  ['a removed stream', `DELETE FROM streams WHERE id = 'counter-c'`, [[3, 'c', 'head_differs']]],
];

it.each(cases)('finds and names %s', async (_, statement, faults) => {
  await tamper(statement);
  expect(await found()).toEqual(faults);
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
