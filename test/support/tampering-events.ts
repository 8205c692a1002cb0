import { type Tampering } from './tampering.js';

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

/** Single events, and places in the log. */
export const tamperingEvents: readonly Tampering[] = [
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
      [7, null, 'seal_differs'],
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
    `UPDATE streams SET state = jsonb_set(state::jsonb, '{count}', '9') WHERE id = 'counter-b'`,
    [[14, 'b', 'state_differs']],
  ],
  [
    'an edited head',
    `UPDATE streams SET hash = sha256('x') WHERE id = 'counter-b'`,
    [[14, 'b', 'head_differs']],
  ],
  ['a removed stream', `DELETE FROM streams WHERE id = 'counter-c'`, [[3, 'c', 'head_differs']]],
  ['an edited schema', 'UPDATE events SET schema = 2 WHERE position = 4', [[4, 'a', 'edited']]],
  ['an edited id', 'UPDATE events SET event_id = gen_random_uuid() WHERE position = 8', [[8, 'b', 'edited']]],
  [
    'an edited version in the middle',
    'UPDATE events SET version = 9 WHERE position = 6',
    [[6, 'c', 'edited']],
  ],
  ['an edited version', 'UPDATE events SET version = 9 WHERE position = 15', [[15, 'c', 'edited']]],
  [
    'an event given to another stream',
    `UPDATE events SET stream = 'counter-z' WHERE position = 15`,
    [
      [12, 'c', 'removed'],
      [15, 'z', 'edited'],
    ],
  ],
  [
    'an edited leaf',
    `UPDATE events SET seal_leaf = sha256('x') WHERE position = 8`,
    [[8, 'b', 'leaf_differs']],
  ],
  [
    'a hash of the forger under a leaf of the forger',
    async forger => {
      await forger.run(`UPDATE events SET hash = sha256('x') WHERE position = 14`);
      await forger.run(`UPDATE events SET seal_leaf = sha256(hash || int8send(position)
        || int8send((extract(epoch FROM recorded_at) * 1000000)::bigint)) WHERE position = 14`);
    },
    [[14, 'b', 'edited']],
  ],
  [
    'all times of recording moved',
    `UPDATE events SET recorded_at = recorded_at + interval '1 hour' WHERE position > 12`,
    [
      [13, 'a', 'leaf_differs'],
      [14, 'b', 'leaf_differs'],
      [15, 'c', 'leaf_differs'],
      [15, 'c', 'head_differs'],
    ],
  ],
  [
    'two events at one position',
    `ALTER TABLE events DROP CONSTRAINT events_pkey; DROP INDEX events_by_stream;
     INSERT INTO events SELECT * FROM events WHERE position = 4`,
    [[4, 'a', 'inserted']],
  ],
  [
    'all events removed',
    'TRUNCATE events',
    [
      [1, null, 'removed'],
      [2, null, 'removed'],
      [3, null, 'removed'],
      [4, null, 'removed'],
      [5, null, 'removed'],
      [6, null, 'removed'],
      [7, null, 'removed'],
      [8, null, 'removed'],
      [9, null, 'removed'],
      [10, null, 'removed'],
      [11, null, 'removed'],
      [12, null, 'removed'],
      [13, null, 'removed'],
      [14, null, 'removed'],
      [15, null, 'removed'],
    ],
  ],
  [
    'a partition taken out',
    'ALTER TABLE events DETACH PARTITION events_from_1',
    [
      [1, null, 'removed'],
      [2, null, 'removed'],
      [3, null, 'removed'],
      [4, null, 'removed'],
      [5, null, 'removed'],
      [6, null, 'removed'],
    ],
  ],
  [
    'the open partition dropped',
    'DROP TABLE events_from_7',
    [
      [7, null, 'removed'],
      [8, null, 'removed'],
      [9, null, 'removed'],
      [10, null, 'removed'],
      [11, null, 'removed'],
      [12, null, 'removed'],
      [13, null, 'removed'],
      [14, null, 'removed'],
      [15, null, 'removed'],
    ],
  ],
  [
    'a partition exchanged for an edited copy',
    `CREATE TABLE copy (LIKE events INCLUDING ALL); INSERT INTO copy SELECT * FROM events_from_1;
     UPDATE copy SET data = data || '{"note": "better"}' WHERE position = 2;
     DROP TABLE events_from_1; ALTER TABLE events ATTACH PARTITION copy FOR VALUES FROM (1) TO (7)`,
    [[2, 'b', 'edited']],
  ],
];
