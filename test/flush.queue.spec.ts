import { createQueues } from '@duban/queue';
import '@duban/reminder';
import '@duban/rollup';
import { Redis } from 'ioredis';
import { setTimeout as delay } from 'node:timers/promises';
import { testDatabase } from './support/database.js';
import { type DemoOutcome, shortDemo, startDemo } from './support/demo.js';

declare const QUEUE_BACKEND: 'redis' | 'postgres';

const patienceMs = 300_000;

type Play = { environment?: Record<string, string>; empty?: (databaseUrl: string) => Promise<void> };

/** Plays the short demo on a database of its own, with the queue emptied every other second. */
async function played({ environment = {}, empty }: Play): Promise<DemoOutcome> {
  const database = await testDatabase({ empty: true });
  const demo = startDemo(shortDemo, { ...environment, DATABASE_URL: database.url });
  const stopped = new AbortController();
  const emptying = empty ? everyOtherSecond(() => empty(database.url), stopped.signal) : Promise.resolve();
  try {
    await demo.hears('issued');
    const { code, outcome, told } = await demo.ended;
    if (!outcome) throw new Error(`The demo ended with ${code ?? 'a signal'}:\n${told.slice(-2000)}`);
    return outcome;
  } finally {
    stopped.abort();
    await emptying;
    demo.clean();
    await database.drop();
  }
}

async function everyOtherSecond(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (let first = true; !signal.aborted; first = false) {
    await delay(first ? 12_000 : 2000, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) await work();
  }
}

/** A database of that Redis which nobody else uses, so that nothing else is lost. */
function ownRedis(): string {
  const url = new URL(process.env['DUBAN_TEST_REDIS_URL'] ?? '');
  url.pathname = '/9';
  return url.href;
}

async function emptyRedis(): Promise<void> {
  const client = new Redis(ownRedis());
  await client.flushdb();
  await client.quit();
}

async function emptyPostgres(databaseUrl: string): Promise<void> {
  const queues = await createQueues({ databaseUrl, onFault: () => undefined });
  await queues.flush().finally(() => queues.close());
}

it(
  'a queue that is emptied again and again costs no reminder and no edition, and doubles none',
  async () => {
    const onRedis = QUEUE_BACKEND === 'redis';
    const environment: Record<string, string> = onRedis ? { REDIS_URL: ownRedis() } : {};
    const emptied = await played({ environment, empty: onRedis ? emptyRedis : emptyPostgres });
    const undisturbed = await played({});
    expect(emptied.checks.filter(({ faults }) => faults.length > 0)).toEqual([]);
    expect(emptied.digests).toEqual(undisturbed.digests);
    expect(emptied.counts.reminders).toBe(undisturbed.counts.reminders);
    expect(emptied.counts.editions).toBe(undisturbed.counts.editions);
  },
  2 * patienceMs,
);
