import { type Core } from '@duban/supervision';
import { createQueues, type Queues } from '@duban/queue';
import { sweepJob } from '@duban/reminder';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import {
  asUnit,
  issuePlan,
  type SupervisedLedger,
  supervisedLedger,
} from '../../../test/support/supervised-ledger.js';
import { type WebhookSink, webhookSink } from '../../../test/support/webhook-sink.js';
import { DutyWorker } from './worker.js';

declare const QUEUE_BACKEND: 'postgres' | 'redis';

(import.meta as ImportMeta & { jest: typeof jest }).jest.setTimeout(120_000);
const program = fileURLToPath(new URL('../../../dist/apps/worker/src/main.js', import.meta.url));
const bureaus = Array.from({ length: 40 }, (_, index) => `xiangtan:${index + 1}局`);
const tasks = bureaus.map((_, index) => `${index + 1}`);

let ledger: SupervisedLedger;
let sink: WebhookSink;
let queues: Queues;
let workers: DutyWorker[];
let children: ChildProcess[];

beforeEach(async () => {
  ledger = await supervisedLedger();
  sink = await webhookSink();
  // The prefix of a simulated ledger, as the worker has it.
  queues = await createQueues({
    ...environmentForQueues(),
    prefix: 'duban-demo',
    onFault: () => undefined,
  });
  await queues.flush();
  [workers, children] = [[], []];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(workers.map(worker => worker.stop()));
  await queues.flush();
  await queues.close({ drainMs: 0 });
  await ledger.close();
  await sink.close();
});

/** A database of Redis that no other spec uses. */
function redisUrl(): string | null {
  return QUEUE_BACKEND === 'redis' ? `${process.env.DUBAN_TEST_REDIS_URL}/9` : null;
}
function environmentForQueues() {
  const redis = redisUrl();
  return redis ? { redisUrl: redis } : { databaseUrl: ledger.url };
}
function environment(): Record<string, string> {
  const redis = redisUrl();
  return {
    LOG_LEVEL: 'error',
    WEBHOOK_URL: sink.url,
    WEBHOOK_SECRET: sink.secret,
    ...(redis ? { REDIS_URL: redis } : {}),
  };
}
/** All that the queues know is gone: on Redis as an administrator would do it. */
async function loseQueues(): Promise<void> {
  const url = redisUrl();
  if (!url) return queues.flush();
  const redis = new Redis(url);
  await redis.flushdb();
  redis.disconnect();
}
async function startWorker(): Promise<void> {
  workers.push(await DutyWorker.start(await ledger.open(environment())));
}

/** One task per bureau, acknowledged, so that each bureau gets a digest of its own on the day of a stage. */
async function planOfMany(core: Core): Promise<void> {
  await issuePlan(core, tasks, { leadsOf: code => [bureaus[Number(code) - 1] ?? ''] });
  for (const bureau of bureaus)
    await core.tasks.acknowledge(asUnit(bureau), `004:${bureaus.indexOf(bureau) + 1}`);
}

async function figure(query: string): Promise<number> {
  const { rows } = await ledger.owner.query<{ n: string }>(query);
  return Number(rows[0]?.n);
}
const open = () => figure(`SELECT count(*) AS n FROM delivery WHERE state IN ('pending', 'sending')`);
const due = () =>
  figure(`SELECT count(*) AS n FROM obligation o, simulated_clock c WHERE o.next_at <= c.now`);

/** Sweeps until nothing is due, and waits until everything that was issued is delivered. */
async function settled({ events }: Core): Promise<void> {
  const caughtUp = async () => {
    const { position } = await events.head();
    for (const name of ['obligations', 'deliveries']) await events.waitFor(name, position, 60_000);
    return position;
  };
  await caughtUp();
  for (let hints = 0; (await due()) > 0; hints += 1) if (hints % 200 === 0) await queues.add(sweepJob, {});
  let position: number;
  do {
    position = await caughtUp();
    while ((await open()) > 0) await new Promise(setImmediate);
  } while ((await events.head()).position > position || (await due()) > 0);
}

/** Every stage of each task once, in the record, in the rows and at the receiver. */
async function expectOnce(stages: number): Promise<void> {
  const issued = `SELECT count(*) AS n FROM events WHERE type = 'ReminderIssued'`;
  const delivered = `SELECT count(*) AS n FROM events WHERE type = 'ReminderDelivered'`;
  expect([await figure(issued), await figure(delivered)]).toEqual(Array(2).fill(stages * tasks.length));
  expect(await figure(`SELECT count(*) AS n FROM reminder WHERE fate = 'delivered'`)).toBe(
    stages * tasks.length,
  );
  const { rows } = await ledger.owner.query<{ id: string; state: string }>('SELECT id, state FROM delivery');
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['delivered']));
  expect(new Set(sink.received.map(({ id }) => id))).toEqual(new Set(rows.map(({ id }) => id)));
  expect(sink.received.every(({ signed }) => signed)).toBe(true);
}

describe(`a worker with its queues on ${QUEUE_BACKEND}`, () => {
  it('sends what is due, once, and nothing on the next hint', async () => {
    await startWorker();
    await planOfMany(ledger.core);
    await ledger.day('2023-07-17');
    await settled(ledger.core);
    await queues.run(sweepJob, {}, { jobId: 'again', timeoutMs: 20_000 });
    await settled(ledger.core);
    await expectOnce(1);
    expect(sink.received).toHaveLength(tasks.length);
  });

  it('sends everything, once, although the queues are flushed in the middle', async () => {
    await startWorker();
    await planOfMany(ledger.core);
    await ledger.day('2023-07-17');
    await queues.add(sweepJob, {});
    while (sink.received.length === 0) await new Promise(setImmediate);
    await loseQueues();
    await settled(ledger.core);
    await expectOnce(1);
  });

  it('sends once where two work', async () => {
    await Promise.all([startWorker(), startWorker()]);
    await planOfMany(ledger.core);
    await ledger.day('2023-07-17');
    await Promise.all(Array.from({ length: 5 }, () => queues.add(sweepJob, {})));
    await settled(ledger.core);
    await expectOnce(1);
    expect(sink.received).toHaveLength(tasks.length);
  });

  it('goes on when its connections are cut', async () => {
    await startWorker();
    await planOfMany(ledger.core);
    await ledger.day('2023-07-17');
    await queues.add(sweepJob, {});
    while (sink.received.length === 0) await new Promise(setImmediate);
    await ledger.owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name IN ('duban', 'spec') AND pid <> pg_backend_pid()`,
    );
    const fresh = await ledger.open();
    await settled(fresh);
    await expectOnce(1);
  });
});

describe(`workers killed at any moment, with their queues on ${QUEUE_BACKEND}`, () => {
  const days = ['2023-07-17', '2023-07-26', '2023-07-31', '2023-08-01', '2023-08-07'];
  const momentsMs = [15, 60, 130, 240, 400];

  /** What fifteen seconds would do: a worker that was killed holds its subscriptions for so long. */
  async function endLeases(): Promise<void> {
    await ledger.owner.query(`UPDATE subscriptions SET lease_until = now() - interval '1 second'`);
  }

  async function startChild(): Promise<ChildProcess> {
    const env = { PATH: process.env.PATH, DATABASE_URL: ledger.url, NODE_ENV: 'test', ...environment() };
    const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    children.push(child);
    await once(child, 'message'); // it announces that it is ready
    return child;
  }

  it('leave no reminder doubled and none missing', async () => {
    await planOfMany(ledger.core);
    for (const [round, day] of days.entries()) {
      await ledger.day(day);
      const child = await startChild();
      await queues.add(sweepJob, {});
      await new Promise(resolve => setTimeout(resolve, momentsMs[round])); // the moment of death, not a wait for anything
      child.kill('SIGKILL');
      await once(child, 'exit');
      await endLeases();
      await startChild();
      await settled(ledger.core);
      children.pop()?.kill('SIGTERM');
    }
    // One recipient each: +5 goes to the office, for no leader is in charge of these bureaus.
    const counts = await ledger.owner.query(
      `SELECT stage, count(*)::integer AS n, count(DISTINCT (obligation, recipient))::integer AS different
       FROM reminder WHERE fate = 'delivered' GROUP BY stage ORDER BY stage`,
    );
    const each = (stage: string) => ({ stage, n: tasks.length, different: tasks.length });
    expect(counts.rows).toEqual([each('+1'), each('+5'), each('-10'), each('-3'), each('0')]);
    await expectOnce(days.length);
  });
});
