import { obligationsOf } from '@duban/ledger';
import { type Core } from '@duban/supervision';
import {
  asAdmin,
  asOffice,
  asUnit,
  education,
  issuePlan,
  science,
  type SupervisedLedger,
  supervisedLedger,
} from '../../../test/support/supervised-ledger.js';
import { type WebhookSink, webhookSink } from '../../../test/support/webhook-sink.js';
import {
  type Channel,
  Deliverer,
  deliveriesSubscription,
  ObligationTable,
  obligationsSubscription,
  resetDeliveries,
  resetObligations,
  Sweeper,
  type SweepResult,
  webhookChannel,
} from './index.js';

let ledger: SupervisedLedger;
let sink: WebhookSink;
beforeEach(async () => {
  ledger = await supervisedLedger();
  sink = await webhookSink();
});
afterEach(async () => {
  await ledger.close();
  await sink.close();
});

const subscriptionsOf = (core: Core) => [
  obligationsSubscription(core, new ObligationTable(core)),
  deliveriesSubscription(() => undefined),
];
const start = (core: Core) => subscriptionsOf(core).map(each => core.events.subscribe(each).start());
async function caughtUp({ events }: Core): Promise<void> {
  const { position } = await events.head();
  for (const name of ['obligations', 'deliveries']) await events.waitFor(name, position, 20_000);
}
async function sweep(core: Core): Promise<SweepResult> {
  await caughtUp(core);
  const result = await new Sweeper(core, new ObligationTable(core)).sweep();
  await caughtUp(core);
  return result;
}
const rows = async <Row extends object>(text: string): Promise<Row[]> =>
  (await ledger.owner.query<Row>(text)).rows;
const reminders = () =>
  rows<{ subject: string; stage: string; recipient: string; fate: string }>(
    `SELECT subject, stage, recipient, fate FROM reminder WHERE kind = 'task_due' ORDER BY issued_on, subject, recipient`,
  );
const told = async () =>
  (await reminders()).map(({ subject, stage, recipient }) => `${subject} ${stage} ${recipient}`);

function delivererOf(
  core: Core,
  channels: readonly Channel[] = [webhookChannel(sink)],
  errors: string[] = [],
) {
  const table = new ObligationTable(core);
  const lines = { error: (line: string) => void errors.push(line) };
  return new Deliverer(core, table.live, { channels, mostAttempts: 3, lines });
}
async function deliverAll(core: Core, deliverer = delivererOf(core)) {
  const open = await rows<{ id: string }>(
    `SELECT id FROM delivery WHERE state IN ('pending', 'sending') ORDER BY id`,
  );
  const results = await Promise.all(open.map(({ id }) => deliverer.deliver(id)));
  await caughtUp(core);
  return results;
}
const receipts = (core: Core) => core.tasks.acknowledgeMany(asUnit(science), '004');

describe('the rows of obligations', () => {
  const derived = async ({ reader, calendar }: Core, day: string) => {
    const plan = await reader.planLedger('004');
    return plan ? obligationsOf(plan, day, calendar) : [];
  };
  const stored = async () =>
    (await rows<{ state: unknown }>('SELECT state FROM obligation ORDER BY due_on, id')).map(
      ({ state }) => state,
    );

  it('say what the ledger says, after each event, after a reassignment and after a rebuild', async () => {
    const { core } = ledger;
    start(core);
    await issuePlan(core, ['1', '2', '3']);
    await caughtUp(core);
    expect(await stored()).toEqual(await derived(core, '2023-04-20'));
    await receipts(core);
    const roles = [{ holder: education, isGroup: false, role: 'lead' as const, presumed: false }];
    await core.tasks.order(asOffice, '004:2', { type: 'ReassignUnits', roles, reason: 'moved', paper: null });
    await caughtUp(core);
    const live = await stored();
    expect(live).toEqual(await derived(core, '2023-04-20'));
    expect(JSON.stringify(live)).toContain(education);
    const [obligations] = subscriptionsOf(core);
    await core.events.rebuild(obligations!, { reset: resetObligations });
    expect(await stored()).toEqual(live);
  });

  it('pass on to the successor on the day of a merger, without an event of that day', async () => {
    const { core } = ledger;
    start(core);
    await issuePlan(core, ['1']);
    await core.units.merge(asAdmin, science, { into: education, from: '2023-07-17', paper: null });
    await ledger.day('2023-07-14');
    await sweep(core);
    await ledger.day('2023-07-17');
    expect((await sweep(core)).derived).toBeGreaterThan(0);
    expect(await told()).toEqual([`004:1 -10 ${education}/liaison`]);
    expect(await stored()).toEqual(await derived(core, '2023-07-17'));
  });
});

describe('a sweep', () => {
  it('issues what is due, once, however often it runs', async () => {
    const { core } = ledger;
    start(core);
    await issuePlan(core, ['1', '2']);
    await receipts(core);
    expect((await sweep(core)).issued).toBe(0);
    await ledger.day('2023-07-17', 8);
    expect((await sweep(core)).looked).toBe(0); // nine o'clock has not come
    await ledger.day('2023-07-17');
    expect(await sweep(core)).toMatchObject({ looked: 2, issued: 2 });
    expect(await sweep(core)).toMatchObject({ looked: 0, issued: 0 });
    await ledger.owner.query(`UPDATE obligation SET next_at = '2023-04-21'`); // as if it had died before it moved on
    expect(await sweep(core)).toMatchObject({ issued: 0 });
    expect(await told()).toEqual([`004:1 -10 ${science}/liaison`, `004:2 -10 ${science}/liaison`]);
  });

  it('climbs to the head, the office and the leader', async () => {
    const { core } = ledger;
    start(core);
    await issuePlan(core, ['1']);
    await receipts(core);
    for (const day of ['2023-07-31', '2023-08-01', '2023-08-05', '2023-08-07']) {
      await ledger.day(day);
      await sweep(core);
    }
    expect(await told()).toEqual([
      `004:1 0 ${science}/liaison`,
      `004:1 +1 ${science}/head`,
      '004:1 +5 leader:xiangtan/2',
      '004:1 +5 office:004',
    ]);
  });

  it('issues nothing twice when several run at once, on many rows', async () => {
    const { core } = ledger;
    start(core);
    const codes = Array.from({ length: 60 }, (_, index) => `${index + 1}`);
    await issuePlan(core, codes);
    await receipts(core);
    await caughtUp(core);
    await ledger.day('2023-07-17');
    const cores = [core, await ledger.open(), await ledger.open()];
    const swept = await Promise.all(cores.map(each => new Sweeper(each, new ObligationTable(each)).sweep()));
    await caughtUp(core);
    expect(swept.reduce((sum, { issued }) => sum + issued, 0)).toBe(60);
    expect(await told()).toHaveLength(60);
    const [events] = await rows<{ count: string }>(
      `SELECT count(*) FROM events WHERE type = 'ReminderIssued'`,
    );
    expect(Number(events?.count)).toBe(60);
  });

  it('is silent about what is done, tolled, suspended or exempt, although the rows do not know yet', async () => {
    const { core } = ledger;
    const [obligations] = start(core);
    await issuePlan(core, ['1', '2', '3', '4', '5']);
    await receipts(core);
    await sweep(core);
    await obligations!.stop();
    await ledger.day('2023-07-17');
    await core.tasks.complete(asUnit(science), '004:1', { summary: 'done' });
    await core.tasks.requestExtension(asUnit(science), '004:2', { to: '2023-09-15', reason: 'weather' });
    await core.tasks.order(asOffice, '004:3', { type: 'SuspendTask', reason: 'court', paper: null });
    await core.tasks.order(asOffice, '004:4', { type: 'ExemptTask', reason: 'honest failure', paper: null });
    const swept = await new Sweeper(core, new ObligationTable(core)).sweep();
    expect(swept).toMatchObject({ looked: 5, issued: 1 });
    obligations!.start();
    await caughtUp(core);
    expect(await told()).toEqual([`004:5 -10 ${science}/liaison`]);
  });
});

describe('a digest', () => {
  async function dueDay(...codes: string[]) {
    const { core } = ledger;
    start(core);
    await issuePlan(core, codes, { leads: [science, education] });
    for (const unit of [science, education]) await core.tasks.acknowledgeMany(asUnit(unit), '004');
    await ledger.day('2023-07-31');
    await sweep(core);
    return core;
  }
  const states = () => rows<{ state: string }>('SELECT state FROM delivery ORDER BY recipient, ordinal');

  it('holds what a recipient is told on a day, signed, under its own id', async () => {
    const core = await dueDay('1', '2');
    expect(await deliverAll(core)).toEqual(['delivered', 'delivered']);
    expect(sink.received.map(({ signed, body }) => [signed, body.data.reminders.length])).toEqual([
      [true, 2],
      [true, 2],
    ]);
    const ids = await rows<{ id: string }>('SELECT id FROM delivery ORDER BY id');
    expect(sink.received.map(({ id }) => id).sort()).toEqual(ids.map(({ id }) => id));
    expect(new Set((await reminders()).map(({ fate }) => fate))).toEqual(new Set(['delivered']));
    expect(await deliverAll(core)).toEqual([]);
    expect(sink.received).toHaveLength(2);
  });

  it('leaves out what was settled since, and is not sent when all is', async () => {
    const core = await dueDay('1', '2');
    await core.tasks.complete(asUnit(science), '004:1', { summary: 'done' });
    await deliverAll(core);
    expect(sink.received.map(({ body }) => body.data.reminders.length)).toEqual([1, 1]);
    await ledger.day('2023-08-01');
    await sweep(core);
    await core.tasks.order(asOffice, '004:2', { type: 'ExemptTask', reason: 'honest failure', paper: null });
    expect(await deliverAll(core)).toEqual(['superseded', 'superseded']);
    expect(sink.received).toHaveLength(2);
    expect((await reminders()).map(({ fate }) => fate).sort()).toEqual([
      ...['delivered', 'delivered', 'superseded', 'superseded', 'superseded', 'superseded'],
    ]);
  });

  it('is sent again after a failure with the same words, and given up after the last attempt', async () => {
    const core = await dueDay('1');
    const errors: string[] = [];
    const deliverer = delivererOf(core, undefined, errors);
    const [first, second] = await rows<{ id: string }>('SELECT id FROM delivery ORDER BY recipient');
    sink.status = 500;
    await expect(deliverer.deliver(first!.id)).rejects.toThrow('500');
    sink.status = 204;
    expect(await deliverer.deliver(first!.id)).toBe('delivered');
    expect(sink.received[0]).toEqual(sink.received[1]);
    sink.status = 503;
    await expect(deliverer.deliver(second!.id)).rejects.toThrow('503');
    await expect(deliverer.deliver(second!.id)).rejects.toThrow('503');
    expect(await deliverer.deliver(second!.id)).toBe('failed');
    await caughtUp(core);
    expect((await states()).map(({ state }) => state).sort()).toEqual(['delivered', 'failed']);
    expect(errors).toHaveLength(1);
    expect(await deliverer.deliver(second!.id)).toBe('none');
  });

  it('that was recorded but not closed is not sent again', async () => {
    const core = await dueDay('1');
    await deliverAll(core);
    await ledger.owner.query(`UPDATE delivery SET state = 'sending'; UPDATE reminder SET fate = 'issued'`);
    await deliverAll(core);
    expect(sink.received).toHaveLength(2);
  });

  it('is sent by one of two who try', async () => {
    const core = await dueDay('1');
    const [{ id }] = (await rows<{ id: string }>('SELECT id FROM delivery ORDER BY recipient')) as [
      { id: string },
    ];
    let arrive = () => undefined as void;
    let letGo = () => undefined as void;
    const arrived = new Promise<void>(resolve => (arrive = resolve));
    const gate = new Promise<void>(resolve => (letGo = resolve));
    const slow: Channel = { name: 'slow', send: async () => (arrive(), gate) };
    const sending = delivererOf(core, [slow]).deliver(id);
    await arrived;
    await expect(delivererOf(await ledger.open()).deliver(id)).rejects.toThrow('somebody else');
    letGo();
    expect(await sending).toBe('delivered');
  });

  it('takes more until it is begun, then the next one does', async () => {
    const { core } = ledger;
    const dueOn = (task: string, on: string) =>
      core.tasks.order(asOffice, task, {
        type: 'SetDueDate',
        due: { on, basis: 'stated', clause: '1' },
        reason: 'decided',
        paper: null,
      });
    start(core);
    await issuePlan(core, ['1', '2', '3']);
    await receipts(core);
    for (const task of ['004:2', '004:3']) await dueOn(task, '2023-12-29');
    await ledger.day('2023-07-31');
    await sweep(core);
    await dueOn('004:2', '2023-07-31');
    await sweep(core);
    await deliverAll(core);
    await dueOn('004:3', '2023-07-31');
    await sweep(core);
    await deliverAll(core);
    const sent = await rows<{ ordinal: number; subjects: string[] }>(
      `SELECT d.ordinal, array_agg(r.subject ORDER BY r.subject) AS subjects
       FROM delivery d JOIN reminder r ON r.delivery = d.id GROUP BY d.id ORDER BY d.ordinal`,
    );
    expect(sent).toEqual([
      { ordinal: 1, subjects: ['004:1', '004:2'] },
      { ordinal: 2, subjects: ['004:3'] },
    ]);
  });

  it('is the same after a rebuild', async () => {
    const core = await dueDay('1', '2');
    await deliverAll(core);
    await ledger.day('2023-08-01');
    await sweep(core);
    const look = () =>
      rows('SELECT id, recipient, day, ordinal, state, channels FROM delivery ORDER BY id').then(
        async deliveries => [deliveries, await rows('SELECT * FROM reminder ORDER BY id')],
      );
    const before = await look();
    const [, deliveries] = subscriptionsOf(core);
    await core.events.rebuild(deliveries!, { reset: resetDeliveries });
    expect(await look()).toEqual(before);
  });
});
