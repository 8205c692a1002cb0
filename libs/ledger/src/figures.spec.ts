import { calendar, everyCounty, industry, reform, science, Story, value } from './ledger-examples.js';
import { valueOf } from '@duban/indicator';
import { indicatorLights } from './indicator-light.js';
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

  it('that a month, a quarter, a half-year and a year want is owed once for each of its own periods', () => {
    const story = new Story()
      .withTask('1', [lead(reform)])
      .withIndicator('i1', [science])
      .issued()
      .opened('2023-07-03', '2023-06', '2023-07-06', { kind: 'month' })
      .opened('2023-07-03', '2023H1', '2023-07-15', { kind: 'half_year', summary: true })
      .opened('2023-07-03', '2023Q2', '2023-07-07')
      .opened('2023-08-01', '2023-07', '2023-08-07', { kind: 'month' })
      .opened('2024-01-02', '2023Q4', '2024-01-08')
      .opened('2024-01-02', '2023', '2024-01-15', { kind: 'year', summary: true });
    const values = owed(story, '2024-01-02', 'value').map(({ period, due }) => `${period} ${due.on}`);
    expect(values).toEqual(['2023Q2 2023-07-07', '2023Q4 2024-01-08']);
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

  it('of the year that comes in the autumn of the next is red at no time before, and revised when it is final', () => {
    const story = new Story()
      .withTask('3.4', [lead(reform)])
      .withIndicator('i1', [science], { annualOnly: true, frequency: 'year', lagDays: 274 }) // as 004#1
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07')
      .opened('2023-07-03', '2023H1', '2023-07-15', { kind: 'half_year', summary: true })
      .opened('2023-10-07', '2023Q3', '2023-10-11')
      .opened('2024-01-02', '2023Q4', '2024-01-08')
      .opened('2024-01-02', '2023', '2024-01-15', { kind: 'year', summary: true });
    const lightOn = (day: string, period: string) => {
      const obligations = obligationsOf(story.ledger(), day, calendar);
      const moment = { day, knownOn: day, period };
      const { light } = indicatorLights(story.ledger(), moment, calendar, obligations).get('004:i1')!;
      return `${light.colour} ${light.reason} ${light.params['due'] ?? ''}`.trim();
    };
    expect(lightOn('2023-07-20', '2023Q2')).toBe('grey not_due');
    expect(lightOn('2023-10-20', '2023Q3')).toBe('grey not_due');
    expect(lightOn('2023-12-31', '2023Q4')).toMatch(/^grey/);
    // 274 days after 31 December 2023 is 30 September 2024, a Monday.
    expect(lightOn('2024-01-31', '2023Q4')).toBe('grey awaiting_publication 2024-09-30');
    expect(lightOn('2024-09-30', '2023Q4')).toMatch(/^grey/);
    expect(lightOn('2024-10-01', '2023Q4')).toBe('red value_missing 2024-09-30');
    const revise = { unit: science, actsFor: [science], period: '2023', reason: '终值', confirmed: true };
    story
      .indicator('2024-10-08', 'i1', value(science, '2023', 830), science)
      .indicator('2024-10-09', 'i1', {
        ...{ type: 'ConfirmValue', period: '2023', reviewerUnit: reform, office: science },
      })
      .indicator('2025-01-10', 'i1', { type: 'ReviseValue', ...revise, value: 836 }, science);
    const figure = valueOf(story.ledger().indicators.get('004:i1')!, '2023');
    expect(figure).toMatchObject({ state: 'revised', value: 836, corrected: false });
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
