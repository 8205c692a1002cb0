import { type Tampering } from './tampering.js';

/** The rows that tell where the log and its streams stand. */
export const tamperingHeads: readonly Tampering[] = [
  ['a removed head of the log', 'DELETE FROM log_head', [[15, 'c', 'head_differs']]],
  ['a head of the log set back', 'UPDATE log_head SET position = 12', [[15, 'c', 'head_differs']]],
  [
    'a head of the log moved on',
    'UPDATE log_head SET position = 17',
    [
      [16, null, 'removed'],
      [17, null, 'removed'],
    ],
  ],
  [
    'a head of the log with another time',
    `UPDATE log_head SET recorded_at = recorded_at - interval '1 year'`,
    [[15, 'c', 'head_differs']],
  ],
  [
    'a head of the log with another epoch',
    'UPDATE log_head SET epoch = gen_random_uuid()',
    [[1, null, 'other_log']],
  ],
  [
    'an edited version of a stream',
    `UPDATE streams SET version = 4 WHERE id = 'counter-a'`,
    [[13, 'a', 'head_differs']],
  ],
  [
    'a version of a stream that is too high',
    `UPDATE streams SET version = 6 WHERE id = 'counter-a'`,
    [[13, 'a', 'removed']],
  ],
  [
    'an edited first position of a stream',
    `UPDATE streams SET first_position = 2 WHERE id = 'counter-a'`,
    [[13, 'a', 'head_differs']],
  ],
  [
    'an edited last position of a stream',
    `UPDATE streams SET last_position = 12 WHERE id = 'counter-a'`,
    [[13, 'a', 'head_differs']],
  ],
  [
    'a last position of a stream beyond the log',
    `UPDATE streams SET last_position = 99 WHERE id = 'counter-a'`,
    [[13, 'a', 'head_differs']],
  ],
  [
    'an edited category of a stream',
    `UPDATE streams SET category = 'task' WHERE id = 'counter-a'`,
    [[13, 'a', 'head_differs']],
  ],
  [
    'a renamed stream',
    `UPDATE streams SET id = 'counter-z' WHERE id = 'counter-c'`,
    [
      [3, 'z', 'head_differs'],
      [3, 'c', 'head_differs'],
    ],
  ],
  [
    'a stream without events',
    `INSERT INTO streams SELECT 'counter-x', category, 1, hash, state, 15, 15 FROM streams WHERE id = 'counter-c'`,
    [[15, 'x', 'head_differs']],
  ],
  [
    'all streams removed',
    'TRUNCATE streams',
    [
      [1, 'a', 'head_differs'],
      [2, 'b', 'head_differs'],
      [3, 'c', 'head_differs'],
    ],
  ],
  ['a removed state', `UPDATE streams SET state = NULL WHERE id = 'counter-a'`, [[13, 'a', 'state_differs']]],
];
