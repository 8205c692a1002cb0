import { type Actor } from '@duban/platform';
import { Reminding } from '../../../test/support/reminding.js';
import {
  asAdmin,
  asOffice,
  asUnit,
  education,
  issuePlan,
  science,
  supervisors,
} from '../../../test/support/supervised-ledger.js';
import { ObligationTable, ReminderService } from './index.js';

let reminding: Reminding;
let service: ReminderService;
const leader: Actor = { id: 'l', kind: 'person', role: 'leader', plans: ['004'], units: [science] };
const { actor: office } = asOffice;
const unit = (id: string) => asUnit(id).actor;

/** Task 1 of one bureau and task 2 of another, both late since 31 July; five workdays later. */
beforeEach(async () => {
  reminding = await Reminding.begin();
  const { core, ledger } = reminding;
  service = new ReminderService(core, new ObligationTable(core));
  await issuePlan(core, ['1', '2'], { leadsOf: code => [code === '1' ? science : education] });
  await core.tasks.acknowledge(asUnit(science), '004:1');
  await core.tasks.acknowledge(asUnit(education), '004:2');
  for (const day of ['2023-07-31', '2023-08-01', '2023-08-07']) {
    await ledger.day(day);
    await reminding.sweep();
    await reminding.deliverAll();
  }
});
afterEach(() => reminding.end());

describe('alerts', () => {
  it('tell a leader what is late in his or her units, why, and who was warned when', async () => {
    const [alert, ...others] = await service.alerts(leader);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      subject: '004:1',
      holders: [science],
      dueOn: '2023-07-31',
      workdaysLate: 5,
      light: { colour: 'red', reason: 'overdue' },
      decisions: [],
    });
    expect(alert?.warned.map(({ stage, recipient, on, fate }) => [stage, recipient, on, fate])).toEqual([
      ['0', `${science}/liaison`, '2023-07-31', 'delivered'],
      ['+1', `${science}/head`, '2023-08-01', 'delivered'],
      ...(alert?.warned ?? []).slice(2).map(({ recipient }) => ['+5', recipient, '2023-08-07', 'delivered']),
    ]);
    expect(
      alert?.warned
        .slice(2)
        .map(({ recipient }) => recipient)
        .sort(),
    ).toEqual(['leader:xiangtan/2', 'office:004']);
  });

  it('show each his or her own rows', async () => {
    const subjects = async (actor: Actor) =>
      (await service.alerts(actor)).map(({ subject }) => subject).sort();
    expect(await subjects(office)).toEqual(['004:1', '004:2']);
    expect(await subjects(unit(education))).toEqual(['004:2']);
    expect(await subjects(unit(supervisors))).toEqual([]);
    expect(await subjects({ ...leader, plans: ['001'] })).toEqual([]);
    expect(await service.alerts(office, { unit: science })).toHaveLength(1);
    await expect(service.alerts(leader, { plan: '001' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('pass on with a merger', async () => {
    const { core } = reminding;
    await core.units.merge(asAdmin, science, { into: education, from: '2023-08-08', paper: null });
    await reminding.ledger.day('2023-08-08');
    expect((await service.alerts(unit(education))).map(({ subject }) => subject).sort()).toEqual([
      '004:1',
      '004:2',
    ]);
    expect(await service.reminders(unit(education))).toHaveLength(7);
  });

  it('name what is to be decided', async () => {
    const { core } = reminding;
    await core.tasks.requestExtension(asUnit(science), '004:1', { to: '2023-09-15', reason: 'weather' });
    await core.tasks.raiseBlocker(asUnit(science), '004:1', { kind: 'land', note: 'no site' });
    const [alert] = await service.alerts(leader);
    expect(alert?.decisions).toEqual([
      { kind: 'extension_decision', note: null, by: [supervisors], since: '2023-08-07', dueOn: '2023-08-10' },
      { kind: 'blocker', note: 'no site', by: [supervisors], since: '2023-08-07', dueOn: null },
    ]);
  });

  it('end with what was handed in', async () => {
    await reminding.core.tasks.complete(asUnit(science), '004:1', { summary: 'done' });
    expect(await service.alerts(leader)).toEqual([]);
  });
});

describe('a reminder', () => {
  const first = async (actor: Actor) => (await service.reminders(actor, { subject: '004:1' }))[0]!;

  it('is listed in pages, for those whose rows it is about', async () => {
    const all = await service.reminders(office); // three stages each; one leader is known, the other's place is the office's
    expect(all).toHaveLength(7);
    const pages = [];
    for (let after: { issuedOn: string; id: string } | undefined; ;) {
      const page = await service.reminders(office, { limit: 3, ...(after && { after }) });
      pages.push(...page);
      after = page.at(-1);
      if (!after) break;
    }
    expect(pages).toEqual(all);
    expect(await service.reminders(unit(education))).toHaveLength(3);
    expect(
      await service.reminders(office, { recipient: `${science}/head`, from: '2023-08-01' }),
    ).toHaveLength(1);
  });

  it('says why it was sent', async () => {
    const { id } = await first(leader);
    const why = await service.why(leader, id);
    expect(why).toMatchObject({
      reminder: { stage: '0', policy: 'reminder@1', fate: 'delivered', skipped: ['-10', '-3'] },
      obligation: { subject: '004:1', due: { on: '2023-07-31' }, state: 'open' },
      stage: { offset: 0, to: ['holders'] },
    });
    const [policy, provisional] = ['reminder@1', false];
    expect(why.ladder.slice(0, 4)).toEqual([
      { stage: '-10', on: '2023-07-17', issuedOn: null, policy, provisional },
      { stage: '-3', on: '2023-07-26', issuedOn: null, policy, provisional },
      { stage: '0', on: '2023-07-31', issuedOn: '2023-07-31', policy, provisional },
      { stage: '+1', on: '2023-08-01', issuedOn: '2023-08-01', policy, provisional },
    ]);
    expect(why.events.map(({ type }) => type)).toEqual(['TaskIssued', 'ReminderIssued', 'ReminderDelivered']);
    await expect(service.why(unit(education), id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(service.why(leader, 'no id')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is acknowledged once', async () => {
    const { id } = await first(leader);
    const asking = asUnit(science);
    expect(await service.acknowledge(asking, id)).toMatchObject({ events: ['ReminderAcknowledged'] });
    expect(await service.acknowledge(asking, id)).toMatchObject({ events: [], position: null });
    await reminding.caughtUp();
    expect(await first(leader)).toMatchObject({ acknowledgedBy: asking.actor.id });
    await expect(service.acknowledge(asUnit(education), id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(service.acknowledge(asAdmin, id)).rejects.toMatchObject({ code: 'forbidden_role' });
  });
});
