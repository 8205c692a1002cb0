import { createQueues, type JobHandler, type Queues } from '@duban/queue';
import { type Core } from '@duban/supervision';
import {
  asOffice,
  asUnit,
  issuePlan,
  science,
  type SupervisedLedger,
  supervisedLedger,
} from '../../../test/support/supervised-ledger.js';
import { rollupPeriodJob, rollupPlanJob } from './jobs.js';
import { rollupHandlers } from './publisher.js';
import { RollupRelay } from './rollup-relay.js';
import { Rollups } from './rollups.js';
import { rollupsSubscription } from './rollups-subscription.js';

declare const QUEUE_BACKEND: 'postgres' | 'redis';

(import.meta as ImportMeta & { jest: typeof jest }).jest.setTimeout(90_000);
const round = '004:2023Q2';
let ledger: SupervisedLedger;
let core: Core;
let rollups: Rollups;
let opened: Queues[];

beforeEach(async () => {
  ledger = await supervisedLedger();
  ({ core } = ledger);
  rollups = new Rollups(core);
  opened = [];
  await (await queues()).flush();
  await issuePlan(core, ['1', '2']);
  const asked = { evidence: false, summary: false, backfill: false, clause: '1' };
  const quarter = { plan: '004', period: '2023Q2', kind: 'quarter' as const, dueOn: '2023-07-07' };
  await core.rounds.schedule(asOffice, { ...quarter, ...asked });
  await ledger.day('2023-07-03');
  await core.rounds.open(asOffice, round);
});
afterEach(async () => {
  await opened[0]?.flush();
  await Promise.all(opened.map(each => each.close({ drainMs: 2000 })));
  await ledger.close();
});

/** What a process would have: its own connections to the same queues. */
async function queues(): Promise<Queues> {
  const server =
    QUEUE_BACKEND === 'redis'
      ? { redisUrl: `${process.env.DUBAN_TEST_REDIS_URL}/8`, prefix: `rollups-${process.pid}` }
      : { databaseUrl: ledger.url };
  const made = await createQueues({ ...server, onFault: () => undefined });
  opened.push(made);
  return made;
}

async function work(handlers: JobHandler[] = rollupHandlers(core)): Promise<void> {
  await (await queues()).startWorkers(handlers, { jobs: handlers.map(({ job }) => job) });
}

async function closeRound(): Promise<void> {
  await ledger.day('2023-07-21');
  await core.rounds.close(asOffice, round, { accepted: ['not_handed_in'], reason: '单位未报' });
}

const isOut = async () => (await rollups.table.open()) === 0;
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise(setImmediate);
}

/** Exactly one edition, told by exactly one event. */
async function expectOne(): Promise<void> {
  const { rows } = await ledger.owner.query('SELECT id, kind FROM edition');
  expect(rows).toEqual([{ id: `${round}/1`, kind: 'published' }]);
  const events = await core.events.readStream(`rollup-${round}`);
  expect(events.map(({ type }) => type)).toEqual(['EditionPublished']);
  expect(await rollups.verify(`${round}/1`)).toMatchObject({ ok: true });
}

/** Does the work, and is gone before it can say so, once. */
function dyingOnce(name: string): JobHandler[] {
  let isAlive = true;
  return rollupHandlers(core).map(handler => ({
    ...handler,
    handle: async (payload, context) => {
      const done: unknown = await handler.handle(payload, context);
      if (handler.job.name !== name || !isAlive) return done;
      isAlive = false;
      throw new Error('gone');
    },
  }));
}

describe(`rollups on ${QUEUE_BACKEND}`, () => {
  it('follow when a round is closed, and when something is corrected afterwards', async () => {
    await core.tasks.report(asUnit(science), '004:1', { period: '2023Q2', percent: 40, summary: '推进中' });
    await work();
    const relay = new RollupRelay(core, await queues());
    let working = Promise.resolve(0);
    const onWork = () => void (working = working.then(() => relay.enqueue()));
    const runner = core.events.subscribe(rollupsSubscription(onWork)).start();
    await closeRound();
    await until(async () => (await rollups.published()).length === 1);
    await core.tasks.correctReport(asUnit(science), '004:1', {
      ...{ n: 1, percent: 30, summary: '推进中', reason: '统计有误' },
    });
    await until(async () => (await rollups.corrections(round)).length === 1);
    await runner.stop();
    await working;
    expect(await rollups.verify(`${round}/1`)).toMatchObject({ ok: true });
  });

  it('give one edition when they are triggered twenty times at once', async () => {
    await closeRound();
    await work();
    await work();
    const relays = await Promise.all([queues(), queues()]);
    const trigger = async (index: number) => {
      await rollups.request({ period: '2023Q2' });
      await new RollupRelay(core, relays[index % 2]!).enqueue({ all: true });
    };
    await Promise.all(Array.from({ length: 20 }, (_, index) => trigger(index)));
    await until(isOut);
    await expectOne();
  });

  it.each([rollupPlanJob.name, rollupPeriodJob.name])(
    'publish once though %s dies when it has done its work',
    async name => {
      await closeRound();
      await work(dyingOnce(name));
      const on = await queues();
      await new RollupRelay(core, on).enqueue();
      await until(isOut);
      await until(async () =>
        Object.values(await on.counts()).every(({ active = 0, delayed = 0 }) => active + delayed === 0),
      );
      await expectOne();
    },
  );

  it('come all the same when the queue is flushed in the middle', async () => {
    await closeRound();
    const on = await queues();
    const relay = new RollupRelay(core, on);
    expect(await relay.enqueue()).toBe(1);
    await on.flush();
    await work();
    await relay.enqueue({ all: true }); // the worker's sweep
    await until(isOut);
    expect(await relay.enqueue({ all: true })).toBe(0);
    await expectOne();
  });

  it('give a provisional edition of an open round to whoever asks', async () => {
    await work();
    await rollups.request({ period: '2023Q2' });
    await new RollupRelay(core, await queues()).enqueue();
    await until(isOut);
    expect(await rollups.list()).toMatchObject([{ id: round, state: 'provisional', n: null }]);
    expect(await core.events.load(`rollup-${round}`)).toBeNull();
  });
});
