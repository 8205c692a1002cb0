import { type Tampering } from './tampering.js';

const sealed = (column: string, value: string) => `UPDATE seals SET ${column} = ${value} WHERE number = 2`;

/** Seals, and what only seals can tell. */
export const tamperingSeals: readonly Tampering[] = [
  ['a removed first seal', 'DELETE FROM seals WHERE number = 1', [[1, null, 'seal_missing']]],
  ['a removed last seal', 'DELETE FROM seals WHERE number = 2', [], [[7, null, 'seal_missing']]],
  [
    'all seals removed',
    'TRUNCATE seals',
    [],
    [
      [1, null, 'seal_missing'],
      [7, null, 'seal_missing'],
    ],
  ],
  [
    'an edited root',
    sealed('root', `sha256('x')`),
    [[7, null, 'seal_forged']],
    [
      [7, null, 'seal_forged'],
      [7, null, 'seal_differs'],
    ],
  ],
  [
    'an edited end of a segment',
    sealed('to_position', '11'),
    [[7, null, 'seal_forged']],
    [
      [7, null, 'seal_forged'],
      [7, null, 'seal_differs'],
    ],
  ],
  [
    'an edited beginning of a segment',
    sealed('from_position', '6'),
    [[6, null, 'seal_forged']],
    [
      [6, null, 'seal_forged'],
      [7, null, 'seal_differs'],
    ],
  ],
  [
    'an edited time of a seal',
    sealed('recorded_at', `recorded_at + interval '1 day'`),
    [[7, null, 'seal_forged']],
    [
      [7, null, 'seal_forged'],
      [7, null, 'seal_differs'],
    ],
  ],
  [
    'an edited chain of seals',
    sealed('previous', `sha256('x')`),
    [[7, null, 'seal_forged']],
    [
      [7, null, 'seal_forged'],
      [7, null, 'seal_differs'],
    ],
  ],
  [
    'an edited log of a seal',
    sealed('epoch', 'gen_random_uuid()'),
    [[7, null, 'seal_forged']],
    [
      [7, null, 'seal_forged'],
      [7, null, 'seal_differs'],
    ],
  ],
  [
    'an edited key of a seal',
    sealed('public_key', `sha256('x')`),
    [[7, null, 'seal_forged']],
    [
      [7, null, 'seal_forged'],
      [7, null, 'seal_differs'],
    ],
  ],
  [
    'an edited next key of a seal',
    sealed('next_key', `sha256('x')`),
    [[7, null, 'seal_forged']],
    [
      [7, null, 'seal_forged'],
      [7, null, 'seal_differs'],
    ],
  ],
  [
    'an edited signature',
    sealed('signature', `sha256('x') || sha256('y')`),
    [[7, null, 'seal_forged']],
    [
      [7, null, 'seal_forged'],
      [7, null, 'seal_differs'],
    ],
  ],
  [
    'seals that changed places',
    'UPDATE seals SET number = 3 - number + 10; UPDATE seals SET number = number - 10',
    [
      [1, null, 'seal_forged'],
      [7, null, 'seal_forged'],
    ],
    [
      [1, null, 'seal_forged'],
      [1, null, 'seal_differs'],
      [7, null, 'seal_forged'],
      [7, null, 'seal_differs'],
    ],
  ],
  ['a seal of the forger', forger => forger.addSeal(13, 15), [[13, null, 'key_changed']]],
  [
    'a seal of the forger beyond the end',
    forger => forger.addSeal(13, 20),
    [
      [13, null, 'key_changed'],
      [16, null, 'tail_cut'],
    ],
  ],
  [
    'a last seal signed by the forger',
    async forger => {
      await forger.run('DELETE FROM seals WHERE number = 2');
      await forger.addSeal(7, 12);
    },
    [[7, null, 'key_changed']],
    [
      [7, null, 'key_changed'],
      [7, null, 'seal_differs'],
    ],
  ],
  [
    'all seals signed by the forger',
    forger => forger.reseal(),
    [],
    [
      [1, null, 'seal_differs'],
      [7, null, 'seal_differs'],
    ],
  ],
  ['a tail cut off below the last seal', forger => forger.cutAfter(9), [[10, null, 'tail_cut']]],
  [
    'a tail cut off with its seal',
    async forger => {
      await forger.cutAfter(9);
      await forger.run('DELETE FROM seals WHERE number = 2');
    },
    [],
    [
      [7, null, 'seal_missing'],
      [10, null, 'tail_cut'],
    ],
  ],
  [
    'a tail cut off behind the last seal, which an answer remembers',
    async forger => {
      await forger.run(`INSERT INTO idempotency VALUES ('unit', 'key', 'body', '{}', 14, now())`);
      await forger.cutAfter(12);
    },
    [[13, null, 'tail_cut']],
  ],
  [
    'a tail cut off behind the last seal, which a subscription remembers',
    async forger => {
      await forger.run(`INSERT INTO subscriptions (name, position) VALUES ('follower', 15)`);
      await forger.cutAfter(12);
    },
    [[13, null, 'tail_cut']],
  ],
  [
    'a sealed event rewritten, with all hashes after it',
    async forger => {
      await forger.run(`UPDATE events SET data = data || '{"note": "better"}' WHERE position = 8`);
      await forger.rehash();
    },
    [[7, null, 'seal_differs']],
  ],
  [
    'a sealed event rewritten, with all hashes and seals after it',
    async forger => {
      await forger.run(`UPDATE events SET data = data || '{"note": "better"}' WHERE position = 8`);
      await forger.rehash();
      await forger.reseal();
    },
    [],
    [
      [1, null, 'seal_differs'],
      [7, null, 'seal_differs'],
      [7, null, 'seal_differs'],
    ],
  ],
  [
    'a sealed tail rewritten without its seal',
    async forger => {
      await forger.run(`UPDATE events SET data = data || '{"note": "better"}' WHERE position > 6`);
      await forger.rehash();
      await forger.run('DELETE FROM seals WHERE number = 2');
    },
    [],
    [
      [7, null, 'seal_missing'],
      [7, null, 'seal_differs'],
    ],
  ],
  [
    'the whole log rewritten as another log, without seals',
    async forger => {
      await forger.run(`UPDATE events SET data = data || '{"note": "better"}';
        UPDATE log_head SET epoch = gen_random_uuid(); TRUNCATE seals`);
      await forger.rehash();
    },
    [],
    [
      [1, null, 'seal_missing'],
      [1, null, 'other_log'],
      [7, null, 'seal_missing'],
    ],
  ],
  [
    'the whole log rewritten as another log, with seals of the forger',
    async forger => {
      await forger.run(`UPDATE events SET data = data || '{"note": "better"}';
        UPDATE log_head SET epoch = gen_random_uuid()`);
      await forger.rehash();
      await forger.reseal();
    },
    [],
    [
      [1, null, 'seal_differs'],
      [1, null, 'other_log'],
      [7, null, 'seal_differs'],
    ],
  ],
  [
    'everything removed but the seals',
    `TRUNCATE events, streams; UPDATE log_head SET position = 0`,
    [[1, null, 'tail_cut']],
  ],
];
