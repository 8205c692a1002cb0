import { calendar, everyCounty, industry, reform, science, Story, value } from './ledger-examples.js';
import { isOverdueOn, type Obligation, obligationState } from './obligation.js';
import { obligationsOf } from './obligations.js';
import { rosterOf } from './roster.js';

const lead = (holder: string) => ({ holder, role: 'lead' as const });
const owed = (story: Story, day: string, kind: Obligation['kind'], period?: string) =>
  obligationsOf(story.ledger(), day, calendar).filter(
    each => each.kind === kind && (!period || each.period === period),
  );
const only = (story: Story, day: string, kind: Obligation['kind'], period?: string) => {
  const found = owed(story, day, kind, period);
  expect(found).toHaveLength(1);
  return found[0]!;
};

describe('a figure', () => {
  it('that Q2 and H1 both want is owed once and serves both', () => {
    const story = new Story()
      .withTask('1', [lead(reform)])
      .withIndicator('i1', [science])
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07')
      .opened('2023-07-03', '2023H1', '2023-07-15', { kind: 'half_year', summary: true });
    expect(only(story, '2023-07-03', 'value')).toMatchObject({ period: '2023Q2', due: { on: '2023-07-07' } });
    story.indicator('2023-07-05', 'i1', value(science, '2023H1', 800), science);
    expect(only(story, '2023-07-06', 'value')).toMatchObject({ handedIn: { on: '2023-07-05' } });
  });

  it('that any of several providers may give is owed once by all of them', () => {
    const story = new Story()
      .withTask('1', [lead(reform)])
      .withIndicator('i1', [science, industry], { providerMode: 'one_of' })
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07');
    expect(only(story, '2023-07-03', 'value')).toMatchObject({
      mode: 'one_of',
      named: [science, industry],
      holders: [science, industry],
      reporting: science,
    });
    story.indicator('2023-07-05', 'i1', value(industry, '2023Q2', 800), industry);
    expect(only(story, '2023-07-06', 'value')).toMatchObject({ handedIn: { by: industry } });
  });

  it('of the year that is published after the year is awaited until then', () => {
    const story = new Story()
      .withTask('1', [lead(reform)])
      .withIndicator('i1', [science], { annualOnly: true, frequency: 'year', lagDays: 270 })
      .issued()
      .opened('2024-01-02', '2023Q4', '2024-01-08')
      .opened('2024-01-02', '2023', '2024-01-15', { kind: 'year', summary: true });
    const yearly = only(story, '2024-01-31', 'value');
    expect(yearly).toMatchObject({ period: '2023', availableOn: '2024-09-26', due: { on: '2024-09-26' } });
    expect(obligationState(yearly, '2024-01-31')).toBe('awaiting_publication');
  });

  it('that is turned down is owed again in three workdays, without being late before', () => {
    const story = new Story()
      .withTask('1', [lead(reform)])
      .withIndicator('i1', [industry])
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07')
      .indicator('2023-07-06', 'i1', value(industry, '2023Q2', 800), industry)
      .indicator('2023-07-11', 'i1', {
        type: 'RejectValue',
        period: '2023Q2',
        unit: industry,
        reason: '口径不符',
        reviewerUnit: science,
        office: science,
      });
    const turnedDown = only(story, '2023-07-12', 'value');
    expect(obligationState(turnedDown, '2023-07-12')).toBe('returned');
    expect(isOverdueOn(turnedDown, '2023-07-12')).toBe(false);
    expect(only(story, '2023-07-12', 'rework')).toMatchObject({
      holders: [industry],
      period: '2023Q2',
      due: { on: '2023-07-14', since: '2023-07-11' },
      handedIn: null,
    });
    story.indicator('2023-07-17', 'i1', value(industry, '2023Q2', 790), industry);
    expect(only(story, '2023-07-18', 'rework')).toMatchObject({ handedIn: { on: '2023-07-17' } });
    expect(obligationState(only(story, '2023-07-18', 'value'), '2023-07-18')).toBe('met_late');
  });

  it('whose horizons were over before the plan is never owed', () => {
    const target = {
      horizon: '2018',
      bound: '>=' as const,
      floor: 100,
      stretch: null,
      kind: null,
      commitment: 'plain' as const,
      forecast: false,
      words: '',
      clause: '',
    };
    const story = new Story()
      .withTask('1', [lead(reform)])
      .withIndicator('i1', [science], { targets: [target] })
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07');
    expect(owed(story, '2023-07-10', 'value')).toEqual([]);
    expect(
      story
        .ledger()
        .rounds.get('004:2023Q2')!
        .roster.map(({ unit }) => unit),
    ).toEqual([reform]);
  });

  it('is no longer owed once its plan is closed', () => {
    const story = new Story()
      .withTask('1', [lead(reform), { holder: everyCounty, role: 'responsible', isGroup: true }])
      .withIndicator('i1', [science])
      .issued()
      .opened('2024-01-02', '2023Q4', '2024-01-08');
    story.on('2024-01-31', 'plan-004', { type: 'ClosePlan', reason: '年度结束' });
    for (const kind of ['value', 'submission', 'report'] as const)
      expect(obligationState(owed(story, '2024-02-02', kind)[0]!, '2024-02-02')).toBe('void');
  });
});

describe('a plan that is imported when its quarter is over', () => {
  it('has nothing overdue from before it counts', () => {
    const story = new Story()
      .withTask('1', [lead(science), { holder: everyCounty, role: 'responsible', isGroup: true }])
      .withIndicator('i1', [science])
      .issued('2023-08-10')
      .opened('2023-08-11', '2023Q2', '2023-07-07');
    for (const kind of ['report', 'submission', 'value'] as const) {
      const [obligation] = owed(story, '2023-08-14', kind);
      expect([kind, obligationState(obligation!, '2023-08-14')]).toEqual([kind, 'before_plan']);
    }
  });
});

it('asks for no figure in a submission that is not published when it is due', () => {
  const story = new Story()
    .withTask('1', [lead(science)])
    .withIndicator('i1', [science])
    .withIndicator('i7', [science], { lagDays: 31 })
    .issued();
  const round = {
    type: 'ScheduleRound' as const,
    plan: '004',
    period: '2023H1',
    kind: 'half_year' as const,
    dueOn: '2023-07-15',
    evidence: true,
    summary: true,
    backfill: false,
    clause: '',
  };
  const ledger = story.round('2023-07-03', '2023H1', round).ledger();
  expect(rosterOf(ledger, ledger.rounds.get('004:2023H1')!, '2023-07-03')[0]?.indicators).toEqual(['004:i1']);
});
