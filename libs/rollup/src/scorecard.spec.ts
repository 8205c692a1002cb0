import { judgedQuarter, type QuarterScore, scoreOf } from './scorecard.js';
import {
  calendar,
  districts,
  finance,
  indicator,
  industry,
  office,
  paper,
  planned,
  type Story,
} from './story.js';

const statistics = 'xiangtan:市统计局';
const due = { on: '2023-06-20', basis: 'stated' as const, clause: '6月20日前' };
const score = (story: Story, unit: string, period = '2023Q2', cutoffOn = '2023-07-21'): QuarterScore =>
  scoreOf(judgedQuarter(story.ledger(), { period, cutoffOn }, calendar), unit);

describe('a scorecard', () => {
  const story = () =>
    planned(each => {
      const helped = [
        { holder: finance, isGroup: false, role: 'lead' as const, presumed: false },
        { holder: industry, isGroup: false, role: 'supporting' as const, presumed: false },
        { holder: districts, isGroup: true, role: 'responsible' as const, presumed: false },
      ];
      each.task('1', [finance], { due }).task('2', [], { roles: helped, due });
      each.task('3', [industry], { due });
      each.tell(
        'indicator-004:i1',
        indicator('i1', '004', { owners: [finance], kind: 'flow_cumulative', baselines: [] }),
      );
      each.round('2023Q2', '2023-07-07');
    })
      .on('2023-06-20')
      .complete('1', finance)
      .on('2023-06-26')
      .complete('2', finance)
      .on('2023-07-03')
      .open('2023Q2');

  it('keeps apart what was owed as lead, as supporter and as data provider', () => {
    const { lead, supporting, provider } = score(story(), finance).parts;
    expect([lead.total, supporting.total, provider.total]).toEqual([6, 0, 0]); // two tasks: receipt, task, report
    const helping = score(story(), industry);
    expect(helping.parts.supporting.total).toBe(1);
    expect(helping.parts.lead.total).toBe(3);
    const supplying = score(story(), statistics);
    expect(supplying.parts.provider).toMatchObject({ total: 1, late: 1 });
    expect([supplying.provides, supplying.owned.n]).toEqual([1, 0]);
  });

  it('tells of a target to its owner alone', () => {
    const stated = story().on('2023-07-05').value('i1', statistics, '2023Q2', 205.5);
    const { owned, provides } = score(stated, finance);
    expect([owned.n, provides]).toEqual([1, 0]);
    expect(owned.indicators).toMatchObject([{ id: '004:i1', colour: 'red', rule: 'attainment@1' }]);
    expect(score(stated, statistics).parts.provider).toMatchObject({ total: 1, onTime: 1 });
  });

  it('counts a district’s submission beside its receipts', () => {
    const district = score(story(), 'xiangtan:雨湖区');
    expect(district.parts.submissions.total).toBe(1);
    expect(district.parts.responsible.total).toBe(1);
  });

  it('prints n and ranks within one place, and nobody with too little', () => {
    expect(score(story(), finance).ranking).toMatchObject({
      ...{ jurisdiction: 'xiangtan', level: 'bureau', minimum: 3, rule: 'score@1', n: 6 },
      of: expect.any(Number),
    });
    expect(score(story(), statistics).ranking).toMatchObject({ rank: null, n: 1 });
    expect(score(story(), 'xiangtan:无此局').ranking).toBeNull();
  });

  it('counts what a merger passed on apart, and outside the ranking', () => {
    const merged = story()
      .on('2023-06-28')
      .tell(`unit-${industry}`, {
        type: 'MergeUnit',
        ...{ into: finance, from: '2023-07-01', paper, successors: [] },
      });
    const { inherited, parts, total, ranking } = score(merged, finance);
    expect([inherited.total, parts.lead.total, total.total]).toEqual([4, 6, 10]); // 3's receipt, task, report; 2's receipt
    expect(ranking).toMatchObject({ n: 6, inherited: 3 }); // a supporter's receipt is ranked for nobody
    expect(score(merged, industry).total.total).toBe(0);
  });

  it('owes nothing in a quarter before the plan', () => {
    expect(score(story(), office, '2023Q1', '2023-07-21').total.total).toBe(0);
  });
});
