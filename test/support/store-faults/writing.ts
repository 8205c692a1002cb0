import { commandFor, EventStore, Rejection, type StreamOutcome, VersionConflict } from '@duban/event-store';
import { type Attempt, type Operation, type Outcome } from './history.js';
import { type WriteOrder } from './orders.js';
import { tally, type Tally, type TallyCommand, type TallyEvent } from './tally.js';
import { wasCut } from './was-cut.js';

/** What a writer notes: first that it sends something, then what it was told. */
export type WriterEntry = Omit<Attempt, 'by' | 'outcome'> & {
  readonly nr: number;
  readonly outcome: Outcome | null;
};
type Expected = Attempt['expected'];

/** More callers than this at one store are turned away. */
const longestQueue = 50;

/** Sends all operations through stores of its own, with several callers at once, and notes what comes of them. */
export async function write(order: WriteOrder, record: (entry: WriterEntry) => void): Promise<void> {
  const { url, stores, callers, sendings } = order;
  const guarded = { role: 'duban_app', readConnections: 4, longestQueue };
  const open = () => new EventStore({ connection: { connectionString: url }, ...guarded });
  const opened = Array.from({ length: stores }, open);
  let nr = 0;
  const send = async (store: EventStore, operation: Operation) => {
    for (let left = operation.resends; ; left--) {
      const expected = await expectedOf(store, operation);
      if (!expected) return; // the database cannot be reached: nothing was sent
      const entry = { op: operation.id, nr: (nr += 1), expected };
      record({ ...entry, outcome: null });
      const outcome = await outcomeOf(store, operation, expected);
      record({ ...entry, outcome });
      if (outcome.kind !== 'unknown' || operation.key === 'none' || left === 0) return;
    }
  };
  const drain = async (store: EventStore, nth: number) => {
    const mine = sendings.filter(sending => sending.store === nth);
    const call = async () => {
      for (let next = mine.shift(); next; next = mine.shift()) await send(store, next.operation);
    };
    await Promise.all(Array.from({ length: Math.min(callers, mine.length) }, call));
  };
  await Promise.all(opened.map(drain));
  await Promise.all(opened.map(store => store.close()));
}

const mostLooks = 5;

async function expectedOf(store: EventStore, { parts }: Operation): Promise<Expected | null> {
  for (let look = 1; look <= mostLooks; look++) {
    try {
      return await Promise.all(
        parts.map(async ({ stream, expected }) =>
          expected === 'seen' ? ((await store.load(stream))?.version ?? 0) : expected,
        ),
      );
    } catch (error) {
      if (!wasCut(error)) throw error;
    }
  }
  return null;
}

async function outcomeOf(store: EventStore, operation: Operation, expected: Expected): Promise<Outcome> {
  try {
    if (operation.kind === 'append') return await append(store, operation, expected);
    if (operation.kind === 'handle') return await handle(store, operation, expected);
    return await handleMany(store, operation, expected);
  } catch (error) {
    return refusalOf(error);
  }
}

async function handle(store: EventStore, operation: Operation, expected: Expected): Promise<Outcome> {
  const { stream = '', events = 0 } = operation.parts[0] ?? {};
  const respond = (_: Tally, __: readonly TallyEvent[], version: number) => ({
    op: operation.id,
    versions: [version],
  });
  const { position, version, state, response, replayed } = await store.handle(
    tally,
    stream,
    commandOf(operation, events),
    null,
    { ...optionsOf(operation), expected: expected[0], respond },
  );
  const told = { position, versions: [version], counts: [state.count], replayed };
  return { kind: 'ok', ...told, response: JSON.stringify(response) };
}

async function handleMany(store: EventStore, operation: Operation, expected: Expected): Promise<Outcome> {
  const commands = operation.parts.map(({ stream, events }, nth) =>
    commandFor(tally, stream, commandOf(operation, events), expected[nth]),
  );
  const versionsOf = (results: readonly StreamOutcome[]) => results.map(({ version }) => version);
  const respond = (results: readonly StreamOutcome[]) => ({
    op: operation.id,
    versions: versionsOf(results),
  });
  const { position, results, response, replayed } = await store.handleMany(
    commands,
    null,
    optionsOf(operation),
    respond,
  );
  const counts = results.map(({ state }) => (state as Tally).count);
  return {
    kind: 'ok',
    position,
    versions: versionsOf(results),
    counts,
    response: JSON.stringify(response),
    replayed,
  };
}

async function append(store: EventStore, operation: Operation, expected: Expected): Promise<Outcome> {
  const { id, parts, poison } = operation;
  const streams = parts.map(({ stream, events }, nth) => ({
    stream,
    expected: expected[nth] ?? 'any',
    events: Array.from({ length: events }, (_, index) => ({
      type: 'Tallied',
      op: id,
      nth: index + 1,
      ...(poison === 'date' ? { effectiveOn: impossibleDay } : {}),
    })),
    evolve: (state: unknown, event: unknown) => ({
      ...tally.evolve((state ?? tally.initial) as Tally, event as TallyEvent),
    }),
  }));
  const result = await store.append(streams, optionsOf(operation));
  if ('conflict' in result) return { kind: 'conflict' };
  return {
    kind: 'ok',
    position: result.position,
    versions: result.versions,
    counts: [],
    response: 'null',
    replayed: null,
  };
}

const impossibleDay = '2023-02-30';

const commandOf = ({ id, poison }: Operation, events: number): TallyCommand => ({
  type: 'Tally',
  op: id,
  events,
  ...(poison === 'date' ? { on: impossibleDay } : {}),
  ...(poison === 'refused' ? { refuse: true } : {}),
});

const optionsOf = ({ id, key, commutes, poison }: Operation) => ({
  now: poison === 'instant' ? '2023-07-15T25:61:00Z' : '2023-07-15T01:02:03.004Z',
  effectiveOn: '2023-07-15',
  meta: { actor: 'office' },
  commutes,
  retries: 20,
  ...(key === 'command' ? { commandId: id } : {}),
  ...(key === 'idempotency' ? { idempotency: { actor: 'caller', key: id, bodyHash: `of ${id}` } } : {}),
  ...(poison === 'schema' ? { schema: { Tallied: 99_999 } } : {}),
});

function refusalOf(error: unknown): Outcome {
  if (error instanceof VersionConflict) return { kind: 'conflict' };
  if (error instanceof Rejection) return { kind: 'rejected', code: error.code };
  if (wasCut(error)) return { kind: 'unknown', why: String(error) };
  if (error instanceof Error && error.name === 'QueueFull') return { kind: 'full' };
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no code';
  return {
    kind: 'failed',
    code,
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}
