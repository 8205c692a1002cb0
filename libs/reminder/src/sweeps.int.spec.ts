import { obligationsOf } from '@duban/ledger';
import { type Core } from '@duban/supervision';
import { Reminding, subscriptionsOf } from '../../../test/support/reminding.js';
import {
  asAdmin,
  asOffice,
  asUnit,
  education,
  issuePlan,
  science,
} from '../../../test/support/supervised-ledger.js';

let reminding: Reminding;
beforeEach(async () => void (reminding = await Reminding.begin()));
afterEach(() => reminding.end());

const receipts = ({ tasks }: Core) => tasks.acknowledgeMany(asUnit(science), '004');

describe('the rows of obligations', () => {
  const derived = async ({ reader, calendar }: Core, day: string) => {
    const plan = await reader.planLedger('004');
    return plan ? obligationsOf(plan, day, calendar) : [];
  };
  const stored = async () =>
    (await reminding.rows<{ state: unknown }>('SELECT state FROM obligation ORDER BY due_on, id')).map(
      ({ state }) => state,
    );

  it('say what the ledger says, after each event, after a reassignment and after a rebuild', async () => {
    const { core } = reminding;
    await issuePlan(core, ['1', '2', '3']);
    await reminding.caughtUp();
    expect(await stored()).toEqual(await derived(core, '2023-04-20'));
    await receipts(core);
    const roles = [{ holder: education, isGroup: false, role: 'lead' as const, presumed: false }];
    await core.tasks.order(asOffice, '004:2', { type: 'ReassignUnits', roles, reason: 'moved', paper: null });
    await reminding.caughtUp();
    const live = await stored();
    expect(live).toEqual(await derived(core, '2023-04-20'));
    expect(JSON.stringify(live)).toContain(education);
    const [obligations] = subscriptionsOf(core);
    const { digests } = await core.events.rebuild(obligations!, { compare: true });
    expect(digests?.after).toBe(digests?.before);
    expect(await stored()).toEqual(live);
  });

  it('pass on to the successor on the day of a merger, without an event of that day', async () => {
    const { core, ledger } = reminding;
    await issuePlan(core, ['1']);
    await core.units.merge(asAdmin, science, { into: education, from: '2023-07-17', paper: null });
    await ledger.day('2023-07-14');
    await reminding.sweep();
    await ledger.day('2023-07-17');
    expect((await reminding.sweep()).derived).toBeGreaterThan(0);
    expect(await reminding.told()).toEqual([`004:1 -10 ${education}/liaison`]);
    expect(await stored()).toEqual(await derived(core, '2023-07-17'));
  });
});

describe('a sweep', () => {
  it('issues what is due, once, however often it runs', async () => {
    const { core, ledger } = reminding;
    await issuePlan(core, ['1', '2']);
    await receipts(core);
    expect((await reminding.sweep()).issued).toBe(0);
    await ledger.day('2023-07-17', 8);
    expect((await reminding.sweep()).looked).toBe(0); // nine o'clock has not come
    await ledger.day('2023-07-17');
    expect(await reminding.sweep()).toMatchObject({ looked: 2, issued: 2 });
    expect(await reminding.sweep()).toMatchObject({ looked: 0, issued: 0 });
    await ledger.owner.query(`UPDATE obligation SET next_at = '2023-04-21'`); // as if it had died before it moved on
    expect(await reminding.sweep()).toMatchObject({ issued: 0 });
    expect(await reminding.told()).toEqual([`004:1 -10 ${science}/liaison`, `004:2 -10 ${science}/liaison`]);
  });

  it('climbs to the head, the office and the leader', async () => {
    const { core, ledger } = reminding;
    await issuePlan(core, ['1']);
    await receipts(core);
    for (const day of ['2023-07-31', '2023-08-01', '2023-08-05', '2023-08-07']) {
      await ledger.day(day);
      await reminding.sweep();
    }
    expect(await reminding.told()).toEqual([
      `004:1 0 ${science}/liaison`,
      `004:1 +1 ${science}/head`,
      '004:1 +5 leader:xiangtan/2',
      '004:1 +5 office:004',
    ]);
  });

  it('issues nothing twice when several run at once, on many rows', async () => {
    const { core, ledger } = reminding;
    const codes = Array.from({ length: 60 }, (_, index) => `${index + 1}`);
    await issuePlan(core, codes);
    await receipts(core);
    await reminding.sweep(); // a first sweep derives all rows, under a lock: the others would come after it
    const cores = [core, await reminding.ledger.open(), await reminding.ledger.open()];
    const days = ['2023-07-17', '2023-07-26', '2023-07-31', '2023-08-01'];
    for (const day of days) {
      await ledger.day(day);
      const swept = await Promise.all(cores.map(each => reminding.sweepAs(each)));
      expect(swept.reduce((sum, { issued }) => sum + issued, 0)).toBe(60);
      await reminding.caughtUp();
    }
    expect(await reminding.told()).toHaveLength(60 * days.length);
    const [events] = await reminding.rows<{ count: string }>(
      `SELECT count(*) FROM events WHERE type = 'ReminderIssued'`,
    );
    expect(Number(events?.count)).toBe(60 * days.length);
  });

  it('is silent about what is done, tolled, suspended or exempt, although the rows do not know yet', async () => {
    const { core, ledger } = reminding;
    await issuePlan(core, ['1', '2', '3', '4', '5']);
    await receipts(core);
    await reminding.sweep();
    await reminding.obligations.stop();
    await ledger.day('2023-07-17');
    await core.tasks.complete(asUnit(science), '004:1', { summary: 'done' });
    await core.tasks.requestExtension(asUnit(science), '004:2', { to: '2023-09-15', reason: 'weather' });
    await core.tasks.order(asOffice, '004:3', { type: 'SuspendTask', reason: 'court', paper: null });
    await core.tasks.order(asOffice, '004:4', { type: 'ExemptTask', reason: 'honest failure', paper: null });
    const swept = await reminding.sweepAs(core);
    expect(swept).toMatchObject({ looked: 5, issued: 1 });
    reminding.obligations.start();
    await reminding.caughtUp();
    expect(await reminding.told()).toEqual([`004:5 -10 ${science}/liaison`]);
  });
});

describe('a due day that the office touches', () => {
  const days = async (...each: readonly string[]) => {
    for (const day of each) {
      await reminding.ledger.day(day);
      await reminding.sweep();
    }
  };
  const set = async (on: string, clause: string) => {
    const due = { on, basis: 'stated' as const, clause };
    const command = { type: 'SetDueDate' as const, due, reason: '明确', paper: null };
    await reminding.core.tasks.order(asOffice, '004:1', command);
    await reminding.sweep();
  };
  const told = () =>
    reminding.rows<{ stage: string; on: string; due: string }>(
      `SELECT stage, issued_on::text AS on, due_on::text AS due FROM reminder
       WHERE kind = 'task_due' ORDER BY issued_on, stage`,
    );

  it('goes through each stage once for one day, and anew for another', async () => {
    await issuePlan(reminding.core, ['1']);
    await receipts(reminding.core);
    await days('2023-07-17');
    await set('2023-07-31', 'confirmed'); // what was presumed is stated: the same day
    await days('2023-07-18', '2023-07-26');
    await set('2023-08-31', 'more time');
    await days('2023-07-31', '2023-08-17');
    await set('2023-08-30', 'a day less');
    await set('2023-08-31', 'as it was');
    await days('2023-08-18', '2023-08-28');
    expect(await told()).toEqual([
      { stage: '-10', on: '2023-07-17', due: '2023-07-31' },
      { stage: '-3', on: '2023-07-26', due: '2023-07-31' },
      { stage: '-10', on: '2023-08-17', due: '2023-08-31' },
      { stage: '-3', on: '2023-08-28', due: '2023-08-31' },
    ]);
  });
});
