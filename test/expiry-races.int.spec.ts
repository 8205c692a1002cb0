import { type Obligation, obligationsOf } from '@duban/ledger';
import {
  Deliverer,
  deliveriesSubscription,
  ObligationTable,
  obligationsSubscription,
  Sweeper,
} from '@duban/reminder';
import { type Core } from '@duban/supervision';
import { type Extension } from '@duban/task';
import { type Got, science } from './support/api.js';
import { interleavings, RaceTrack, seeds } from './support/races/race-track.js';
import { Draw } from './support/store-faults/draw.js';

// Midnight comes while requests are on their way: the day that the record says is the day that counts, for everybody.

const lastDay = '2023-07-06';
const dayAfter = '2023-07-07';
let track: RaceTrack;
const delivered: { subject: string; stage: string }[] = [];

const asked = (seed: number) => `asked${seed}`;
const waiting = (seed: number) => `waiting${seed}`;
const reason = '设备未到货';

beforeAll(async () => {
  track = await RaceTrack.open();
  for (let from = 0; from < seeds.length; from += 10)
    await Promise.all(
      seeds.slice(from, from + 10).map(async seed => {
        await track.plan(asked(seed), [science], lastDay);
        await track.plan(waiting(seed), [science], '2023-06-14');
      }),
    );
  // Fifteen workdays from here on the clock stands still for these: until the end of the same day.
  await track.moveTo('2023-06-14');
  for (const seed of seeds) await ask(waiting(seed));
  await track.moveTo(lastDay, '23:59:59');
  await follow(track.apis[0].core);
  await Promise.all(track.apis.map(({ core }) => sweep(core)));
}, 240_000);
afterAll(() => track.close());

const ask = (plan: string, api = track.apis[0]) =>
  track.send(
    { who: 'science', path: `/v1/tasks/${plan}:1/extensions`, body: { to: '2023-08-31', reason } },
    api,
  );

function decide(seed: number, api = track.apis[0]): Promise<Got> {
  const verdict = seed % 2 ? { verdict: 'grant', dueOn: '2023-08-31' } : { verdict: 'refuse', reason };
  return track.send(
    { who: 'office', path: `/v1/tasks/${waiting(seed)}:1/extensions/1/decisions`, body: verdict },
    api,
  );
}

async function follow(core: Core): Promise<void> {
  core.events.subscribe(obligationsSubscription(core, new ObligationTable(core))).start();
  core.events.subscribe(deliveriesSubscription(() => undefined)).start();
  await caughtUp(core);
}

async function caughtUp({ events }: Core): Promise<void> {
  const { position } = await events.head();
  for (const name of ['obligations', 'deliveries']) await events.waitFor(name, position, 60_000);
}

const sweep = (core: Core) => new Sweeper(core, new ObligationTable(core)).sweep();

/** Sends what there is to send, after another look at each obligation. */
async function deliverAll(core: Core): Promise<void> {
  const { rows } = await track.owner.query<{ id: string }>(
    `SELECT id FROM delivery WHERE state = 'pending' ORDER BY id`,
  );
  const channel = {
    name: 'noted',
    send: ({
      data: { reminders },
    }: {
      data: { reminders: readonly { subject: string; stage: string }[] };
    }) => {
      delivered.push(...reminders);
      return Promise.resolve();
    },
  };
  const deliverer = new Deliverer(core, new ObligationTable(core).live, {
    ...{ channels: [channel], mostAttempts: 1, lines: { error: line => expect(line).toBe('') } },
  });
  for (const { id } of rows) await deliverer.deliver(id);
}

/** The requests, midnight and two sweeps, in an order that is drawn, a turn of the event loop after each other. */
async function pastMidnight(): Promise<Map<string, Got>> {
  const draw = new Draw(seeds[0]!);
  const answers = new Map<string, Got>();
  const noting = (name: string, answer: Promise<Got>) => answer.then(got => void answers.set(name, got));
  const acts = [
    ...seeds.map(seed => () => noting(asked(seed), ask(asked(seed), draw.pick(track.apis)))),
    ...seeds.map(seed => () => noting(waiting(seed), decide(seed, draw.pick(track.apis)))),
    ...track.apis.map(
      ({ core }) =>
        () =>
          sweep(core),
    ),
  ].map((act): { act: () => Promise<unknown>; at: number } => ({ act, at: draw.fraction() }));
  acts.push({ act: () => track.moveTo(dayAfter, '09:00:00'), at: 0.4 });
  const under: Promise<unknown>[] = [];
  for (const { act } of acts.sort((a, b) => a.at - b.at)) {
    under.push(act());
    await new Promise(resolve => setImmediate(resolve));
  }
  await Promise.all(under);
  return answers;
}

describe(`midnight between ${interleavings} requests and ${interleavings} decisions (DUBAN_RACES)`, () => {
  let answers: Map<string, Got>;
  const found = new Map<string, { extension: Extension; owed: Obligation }>();
  const core = () => track.apis[0].core;

  beforeAll(async () => {
    answers = await pastMidnight();
    await caughtUp(core());
    await Promise.all(track.apis.map(({ core }) => sweep(core)));
    await caughtUp(core());
    await deliverAll(core());
    await caughtUp(core());
    for (const plan of answers.keys()) {
      const ledger = (await core().reader.planLedger(plan))!;
      const owed = obligationsOf(ledger, dayAfter, core().calendar).find(({ kind }) => kind === 'task_due')!;
      found.set(plan, { extension: ledger.tasks.get(`${plan}:1`)!.extensions[0]!, owed });
    }
  }, 240_000);

  const told = (plan: string) =>
    delivered.filter(({ subject, stage }) => subject === `${plan}:1` && stage === '+1');

  it('loses none of them', () => {
    expect([...answers.values()].map(({ status }) => status)).toEqual(Array(2 * interleavings).fill(201));
  });

  it('stops the clock for whoever asked on the last day, and for nobody who asked after it', () => {
    const days: Record<string, number> = {};
    for (const seed of seeds) {
      const { extension, owed } = found.get(asked(seed))!;
      const inTime = extension.askedOn === lastDay;
      days[extension.askedOn] = (days[extension.askedOn] ?? 0) + 1;
      const stands = {
        tolls: extension.tolls,
        late: owed.lateSince !== null,
        told: told(asked(seed)).length > 0,
      };
      expect([seed, stands]).toEqual([seed, { tolls: inTime, late: !inTime, told: !inTime }]);
    }
    process.stderr.write(
      `extension and the end of the due day: ${interleavings} interleavings, ${JSON.stringify(days)}\n`,
    );
  });

  it('lets what was granted on the last day be in time, and what came after it late', () => {
    const days: Record<string, number> = {};
    for (const seed of seeds) {
      const { extension, owed } = found.get(waiting(seed))!;
      const inTime = extension.state === 'granted' && extension.endedOn === lastDay;
      days[`${extension.state} ${extension.endedOn}`] =
        (days[`${extension.state} ${extension.endedOn}`] ?? 0) + 1;
      expect(extension.state).toBe(seed % 2 ? 'granted' : 'refused');
      expect([seed, owed.lateSince]).toEqual([seed, inTime ? null : dayAfter]);
      if (inTime) expect(told(waiting(seed))).toEqual([]);
      if (extension.state === 'refused') expect(told(waiting(seed))).not.toEqual([]);
    }
    process.stderr.write(
      `decision and the end of tolling: ${interleavings} interleavings, ${JSON.stringify(days)}\n`,
    );
  });

  it('says everything once', async () => {
    const { rows } = await track.owner.query(
      `SELECT obligation, due_version, stage, recipient FROM reminder
       GROUP BY 1, 2, 3, 4 HAVING count(*) > 1`,
    );
    expect(rows).toEqual([]);
  });

  it('leaves a record in which nothing is wrong', async () => {
    expect(await track.faults()).toEqual([]);
  });
});
