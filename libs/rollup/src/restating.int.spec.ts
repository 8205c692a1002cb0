import { isDeepStrictEqual } from 'node:util';
import { asSecond, ClosedQuarter, figure, round, statistics } from '../../../test/support/closed-quarter.js';
import { asAdmin, asOffice, asUnit, education, science } from '../../../test/support/supervised-ledger.js';
import { diffOf } from './edition-diff.js';
import { type Edition } from './edition-model.js';

(import.meta as ImportMeta & { jest: typeof jest }).jest.setTimeout(60_000);
let quarter: ClosedQuarter;
afterEach(() => quarter.ledger.close());

const paper = { number: '潭督〔2023〕21号', on: '2023-08-14' };
const why = { reason: '004#19 更正', paper };
const restate = (as = asOffice) => quarter.core.bulletins.restate(as, round, why);
const row = (n: number) => quarter.rollups.table.find(`${round}/${n}`);

/** 1010 becomes 980 on 10 August, confirmed by the office on the 14th. */
async function corrected(): Promise<void> {
  await quarter.day('2023-08-10');
  await quarter.correct(980);
  await quarter.day('2023-08-14');
  await quarter.confirm();
}

describe('restating', () => {
  it('publishes edition 2 with its reason; edition 1 stays byte for byte', async () => {
    quarter = await ClosedQuarter.begin();
    const first = await row(1);
    await corrected();
    expect(await restate()).toMatchObject({ id: round, events: ['EditionRestated'] });
    expect(await row(1)).toEqual(first);
    const second = await row(2);
    expect(second).toMatchObject({ kind: 'published', n: 2, cutoffOn: '2023-08-14' });
    expect(second?.body).toMatchObject({
      watermarks: ['restated'],
      restated: { of: 1, reason: '004#19 更正', paper, late: 0, corrected: 1, revised: 0 },
    });
    const lines = diffOf(first!.body, second!.body).filter(({ subject }) => subject === figure);
    expect(lines).toEqual([
      expect.objectContaining({ field: 'actual', from: 1010, to: 980 }),
      expect.objectContaining({ field: 'light', from: 'green', to: 'amber' }),
      expect.objectContaining({ field: 'marks', from: '', to: 'corrected' }),
      expect.objectContaining({ field: 'ratio', from: 101, to: 98 }),
      expect.objectContaining({ field: 'reason' }),
    ]);
    const [head] = await quarter.rollups.list({ period: '2023Q2' });
    expect(head).toMatchObject({ state: 'published', n: 2 });
  });

  it('says nothing of what was decided after the closing: only the corrected figure differs', async () => {
    quarter = await ClosedQuarter.begin();
    const { tasks, units } = quarter.core;
    await quarter.day('2023-07-24');
    const roles = [{ holder: education, isGroup: false, role: 'lead' as const, presumed: false }];
    await tasks.order(asOffice, '004:2', { type: 'ReassignUnits', roles, reason: '机构调整', paper: null });
    await units.merge(asAdmin, statistics, { into: science, from: '2023-07-25', paper: null });
    await tasks.order(asOffice, '004:1', { type: 'CancelTask', reason: '合并实施', paper: null });
    await quarter.day('2023-08-10');
    const stated = { period: '2023Q2', value: 980, reason: '剔除', basis: '清单' };
    await quarter.core.indicators.correctValue(asUnit(science), figure, { unit: science, ...stated });
    await quarter.confirm();
    await restate();
    const [first, second] = [await row(1), await row(2)];
    expect(diffOf(first!.body, second!.body).map(({ subject, field }) => `${subject} ${field}`)).toEqual([
      '004 figures.amber',
      '004 figures.green',
      ...['actual', 'light', 'marks', 'ratio', 'reason'].map(field => `${figure} ${field}`),
    ]);
    const same = ({ tasks, units, groups, ranking, sections, names, duties, closing }: Edition) => ({
      ...{ tasks, units, groups, ranking, sections, names, duties, closing },
    });
    expect(same(second!.body)).toEqual(same(first!.body));
    for (const n of [1, 2]) expect(await quarter.rollups.verify(`${round}/${n}`)).toMatchObject({ ok: true });
  });

  it('verifies from the events alone, both editions', async () => {
    quarter = await ClosedQuarter.begin();
    await corrected();
    await restate();
    for (const n of [1, 2]) expect(await quarter.rollups.verify(`${round}/${n}`)).toMatchObject({ ok: true });
    await quarter.ledger.owner.query(
      `UPDATE edition SET body = jsonb_set(body, '{counts,tasks}', '9') WHERE n = 2`,
    );
    expect((await quarter.rollups.verify(`${round}/1`)).ok).toBe(true);
    expect((await quarter.rollups.verify(`${round}/2`)).ok).toBe(false);
  });

  it('is done by one of several at once: the others are told, and nothing is lost', async () => {
    quarter = await ClosedQuarter.begin();
    await corrected();
    const others = await Promise.all([quarter.ledger.open(), quarter.ledger.open()]);
    const processes = [quarter.core, ...others, quarter.core];
    const outcomes = await Promise.allSettled(
      processes.map(({ bulletins }, index) =>
        bulletins.restate(index % 2 === 0 ? asOffice : asSecond, round, { ...why, of: 1 }),
      ),
    );
    const done = outcomes.filter(({ status }) => status === 'fulfilled');
    const codes = outcomes.flatMap(each =>
      each.status === 'rejected' ? [(each.reason as { code?: string }).code] : [],
    );
    expect([done.length, codes]).toEqual([1, Array(3).fill('edition_restated_already')]);
    expect((await quarter.bulletin()).editions.map(({ n }) => n)).toEqual([1, 2]);
    expect(await row(3)).toBeNull();
  });

  it('is refused when it would say the same, and before there is an edition', async () => {
    quarter = await ClosedQuarter.begin({ published: false });
    await expect(restate()).rejects.toMatchObject({ code: 'edition_not_published' });
    await quarter.publish();
    await quarter.day('2023-08-01');
    await expect(restate()).rejects.toMatchObject({ code: 'nothing_to_restate' });
    await expect(quarter.core.bulletins.restate(asOffice, '004:2023H1', why)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(quarter.core.bulletins.restate(asUnit(science), round, why)).rejects.toMatchObject({
      code: 'forbidden_role',
    });
  });

  it('answers a repeated request as before, under its key', async () => {
    quarter = await ClosedQuarter.begin();
    await corrected();
    const request = { ...asOffice, idempotency: { key: 'once', bodyHash: 'a' } };
    const first = await restate(request);
    expect(await restate(request)).toEqual({ ...first, replayed: true });
    expect((await quarter.bulletin()).editions).toHaveLength(2);
  });

  it('is finished by the worker when whoever restated was gone in between', async () => {
    quarter = await ClosedQuarter.begin();
    await corrected();
    await restate();
    const second = await row(2);
    await quarter.ledger.owner.query('DELETE FROM edition WHERE n = 2');
    expect(await quarter.rollups.table.unkept()).toEqual([{ round, n: 2 }]);
    await quarter.work();
    const again = await row(2);
    expect(isDeepStrictEqual({ ...again, computedAt: null }, { ...second, computedAt: null })).toBe(true);
  });

  it('knows of work that was done in the quarter and told of after it', async () => {
    quarter = await ClosedQuarter.begin();
    await quarter.day('2023-07-24');
    const told = {
      doneOn: '2023-06-29',
      summary: '完成',
      evidence: [{ title: '验收', url: 'https://a.example' }],
    };
    await quarter.core.tasks.complete(asUnit(science), '004:2', told);
    await quarter.work();
    expect((await quarter.bulletin()).corrections).toMatchObject([
      {
        ...{ n: 1, subject: '004:2', period: '2023Q2', how: 'late', correctedOn: '2023-07-24' },
        done: { what: 'task', on: '2023-06-29' },
      },
    ]);
    await restate();
    const [first, second] = [await row(1), await row(2)];
    expect(second?.body.restated).toMatchObject({ of: 1, late: 1 });
    expect(
      diffOf(first!.body, second!.body).filter(({ subject, kind }) => subject === '004:2' && kind === 'task'),
    ).toEqual([expect.objectContaining({ field: 'status', from: 'issued', to: 'submitted' })]);
  });

  it('goes on: edition 3 restates edition 2', async () => {
    quarter = await ClosedQuarter.begin();
    await corrected();
    await restate();
    await quarter.day('2023-08-21');
    await quarter.core.tasks.report(asUnit(science), '004:2', {
      ...{
        period: '2023Q2',
        percent: 30,
        summary: '补报',
        evidence: [{ title: '台账', url: 'https://example.org/1' }],
      },
    });
    await restate();
    expect((await row(3))?.body.restated).toMatchObject({ of: 2, late: 1, corrected: 0 });
    expect(await quarter.rollups.verify(`${round}/3`)).toMatchObject({ ok: true });
  });
});
