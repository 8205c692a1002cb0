/** An event as it is sent: its JSON as text, its day as days since 1970-01-01, and what the next one is chained to. */
export interface ChainedEvent {
  readonly id: string;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly schema: number;
  readonly data: string;
  readonly meta: string;
  readonly day: number;
  readonly hash: string;
}

/**
 * What is added to one stream: the version and hash it was read at, the events, and the state (JSON) they lead to. Without
 * events it was only read: it must still stand there when the others are written.
 */
export interface StreamWrite {
  readonly stream: string;
  readonly expected: number;
  readonly previous: string;
  readonly events: readonly ChainedEvent[];
  readonly state: string;
}

/** One command's answer, kept under its key: who asked, what for (digest of the body), and what was said (JSON). */
export interface KeptAnswer {
  readonly actor: string;
  readonly key: string;
  readonly bodyHash: string;
  readonly response: string;
}

/** What one caller appends: streams that are written together or not at all. */
export interface AppendItem {
  /** The Clock's instant, ISO. */
  readonly now: string;
  readonly streams: readonly StreamWrite[];
  readonly answer?: KeptAnswer;
}

/** Items as one statement appends them; positions are counted from the head, `first` being 1. */
export interface Group {
  readonly now: string;
  readonly keys: readonly GroupKey[];
  readonly streams: readonly GroupStream[];
  readonly events: readonly ChainedEvent[];
  /** For each item, which bundle it is in: items that share a stream stand or fall together. */
  readonly bundles: readonly number[];
  /** For each item, its last position. */
  readonly offsets: readonly number[];
}

interface GroupKey extends KeptAnswer {
  readonly bundle: number;
  readonly offset: number;
}

/** Where a stream stood and where the group leaves it. */
export interface GroupStream {
  readonly bundle: number;
  readonly stream: string;
  readonly expected: number;
  readonly previous: string;
  version: number;
  hash: string;
  state: string;
  first: number;
  last: number;
}

/**
 * The items without those that contradict an earlier one: each must lead on from where those before it leave a stream. One
 * that was decided on a forgotten or an old state would otherwise hide behind one that only read the stream as it is.
 */
export function fitting(items: readonly AppendItem[]): readonly AppendItem[] {
  const left = new Map<string, StreamWrite>();
  const fit = items.filter(({ streams }) => {
    if (!streams.every(write => follows(write, left.get(write.stream)))) return false;
    for (const write of streams) left.set(write.stream, write);
    return true;
  });
  return fit.length < items.length ? fit : items;
}

function follows({ expected, previous }: StreamWrite, before: StreamWrite | undefined): boolean {
  if (!before) return true;
  const { events } = before;
  return (
    expected === before.expected + events.length && previous === (events.at(-1)?.hash ?? before.previous)
  );
}

/**
 * Puts items that fit together, each of them following those before it. A stream that several of them write is one row: it must
 * stand where the first found it, and ends where the last leaves it.
 */
export function groupOf(items: readonly AppendItem[]): Group {
  const bundles = bundlesOf(items);
  const streams = new Map<string, GroupStream>();
  const events: ChainedEvent[] = [];
  const keys: GroupKey[] = [];
  const offsets: number[] = [];
  let now = '';
  items.forEach((item, nth) => {
    const bundle = bundles[nth]!;
    for (const write of item.streams) addWrite(write, bundle, streams, events);
    if (item.answer) keys.push(keyOf(item.answer, bundle, events.length));
    offsets.push(events.length);
    if (item.now > now) now = item.now;
  });
  return { now, keys, streams: [...streams.values()], events, bundles, offsets };
}

function keyOf({ actor, key, bodyHash, response }: KeptAnswer, bundle: number, offset: number): GroupKey {
  return { actor, key, bodyHash, response, bundle, offset };
}

function addWrite(
  { stream, expected, previous, events: added, state }: StreamWrite,
  bundle: number,
  streams: Map<string, GroupStream>,
  events: ChainedEvent[],
): void {
  let row = streams.get(stream);
  if (!row) {
    // Spelt out here and below: a spread costs more than all the rest.
    row = { bundle, stream, expected, previous, version: expected, hash: previous, state, first: 0, last: 0 };
    streams.set(stream, row);
  }
  if (added.length === 0) return;
  if (row.version === row.expected) row.first = events.length + 1;
  for (const event of added) events.push(event);
  row.version = expected + added.length;
  row.hash = added.at(-1)!.hash;
  row.state = state;
  row.last = events.length;
}

/** For each item the number of the first item that it shares streams with, directly or through others. */
function bundlesOf(items: readonly AppendItem[]): number[] {
  const bundles: number[] = [];
  const owners = new Map<string, number>();
  items.forEach(({ streams }, nth) => {
    let bundle = nth;
    let isShared = false;
    for (const { stream } of streams) {
      const owner = owners.get(stream);
      if (owner === undefined) continue;
      isShared = true;
      if (owner < bundle) bundle = owner;
    }
    const shared = isShared ? new Set(streams.flatMap(({ stream }) => owners.get(stream) ?? [])) : null;
    bundles.push(bundle);
    for (const { stream } of streams) owners.set(stream, bundle);
    if (!shared || shared.size < 2) return;
    bundles.forEach((other, at) => (bundles[at] = shared.has(other) ? bundle : other));
    for (const [stream, other] of owners) if (shared.has(other)) owners.set(stream, bundle);
  });
  return bundles;
}
