import { editionOf } from './edition.js';
import { type Edition } from './edition-model.js';
import { calendar, districts, finance, industry, office, planned, type Story } from './story.js';

const edition = (story: Story, period: string, cutoffOn: string): Edition =>
  editionOf(story.ledger(), { period, cutoffOn }, calendar);
const unit = (of: Edition, id: string) => of.units.find(line => line.unit === id)!;
const stated = (on: string) => ({ on, basis: 'stated' as const, clause: '按期' });

describe('the on-time rate', () => {
  it('holds in its denominator what is overdue and open, and lists beside it what is tolled, awaited and waived', () => {
    const due = stated('2023-06-30');
    const story = planned(each => {
      for (const code of ['1', '2', '3', '4']) each.task(code, [finance], { due });
      each.round('2023Q2', '2023-07-07');
    })
      .on('2023-06-28')
      .complete('1', finance)
      .ask('2', finance, '2023-09-30')
      .tell('task-004:3', { type: 'ExemptTask', reason: '尽职免责', paper: null });
    const { delivery } = unit(edition(story, '2023Q2', '2023-07-21'), finance);
    expect(delivery).toMatchObject({ total: 4, onTime: 1, tolled: 1, waived: 1, late: 1, openOverdue: 1 });
    expect(delivery).toMatchObject({ numerator: 1, denominator: 2, rate: 50 });
  });

  it('counts what an extension moved apart', () => {
    const story = planned(each =>
      each.task('1', [finance], { due: stated('2023-06-30') }).round('2023Q2', '2023-07-07'),
    )
      .on('2023-06-20')
      .ask('1', finance, '2023-08-31')
      .on('2023-06-26')
      .tell('task-004:1', {
        type: 'DecideExtension',
        n: 1,
        verdict: 'grant',
        dueOn: '2023-08-31',
        paper: null,
      })
      .on('2023-08-30')
      .complete('1', finance);
    const q2 = unit(edition(story, '2023Q2', '2023-07-21'), finance);
    expect([q2.delivery.total, q2.extensions]).toEqual([0, 1]);
    const q3 = unit(edition(story, '2023Q3', '2023-10-20'), finance);
    expect(q3.delivery).toMatchObject({ total: 1, extended: 1, onTime: 0, rate: 100 });
  });

  it('counts a returned completion as in time and apart, and as late once its rework day has passed', () => {
    const returned = () =>
      planned(each => each.task('1', [finance], { due: stated('2023-06-21') }).round('2023Q2', '2023-07-07'))
        .on('2023-06-20')
        .complete('1', finance)
        .on('2023-06-26')
        .tell('task-004:1', {
          type: 'ReviewCompletion',
          verdict: 'return',
          ...{ reasons: ['缺佐证'], reworkBy: '2023-07-14', reviewerUnit: office, office },
        });
    const delivery = (of: Story, cutoff: string, period: string) =>
      unit(edition(of, period, cutoff), finance).delivery;
    expect(delivery(returned(), '2023-07-12', '2023Q2')).toMatchObject({
      returned: 1,
      returns: 1,
      rate: 100,
    });
    expect(delivery(returned(), '2023-10-20', '2023Q3')).toMatchObject({ total: 0 });
    expect(
      delivery(returned().on('2023-06-29').complete('1', finance), '2023-07-12', '2023Q2'),
    ).toMatchObject({ onTime: 1, returns: 1 });
  });

  it('counts joint leads once each, and the plan once', () => {
    const story = planned(each => each.task('3.1', [office, industry]).round('2023Q2', '2023-07-07'))
      .on('2023-07-03')
      .open('2023Q2')
      .on('2023-07-05')
      .report('3.1', industry, '2023Q2')
      .on('2023-07-21')
      .close('2023Q2');
    const q2 = edition(story, '2023Q2', '2023-07-21');
    const onTime = (id: string) => unit(q2, id).reporting.onTime;
    expect([onTime(office), onTime(industry), q2.duties.reporting.onTime]).toEqual([1, 1, 1]); // receipts came late
    expect(unit(q2, industry).lead.tasks).toBe(1);
  });

  it('keeps supporting apart from leading', () => {
    const roles = [
      { holder: finance, isGroup: false, role: 'lead' as const, presumed: false },
      { holder: industry, isGroup: false, role: 'supporting' as const, presumed: false },
    ];
    const story = planned(each => each.task('1', [], { roles }))
      .on('2023-04-21')
      .tell('task-004:1', {
        type: 'AcknowledgeTask',
        ...{ unit: industry, actsFor: [], members: [] },
      });
    const line = unit(edition(story, '2023Q2', '2023-07-21'), industry);
    expect([
      line.lead.tasks,
      line.supporting.tasks,
      line.supporting.receipts.onTime,
      line.reporting.total,
    ]).toEqual([0, 1, 1, 0]);
  });
});

describe('groups', () => {
  it('say how many of their members have handed in', () => {
    const roles = [
      { holder: office, isGroup: false, role: 'lead' as const, presumed: false },
      { holder: districts, isGroup: true, role: 'responsible' as const, presumed: false },
    ];
    const story = planned(each => each.task('1', [], { roles }).round('2023Q2', '2023-07-07'))
      .on('2023-07-03')
      .open('2023Q2')
      .on('2023-07-06')
      .handIn('2023Q2', 'xiangtan:雨湖区')
      .handIn('2023Q2', 'xiangtan:岳塘区');
    const q2 = edition(story, '2023Q2', '2023-07-21');
    expect(q2.groups).toMatchObject([{ name: '各县市区', handedIn: 2, of: 3, tasks: ['004:1'] }]);
    expect(q2.groups[0]?.members.find(({ unit: id }) => id === 'xiangtan:湘潭县')?.outcome).toBe('late');
  });
});

describe('ranking', () => {
  const told = () =>
    planned(each => {
      for (const code of ['1', '2', '3']) each.task(code, [finance]);
      each.task('2.1', [industry]).round('2023Q2', '2023-07-07');
    })
      .on('2023-07-03')
      .open('2023Q2')
      .on('2023-07-06')
      .report('1', finance, '2023Q2')
      .report('2', finance, '2023Q2')
      .on('2023-07-21')
      .close('2023Q2');

  it('goes by the policy in force at the end of the quarter, as far as it was adopted by the cutoff', () => {
    const counted = (story: Story) => {
      const { ranking, rules } = edition(story, '2023Q2', '2023-07-21');
      const [table] = ranking?.tables ?? [];
      const ranked = table?.ranked.map(({ unit: id, n }) => [id, n]);
      return [rules.score, ranking?.rule, ranking?.minimum, ranked];
    };
    const reports = { minimum: 1, areas: ['reporting'] };
    expect(counted(told().on('2023-06-20').adopt('score', '2023-06-30', reports))).toEqual([
      ...['score@2', 'score@2', 1],
      [
        [finance, 6], // three receipts and three reports
        [industry, 2],
      ],
    ]);
    expect(counted(told().on('2023-06-20').adopt('score', '2023-07-01', reports))).toEqual(counted(told()));
    const tasks = { areas: ['delivery'] }; // which are not due before the end of the year
    expect(counted(told().on('2023-06-20').adopt('score', '2023-06-30', tasks))).toEqual([
      ...['score@2', 'score@2', 3, undefined],
    ]);
  });

  it('ranks within one level, prints n, and leaves out units with too few duties', () => {
    const { ranking } = edition(told(), '2023Q2', '2023-07-21');
    expect(ranking).toMatchObject({ rule: 'score@1', jurisdiction: 'xiangtan', minimum: 3 });
    const [table] = ranking?.tables ?? [];
    expect(table?.ranked).toMatchObject([{ rank: 1, unit: finance, n: 6, rate: 33.3 }]);
    expect(table?.tooFew.map(({ unit: id, n }) => [id, n])).toEqual([[industry, 2]]);
  });
});
