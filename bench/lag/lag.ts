import { fork } from 'node:child_process';
import { once } from 'node:events';
import { freshProjection } from '../project/projection.js';
import { quantilesOf, type Run } from '../support/measure.js';
import { newStream } from '../support/payload.js';
import { foldOf, progressDecider, reported } from '../support/progress.js';
import { type BenchCase, type Scenario, type Work } from '../support/scenario.js';
import { appendOptions, openStore, storeDatabase } from '../support/store.js';
import { openLoop } from './open-loop.js';
import { LagWatch } from './watch.js';

const database = 'lag';
const name = 'progress';
const fold = foldOf(progressDecider);
const ratePerSecond = 5000;
/** A queue that long is two fifths of a second of writing: then it is the writer that is behind. */
const mostWaiting = 2000;

/**
 * This process writes and watches, another one follows: the two and Postgres share the cores. A run takes two and a
 * half times as long as others do, ten seconds by default.
 */
const follow: BenchCase = {
  impl: 'duban',
  variant: `${ratePerSecond}/s`,
  callers: 1,
  batch: 1,
  before: async server => {
    await storeDatabase(server, database);
    await freshProjection(server, database);
  },
  run: async work => {
    const follower = await startFollower(work);
    const [writer, reader] = [openStore(work.serverUrl, database), openStore(work.serverUrl, database)];
    try {
      const watch = new LagWatch(reader, name);
      const [run] = await Promise.all([measure(work, watch, writer), watch.watch()]);
      return run;
    } finally {
      await Promise.all([writer.close(), reader.close()]);
      follower.disconnect();
      await once(follower, 'exit');
    }
  },
};

async function startFollower({ serverUrl }: Work) {
  const follower = fork(new URL('./follower.js', import.meta.url), [], { execArgv: [] });
  follower.send({ serverUrl, database, name });
  const failed = once(follower, 'exit').then(() => Promise.reject(new Error('the follower has ended')));
  await Promise.race([once(follower, 'message'), failed]);
  return follower;
}

async function measure(
  { options }: Work,
  watch: LagWatch,
  writer: ReturnType<typeof openStore>,
): Promise<Run> {
  const warmSeconds = options.warmSeconds * 2;
  const begin = performance.now() + warmSeconds * 1000;
  const call = async (nth: number) => {
    const stream = { stream: newStream(), expected: 'none', events: [reported(nth)], evolve: fold } as const;
    const appended = await writer.append([stream], appendOptions());
    if ('conflict' in appended) throw appended.conflict;
    watch.acknowledge(appended.position!);
  };
  const seconds = warmSeconds + options.seconds * 2.5;
  await openLoop({ ratePerSecond, seconds, mostWaiting, call });
  const { lags, lastAcknowledged } = await watch.finish(begin);
  const measured = (lastAcknowledged - begin) / 1000;
  return { n: lags.length, seconds: measured, rate: lags.length / measured, ...quantilesOf(lags) };
}

const subject = `duban ${ratePerSecond}/s 1x1`;

/** How long after its acknowledgement an event can be seen in a read model that another process keeps. */
export const scenario: Scenario = {
  name: 'lag',
  cases: () => [follow],
  targets: [
    {
      what: 'projection lag, p99 at 5,000 events a second',
      of: subject,
      measure: 'p99',
      least: 100,
      moon: 50,
    },
    { what: 'the rate that this was measured at', of: subject, least: 4950, moon: 4950 },
  ],
};
