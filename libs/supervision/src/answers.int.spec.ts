import { type Indicator } from '@duban/indicator';
import { type Task } from '@duban/task';
import {
  admin,
  county,
  evidence,
  farming,
  industry,
  lead,
  members,
  of,
  office,
  officeOf,
  revival,
  science,
  Workshop,
} from './supervision-examples.js';

let shop: Workshop;
beforeEach(async () => {
  shop = await Workshop.open();
});
afterEach(() => shop.close());

const told = { period: '2023Q2', summary: '推进中' };
const once = (key: string) => ({ idempotency: { key, bodyHash: 'h' } });

describe('receipts by one call', () => {
  beforeEach(async () => {
    for (const code of ['1', '2', '3']) await shop.task(code, [lead(industry), members]);
    await shop.issue();
  });

  it('pass over what was cancelled and what has one already', async () => {
    await shop.core.tasks.order(office, '004:1', { type: 'CancelTask', reason: '撤销', paper: null });
    await shop.core.tasks.acknowledge(of(industry), '004:2');
    const outcomes = await shop.core.tasks.acknowledgeMany(of(industry), '004');
    expect(outcomes.map(({ id }) => id)).toEqual(['004:3']);
  });

  it('are answered as before when the call is repeated', async () => {
    const request = { ...of(industry), ...once('all') };
    const first = await shop.core.tasks.acknowledgeMany(request, '004');
    expect(first).toHaveLength(3);
    const again = await shop.core.tasks.acknowledgeMany(request, '004');
    expect(again).toEqual(first.map(outcome => ({ ...outcome, replayed: true })));
    expect(await shop.core.tasks.acknowledgeMany(of(industry), '004')).toEqual([]);
  });

  it('are given by the office for a unit that has ended, and by nobody for a plan that is not', async () => {
    await shop.merge(industry, farming, '2023-04-20');
    expect(await shop.core.tasks.acknowledgeMany(office, '004', { unit: industry })).toHaveLength(3);
    await expect(shop.core.tasks.acknowledgeMany(of(farming), '999')).rejects.toThrow('not_found');
    const foreign = officeOf(science, ['003']);
    await expect(shop.core.tasks.acknowledgeMany(foreign, '004', { unit: farming })).rejects.toThrow(
      'not_found',
    );
    const leader = { ...office, actor: { ...office.actor, role: 'leader' as const } };
    await expect(shop.core.tasks.acknowledgeMany(leader, '004', { unit: farming })).rejects.toThrow(
      'forbidden_role',
    );
  });

  it('are given by a member that has left the group since, which owed them', async () => {
    await shop.core.units.leaveGroup(admin, 'xiangtan:各县市区园区', { unit: county, from: '2023-04-21' });
    await shop.moveTo('2023-04-24');
    expect(await shop.core.tasks.acknowledgeMany(of(county), '004')).toHaveLength(3);
  });
});

describe('a unit', () => {
  beforeEach(async () => {
    await shop.task('1', [lead(industry), { ...lead(farming), role: 'supporting' }, members]);
    await shop.issue();
    await shop.moveTo('2023-07-10');
  });

  it('cannot date its own report back', async () => {
    const back = { ...told, receivedOn: '2023-07-05' };
    await expect(shop.core.tasks.report(of(industry), '004:1', back)).rejects.toThrow(
      'paper_entry_is_for_office',
    );
    await expect(
      shop.core.tasks.complete(of(industry), '004:1', {
        summary: '完成',
        evidence,
        receivedOn: '2023-07-05',
      }),
    ).rejects.toThrow('paper_entry_is_for_office');
    const paper = { number: '潭工信函〔2023〕7号', on: '2023-07-05' };
    await shop.core.tasks.report(office, '004:1', { ...back, unit: industry, paper });
  });

  it('cannot report on a quarter that has not begun', async () => {
    const early = { period: '2023Q4', summary: '推进中' };
    await expect(shop.core.tasks.report(of(industry), '004:1', early)).rejects.toThrow('effective_in_future');
  });

  it('that only supports corrects no report of the leads', async () => {
    await shop.core.tasks.report(of(industry), '004:1', told);
    const correction = { n: 1, percent: 1, summary: '更正', reason: '有误' };
    await expect(shop.core.tasks.correctReport(of(farming), '004:1', correction)).rejects.toThrow(
      'not_a_lead_unit',
    );
    await shop.core.tasks.correctReport(of(industry), '004:1', correction);
  });

  it('that belongs to a group named says what blocks it', async () => {
    await shop.core.tasks.raiseBlocker(of(county), '004:1', { kind: 'land', note: '用地未批' });
  });

  it('answers for those merged into it, and its old key for nothing', async () => {
    await shop.merge(industry, revival, '2023-07-10');
    await expect(shop.core.tasks.report(of(industry), '004:1', told)).rejects.toThrow('unit_ended');
    await expect(shop.core.tasks.report(of(farming), '004:1', { ...told, unit: industry })).rejects.toThrow(
      'not_found',
    );
    await shop.core.tasks.report(of(revival), '004:1', { ...told, unit: industry });
  });

  it('gets the first answer again although it is no longer named', async () => {
    const request = { ...of(industry), ...once('r1') };
    const first = await shop.core.tasks.report(request, '004:1', told);
    await shop.core.tasks.order(office, '004:1', {
      ...{ type: 'ReassignUnits', roles: [lead(farming)], reason: '调整', paper: null },
    });
    expect(await shop.core.tasks.report(request, '004:1', told)).toEqual({ ...first, replayed: true });
  });
});

describe('the office', () => {
  it('that has become another unit reviews its own work, and that is marked', async () => {
    await shop.task('1', [lead(science)]);
    await shop.issue();
    await shop.moveTo('2023-07-10');
    await shop.core.tasks.complete(of(science), '004:1', { summary: '完成', evidence });
    await shop.merge(science, farming, '2023-07-10');
    await shop.core.tasks.review(officeOf(farming), '004:1', { verdict: 'accept' });
    const task = await shop.core.reader.state<Task>('task', '004:1');
    expect(task!.state.completions[0]).toMatchObject({ selfReviewed: true });
  });

  it('confirms the figures of a unit that it was merged with, marked', async () => {
    await shop.indicator('i1', [science]);
    await shop.issue();
    await shop.moveTo('2023-07-10');
    const value = { period: '2023Q2', value: 10, confirmed: true, evidence };
    await shop.core.indicators.reportValue(of(science), '004:i1', value);
    await shop.merge(science, farming, '2023-07-10');
    await shop.core.indicators.confirmValue(officeOf(farming), '004:i1', { period: '2023Q2' });
    const indicator = await shop.core.reader.state<Indicator>('indicator', '004:i1');
    expect(indicator!.state.observations['2023Q2']!.selfReviewed).toBe(true);
  });

  it('issues a plan and opens a round only at the version that it has seen', async () => {
    await shop.task('1', [lead(industry)]);
    await expect(shop.core.plans.issue({ ...admin, ifMatch: 40 }, '004')).rejects.toThrow('version');
    await shop.issue();
    await shop.moveTo('2023-07-03');
    await shop.round('2023Q2', '2023-07-07');
    await expect(shop.core.rounds.open({ ...office, ifMatch: 40 }, '004:2023Q2')).rejects.toThrow('version');
  });

  it('schedules no round of a plan that is not there', async () => {
    await expect(
      shop.core.rounds.schedule(admin, {
        ...{ plan: '999', period: '2023Q2', kind: 'quarter', dueOn: '2023-07-07', evidence: false },
        ...{ summary: false, backfill: false, clause: '' },
      }),
    ).rejects.toThrow('not_found');
  });
});

describe('providers', () => {
  it('that became one state the part of each under its own name', async () => {
    await shop.indicator('i5', [farming, revival]);
    await shop.issue();
    await shop.moveTo('2023-07-03');
    await shop.merge(revival, farming, '2023-07-03');
    const value = { period: '2023Q2', confirmed: true, evidence };
    await shop.core.indicators.reportValue(of(farming), '004:i5', { ...value, value: 100 });
    await shop.core.indicators.reportValue(of(farming), '004:i5', { ...value, value: 50, unit: revival });
    const indicator = await shop.core.reader.state<Indicator>('indicator', '004:i5');
    expect(indicator!.state.observations['2023Q2']!.parts).toHaveLength(2);
  });

  it('of one figure may state their parts at the same moment', async () => {
    const providers = [industry, farming, revival];
    await shop.indicator('i5', providers);
    await shop.issue();
    await shop.moveTo('2023-07-03');
    const value = { period: '2023Q2', confirmed: true, evidence, value: 10 };
    await Promise.all(providers.map(unit => shop.core.indicators.reportValue(of(unit), '004:i5', value)));
    const indicator = await shop.core.reader.state<Indicator>('indicator', '004:i5');
    expect(indicator!.state.observations['2023Q2']!.parts).toHaveLength(3);
  });
});

describe('units', () => {
  it('are merged only into units that are there', async () => {
    await expect(shop.merge(revival, 'xiangtan:无此局', '2023-07-03')).rejects.toThrow('not_found');
  });

  it('end in no circle, by whichever part of a split', async () => {
    const split = { into: [farming, revival], from: '2023-05-01', paper: null };
    await shop.core.units.split(admin, industry, split);
    await expect(shop.merge(revival, industry, '2023-06-01')).rejects.toThrow('unit_succession_circle');
  });
});
