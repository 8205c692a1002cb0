import { Reminding, subscriptionsOf } from '../../../test/support/reminding.js';
import { asOffice, asUnit, education, issuePlan, science } from '../../../test/support/supervised-ledger.js';
import { type Channel } from './index.js';

let reminding: Reminding;
beforeEach(async () => void (reminding = await Reminding.begin()));
afterEach(() => reminding.end());

describe('a digest', () => {
  async function dueDay(...codes: string[]) {
    const { core } = reminding;
    await issuePlan(core, codes, { leads: [science, education] });
    for (const unit of [science, education]) await core.tasks.acknowledgeMany(asUnit(unit), '004');
    await reminding.ledger.day('2023-07-31');
    await reminding.sweep();
    return core;
  }
  const states = () =>
    reminding.rows<{ state: string }>('SELECT state FROM delivery ORDER BY recipient, ordinal');

  it('holds what a recipient is told on a day, signed, under its own id', async () => {
    await dueDay('1', '2');
    expect(await reminding.deliverAll()).toEqual(['delivered', 'delivered']);
    expect(reminding.sink.received.map(({ signed, body }) => [signed, body.data.reminders.length])).toEqual([
      [true, 2],
      [true, 2],
    ]);
    const ids = await reminding.rows<{ id: string }>('SELECT id FROM delivery ORDER BY id');
    expect(reminding.sink.received.map(({ id }) => id).sort()).toEqual(ids.map(({ id }) => id));
    expect(new Set((await reminding.reminders()).map(({ fate }) => fate))).toEqual(new Set(['delivered']));
    expect(await reminding.deliverAll()).toEqual([]);
    expect(reminding.sink.received).toHaveLength(2);
  });

  it('leaves out what was settled since, and is not sent when all is', async () => {
    const core = await dueDay('1', '2');
    await core.tasks.complete(asUnit(science), '004:1', { summary: 'done' });
    await reminding.deliverAll();
    expect(reminding.sink.received.map(({ body }) => body.data.reminders.length)).toEqual([1, 1]);
    await reminding.ledger.day('2023-08-01');
    await reminding.sweep();
    await core.tasks.order(asOffice, '004:2', { type: 'ExemptTask', reason: 'honest failure', paper: null });
    expect(await reminding.deliverAll()).toEqual(['superseded', 'superseded']);
    expect(reminding.sink.received).toHaveLength(2);
    expect((await reminding.reminders()).map(({ fate }) => fate).sort()).toEqual([
      ...['delivered', 'delivered', 'superseded', 'superseded', 'superseded', 'superseded'],
    ]);
  });

  it('is sent again after a failure with the same words, and given up after the last attempt', async () => {
    await dueDay('1');
    const deliverer = reminding.delivererOf();
    const [first, second] = await reminding.rows<{ id: string }>(
      'SELECT id FROM delivery ORDER BY recipient',
    );
    reminding.sink.status = 500;
    await expect(deliverer.deliver(first!.id)).rejects.toThrow('500');
    reminding.sink.status = 204;
    expect(await deliverer.deliver(first!.id)).toBe('delivered');
    expect(reminding.sink.received[0]).toEqual(reminding.sink.received[1]);
    reminding.sink.status = 503;
    await expect(deliverer.deliver(second!.id)).rejects.toThrow('503');
    await expect(deliverer.deliver(second!.id)).rejects.toThrow('503');
    expect(await deliverer.deliver(second!.id)).toBe('failed');
    await reminding.caughtUp();
    expect((await states()).map(({ state }) => state).sort()).toEqual(['delivered', 'failed']);
    expect(reminding.errors).toHaveLength(1);
    expect(await deliverer.deliver(second!.id)).toBe('none');
  });

  it('that was recorded but not closed is not sent again', async () => {
    await dueDay('1');
    await reminding.deliverAll();
    await reminding.ledger.owner.query(
      `UPDATE delivery SET state = 'sending'; UPDATE reminder SET fate = 'issued'`,
    );
    await reminding.deliverAll();
    expect(reminding.sink.received).toHaveLength(2);
  });

  it('is sent by one of two who try', async () => {
    await dueDay('1');
    const [{ id }] = (await reminding.rows<{ id: string }>('SELECT id FROM delivery ORDER BY recipient')) as [
      { id: string },
    ];
    let arrive = () => undefined as void;
    let letGo = () => undefined as void;
    const arrived = new Promise<void>(resolve => (arrive = resolve));
    const gate = new Promise<void>(resolve => (letGo = resolve));
    const slow: Channel = { name: 'slow', send: async () => (arrive(), gate) };
    const sending = reminding.delivererOf(reminding.core, [slow]).deliver(id);
    await arrived;
    await expect(reminding.delivererOf(await reminding.ledger.open()).deliver(id)).rejects.toThrow(
      'somebody else',
    );
    letGo();
    expect(await sending).toBe('delivered');
  });

  it('takes more until it is begun, then the next one does', async () => {
    const { core } = reminding;
    const dueOn = (task: string, on: string) =>
      core.tasks.order(asOffice, task, {
        type: 'SetDueDate',
        due: { on, basis: 'stated', clause: '1' },
        reason: 'decided',
        paper: null,
      });
    await issuePlan(core, ['1', '2', '3']);
    await core.tasks.acknowledgeMany(asUnit(science), '004');
    for (const task of ['004:2', '004:3']) await dueOn(task, '2023-12-29');
    await reminding.ledger.day('2023-07-31');
    await reminding.sweep();
    await dueOn('004:2', '2023-07-31');
    await reminding.sweep();
    await reminding.deliverAll();
    await dueOn('004:3', '2023-07-31');
    await reminding.sweep();
    await reminding.deliverAll();
    const sent = await reminding.rows<{ ordinal: number; subjects: string[] }>(
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
    await reminding.deliverAll();
    await reminding.ledger.day('2023-08-01');
    await reminding.sweep();
    const look = () =>
      reminding
        .rows('SELECT id, recipient, day, ordinal, state, channels FROM delivery ORDER BY id')
        .then(async deliveries => [deliveries, await reminding.rows('SELECT * FROM reminder ORDER BY id')]);
    const before = await look();
    const [, deliveries] = subscriptionsOf(core);
    const { digests } = await core.events.rebuild(deliveries!, { compare: true });
    expect(digests?.after).toBe(digests?.before);
    expect(await look()).toEqual(before);
  });
});
