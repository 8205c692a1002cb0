import { commandFor, type EventStore, QueueFull, VersionConflict } from '@duban/event-store';
import fc from 'fast-check';
import { add, at, type Counter, counter } from '../../../test/support/counter.js';
import { holdHead } from '../../../test/support/hold-head.js';
import { type StoreDatabase, storeDatabase } from '../../../test/support/store-database.js';

let database: StoreDatabase;
let store: EventStore;
let other: EventStore;
beforeEach(async () => {
  database = await storeDatabase();
  store = database.open();
  other = database.open();
});
afterEach(() => database.close());

const times = (count: number) => Array.from({ length: count }, (_, index) => index);
const addAll = (streams: readonly string[], times = 1) =>
  streams.map(stream => commandFor(counter, stream, { type: 'Add', by: streams.join(' '), times } as const));
const stateOf = async (stream: string) => (await database.open().load<Counter>(stream))?.state;

/** No hole, no fault, every state the fold of its events; how many events there are. */
async function soundLog(): Promise<number> {
  const { position } = await database.open().checkHead();
  const verified = await database.open().verify({ refold: { counter } });
  expect(verified).toMatchObject({ events: position, faults: [] });
  return position;
}

describe('commands that arrive together', () => {
  it.each([[false], [true]])(
    'are decided in the order in which they came, each with its own answer (remembered: %s)',
    async isRemembered => {
      if (isRemembered) await add(store, 'counter-1', 'first');
      const respond = (state: Counter, _: unknown, version: number) => ({ count: state.count, version });
      const start = isRemembered ? 1 : 0;
      const done = await Promise.all(
        times(300).map(nth => add(store, 'counter-1', `by ${nth}`, { respond })),
      );
      done.forEach(({ state, version, position, response, events }, nth) => {
        const reached = start + nth + 1;
        expect({ version, position, count: state.count }).toEqual({
          version: reached,
          position: reached,
          count: reached,
        });
        expect(state.by.at(-1)).toBe(`by ${nth}`);
        expect(events).toMatchObject([{ by: `by ${nth}`, count: reached }]);
        expect(response).toEqual({ count: reached, version: reached });
      });
      expect(await soundLog()).toBe(start + 300);
    },
  );

  it('are all decided anew when another process was first', async () => {
    await add(store, 'counter-1', 'remembered');
    await add(other, 'counter-1', 'not known');
    const done = await Promise.all(times(40).map(nth => add(store, 'counter-1', `by ${nth}`)));
    const { by } = (await stateOf('counter-1'))!;
    expect(by.slice(0, 2)).toEqual(['remembered', 'not known']);
    done.forEach(({ version }, nth) => expect(by[version - 1]).toBe(`by ${nth}`));
    expect(await soundLog()).toBe(42);
  });

  it('succeed one after the other when each expects where the one before it leads', async () => {
    const done = await Promise.all(
      times(30).map(nth => add(store, 'counter-1', 'x', { expected: nth || 'none' })),
    );
    expect(done.map(({ version }) => version)).toEqual(times(30).map(nth => nth + 1));
    await soundLog();
  });

  it('succeed but once when all expect the same version', async () => {
    await add(store, 'counter-1', 'x');
    const done = await Promise.allSettled(
      times(40).map(nth => add(store, 'counter-1', `by ${nth}`, { expected: 1 })),
    );
    expect(done[0]).toMatchObject({ status: 'fulfilled', value: { version: 2 } });
    const conflict = new VersionConflict('counter-1', 1, 2);
    for (const each of done.slice(1)) expect(each).toEqual({ status: 'rejected', reason: conflict });
    expect(await soundLog()).toBe(2);
  });

  it('with the same key are one', async () => {
    const idempotency = { actor: 'unit', key: 'k', bodyHash: 'b' };
    const respond = ({ count }: Counter) => ({ count });
    const all = times(100).map(nth => add(store, `counter-${nth % 3}`, 'x', { idempotency, respond }));
    const done = await Promise.all(all);
    expect(done.filter(({ replayed }) => !replayed)).toHaveLength(1);
    done.forEach(({ response, position }) =>
      expect({ response, position }).toEqual({ response: { count: 1 }, position: 1 }),
    );
    const mismatch = add(store, 'counter-1', 'x', { idempotency: { ...idempotency, bodyHash: 'c' } });
    await expect(mismatch).rejects.toMatchObject({ code: 'idempotency_mismatch' });
    expect(await soundLog()).toBe(1);
  });

  it('are written to several streams at neighbouring positions, however they overlap', async () => {
    const items = fc.array(
      fc.record({
        process: fc.boolean(),
        streams: fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 25 },
    );
    let events = 0;
    let runs = 0;
    const property = fc.asyncProperty(items, async all => {
      const run = (runs += 1);
      const done = await Promise.all(
        all.map(({ process, streams }) => {
          const commands = addAll(streams.map(nth => `counter-${run}.${nth}`));
          const options = { ...at, commutes: true, retries: 50 };
          return (process ? store : other).handleMany(commands, { limit: 1e9 }, options);
        }),
      );
      const log = await store.readLog(events, 1000);
      events += log.length;
      expect(log).toHaveLength(all.reduce((sum, { streams }) => sum + streams.length, 0));
      done.forEach(({ position, results }) => {
        const last = log.findIndex(event => event.position === position);
        const written = log.slice(last - results.length + 1, last + 1);
        expect(written.map(({ stream, version }) => [stream, version])).toEqual(
          results.map(({ stream, version }) => [stream, version]),
        );
      });
    });
    await fc.assert(property, { numRuns: 30, seed: 20230717 });
    expect(await soundLog()).toBe(events);
  });

  it('may be large or many', async () => {
    const large = add(store, 'counter-large', 'x', { times: 5000 });
    const many = times(300).map(nth => add(store, `counter-${nth % 40}`, `by ${nth}`, { times: 10 }));
    expect((await large).version).toBe(5000);
    const done = await Promise.all(many);
    expect(new Set(done.map(({ position }) => position)).size).toBe(300);
    expect((await add(store, 'counter-large', 'y')).version).toBe(5001);
    expect(await soundLog()).toBe(8001);
  });
});

describe('a race between processes', () => {
  it('is lost by nobody but those whose streams moved', async () => {
    const streams = times(60).map(nth => `counter-${nth}`);
    await Promise.all(streams.map(stream => add(store, stream, 'x')));
    await Promise.all(streams.slice(20, 25).map(stream => add(other, stream, 'y')));
    const done = await Promise.allSettled(streams.map(stream => add(store, stream, 'z', { expected: 1 })));
    const lost = done.flatMap((each, nth) => (each.status === 'rejected' ? [nth] : []));
    expect(lost).toEqual([20, 21, 22, 23, 24]);
    expect(await soundLog()).toBe(60 + 5 + 55);
  });

  it('is lost by whoever read first and does not commute, and run again by whoever does', async () => {
    await Promise.all(['counter-1', 'counter-2'].map(stream => add(store, stream, 'x')));
    const fresh = database.open(); // remembers nothing, so what it reads is what it decides on
    const head = await holdHead(database);
    const first = ['counter-1', 'counter-2'].map(stream => add(other, stream, 'first'));
    await head.waiters(1);
    const exact = add(fresh, 'counter-1', 'exact');
    const commuting = add(fresh, 'counter-2', 'commuting', { commutes: true });
    await head.waiters(2);
    await head.release();
    await Promise.all(first);
    await expect(exact).rejects.toEqual(new VersionConflict('counter-1', 1, 2));
    expect((await commuting).state.by).toEqual(['x', 'first', 'commuting']);
    expect(await soundLog()).toBe(5);
  });

  it('is not lost by a command because of another that travelled with it', async () => {
    const idempotency = { actor: 'unit', key: 'k', bodyHash: 'b' };
    await add(store, 'counter-1', 'x');
    const fresh = database.open();
    const head = await holdHead(database);
    const elsewhere = add(other, 'counter-2', 'elsewhere', { idempotency });
    await head.waiters(1);
    const neighbour = add(fresh, 'counter-1', 'neighbour');
    const repeated = add(fresh, 'counter-1', 'repeated', { idempotency });
    await head.waiters(2);
    await head.release();
    expect(await elsewhere).toMatchObject({ replayed: false });
    expect(await repeated).toMatchObject({ replayed: true });
    expect((await neighbour).state.by).toEqual(['x', 'neighbour']);
    expect(await soundLog()).toBe(3);
  });

  it('is not lost to oneself, whether states are remembered or not', async () => {
    const forgetful = database.open({ rememberedCharacters: 0 });
    await add(other, 'counter-0', 'x');
    const streams = times(500).map(nth => (nth % 450 === 0 ? 'counter-0' : `counter-${nth}`));
    await Promise.all(streams.map((stream, nth) => add(forgetful, stream, `by ${nth}`)));
    expect((await stateOf('counter-0'))?.by).toEqual(['x', 'by 0', 'by 450']);
    expect(await soundLog()).toBe(501);
  });

  it('loses nothing when two processes that remember the same streams take turns', async () => {
    const streams = times(4).map(nth => `counter-${nth}`);
    const options = { commutes: true, retries: 200 };
    const write = (process: EventStore, name: string) =>
      times(25).map(async nth => {
        for (const stream of streams) await add(process, stream, `${name} ${nth}`, options);
      });
    await Promise.all([...write(store, 'one'), ...write(other, 'two')]);
    for (const stream of streams) {
      const { by = [] } = (await stateOf(stream)) ?? {};
      expect([...by].sort()).toEqual(
        times(25)
          .flatMap(nth => [`one ${nth}`, `two ${nth}`])
          .sort(),
      );
    }
    expect(await soundLog()).toBe(200);
  });
});

describe('a full queue', () => {
  it('turns away, writes nothing for those it turned away, and works on', async () => {
    const small = database.open({ longestQueue: 10 });
    const head = await holdHead(database);
    const sent = times(30).map(nth => add(small, `counter-${nth}`, 'x'));
    const settled = Promise.allSettled(sent);
    for (const refused of sent.slice(10)) await expect(refused).rejects.toEqual(new QueueFull(10));
    await head.release();
    const done = await settled;
    expect(done.map(({ status }) => status === 'fulfilled')).toEqual(times(30).map(nth => nth < 10));
    expect(await soundLog()).toBe(10);
    await Promise.all(times(10).map(nth => add(small, `counter-${nth + 10}`, 'x')));
    expect(await soundLog()).toBe(20);
  });
});
