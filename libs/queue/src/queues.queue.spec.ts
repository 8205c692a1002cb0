import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { Redis } from 'ioredis';
import pg from 'pg';
import { type TestDatabase, testDatabase } from '../../../test/support/database.js';
import {
  type JobHandler,
  type Queues,
  type Tick,
  RunError,
  createQueues,
  defineJob,
  jobIdOf,
} from './index.js';

declare const QUEUE_BACKEND: 'postgres' | 'redis';

type Note = { text: string };
const note = defineJob<'note', Note>('notes', 'note');
const other = defineJob<'other', Note, string>('notes', 'other');
const gather = defineJob<'gather', Note, unknown[]>('gathering', 'gather');
const tick = defineJob<'tick', Tick>('ticks', 'tick');

// In ES modules Jest is not a global.
(import.meta as ImportMeta & { jest: typeof jest }).jest.setTimeout(30_000);
const prefix = `duban-test-${randomBytes(4).toString('hex')}`;
const redisUrl = QUEUE_BACKEND === 'redis' ? process.env.DUBAN_TEST_REDIS_URL : undefined;
let database: TestDatabase;
let open: Queues[];
let faults: string[];

beforeAll(async () => void (database = await testDatabase({ empty: true })));
afterAll(() => database.drop());
beforeEach(async () => {
  open = [];
  faults = [];
  await (await queues()).flush();
});
afterEach(() => Promise.all(open.map(each => each.close({ drainMs: 2000 }))));

/** What a process would have: its own connections to the same queues. */
async function queues(): Promise<Queues> {
  const onFault = (fault: Error, where: string) => void faults.push(`${where}: ${fault.message}`);
  const made = await createQueues({ redisUrl, databaseUrl: database.url, prefix, onFault });
  open.push(made);
  return made;
}

/** Notes what was handled; `reach(n)` waits for the n-th. */
class Recorder<Item> {
  readonly items: Item[] = [];
  private readonly waiting: { count: number; resolve: (items: Item[]) => void }[] = [];

  record(item: Item): void {
    this.items.push(item);
    for (const { count, resolve } of this.waiting) if (this.items.length >= count) resolve(this.items);
  }

  reach(count: number): Promise<Item[]> {
    if (this.items.length >= count) return Promise.resolve(this.items);
    return new Promise(resolve => this.waiting.push({ count, resolve }));
  }
}

function handlerOf<Name extends string, Data, Result>(
  job: JobHandler<Name, Data, Result>['job'],
  handle: JobHandler<Name, Data, Result>['handle'],
): JobHandler<Name, Data, Result> {
  return { job, handle };
}

async function work(on: Queues, ...handlers: JobHandler[]): Promise<void> {
  await on.startWorkers(handlers, { concurrency: 1, jobs: handlers.map(({ job }) => job) });
}

const echo = handlerOf(other, async ({ text }) => text);

describe(`queues on ${QUEUE_BACKEND}`, () => {
  it('say where they run', async () => {
    expect((await queues()).backend).toBe(QUEUE_BACKEND);
    await expect(createQueues({})).rejects.toThrow('redisUrl or a databaseUrl');
  });

  it('handle an added job once, however often its id is added', async () => {
    const [office, worker] = [await queues(), await queues()];
    const seen = new Recorder<string>();
    const jobId = jobIdOf('004', '2023Q2');
    await office.add(note, { text: 'first' }, { jobId });
    await work(
      worker,
      handlerOf(note, async ({ text }) => seen.record(text)),
      echo,
    );
    await seen.reach(1);
    await office.add(note, { text: 'again' }, { jobId });
    await office.run(other, { text: 'behind it' }, { jobId: jobIdOf('behind'), timeoutMs: 10_000 });
    expect(seen.items).toEqual(['first']);
  });

  it('handle hints without an id each time', async () => {
    const on = await queues();
    const seen = new Recorder<string>();
    await work(
      on,
      handlerOf(note, async ({ text }) => seen.record(text)),
    );
    await on.add(note, { text: 'look' });
    await on.add(note, { text: 'look' }, { delayMs: 50 });
    expect(await seen.reach(2)).toEqual(['look', 'look']);
  });

  it('try again what failed, and tell of it', async () => {
    const on = await queues();
    const attempts = new Recorder<number>();
    const handler = handlerOf(note, async (_, { attempt }) => {
      attempts.record(attempt);
      if (attempt === 1) throw new Error('not yet');
      return 'at last';
    });
    await work(on, handler);
    const result = await on.run(note, { text: 'x' }, { jobId: jobIdOf('retry'), timeoutMs: 10_000 });
    expect([result, attempts.items]).toEqual(['at last', [1, 2]]);
    expect(faults).toEqual(['job notes/note: not yet']);
  });

  it('run anew, under the same id, what failed for good', async () => {
    const on = await queues();
    let broken = true;
    const handler = handlerOf(note, async ({ text }) => {
      if (broken) throw new Error('broken');
      return text;
    });
    await work(on, handler);
    const jobId = jobIdOf('mended');
    const failing = on.run(note, { text: 'old' }, { jobId, timeoutMs: 10_000, attempts: 1 });
    await expect(failing).rejects.toMatchObject({ code: 'failed', message: 'broken' });
    broken = false;
    expect(await on.run(note, { text: 'new' }, { jobId, timeoutMs: 10_000 })).toBe('new');
  });

  it('refuse delays that belong into Postgres', async () => {
    const on = await queues();
    await expect(on.add(note, { text: 'x' }, { delayMs: 60_001 })).rejects.toThrow(RangeError);
    await expect(on.add(note, { text: 'x' }, { delayMs: -1 })).rejects.toThrow(RangeError);
    await expect(on.every(tick, 61, 'daily')).rejects.toThrow(RangeError);
  });

  it('refuse to start without a handler for each job', async () => {
    await expect((await queues()).startWorkers([echo])).rejects.toThrow('notes/note has 0 handlers');
  });

  it('count what waits, and say since when', async () => {
    const on = await queues();
    expect((await on.oldestWaiting()).notes).toBeNull();
    const before = new Date().toISOString();
    await on.add(note, { text: 'one' });
    const between = new Date().toISOString();
    while (new Date().toISOString() === between); // so that the two differ
    await on.add(note, { text: 'two' });
    expect((await on.counts()).notes).toMatchObject({ waiting: 2, active: 0, failed: 0 });
    const oldest = (await on.oldestWaiting()).notes ?? '';
    expect([before, oldest, between]).toEqual([before, oldest, between].sort());
  });
});

describe(`flows on ${QUEUE_BACKEND}`, () => {
  const parts = ['a', 'b', 'c'].map(text => ({ job: note, payload: { text }, jobId: jobIdOf('part', text) }));
  const whole = { job: gather, payload: { text: 'all' }, jobId: jobIdOf('whole') };

  it('run the parent after its children, and nothing twice', async () => {
    const on = await queues();
    const order = new Recorder<string>();
    const child = handlerOf(note, async ({ text }) => (order.record(text), text.toUpperCase()));
    const parent = handlerOf(gather, async ({ text }, { childResults }) => {
      order.record(text);
      return (await childResults()).toSorted();
    });
    await work(on, child, parent, echo);
    await on.addFlow(whole, parts);
    await order.reach(4);
    expect(order.items.toSorted()).toEqual(['a', 'all', 'b', 'c']);
    expect(order.items.at(-1)).toBe('all');
    await on.addFlow(whole, parts);
    const again = await on.resultOf(gather, { jobId: whole.jobId, timeoutMs: 10_000 });
    await on.run(other, { text: 'behind them' }, { jobId: jobIdOf('behind'), timeoutMs: 10_000 });
    expect(again).toEqual(['A', 'B', 'C']);
    expect(order.items).toHaveLength(4);
  });

  it('fail the parent with a child, and mend both when added again', async () => {
    const on = await queues();
    let broken = true;
    const child = handlerOf(note, async ({ text }) => {
      if (broken && text === 'b') throw new Error('b is broken');
      return text;
    });
    const parent = handlerOf(gather, async (_, { childResults }) => (await childResults()).toSorted());
    await work(on, child, parent);
    const once = parts.map(part => ({ ...part, attempts: 1 }));
    await on.addFlow(whole, once);
    const failing = on.resultOf(gather, { jobId: whole.jobId, timeoutMs: 20_000 });
    await expect(failing).rejects.toMatchObject({ code: 'failed' });
    broken = false;
    await on.addFlow(whole, once);
    const result = await on.resultOf(gather, { jobId: whole.jobId, timeoutMs: 20_000 });
    expect(result).toEqual(['a', 'b', 'c']);
  });
});

describe(`schedules on ${QUEUE_BACKEND}`, () => {
  it('tick once for all processes, and come back after a flush', async () => {
    const [one, two] = [await queues(), await queues()];
    const ticks = new Recorder<string>();
    const handler = handlerOf(tick, async (_, { jobId }) => ticks.record(jobId));
    await one.every(tick, 1, 'sweep');
    await two.every(tick, 1, 'sweep');
    await work(one, handler);
    await work(two, handler);
    await ticks.reach(3);
    expect(new Set(ticks.items).size).toBe(ticks.items.length);
    await one.flush();
    const before = ticks.items.length;
    await ticks.reach(before + 3); // at least one of them is newer than the flush: two at most were on their way
    expect(new Set(ticks.items).size).toBe(ticks.items.length);
  });
});

describe(`waiting for a result on ${QUEUE_BACKEND}`, () => {
  it('ends with the limit', async () => {
    const waiting = (await queues()).run(note, { text: 'x' }, { jobId: jobIdOf('slow'), timeoutMs: 300 });
    await expect(waiting).rejects.toMatchObject({ name: 'RunError', code: 'timeout' });
  });

  it('ends when the queue is flushed, and succeeds when added again', async () => {
    const on = await queues();
    const job = { jobId: jobIdOf('flushed'), timeoutMs: 10_000 };
    const waiting = on.run(other, { text: 'x' }, job).catch((fault: unknown) => fault);
    await added(on);
    await on.flush();
    expect(await waiting).toMatchObject({ code: 'lost' });
    await work(on, echo);
    expect(await on.run(other, { text: 'again' }, job)).toBe('again');
  });

  it('ends when the process closes', async () => {
    const on = await queues();
    const waiting = on
      .run(note, { text: 'x' }, { jobId: jobIdOf('closing'), timeoutMs: 10_000 })
      .catch(fault => fault);
    await added(on);
    await on.close();
    expect(await waiting).toBeInstanceOf(RunError);
    expect(await waiting).toMatchObject({ code: 'closed' });
  });
});

/** Waits until a job stands on the notes. */
async function added(on: Queues): Promise<void> {
  while ((await on.counts()).notes?.waiting === 0) await new Promise(setImmediate);
}

/** A handler that stands still until it is let go. */
function gated(seen: Recorder<string>) {
  let letGo = () => undefined as void;
  const gate = new Promise<void>(resolve => (letGo = resolve));
  const handler = handlerOf(note, async ({ text }) => {
    seen.record(`start ${text}`);
    await gate;
    seen.record(`end ${text}`);
  });
  return { handler, letGo };
}

describe(`accidents on ${QUEUE_BACKEND}`, () => {
  it('a flush loses hints, nothing else: the same ids run again', async () => {
    const [office, worker] = [await queues(), await queues()];
    const seen = new Recorder<string>();
    const texts = ['a', 'b', 'c'];
    const addAll = () => Promise.all(texts.map(text => office.add(note, { text }, { jobId: jobIdOf(text) })));
    await addAll();
    await office.flush();
    expect((await office.counts()).notes).toMatchObject({ waiting: 0, active: 0, delayed: 0 });
    await addAll();
    await work(
      worker,
      handlerOf(note, async ({ text }) => seen.record(text)),
    );
    expect((await seen.reach(3)).toSorted()).toEqual(texts);
  });

  it('a flush under a working worker does not stop it', async () => {
    const on = await queues();
    const seen = new Recorder<string>();
    const { handler, letGo } = gated(seen);
    await work(on, handler, echo);
    await on.add(note, { text: 'x' });
    await seen.reach(1);
    await on.flush();
    letGo();
    const result = await on.run(other, { text: 'after' }, { jobId: jobIdOf('after'), timeoutMs: 15_000 });
    expect([result, seen.items]).toEqual(['after', ['start x', 'end x']]);
  });

  it('closing waits for the job at work', async () => {
    const [office, worker] = [await queues(), await queues()];
    const seen = new Recorder<string>();
    const { handler, letGo } = gated(seen);
    await work(worker, handler);
    await office.add(note, { text: 'x' });
    await seen.reach(1);
    const closing = worker.close().then(() => seen.record('closed'));
    await office.add(note, { text: 'y' });
    letGo();
    await closing;
    expect(seen.items).toEqual(['start x', 'end x', 'closed']);
    expect((await office.counts()).notes).toMatchObject({ waiting: 1, active: 0, completed: 1 });
  });

  it('closing waits no longer than it may', async () => {
    const on = await queues();
    const seen = new Recorder<string>();
    const { handler, letGo } = gated(seen);
    await work(on, handler);
    await on.add(note, { text: 'x' });
    await seen.reach(1);
    await on.close({ drainMs: 50 });
    expect(seen.items).toEqual(['start x']);
    letGo();
  });

  it('killed connections are replaced', async () => {
    const [office, worker] = [await queues(), await queues()];
    await work(worker, echo);
    await office.run(other, { text: 'before' }, { jobId: jobIdOf('before'), timeoutMs: 10_000 });
    await killConnections();
    const job = { jobId: jobIdOf('after'), timeoutMs: 10_000 };
    const result = await office
      .run(other, { text: 'after' }, job)
      .catch(() => office.run(other, { text: 'after' }, job));
    expect(result).toBe('after');
  });

  it('a killed worker leaves its job to another within ten seconds', async () => {
    const on = await queues();
    const seen = new Recorder<string>();
    const child = await workerProcess();
    await on.add(note, { text: 'x' }, { jobId: jobIdOf('killed') });
    await once(child, 'message'); // it has the job and will never finish it
    await work(
      on,
      handlerOf(note, async ({ text }) => seen.record(text)),
    );
    child.kill('SIGKILL');
    const killedAt = Date.now();
    await once(child, 'exit');
    await seen.reach(1);
    expect(Date.now() - killedAt).toBeLessThan(10_500);
    expect(seen.items).toEqual(['x']);
  });
});

async function killConnections(): Promise<void> {
  if (redisUrl) {
    const client = new Redis(redisUrl);
    await client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await client.quit();
    return;
  }
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await client.end();
}

/** A process of the build that takes one note and stands still. */
async function workerProcess(): Promise<ChildProcess> {
  const built = new URL('../../../dist/libs/queue/src/index.js', import.meta.url);
  if (!existsSync(built))
    throw new Error('A worker of its own process comes from the build: run `npm run build` first.');
  const script = `
    import { createQueues, defineJob } from ${JSON.stringify(built.href)};
    const note = defineJob('notes', 'note');
    const queues = await createQueues(${JSON.stringify({ redisUrl, databaseUrl: database.url, prefix })});
    const handle = () => new Promise(() => process.send('taken'));
    await queues.startWorkers([{ job: note, handle }]);
    process.send('ready');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  return child;
}
