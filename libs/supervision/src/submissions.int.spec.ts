import { type Indicator } from '@duban/indicator';
import { type Submission } from '@duban/round';
import {
  county,
  evidence,
  farming,
  industry,
  lead,
  members,
  of,
  office,
  officeOf,
  reform,
  revival,
  science,
  Workshop,
} from './supervision-examples.js';

let shop: Workshop;
beforeEach(async () => {
  shop = await Workshop.open();
});
afterEach(() => shop.close());

const h1 = '004:2023H1';
const q2 = '004:2023Q2';
const item = (task: string) => ({ task: `004:${task}`, percent: 50, note: '推进中', evidence });
const figure = (code: string, value: number) => ({
  indicator: `004:${code}`,
  value,
  confirmed: true,
  evidence,
});
const summary = '半年总结';
const stateOf = async (id: string) => (await shop.core.reader.state<Submission>('submission', id))!.state;
const indicator = async (code: string) =>
  (await shop.core.reader.state<Indicator>('indicator', `004:${code}`))!.state;

/** Two bureaus with a part each of one figure, both asked for a summary of the half-year. */
async function halfYear(): Promise<void> {
  await shop.task('1', [lead(industry)]);
  await shop.task('2', [lead(reform)]);
  await shop.indicator('i5', [industry, reform]);
  await shop.issue();
  await shop.moveTo('2023-07-03');
  await shop.round('2023H1', '2023-07-15', { summary: true });
}
const handIn = (unit: string, task: string, value: number, by = of(unit)) =>
  shop.core.submissions.handIn(by, h1, unit, {
    ...{ items: [item(task), figure('i5', value)], summary },
    ...(by.actor.role === 'office' && { paper: { number: '来函〔2023〕3号', on: '2023-07-03' } }),
  });

describe('accepting a submission', () => {
  it('accepts its part of a joint figure before the other parts are in, and confirms the whole with the last', async () => {
    await halfYear();
    await handIn(industry, '1', 100);
    await shop.core.submissions.accept(office, h1, industry);
    expect((await stateOf(`${h1}/${industry}`)).status).toBe('accepted');
    await handIn(reform, '2', 50);
    await shop.core.submissions.accept(office, h1, reform);
    expect((await indicator('i5')).observations['2023Q2']!.confirmedOn).toBe('2023-07-03');
  });

  it('finds it under the name of the unit that handed it in, and under its successor’s', async () => {
    await halfYear();
    await handIn(industry, '1', 100);
    await shop.merge(industry, farming, '2023-07-03');
    await shop.core.submissions.accept(office, h1, farming);
    expect((await stateOf(`${h1}/${industry}`)).status).toBe('accepted');
  });

  it('stays the office’s when the office has become another unit, and is marked for what was its own', async () => {
    await shop.task('1', [lead(science)]);
    await shop.issue();
    await shop.moveTo('2023-07-03');
    await shop.round('2023H1', '2023-07-15', { summary: true });
    await shop.core.submissions.handIn(of(science), h1, science, { items: [item('1')], summary });
    await shop.merge(science, farming, '2023-07-03');
    await shop.core.submissions.accept(officeOf(farming), h1, science);
    expect(await stateOf(`${h1}/${science}`)).toMatchObject({ status: 'accepted', selfReviewed: true });
  });

  it('is refused to the person who entered it, whatever key he or she uses', async () => {
    await halfYear();
    await handIn(industry, '1', 100, office);
    await expect(shop.core.submissions.accept(office, h1, industry)).rejects.toThrow('same_person');
  });

  it('is not seen by the office of another plan, and refused to a bare machine', async () => {
    await halfYear();
    await handIn(industry, '1', 100);
    const other = officeOf(science, ['003']);
    await expect(shop.core.submissions.accept(other, h1, industry)).rejects.toThrow('not_found');
    const machine = { ...office, actor: { ...office.actor, id: 'robot', kind: 'machine' as const } };
    await expect(shop.core.submissions.accept(machine, h1, industry)).rejects.toThrow(
      'machine_needs_acting_for',
    );
    const named = { ...machine, actor: { ...machine.actor, actingFor: 'person:chief' } };
    await expect(shop.core.submissions.accept(named, h1, industry)).resolves.toMatchObject({
      replayed: false,
    });
  });
});

describe('handing in', () => {
  it('again after a return may state another figure', async () => {
    await halfYear();
    await handIn(industry, '1', 100);
    await shop.core.submissions.return(office, h1, industry, {
      reasons: [{ item: '004:i5', reason: '口径不符' }],
      reworkBy: '2023-07-06',
    });
    await shop.moveTo('2023-07-05');
    const { events } = await handIn(industry, '1', 90);
    expect(events).toContain('ValueRevised');
    const [part] = (await indicator('i5')).observations['2023Q2']!.parts;
    expect(part).toMatchObject({ value: 90, firstOn: '2023-07-03' });
  });

  it('is possible when a task of the roster was cancelled since', async () => {
    await halfYear();
    await shop.core.tasks.order(office, '004:1', { type: 'CancelTask', reason: '撤销', paper: null });
    await handIn(industry, '1', 100);
    expect((await stateOf(`${h1}/${industry}`)).status).toBe('handed_in');
  });

  it('late is backed by the evidence of the whole paper', async () => {
    await halfYear();
    await shop.moveTo('2023-07-21');
    const items = [{ ...item('1'), evidence: [] }, figure('i5', 100)];
    await shop.core.submissions.handIn(of(industry), h1, industry, { items, summary, evidence });
    expect((await stateOf(`${h1}/${industry}`)).status).toBe('handed_in');
  });

  it('by the successor of two providers states the part of each under its own name', async () => {
    await shop.task('1', [lead(farming)]);
    await shop.task('2', [lead(revival)]);
    await shop.indicator('i5', [farming, revival]);
    await shop.issue();
    await shop.moveTo('2023-07-03');
    await shop.round('2023H1', '2023-07-15', { summary: true });
    await shop.merge(revival, farming, '2023-07-03');
    const { submissions } = shop.core;
    await submissions.handIn(of(farming), h1, farming, { items: [item('1'), figure('i5', 100)], summary });
    await submissions.handIn(of(farming), h1, revival, { items: [item('2'), figure('i5', 50)], summary });
    const { parts } = (await indicator('i5')).observations['2023Q2']!;
    expect(parts.map(({ unit, value }) => [unit, value])).toEqual([
      [farming, 100],
      [revival, 50],
    ]);
  });

  it('is refused to a unit that has ended, and another’s is not seen', async () => {
    await halfYear();
    await expect(handIn(industry, '1', 100, of(reform))).rejects.toThrow('not_found');
    await shop.merge(industry, farming, '2023-07-03');
    await expect(handIn(industry, '1', 100, of(industry))).rejects.toThrow('unit_ended');
    await expect(shop.core.submissions.form(of(industry), h1, industry)).resolves.toMatchObject({
      unit: industry,
    });
  });

  it('is answered as before when it is repeated, though the unit has ended since', async () => {
    await halfYear();
    const by = { ...of(industry), idempotency: { key: 'k1', bodyHash: 'h' } };
    const first = await handIn(industry, '1', 100, by);
    const back = { ...of(industry), idempotency: { key: 'k2', bodyHash: 'h' } };
    await shop.core.submissions.withdraw(back, h1, industry);
    await shop.merge(industry, farming, '2023-07-03');
    expect(await handIn(industry, '1', 100, by)).toEqual({ ...first, replayed: true });
    await expect(shop.core.submissions.withdraw(back, h1, industry)).resolves.toMatchObject({
      replayed: true,
    });
  });

  it('heeds the version that the caller has seen', async () => {
    await halfYear();
    await expect(handIn(industry, '1', 100, { ...of(industry), ifMatch: 7 })).rejects.toThrow('version');
    await handIn(industry, '1', 100, { ...of(industry), ifMatch: 1 });
    await expect(shop.core.submissions.accept({ ...office, ifMatch: 1 }, h1, industry)).rejects.toThrow(
      'version',
    );
  });

  it('by a member of a group reports its rows and nothing for their leads', async () => {
    await shop.task('1', [lead(science), members]);
    await shop.issue();
    await shop.moveTo('2023-07-03');
    await shop.round('2023Q2', '2023-07-07');
    const { events } = await shop.core.submissions.handIn(of(county), q2, county, { items: [item('1')] });
    expect(events).toEqual(['SubmissionHandedIn']);
  });
});

describe('what stands in the way of closing', () => {
  it('are figures that a half-year round asks for under the name of their quarter', async () => {
    await halfYear();
    await shop.moveTo('2023-07-17');
    const blockers = await shop.core.rounds.blockers(office, h1);
    expect(blockers).toContainEqual({
      class: 'not_handed_in',
      items: expect.arrayContaining([`004:i5 ${industry}`, `004:i5 ${reform}`]) as string[],
    });
  });

  it('are figures that nobody has confirmed and requests that wait for their answer', async () => {
    await shop.task('1', [lead(industry)], '2023-06-30');
    await shop.indicator('i1', [industry]);
    await shop.issue();
    await shop.moveTo('2023-06-28');
    await shop.core.tasks.requestExtension(of(industry), '004:1', { to: '2023-08-31', reason: '受阻' });
    await shop.moveTo('2023-07-03');
    await shop.round('2023Q2', '2023-07-07');
    await shop.core.indicators.reportValue(of(industry), '004:i1', {
      ...{ period: '2023Q2', value: 10, confirmed: true, evidence },
    });
    await shop.core.tasks.report(of(industry), '004:1', { period: '2023Q2', summary: '推进中' });
    expect(await shop.core.rounds.blockers(office, q2)).toEqual([
      { class: 'tolled', items: [`004:1 ${industry}`] },
      { class: 'unreviewed', items: [`004:i1 ${industry}`] },
    ]);
    await shop.core.indicators.confirmValue(office, '004:i1', { period: '2023Q2' });
    expect((await shop.core.rounds.blockers(office, q2)).map(each => each.class)).toEqual(['tolled']);
  });
});
