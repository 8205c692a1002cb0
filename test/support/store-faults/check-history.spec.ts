import { violationsOf } from './check-history.js';
import { type Attempt, type History, type LoggedEvent, type Operation, type Outcome } from './history.js';

// A sound history: o1 and o2 in two streams, o3 answered to nobody and sent again, o4 lost a race, o5 is poison.
const operation = (id: string, more: Partial<Operation> = {}): Operation => ({
  ...{ id, kind: 'handle', key: 'none', commutes: false, poison: null, resends: 0 },
  parts: [{ stream: 'hot-1', expected: 'any', events: 1 }],
  ...more,
});
const transfer: Operation['parts'] = [
  { stream: 'hot-1', expected: 'seen', events: 2 },
  { stream: 'cold-2', expected: 'none', events: 1 },
];
const event = (
  position: number,
  stream: string,
  version: number,
  op: string,
  nth: number,
  after: string,
): LoggedEvent => ({
  ...{ position, stream, version, op, nth, after },
  id: `event ${position}`,
  count: version,
});
const done = (position: number, versions: number[], replayed: boolean, response = 'yes'): Outcome => ({
  ...{ kind: 'ok', position, versions, counts: versions, replayed, response },
});
const sending = (
  op: string,
  by: string,
  outcome: Outcome,
  expected: Attempt['expected'] = ['any'],
): Attempt => ({
  ...{ op, by, expected, outcome },
});
const log = [
  event(1, 'hot-1', 1, 'o1', 1, ''),
  event(2, 'hot-1', 2, 'o2', 1, 'o1/1'),
  event(3, 'hot-1', 3, 'o2', 2, 'o2/1'),
  event(4, 'cold-2', 1, 'o2', 1, ''),
  event(5, 'hot-1', 4, 'o3', 1, 'o2/2'),
];
const shown = (events: readonly LoggedEvent[]) => events.map(({ position, id }) => ({ position, id }));
const sound: History = {
  operations: [
    operation('o1'),
    operation('o2', { kind: 'handleMany', parts: transfer, key: 'command' }),
    operation('o3', { key: 'idempotency' }),
    operation('o4'),
    operation('o5', { poison: 'date' }),
  ],
  attempts: [
    sending('o1', 'one', done(1, [1], false)),
    sending('o2', 'one', done(4, [3, 1], false), [1, 'none']),
    sending('o2', 'two', done(4, [4, 1], true), [3, 'none']),
    sending('o3', 'one', { kind: 'unknown', why: 'cut' }),
    sending('o3', 'two', done(5, [4], true)),
    sending('o4', 'two', { kind: 'conflict' }),
    sending('o5', 'two', { kind: 'failed', code: '22008', message: 'no such day' }),
  ],
  head: 5,
  log,
  streams: [
    { id: 'hot-1', version: 4, count: 4, last: 'o3/1' },
    { id: 'cold-2', version: 1, count: 1, last: 'o2/1' },
  ],
  kept: [
    { op: 'o2', position: 4 },
    { op: null, position: 5 },
  ],
  observations: [
    { reader: 'dead', seen: shown(log.slice(0, 2)), faults: [], complete: false },
    { reader: 'alive', seen: shown(log), faults: [], complete: true },
  ],
  effects: shown(log),
  counted: [
    { stream: 'hot-1', events: 4 },
    { stream: 'cold-2', events: 1 },
  ],
};

const withEvent = (position: number, change: Partial<LoggedEvent>): History => ({
  ...sound,
  log: log.map(each => (each.position === position ? { ...each, ...change } : each)),
});
const withAttempt = (nth: number, change: Partial<Attempt>): History => ({
  ...sound,
  attempts: sound.attempts.map((each, index) => (index === nth ? { ...each, ...change } : each)),
});
const withReader = (seen: readonly LoggedEvent[]): History => ({
  ...sound,
  observations: [{ reader: 'alive', seen: shown(seen), faults: [], complete: true }],
});
const at = (...positions: number[]) => positions.map(position => log[position - 1] as LoggedEvent);

it('finds nothing wrong with a sound history', () => expect(violationsOf(sound)).toEqual([]));

it('takes either for what nobody was told of', () => {
  const attempts = sound.attempts.filter(({ op, by }) => op !== 'o3' || by === 'one');
  expect(violationsOf({ ...sound, attempts })).toEqual([]);
});

// Each row breaks one promise, and the sentence that must be among those found.
it.each<[string, History, string]>([
  [
    'an acknowledged event is missing',
    { ...sound, log: log.slice(0, 4), head: 4 },
    'o3 (handle, key idempotency): acknowledged to two and missing',
  ],
  [
    'an event is stored twice',
    { ...sound, log: [...log, event(6, 'hot-1', 5, 'o3', 1, 'o3/1')], head: 6 },
    'o3 (handle, key idempotency): stored twice, at 5, 6',
  ],
  [
    'half of an operation is stored',
    { ...sound, log: log.filter(({ position }) => position !== 4) },
    'o2 (handleMany, key command): stored by halves: hot-1 1, hot-1 2',
  ],
  [
    'an operation is scattered',
    withEvent(4, { position: 6 }),
    'o2 (handleMany, key command): scattered over 2, 3, 6',
  ],
  ['a position is missing', withEvent(5, { position: 6 }), 'position 6 (o3) does not follow the one before'],
  ['the head is behind', { ...sound, head: 4 }, 'the head is at 4, the log has 5 events'],
  [
    'a version is given twice',
    withEvent(5, { version: 3 }),
    'hot-1 version 3 (o3/1) does not follow version 3',
  ],
  [
    'a decision was made on an old state',
    withEvent(5, { count: 3 }),
    'hot-1 version 4 (o3/1) was decided on a state that had counted 2',
  ],
  [
    'a decision was made on another state',
    withEvent(5, { after: 'o1/1' }),
    'hot-1 version 4 (o3/1) was decided on a state whose last event was o1/1',
  ],
  [
    'what lost is stored',
    withAttempt(0, { outcome: { kind: 'conflict' } }),
    'o1 (handle, key none): stored, but its callers were told: conflict',
  ],
  [
    'what was turned away is stored',
    withAttempt(0, { outcome: { kind: 'full' } }),
    'o1 (handle, key none): stored, but its callers were told: full',
  ],
  [
    'an expected version was not enforced',
    withAttempt(0, { expected: ['exists'] }),
    'o1 (handle, key none): stored on versions 0, which nobody expected',
  ],
  [
    'poison is stored',
    { ...sound, operations: sound.operations.map(each => ({ ...each, poison: 'date' as const })) },
    'o1 (handle, key none): stored although it is poison (date)',
  ],
  [
    'poison hurts a neighbour',
    withAttempt(5, { outcome: { kind: 'failed', code: '22008', message: 'no such day' } }),
    'o4 (handle, key none): failed for two with 22008: no such day',
  ],
  [
    'a conflict is made up',
    withAttempt(5, { expected: [4] }),
    'o4 (handle, key none): two was told of a conflict with nobody',
  ],
  [
    'a rule refuses what it allows',
    withAttempt(5, { outcome: { kind: 'rejected', code: 'refused' } }),
    'o4 (handle, key none): refused to two with refused',
  ],
  [
    'one key has two answers',
    withAttempt(2, { outcome: done(4, [4, 1], true, 'no') }),
    'o2 (handleMany, key command): answered differently: yes and no',
  ],
  [
    'one key is done for two',
    withAttempt(2, { outcome: done(4, [3, 1], false) }),
    'o2 (handleMany, key command): done anew for two callers',
  ],
  [
    'a caller is told a wrong position',
    withAttempt(0, { outcome: done(2, [1], false) }),
    'o1 (handle, key none): one was told position 2, it is at 1',
  ],
  [
    'a caller is told a wrong version',
    withAttempt(0, { outcome: done(1, [2], false) }),
    'o1 (handle, key none): one was told versions 2, the log has 1',
  ],
  ['an answer is not kept', { ...sound, kept: [] }, 'o2 is stored and its answer is not kept'],
  [
    'an answer is kept for nothing',
    { ...sound, kept: [...sound.kept, { op: null, position: 3 }] },
    'an answer is kept for nothing at 3',
  ],
  [
    'the row of a stream is behind',
    { ...sound, streams: [{ id: 'hot-1', version: 3, count: 3, last: 'o2/2' }, ...sound.streams.slice(1)] },
    'the row of hot-1 is at 3, its events at 4',
  ],
  [
    'a state is not the fold',
    { ...sound, streams: [{ id: 'hot-1', version: 4, count: 3, last: 'o2/2' }, ...sound.streams.slice(1)] },
    'the state of hot-1 has counted 3 up to o2/2',
  ],
  ['a reader saw N before N - 1', withReader(at(1, 3, 2, 4, 5)), 'alive saw 3 after 1'],
  ['a reader was shown an event twice', withReader(at(1, 1, 2, 3, 4, 5)), 'alive saw 1 after 1'],
  ['a reader missed the last', withReader(at(1, 2, 3, 4)), 'alive saw 4 of 5 events'],
  [
    'a reader saw what vanished',
    withReader([...at(1, 2, 3, 4), { ...event(5, 'hot-1', 4, 'o9', 1, ''), id: 'gone' }]),
    'alive saw an event at 5 that is not in the log',
  ],
  [
    'a projection counted one twice',
    { ...sound, effects: shown(at(1, 2, 3, 4, 4, 5)) },
    'the projection wrote 4 after 4',
  ],
  [
    'a projection missed one',
    { ...sound, effects: shown(at(1, 2, 3, 4)) },
    'the projection has 4 effects of 5 events',
  ],
  [
    'a count is wrong',
    { ...sound, counted: sound.counted.slice(1) },
    'the projection counted 0 events of hot-1',
  ],
])('reports that %s', (_, history, violation) => expect(violationsOf(history)).toContain(violation));

it('reports what readers of a log numbered by a sequence are not shown', () => {
  // Two writers take 2 and 3; the one with 3 commits first, a reader passes, and then 2 appears behind its back.
  const reader = { position: 0, seen: [] as LoggedEvent[] };
  for (const visible of [at(1), at(1, 3), at(1, 2, 3), at(1, 2, 3, 4, 5)]) {
    const page = visible.filter(({ position }) => position > reader.position);
    reader.seen.push(...page);
    reader.position = page.at(-1)?.position ?? reader.position;
  }
  expect(violationsOf(withReader(reader.seen))).toEqual(['alive saw 3 after 1']);
});
