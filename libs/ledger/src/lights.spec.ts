import { calendar, completion, industry, reform, report, science, Story, value } from './ledger-examples.js';
import { indicatorLights } from './indicator-light.js';
import { type Moment } from './light-model.js';
import { obligationsOf } from './obligations.js';
import { taskLights } from './task-lights.js';

const lead = (holder: string) => ({ holder, role: 'lead' as const });
const today = (day: string, period = '2023Q3'): Moment => ({ day, knownOn: day, period });
const lightOf = (story: Story, moment: Moment, code = '1') =>
  taskLights(story.ledger(), moment, calendar).get(`004:${code}`);
const indicatorOf = (story: Story, moment: Moment, code = 'i1') =>
  indicatorLights(
    story.ledger(),
    moment,
    calendar,
    obligationsOf(story.ledger(), moment.knownOn, calendar),
  ).get(`004:${code}`);

const issued = (dueOn: string | null = '2023-07-31') =>
  new Story().withTask('1', [lead(industry)], dueOn).issued();
const accepted = (story: Story, on: string) =>
  story.task(on, '1', {
    type: 'ReviewCompletion',
    verdict: 'accept',
    reviewerUnit: science,
    office: science,
  });

describe('the light of a task', () => {
  it('is green on its way', () => {
    expect(lightOf(issued(), today('2023-07-31'))).toMatchObject({
      colour: 'green',
      reason: 'on_track',
      rule: 'light@1',
    });
  });

  it('is red from the day after the due day, with the day and the event it rests on', () => {
    expect(lightOf(issued(), today('2023-08-01'))).toMatchObject({
      colour: 'red',
      reason: 'overdue',
      concern: 'time',
      params: { due: '2023-07-31' },
      events: [{ stream: 'task-004:1', type: 'TaskIssued' }],
    });
  });

  it('is green while a completion in time waits for its review, amber when it came late', () => {
    const inTime = issued().task('2023-07-31', '1', completion(industry, '2023-07-30'), industry);
    expect(lightOf(inTime, today('2023-08-02'))).toMatchObject({ colour: 'green', reason: 'handed_in' });
    const late = issued().task('2023-08-02', '1', completion(industry, '2023-08-02'), industry);
    expect(lightOf(late, today('2023-08-03'))).toMatchObject({ colour: 'amber', reason: 'handed_in_late' });
  });

  it('is green when met in time', () => {
    const done = accepted(
      issued().task('2023-07-28', '1', completion(industry, '2023-07-28'), industry),
      '2023-08-01',
    );
    expect(lightOf(done, today('2023-08-01'))).toMatchObject({ colour: 'green', reason: 'met' });
  });

  it('stays amber for the period in which it was made good late', () => {
    const done = accepted(
      issued().task('2023-08-10', '1', completion(industry, '2023-08-10'), industry),
      '2023-08-14',
    );
    expect(lightOf(done, today('2023-09-30', '2023Q3'))).toMatchObject({
      colour: 'amber',
      reason: 'made_good_late',
    });
    expect(lightOf(done, today('2023-12-31', '2023Q4'))).toMatchObject({
      colour: 'green',
      reason: 'met_late_before',
    });
  });

  it('of late work that the office accepted of its own unit is green only with a second signature', () => {
    const own = () =>
      new Story()
        .withTask('1', [lead(science)], '2023-07-31')
        .issued()
        .task('2023-08-10', '1', completion(science, '2023-08-10'), science)
        .task('2023-08-14', '1', {
          type: 'ReviewCompletion',
          verdict: 'accept',
          reviewerUnit: science,
          office: science,
        });
    const nextQuarter = today('2023-12-31', '2023Q4');
    expect(lightOf(own(), today('2023-08-09'))).toMatchObject({ colour: 'red', reason: 'overdue' });
    expect(lightOf(own(), nextQuarter)).toMatchObject({ colour: 'amber', reason: 'countersign_pending' });
    expect(() => own().task('2023-10-09', '1', { type: 'CloseTask' })).toThrow('countersign_needed');
    const signed = own().on('2023-10-09', 'task-004:1', { type: 'CloseTask' }, { id: 'person:second' });
    expect(lightOf(signed, nextQuarter)).toMatchObject({ colour: 'green', reason: 'met_late_before' });
    expect(lightOf(signed, { day: '2023-09-30', knownOn: '2023-10-08', period: '2023Q3' })).toMatchObject({
      colour: 'amber',
    });
  });

  it('is red when the report on the period is missing', () => {
    const story = issued('2023-12-31').opened('2023-07-03', '2023Q2', '2023-07-07');
    const closing = { day: '2023-06-30', knownOn: '2023-07-21', period: '2023Q2' };
    expect(lightOf(story, closing)).toMatchObject({
      colour: 'red',
      reason: 'report_missing',
      concern: 'missing_report',
    });
    const told = story.task('2023-07-06', '1', report(industry, '2023Q2', '2023-06-30'), industry);
    expect(lightOf(told, closing)).toMatchObject({ colour: 'green' });
  });

  it('is grey while an extension asked in time is being decided', () => {
    const asked = issued().task(
      '2023-07-28',
      '1',
      { type: 'RequestExtension', unit: industry, actsFor: [industry], to: '2023-08-31', reason: '受阻' },
      industry,
    );
    expect(lightOf(asked, today('2023-08-03'))).toMatchObject({
      colour: 'grey',
      reason: 'extension_pending',
    });
  });

  it('is red once nobody has answered a request for fifteen workdays, and says both', () => {
    const ask = { type: 'RequestExtension', unit: industry, actsFor: [industry], reason: '受阻' } as const;
    const story = issued().task('2023-07-28', '1', { ...ask, to: '2023-08-31' }, industry);
    expect(lightOf(story, today('2023-08-18'))).toMatchObject({
      colour: 'grey',
      reason: 'extension_pending',
    });
    expect(lightOf(story, today('2023-08-19'))).toMatchObject({
      ...{ colour: 'red', reason: 'overdue_undecided', since: '2023-08-18' },
      params: { due: '2023-07-31', asked: '2023-07-28' },
    });
    const office = obligationsOf(story.ledger(), '2023-08-19', calendar);
    const decision = office.find(({ kind }) => kind === 'extension_decision');
    expect(decision).toMatchObject({ due: { on: '2023-08-02' }, handedIn: null });
    // It is no dead end: taken back the unit may ask again, which stops no clock now, and the office may still grant.
    const withdrawn = { type: 'WithdrawExtension', unit: industry, actsFor: [industry], n: 1 } as const;
    story.task('2023-08-21', '1', withdrawn, industry);
    expect(lightOf(story, today('2023-08-21'))).toMatchObject({ colour: 'red', reason: 'overdue' });
    story.task('2023-08-21', '1', { ...ask, to: '2023-09-15' }, industry);
    expect(lightOf(story, today('2023-08-22'))).toMatchObject({ colour: 'red', reason: 'overdue' });
    const grant = {
      type: 'DecideExtension',
      n: 2,
      verdict: 'grant',
      dueOn: '2023-09-15',
      paper: null,
    } as const;
    story.task('2023-08-23', '1', grant);
    expect(lightOf(story, today('2023-08-24'))).toMatchObject({ colour: 'green' });
    const [owed] = obligationsOf(story.ledger(), '2023-08-24', calendar).filter(
      ({ kind }) => kind === 'task_due',
    );
    expect(owed).toMatchObject({ lateSince: '2023-08-19', due: { on: '2023-09-15' } });
  });

  it('is amber while it is blocked, and overdue comes before blocked', () => {
    const blocked = issued().task(
      '2023-07-10',
      '1',
      { type: 'RaiseBlocker', unit: industry, actsFor: [industry], kind: 'land', note: '用地未批' },
      industry,
    );
    expect(lightOf(blocked, today('2023-07-11'))).toMatchObject({
      colour: 'amber',
      reason: 'blocked',
      params: { what: '用地未批' },
    });
    expect(lightOf(blocked, today('2023-08-01'))).toMatchObject({ colour: 'red', reason: 'overdue' });
  });

  it('is none when exempt, cancelled, or due before the plan counts', () => {
    const exempt = issued().task('2023-07-20', '1', { type: 'ExemptTask', reason: '容错', paper: null });
    expect(lightOf(exempt, today('2023-08-01'))).toMatchObject({ colour: 'none', reason: 'exempt' });
    const cancelled = issued().task('2023-07-20', '1', { type: 'CancelTask', reason: '撤销', paper: null });
    expect(lightOf(cancelled, today('2023-08-01'))).toMatchObject({ colour: 'none', reason: 'cancelled' });
    expect(lightOf(issued('2023-03-31'), today('2023-08-01'))).toMatchObject({
      colour: 'none',
      reason: 'before_plan',
    });
    expect(lightOf(issued('2018-12-31'), today('2023-08-01'))).toMatchObject({
      colour: 'none',
      reason: 'horizon_past',
    });
  });

  it('is judged at the end of the period although facts arrive later: landed 3 July, reported 4 July', () => {
    const landed = accepted(
      issued('2023-12-31').task('2023-07-04', '1', completion(industry, '2023-07-03'), industry),
      '2023-07-10',
    );
    expect(lightOf(landed, { day: '2023-06-30', knownOn: '2023-07-21', period: '2023Q2' })).toMatchObject({
      colour: 'green',
      reason: 'on_track',
    });
    expect(lightOf(landed, { day: '2023-07-21', knownOn: '2023-07-21', period: '2023Q3' })).toMatchObject({
      colour: 'green',
      reason: 'met',
    });
  });
});

describe('the light of an indicator', () => {
  const target = (horizon: string, floor: number) => ({
    horizon,
    bound: '>=' as const,
    floor,
    stretch: null,
    kind: null,
    commitment: 'plain' as const,
    forecast: false,
    words: '',
    clause: '',
  });
  const flow = () =>
    new Story()
      .withIndicator('i1', [science], {
        kind: 'flow_cumulative',
        baselines: [{ period: '2022', value: 200 }],
        targets: [target('2023Q2', 115), target('2023', 236)],
      })
      .withTask('1', [lead(science)])
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07');
  const closing = { day: '2023-06-30', knownOn: '2023-07-21', period: '2023Q2' };

  it('holds the value against the plan of the period', () => {
    const told = flow().indicator('2023-07-05', 'i1', value(science, '2023Q2', 90), science);
    expect(indicatorOf(told, closing)).toMatchObject({
      actual: 90,
      planned: { value: 115, basis: 'stated' },
      attainment: { ratio: 78.3, verdict: 'far_behind' },
      light: { colour: 'red', concern: 'quantity', params: { attainmentRule: 'attainment@1' } },
    });
  });

  it('goes by the policy in force on the day judged, whenever it is looked back upon', () => {
    const told = flow()
      .adopted('2023-07-04', 'light', '2023-07-05', { behind: 0.75 })
      .indicator('2023-07-05', 'i1', value(science, '2023Q2', 90), science);
    expect(indicatorOf(told, closing)).toMatchObject({
      attainment: { ratio: 78.3, verdict: 'far_behind', rule: { version: 1 } },
      light: { colour: 'red', rule: 'light@1', params: { attainmentRule: 'attainment@1' } },
    });
    expect(indicatorOf(told, { ...closing, day: '2023-07-05' })).toMatchObject({
      attainment: { verdict: 'behind', rule: { version: 2, behind: 0.75 } },
      light: { colour: 'amber', rule: 'light@2', params: { attainmentRule: 'attainment@2' } },
    });
    expect(lightOf(told, { ...closing, day: '2023-07-04' })?.rule).toBe('light@1');
    expect(lightOf(told, { ...closing, day: '2023-07-05' })?.rule).toBe('light@2');
  });

  it('is red when a figure that was owed is not there, and names who owes it', () => {
    const joint = new Story()
      .withIndicator('i1', [science, reform, industry])
      .withTask('1', [lead(science)])
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07');
    joint
      .indicator('2023-07-05', 'i1', value(science, '2023Q2', 100), science)
      .indicator('2023-07-05', 'i1', value(reform, '2023Q2', 100), reform);
    expect(indicatorOf(joint, { ...closing, knownOn: '2023-07-07' })?.light).toMatchObject({
      colour: 'grey',
      reason: 'not_yet',
    });
    expect(indicatorOf(joint, closing)?.light).toMatchObject({
      colour: 'red',
      reason: 'value_missing',
      params: { absent: industry, parts: 2, of: 3 },
    });
  });

  it('does not see a correction that was made after the cutoff', () => {
    const told = flow().indicator('2023-07-05', 'i1', value(science, '2023Q2', 130), science);
    told.indicator(
      '2023-08-10',
      'i1',
      {
        type: 'CorrectValue',
        unit: science,
        actsFor: [science],
        period: '2023Q2',
        value: 100,
        reason: '重复计算',
        basis: '台账',
      },
      science,
    );
    expect(indicatorOf(told, closing)?.actual).toBe(130);
    expect(indicatorOf(told, { ...closing, knownOn: '2023-08-11' })?.actual).toBe(100);
  });

  it('of the year alone is not due in a quarter', () => {
    const yearly = new Story()
      .withIndicator('i1', [science], { annualOnly: true })
      .withTask('1', [lead(science)])
      .issued();
    expect(indicatorOf(yearly, closing)?.light).toMatchObject({ colour: 'grey', reason: 'not_due' });
  });

  it('whose horizons ended before the plan was issued is none', () => {
    const past = new Story()
      .withIndicator('i1', [science], { targets: [target('2018', 100)] })
      .withTask('1', [lead(science)])
      .issued();
    expect(indicatorOf(past, closing)?.light).toMatchObject({ colour: 'none', reason: 'horizon_past' });
  });

  it('that is behind makes the tasks amber that it is linked to', () => {
    const linked = new Story()
      .withIndicator('i1', [science], {
        kind: 'flow_cumulative',
        targets: [target('2023Q2', 115), target('2023', 236)],
        links: [{ plan: '004', task: '004:1', section: null, clause: '' }],
      })
      .withTask('1', [lead(science)])
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07')
      .task('2023-07-05', '1', report(science, '2023Q2', '2023-06-30'), science)
      .indicator('2023-07-05', 'i1', value(science, '2023Q2', 60), science);
    expect(lightOf(linked, closing)).toMatchObject({
      colour: 'amber',
      reason: 'behind_plan',
      params: { indicator: '004:i1' },
    });
  });
});
