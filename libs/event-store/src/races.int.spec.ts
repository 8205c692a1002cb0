import { type EventStore, type ExpectedVersion, VersionConflict } from '@duban/event-store';
import fc from 'fast-check';
import { add, at, type Counter, counter } from '../../../test/support/counter.js';
import { type StoreDatabase, storeDatabase } from '../../../test/support/store-database.js';

let database: StoreDatabase;
let stores: EventStore[];
beforeEach(async () => {
  database = await storeDatabase();
  stores = [database.open(), database.open()];
});
afterEach(() => database.close());

const store = (nth: number) => stores[nth % stores.length] as EventStore;
const times = (count: number) => Array.from({ length: count }, (_, index) => index);
const added = (count: number) => times(count).map(() => ({ type: 'Added', by: 'x', count: 1 }));
const ownersWord = async (text: string) => (await database.owner.query<{ n: number }>(text)).rows[0]?.n;

/** Nothing lost, nothing double, no hole: what the log must be after anything. */
async function expectSoundLog(): Promise<number> {
  const { position } = await store(0).checkHead();
  expect(await ownersWord('SELECT count(*)::int AS n FROM events')).toBe(position);
  const verified = await store(0).verify({ refold: { counter } });
  expect(verified).toMatchObject({ events: position, faults: [] });
  return position;
}

it('enforces every expected version against racing writers', async () => {
  const expected = fc.oneof(
    fc.constantFrom<ExpectedVersion[]>('none', 'exists', 'any'),
    fc.integer({ min: 0, max: 4 }),
  );
  const writer = fc.record({
    expected,
    events: fc.integer({ min: 1, max: 2 }),
    stream: fc.integer({ min: 1, max: 2 }),
  });
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(writer, { minLength: 2, maxLength: 8 }), async writers => {
      const run = (runs += 1);
      const name = (nth: number) => `race-${run}.${nth}`;
      const done = await Promise.all(
        writers.map(async ({ expected, events, stream }, nth) => {
          const result = await store(nth).append(
            [{ stream: name(stream), expected, events: added(events) }],
            at,
          );
          return {
            expected,
            events,
            stream,
            version: 'versions' in result ? (result.versions[0] ?? null) : null,
          };
        }),
      );
      for (const nth of [1, 2]) {
        const here = done.filter(({ stream }) => stream === nth);
        const won = here.filter(({ version }) => version !== null);
        const inOrder = won.sort((one, other) => Number(one.version) - Number(other.version));
        let version = 0; // replays the winners one after the other: each must have been allowed where it came
        for (const { expected, events, version: reached } of inOrder) {
          expect(allowed(expected, version)).toBe(true);
          version += events;
          expect(reached).toBe(version);
        }
        expect((await store(0).load(name(nth)))?.version ?? 0).toBe(version);
        // Whoever takes whatever there is never loses; of those who want nothing there, one wins unless others were first.
        expect(won.filter(({ expected }) => expected === 'any')).toHaveLength(
          here.filter(({ expected }) => expected === 'any').length,
        );
        if (here.length > 0 && here.every(({ expected }) => expected === 'none')) expect(won).toHaveLength(1);
      }
    }),
    { numRuns: 40, seed: 20230715 },
  );
  await expectSoundLog();
});

const allowed = (expected: ExpectedVersion, version: number) =>
  expected === 'any' ||
  expected === version ||
  (expected === 'none' ? version === 0 : expected === 'exists' && version > 0);

it('lets a command that commutes in after those that were first, and tells the others', async () => {
  const results = await Promise.allSettled(
    times(12).map(nth => add(store(nth), 'counter-1', `by ${nth}`, { commutes: nth < 4, retries: 50 })),
  );
  const lost = results.flatMap(result => (result.status === 'rejected' ? [result.reason as unknown] : []));
  lost.forEach(reason => expect(reason).toBeInstanceOf(VersionConflict));
  expect(results.slice(0, 4).map(({ status }) => status)).toEqual(times(4).map(() => 'fulfilled'));
  expect((await store(0).load<Counter>('counter-1'))?.state.count).toBe(12 - lost.length);
  await expectSoundLog();
});

it('shows readers every position in order while writers race', async () => {
  let writing = true;
  const seen: number[] = [];
  const reader = (async () => {
    for (let last = 0, more = true; more;) {
      more = writing; // a last look after the last write
      const page = await store(1).readLog(last, 100); // refuses a hole by itself
      seen.push(...page.map(({ position }) => position));
      last = seen.at(-1) ?? 0;
      more ||= page.length > 0;
    }
  })();
  const write = async (nth: number) => {
    for (const round of times(25)) {
      await add(store(nth), `counter-${(nth + round) % 3}`, `by ${nth}`, {
        times: 1 + (round % 3),
        commutes: true,
        retries: 100,
      });
    }
  };
  await Promise.all(times(8).map(write));
  writing = false;
  await reader;
  const position = await expectSoundLog();
  expect(seen).toEqual(times(position).map(nth => nth + 1));
});

it('keeps what it acknowledged and nothing by halves when backends are killed', async () => {
  const acknowledged: string[] = [];
  let kills = 0;
  let refused = 0;
  const write = async (nth: number) => {
    for (const round of times(30)) {
      const by = `${nth}/${round}`;
      try {
        await add(store(nth), `counter-${round % 5}`, by, { times: 2, commutes: true, retries: 50 });
        acknowledged.push(by, by);
      } catch {
        refused += 1; // cut before or after the commit: its caller does not know
      }
      if (nth === 0 && round % 3 === 0) kills += await database.cut();
    }
  };
  await Promise.all(times(6).map(write));
  expect(kills).toBeGreaterThan(10);
  const { rows } = await database.owner.query<{ by: string; n: number }>(
    `SELECT data ->> 'by' AS by, count(*)::int AS n FROM events GROUP BY 1`,
  );
  expect(rows.filter(({ n }) => n !== 2)).toEqual([]);
  const stored = new Set(rows.map(({ by }) => by));
  expect(acknowledged.filter(by => !stored.has(by))).toEqual([]);
  expect(acknowledged.length / 2 + refused).toBe(180);
  stores = [database.open(), database.open()];
  await expectSoundLog();
});

it('runs a command with a key once, however many send it at once', async () => {
  for (const round of times(10)) {
    const idempotency = { actor: 'unit', key: `key ${round}`, bodyHash: 'b' };
    const respond = (_: unknown, __: unknown, version: number) => ({ round, version });
    const answers = await Promise.all(
      times(8).map(nth =>
        add(store(nth), `counter-${nth % 2}`, `round ${round}`, { idempotency, respond, commutes: true }),
      ),
    );
    const [first] = answers.filter(({ replayed }) => !replayed);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    answers.forEach(({ response }) => expect(response).toEqual(first?.response));
  }
  expect(await expectSoundLog()).toBe(10);
});

it('gives the first answer to whoever comes again, also where the command would be refused by now', async () => {
  for (const round of times(40)) {
    const once = async (nth: number) => {
      for (let turns = nth % 8; turns > 0; turns--) await new Promise(setImmediate);
      const idempotency = { actor: 'unit', key: `key ${round}`, bodyHash: 'b' };
      const respond = (_: unknown, __: unknown, version: number) => ({ version });
      const command = { type: 'Add', by: `${nth}` } as const;
      return store(nth).handle(
        counter,
        `counter-${round}`,
        command,
        { limit: 1 },
        { ...at, idempotency, respond },
      );
    };
    const answers = await Promise.all(times(16).map(once));
    expect(answers.map(({ response }) => response)).toEqual(answers.map(() => ({ version: 1 })));
  }
  expect(await expectSoundLog()).toBe(40);
});

it('writes several streams together or not at all, however they overlap', async () => {
  const transfer = async (nth: number) => {
    const pair = [`pair-${nth % 3}`, `pair-${(nth + 1) % 3}`].map(stream => ({
      stream,
      expected: 'any' as const,
      events: added(1),
    }));
    const [one, two] = await Promise.all(pair.map(({ stream }) => store(nth).load(stream)));
    const versions = [one?.version ?? 0, two?.version ?? 0];
    const exact = pair.map((each, index) => ({ ...each, expected: versions[index] ?? 0 }));
    return store(nth).append(exact, at);
  };
  let conflicts = 0;
  let done = 0;
  for (const round of times(15)) {
    const results = await Promise.all(times(6).map(nth => transfer(nth + round)));
    conflicts += results.filter(result => 'conflict' in result).length;
    done += results.filter(result => 'position' in result).length;
  }
  expect(conflicts).toBeGreaterThan(0);
  expect(done + conflicts).toBe(90);
  expect(await expectSoundLog()).toBe(2 * done);
  // Each append stands at two neighbouring positions.
  const log = await store(0).readLog(0, 1000);
  times(done).forEach(nth => expect(log[2 * nth]?.stream).not.toBe(log[2 * nth + 1]?.stream));
});

it.each([
  `UPDATE events SET data = '{}'`,
  'DELETE FROM events',
  'TRUNCATE events',
  'UPDATE events_from_1 SET version = 2',
  'DELETE FROM events_from_1',
  'DELETE FROM streams',
  'DELETE FROM log_head',
  `UPDATE idempotency SET response = '1'`,
])('does not let the application %s', async statement => {
  await add(store(0), 'counter-1', 'x');
  const client = await database.owner.connect();
  try {
    await client.query('SET ROLE duban_app');
    await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
  } finally {
    await client.query('RESET ROLE');
    client.release();
  }
});

it('can be migrated down and up again', async () => {
  const { eventStoreMigrations } = await import('@duban/event-store');
  for (const { down } of [...eventStoreMigrations].reverse()) await database.owner.query(down);
  expect(await ownersWord(`SELECT count(*)::int AS n FROM pg_tables WHERE schemaname = 'public'`)).toBe(0);
  for (const { up } of eventStoreMigrations) await database.owner.query(up);
  expect((await add(database.open(), 'counter-1', 'x')).position).toBe(1);
});
