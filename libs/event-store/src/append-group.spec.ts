import fc from 'fast-check';
import { type AppendItem, type ChainedEvent, fitting, groupOf, type StreamWrite } from './append-group.js';

const event = (nr: number, stream: string, version: number): ChainedEvent => ({
  ...{ id: `event ${nr}`, stream, version, type: 'Added', schema: 1, data: '{}', meta: '{}', day: 0 },
  hash: `hash ${nr}`,
});

type Shape = { minute: number; key: boolean; streams: readonly { stream: number; events: number }[] };

/** Items as they are decided one after the other: each goes on where those before it lead. */
function itemsOf(shapes: readonly Shape[]): AppendItem[] {
  const at = new Map<number, { version: number; hash: string }>();
  let nr = 0;
  return shapes.map(({ minute, key, streams }, nth) => ({
    now: `2023-07-15T01:${String(minute).padStart(2, '0')}:00.000Z`,
    streams: streams.map(({ stream, events: count }): StreamWrite => {
      const before = at.get(stream) ?? { version: stream, hash: `read ${stream}` };
      const name = `counter-${stream}`;
      const events = Array.from({ length: count }, (_, index) =>
        event((nr += 1), name, before.version + index + 1),
      );
      at.set(stream, { version: before.version + count, hash: events.at(-1)?.hash ?? before.hash });
      const { version: expected, hash: previous } = before;
      return { stream: name, expected, previous, events, state: `"${nth}"` };
    }),
    ...(key && { answer: { actor: 'unit', key: `key ${nth}`, bodyHash: 'b', response: `${nth}` } }),
  }));
}

const shapes = fc.array(
  fc.record({
    minute: fc.integer({ min: 0, max: 59 }),
    key: fc.boolean(),
    streams: fc.uniqueArray(
      fc.record({ stream: fc.integer({ min: 0, max: 12 }), events: fc.integer({ min: 0, max: 3 }) }),
      { maxLength: 3, selector: ({ stream }) => stream },
    ),
  }),
  { minLength: 1, maxLength: 14 },
);

/** Which items stand or fall together: spread from item to item until nothing changes. */
function connected(items: readonly AppendItem[]): number[] {
  const names = items.map(({ streams }) => streams.map(({ stream }) => stream));
  const found = items.map((_, nth) => nth);
  for (let changed = true; changed;) {
    changed = false;
    names.forEach((one, a) =>
      names.forEach((other, b) => {
        if (found[a]! <= found[b]! || !one.some(name => other.includes(name))) return;
        found[a] = found[b]!;
        changed = true;
      }),
    );
  }
  return found;
}

const check = (property: (items: AppendItem[]) => void) =>
  fc.assert(
    fc.property(shapes, shape => property(itemsOf(shape))),
    { numRuns: 500, seed: 12 },
  );

it('bundles items that share streams, directly or through others', () => {
  check(items => {
    const { bundles, streams, keys } = groupOf(items);
    expect(bundles).toEqual(connected(items));
    for (const { stream, bundle } of streams)
      items.forEach((item, nth) => {
        if (item.streams.some(write => write.stream === stream)) expect(bundles[nth]).toBe(bundle);
      });
    keys.forEach(({ key, bundle }) => expect(bundle).toBe(bundles[Number(key.slice(4))]));
  });
});

it('keeps the events in order, and counts positions from them', () => {
  check(items => {
    const { events, offsets, keys } = groupOf(items);
    expect(events).toEqual(items.flatMap(({ streams }) => streams.flatMap(write => write.events)));
    let count = 0;
    items.forEach(({ streams }, nth) => {
      count += streams.reduce((sum, write) => sum + write.events.length, 0);
      expect(offsets[nth]).toBe(count);
    });
    expect(keys.map(({ offset }) => offset)).toEqual(offsets.filter((_, nth) => items[nth]!.answer));
  });
});

it('writes each stream once: from where the first found it to where the last leaves it, or compares it', () => {
  check(items => {
    const { streams, events } = groupOf(items);
    const writes = items.flatMap(item => item.streams);
    expect(streams.map(({ stream }) => stream)).toEqual([...new Set(writes.map(({ stream }) => stream))]);
    for (const row of streams) {
      const own = writes.filter(({ stream }) => stream === row.stream);
      const positions = events.flatMap(({ stream }, nth) => (stream === row.stream ? [nth + 1] : []));
      const last = own.findLast(write => write.events.length > 0);
      expect(row).toMatchObject({
        expected: own[0]!.expected,
        previous: own[0]!.previous,
        version: own[0]!.expected + positions.length,
        hash: last?.events.at(-1)!.hash ?? own[0]!.previous,
        ...(last && { state: last.state, first: positions[0], last: positions.at(-1) }),
      });
    }
  });
});

it('is recorded at the latest instant of its items', () => {
  check(items =>
    expect(groupOf(items).now).toBe(
      items
        .map(({ now }) => now)
        .sort()
        .at(-1),
    ),
  );
});

it('lets in who leads on from where those before leave a stream, whether they wrote to it or only read it', () => {
  check(items => expect(fitting(items)).toBe(items));
  const of = (nr: number, expected: number, previous: string, count = 1): AppendItem => ({
    now: '2023-07-15T01:02:03.004Z',
    streams: [
      {
        ...{ stream: 'counter-1', expected, previous, state: `${nr}` },
        events: Array.from({ length: count }, () => event(nr, 'counter-1', expected + 1)),
      },
    ],
  });
  const [reads, blind, other, leads, late] = [
    of(1, 5, 'as read', 0),
    of(2, 0, 'nothing'),
    of(3, 5, 'as another wrote it'),
    of(4, 5, 'as read'),
    of(5, 5, 'as read'),
  ];
  expect(fitting([reads, blind, other, leads, late])).toEqual([reads, leads]);
});
