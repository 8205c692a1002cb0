import { EventStore, isConnectionFailure } from '@duban/event-store';
import { add, counter } from '../../../test/support/counter.js';
import { holdHead } from '../../../test/support/hold-head.js';
import { type StoreDatabase, storeDatabase } from '../../../test/support/store-database.js';
import { type AppendItem } from './append-group.js';
import { chainedHash } from './chain.js';
import { openConnections } from './connections.js';
import { EventLog } from './event-log.js';
import { dayNumber } from './instants.js';
import { emptyStream } from './stream.js';
import { StreamCache } from './stream-cache.js';

let database: StoreDatabase;
let store: EventStore;
beforeEach(async () => {
  database = await storeDatabase();
  store = new EventStore({ connection: { connectionString: database.url }, role: 'duban_app' });
});
let isClosed: boolean;
beforeEach(() => void (isClosed = false));
afterEach(async () => {
  if (!isClosed) await store.close();
  await database.close();
});

const times = (count: number) => Array.from({ length: count }, (_, index) => index);

async function soundLog(): Promise<number> {
  const { position } = await database.open().checkHead();
  const verified = await database.open().verify({ refold: { counter } });
  expect(verified).toMatchObject({ events: position, faults: [] });
  return position;
}

it('is opened again for the next command when it was cut while nothing was under way', async () => {
  await add(store, 'counter-1', 'x');
  for (const nth of times(5)) {
    expect(await database.cut()).toBeGreaterThan(0);
    await gone();
    expect((await add(store, 'counter-1', 'y')).version).toBe(nth + 2);
  }
  expect(await soundLog()).toBe(6);
});

/** Resolves when Postgres has said its last word on every connection that was cut. */
async function gone(): Promise<void> {
  const left = `SELECT FROM pg_stat_activity WHERE datname = current_database()
    AND application_name <> 'owner' AND backend_type = 'client backend'`;
  while ((await database.owner.query(left)).rowCount);
}

it('fails what is under way when it is cut, and nothing after it', async () => {
  await add(store, 'counter-1', 'x');
  const head = await holdHead(database);
  const sent = times(40).map(nth => add(store, `counter-${nth % 4}`, `by ${nth}`));
  const settled = Promise.allSettled(sent);
  await head.waiters(1);
  await database.cut();
  const done = await settled;
  const failed = done.flatMap(each => (each.status === 'rejected' ? [each.reason as unknown] : []));
  expect(failed.length).toBeGreaterThan(0);
  for (const reason of failed) expect(isConnectionFailure(reason)).toBe(true);
  await head.release();
  expect((await add(store, 'counter-9', 'z')).version).toBe(1);
  expect(await soundLog()).toBe(2 + 40 - failed.length);
});

it('is closed after everybody was answered', async () => {
  const head = await holdHead(database);
  const sent = times(40).map(nth => add(store, `counter-${nth % 4}`, `by ${nth}`));
  await head.waiters(1);
  const closing = store.close();
  isClosed = true;
  await head.release();
  const told: string[] = [];
  await Promise.all([
    ...sent.map(async each => told.push((await each).state.by.at(-1)!)),
    closing.then(() => told.push('closed')),
  ]);
  expect(told).toHaveLength(41);
  expect(told.at(-1)).toBe('closed');
  expect(await soundLog()).toBe(40);
  await expect(add(store, 'counter-1', 'late')).rejects.toThrow('pool');
});

describe('an append', () => {
  const note = (stream: string) => {
    const id = `7a1b9c1e-0f53-4b68-8d5c-00000000${stream.slice(5)}`;
    const texts = { type: 'Noted', schema: 1, data: '{"what":"x"}', meta: '{}' };
    const envelope = { ...texts, event_id: id, stream, version: 1, effective_on: '2023-07-15' };
    const hash = chainedHash(emptyStream.hash, envelope);
    return { ...texts, id, stream, version: 1, day: dayNumber('2023-07-15'), hash };
  };
  const noted = (stream: string) => ({
    ...{ stream, expected: 0, previous: emptyStream.hash, state: 'null' },
    events: [note(stream)],
  });
  const itemOf = (...streams: AppendItem['streams']): AppendItem => ({
    now: '2023-07-15T01:02:03.004Z',
    streams,
  });
  let connections: ReturnType<typeof openConnections>;
  beforeEach(() => (connections = openConnections({ connection: { connectionString: database.url } })));
  afterEach(() => Promise.all([connections.append.close(), connections.read.end()]));

  it('that was written counts, even when a fold of states that came after it was heard of first', async () => {
    const cache = new StreamCache(1000);
    const { append } = connections;
    const slow = {
      query: async (query: Parameters<typeof append.query>[0]) => {
        const answer = await append.query(query);
        cache.isOutdated(1);
        return answer;
      },
    } as typeof append;
    const items = [itemOf(noted('note-1001'))];
    expect(await new EventLog(slow, cache).append(items, cache.folds)).toMatchObject([{ position: 1 }]);
    expect(await soundLog()).toBe(1);
  });

  it('takes nobody along who knows nothing of a stream that another has read', async () => {
    const log = new EventLog(connections.append, new StreamCache(0));
    await log.append([itemOf(noted('note-1001'))], 0);
    const { hash } = note('note-1001');
    const read = { stream: 'note-1001', expected: 1, previous: hash, events: [], state: 'null' };
    const items = [itemOf(read, noted('note-1002')), itemOf(noted('note-1001')), itemOf(noted('note-1003'))];
    expect(await log.append(items, 0)).toMatchObject([{ position: 2 }, null, { position: 3 }]);
    expect(await soundLog()).toBe(3);
  });
});
