import { add, at, type Counter, counter } from '../../../test/support/counter.js';
import { type StoreDatabase, storeDatabase } from '../../../test/support/store-database.js';
import { type EventStore, NotYetKnown, type TemporalProjection } from '@duban/event-store';

let database: StoreDatabase;
let store: EventStore;
beforeAll(async () => {
  database = await storeDatabase();
  store = database.open();
  for (const [now, stream, by] of said) await add(store, stream, by, { ...at, now });
});
afterAll(() => database.close());

// The third and fourth are recorded at one instant; the fifth on a leap day, a minute before it ends in Beijing.
const said = [
  ['2023-07-15T01:02:03.004Z', 'counter-1', 'x'],
  ['2023-09-30T16:00:00.000Z', 'counter-1', 'y'],
  ['2023-12-31T15:59:59.999Z', 'counter-1', 'z'],
  ['2023-12-31T15:59:59.999Z', 'counter-2', 'x'],
  ['2024-02-29T15:59:00.000Z', 'counter-1', 'late correction'],
] as const;
const now = '2024-03-01T00:00:00.000Z';

const knownAt = async (instant: string, stream = 'counter-1') => {
  const known = await store.loadAt(counter, stream, { instant }, { now });
  return known && { by: known.state.by, position: known.position };
};
const counts: TemporalProjection<Map<string, number>> = {
  initial: () => new Map(),
  apply: (known, { stream }) => known.set(stream, (known.get(stream) ?? 0) + 1),
};

describe('a stream as of an instant', () => {
  it.each([
    ['2023-07-15T01:02:03.003Z', null],
    ['2023-07-15T01:02:03.004Z', { by: ['x'], position: 1 }],
    ['2023-09-30T15:59:59.999999Z', { by: ['x'], position: 1 }],
    ['2023-09-30T16:00:00Z', { by: ['x', 'y'], position: 2 }],
    ['2023-10-01T00:00:00+08:00', { by: ['x', 'y'], position: 2 }],
    ['2023-12-31T15:59:59.998Z', { by: ['x', 'y'], position: 2 }],
    ['2023-12-31T23:59:59.999+08:00', { by: ['x', 'y', 'z'], position: 4 }],
    ['2024-02-29T15:58:59.999Z', { by: ['x', 'y', 'z'], position: 4 }],
    ['2024-02-29T23:59:00+08:00', { by: ['x', 'y', 'z', 'late correction'], position: 5 }],
    [now, { by: ['x', 'y', 'z', 'late correction'], position: 5 }],
  ])('%s is what was known then', async (instant, known) => expect(await knownAt(instant)).toEqual(known));

  it('is nothing before its first event, though others were there', async () => {
    expect(await knownAt('2023-12-31T15:59:59.998Z', 'counter-2')).toBeNull();
    expect(await knownAt('2023-12-31T15:59:59.999Z', 'counter-2')).toEqual({ by: ['x'], position: 4 });
  });

  it.each(['2024-03-01T00:00:00.001Z', '2024-03-01T08:00:01+08:00', '9999-12-31T00:00:00Z'])(
    '%s is refused, for it is still to come',
    async instant => expect(knownAt(instant)).rejects.toThrow(NotYetKnown),
  );

  it.each(['2023-02-29T00:00:00Z', '2023-13-01T00:00:00Z', '2023-07-15', '2023-07-15T00:00:00', 'now', ''])(
    '%j is refused, for it is none',
    async instant => expect(knownAt(instant)).rejects.toThrow(RangeError),
  );
});

describe('a stream as of a position', () => {
  it('is what was known then, for ever', async () => {
    const asked = () => store.loadAt(counter, 'counter-1', { position: 2 });
    const before = await asked();
    expect(before).toEqual({
      state: { plan: '004', count: 2, by: ['x', 'y'] } satisfies Counter,
      version: 2,
      position: 2,
      settled: true,
    });
    const other = database.open();
    await add(other, 'counter-3', 'afterwards', { ...at, now });
    expect(await asked()).toEqual(before);
    expect(await store.loadAt(counter, 'counter-1', { position: 0 })).toBeNull();
  });

  it('equals the state beside the events at the end', async () => {
    const { position } = await store.head();
    const known = await store.loadAt(counter, 'counter-1', { position });
    expect(known?.state).toEqual((await store.load('counter-1'))?.state);
  });

  it('is refused where nothing is written yet, and where no position can be', async () => {
    const beyond = (await store.head()).position + 1;
    await expect(store.loadAt(counter, 'counter-1', { position: beyond })).rejects.toThrow(NotYetKnown);
    for (const position of [-1, 1.5, Number.NaN])
      await expect(store.loadAt(counter, 'counter-1', { position })).rejects.toThrow(RangeError);
  });
});

it('says whether more may still be recorded at that instant', async () => {
  const { position, recordedAt } = await store.head();
  expect(await store.momentOf({ instant: '2024-02-29T15:58:59.999Z' })).toEqual({
    position: 4,
    settled: true,
  });
  expect(await store.momentOf({ instant: recordedAt })).toEqual({ position, settled: false });
  // Now by the server's own clock, as no other was named.
  await expect(store.momentOf({ instant: '9999-12-31T00:00:00Z' })).rejects.toThrow(NotYetKnown);
});

describe('a projection as of a moment', () => {
  it('folds what was known then', async () => {
    const { state, position } = await store.projectionAt(counts, { instant: '2024-01-01T00:00:00Z' });
    expect({ position, counts: [...state] }).toEqual({
      position: 4,
      counts: [
        ['counter-1', 3],
        ['counter-2', 1],
      ],
    });
    expect((await store.projectionAt(counts, { position: 0 })).state.size).toBe(0);
  });

  it('is given the types that it names', async () => {
    const none = await store.projectionAt({ ...counts, types: ['Noted'] }, { position: 4 });
    expect(none.state.size).toBe(0);
    const all = await store.projectionAt({ ...counts, types: ['Added'] }, { position: 4 });
    expect(all.state.get('counter-1')).toBe(3);
  });
});
