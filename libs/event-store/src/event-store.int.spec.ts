import { add, at, counter, effectiveOn, now } from '../../../test/support/counter.js';
import { type StoreDatabase, storeDatabase } from '../../../test/support/store-database.js';
import { eventHash, genesisHash, sealLeaf } from './chain.js';
import { commandFor, type EventStore, Rejection, VersionConflict } from '@duban/event-store';

let database: StoreDatabase;
let store: EventStore;
beforeAll(async () => {
  database = await storeDatabase();
  store = database.open();
});
afterAll(() => database.close());

const position = async () => (await store.head()).position;

describe('handling a command', () => {
  it('appends, folds and answers', async () => {
    const start = await position();
    const done = await add(store, 'counter-a', 'x', { times: 2, respond: state => ({ count: state.count }) });
    expect(done).toMatchObject({ version: 2, position: start + 2, replayed: false, response: { count: 2 } });
    expect(done.events.map(event => event.effectiveOn)).toEqual([effectiveOn, effectiveOn]);
    expect(await store.load('counter-a')).toMatchObject({ state: done.state, version: 2 });
    const third = await add(store, 'counter-a', 'y');
    expect(third.state.by).toEqual(['x', 'x', 'y']);
  });

  it('gives events back as they were decided, in both shapes', async () => {
    await add(store, 'counter-shape', '市科技局', { note: 'first' });
    const [event] = await store.readStream('counter-shape');
    expect(event).toMatchObject({
      stream: 'counter-shape',
      version: 1,
      type: 'Added',
      schema: 1,
      data: { by: '市科技局', count: 1, note: 'first' },
      meta: { actor: 'office' },
      effectiveOn,
      event: { type: 'Added', by: '市科技局', count: 1, note: 'first', effectiveOn },
    });
  });

  it('appends nothing when nothing happened', async () => {
    const start = await position();
    const options = { ...at };
    const stayed = await store.handle(counter, 'counter-none', { type: 'Stay' }, { limit: 1 }, options);
    expect(stayed).toMatchObject({ version: 0, position: null, events: [], state: counter.initial });
    expect(await store.load('counter-none')).toBeNull();
    expect(await position()).toBe(start);
  });

  it('lets a refusal through and appends nothing', async () => {
    const start = await position();
    const refused = store.handle(counter, 'counter-r', { type: 'Add', by: 'x' }, { limit: 0 }, at);
    await expect(refused).rejects.toMatchObject({ code: 'limit_reached', params: { limit: 0 } });
    expect(await position()).toBe(start);
  });

  it('refuses a version that the caller has not seen', async () => {
    await add(store, 'counter-seen', 'x');
    await expect(add(store, 'counter-seen', 'y', { expected: 0 })).rejects.toThrow(VersionConflict);
    expect((await add(store, 'counter-seen', 'y', { expected: 1 })).version).toBe(2);
  });

  it('keeps the effective day of the event where it names one', async () => {
    const events = [{ type: 'Noted', effectiveOn: '2023-06-30', what: 'x' }];
    await store.append([{ stream: 'note-1', expected: 'none', events }], at);
    const [noted] = await store.readStream('note-1');
    expect(noted).toMatchObject({ effectiveOn: '2023-06-30', data: { what: 'x' } });
    expect(noted?.data).not.toHaveProperty('effectiveOn');
  });

  it.each(['a\0b', 'half \ud800 pair'])('refuses text that Postgres cannot hold: %j', async note => {
    const refused = add(store, 'counter-text', 'x', { note });
    await expect(refused).rejects.toMatchObject({ code: 'text_not_storable', params: { pointer: '/note' } });
    await expect(store.load(`counter-${note}`)).rejects.toThrow(Rejection);
    await expect(store.recall({ actor: 'a', key: note, bodyHash: '' })).rejects.toThrow(Rejection);
  });
});

describe('a command with a key', () => {
  const key = { actor: 'office', key: 'k1', bodyHash: 'b1' };
  const respond = ({ count }: { count: number }) => ({ count });

  it('is answered once and for all', async () => {
    const first = await add(store, 'counter-k', 'x', { idempotency: key, respond });
    await add(store, 'counter-k', 'y');
    const again = await add(store, 'counter-k', 'x', { idempotency: key, respond });
    expect(again).toMatchObject({
      response: { count: 1 },
      position: first.position,
      replayed: true,
      events: [],
    });
    expect(again.version).toBe(2);
    expect(await store.recall(key)).toMatchObject({ response: { count: 1 } });
  });

  it('is refused with another body', async () => {
    const other = { ...key, bodyHash: 'b2' };
    await expect(add(store, 'counter-k', 'x', { idempotency: other })).rejects.toMatchObject({
      code: 'idempotency_mismatch',
    });
    await expect(store.recall(other)).rejects.toThrow(Rejection);
  });

  it('keeps the answer when nothing happened', async () => {
    const start = await position();
    const run = () =>
      store.handle(
        counter,
        'counter-still',
        { type: 'Stay' },
        { limit: 1 },
        { ...at, respond, idempotency: { ...key, key: 'k2' } },
      );
    expect(await run()).toMatchObject({ replayed: false, position: null });
    await add(store, 'counter-still', 'x');
    expect(await run()).toMatchObject({ replayed: true, response: { count: 0 } });
    expect(await position()).toBe(start + 1);
  });

  it('needs no key where it has an id', async () => {
    const first = await add(store, 'counter-id', 'x', { commandId: 'day 1/3' });
    expect(await add(store, 'counter-id', 'x', { commandId: 'day 1/3' })).toMatchObject({
      replayed: true,
      version: first.version,
    });
    expect((await add(store, 'counter-id', 'x', { commandId: 'day 2/3' })).version).toBe(2);
    const ids = (await store.readStream('counter-id')).map(event => event.id);
    expect(ids[0]).toMatch(/^[0-9a-f-]{14}5/);
    expect(new Set(ids).size).toBe(2);
  });
});

describe('commands on several streams', () => {
  const both = (one: string, two: string, limit: number) =>
    store.handleMany(
      [
        commandFor(counter, one, { type: 'Add', by: 'x', times: 2 }),
        commandFor(counter, two, { type: 'Add', by: 'x', times: 3 }),
        commandFor(counter, one, { type: 'Add', by: 'y' }),
      ],
      { limit },
      at,
    );

  it('are appended together, in order, one after the other on the same stream', async () => {
    const start = await position();
    const { results, position: last } = await both('counter-m1', 'counter-m2', 5);
    expect(results).toMatchObject([
      { stream: 'counter-m1', version: 3, state: { count: 3 } },
      { stream: 'counter-m2', version: 3 },
    ]);
    expect(last).toBe(start + 6);
    const page = await store.readLog(start, 10);
    expect(page.map(event => event.stream.at(-1)).join('')).toBe('111222');
  });

  it('are none of them appended when one is refused', async () => {
    const start = await position();
    await expect(both('counter-m3', 'counter-m4', 2)).rejects.toThrow(Rejection);
    expect(await position()).toBe(start);
  });
});

describe('time and tamper evidence', () => {
  it('chains the events of a stream and seals each with its place in the log', async () => {
    await add(store, 'counter-h', 'x', { times: 3 });
    type Sealed = { position: string; micros: string; hash: Buffer; seal_leaf: Buffer };
    const { rows } = await database.owner.query<Sealed>(
      `SELECT position, hash, seal_leaf, (extract(epoch FROM recorded_at) * 1000000)::bigint AS micros
       FROM events WHERE stream = 'counter-h' ORDER BY version`,
    );
    const events = await store.readStream('counter-h');
    let previous: Buffer = genesisHash;
    events.forEach(({ stream, version, id, type, schema, data, meta, effectiveOn: on }, index) => {
      previous = eventHash(previous, {
        stream,
        version,
        event_id: id,
        type,
        schema,
        data,
        meta,
        effective_on: on,
      });
      const row = rows[index];
      expect(row?.hash).toEqual(previous);
      expect(row?.seal_leaf).toEqual(sealLeaf(previous, Number(row?.position), BigInt(row?.micros ?? 0)));
    });
    expect((await store.load('counter-h'))?.hash).toBe(previous.toString('latin1'));
  });

  it('never lets the recorded time fall, and finds the position of an instant', async () => {
    const later = await add(store, 'counter-t', 'x', { now: '2023-08-01T00:00:00.000Z' });
    await add(store, 'counter-t', 'x', { now: '2023-07-31T00:00:00.000Z' });
    const times = (await store.readStream('counter-t')).map(event => event.recordedAt);
    expect(times).toEqual(['2023-08-01T00:00:00.000Z', '2023-08-01T00:00:00.000Z']);
    expect(await store.positionAt('2023-07-31T23:59:59.999Z')).toBe((later.position ?? 0) - 1);
    expect(await store.positionAt('2023-08-01T00:00:00.000Z')).toBe(await position());
    expect(await store.positionAt('1999-01-01T00:00:00Z')).toBe(0);
    expect(await store.positionAt(now)).toBe((later.position ?? 0) - 1);
  });

  it('reads a stream as it was known at a position', async () => {
    const first = await add(store, 'counter-known', 'x');
    await add(store, 'counter-known', 'y');
    expect(await store.readStream('counter-known', { upTo: first.position ?? 0 })).toHaveLength(1);
    expect((await store.readStream('counter-known', { from: 2 })).map(event => event.version)).toEqual([2]);
  });
});
