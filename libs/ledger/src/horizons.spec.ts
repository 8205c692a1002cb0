import {
  calendar,
  completion,
  everyCounty,
  industry,
  report,
  revival,
  science,
  Story,
} from './ledger-examples.js';
import { groupAnswers } from './group-answers.js';
import { isLate, isOverdueOn, type Obligation, obligationState } from './obligation.js';
import { obligationsOf } from './obligations.js';
import { taskLights } from './task-lights.js';

const lead = (holder: string) => ({ holder, role: 'lead' as const });
const reassigned = (unit: string) => ({
  ...{ type: 'ReassignUnits' as const, reason: '由办公室指定', paper: null },
  roles: [{ ...lead(unit), isGroup: false, presumed: false }],
});
const owed = (story: Story, day: string, kind?: Obligation['kind']) =>
  obligationsOf(story.ledger(), day, calendar).filter(each => kind === undefined || each.kind === kind);
const states = (story: Story, day: string) =>
  Object.fromEntries(
    owed(story, day).map(each => [
      `${each.kind} ${each.subject}${each.period === null ? '' : ` ${each.period}`}`,
      `${obligationState(each, day)} ${each.due.on}`,
    ]),
  );
const lightOf = (story: Story, task: string, day: string) =>
  taskLights(story.ledger(), { day, knownOn: day, period: '2023Q2' }, calendar).get(task);

/** A plan in which nobody is named for this task: the office undertakes to name somebody. */
const leaderless = (plan: string, ...codes: readonly string[]) => {
  const story = new Story(
    plan,
    codes.map(subject => ({ code: 'task_without_unit', subject })),
  );
  for (const code of codes) story.waived('task_without_unit', code);
  return story;
};

/** The plan of five years, in which nothing else is asked. */
const fiveYears = (code: string, dueOn: string, every?: 'year') =>
  new Story('000')
    .withTask(code, [lead(science)])
    .task('2023-04-20', code, {
      type: 'SetDueDate',
      due: { on: dueOn, basis: 'presumed', clause: every ? '每年' : '到2027年', ...(every && { every }) },
      reason: '文件',
      paper: null,
    })
    .issued()
    .on('2023-04-20', 'plan-000', {
      ...{ type: 'AmendPlan', title: '五年方案', to: '2027-12-31', reason: '五年', paper: null },
    })
    .task('2023-04-21', code, { type: 'AcknowledgeTask', unit: science, actsFor: [science], members: [] });

describe('a task that is due by 2027', () => {
  it('has nothing due in 2023, and a check when the year is over', () => {
    expect(states(fiveYears('1.3', '2027-12-31'), '2023-12-31')).toEqual({
      'receipt 000:1.3': 'met 2023-04-24', // Sunday the 23rd is worked
      'report 000:1.3 2023': 'upcoming 2024-01-08', // five workdays after the year
      'task_due 000:1.3': 'open 2027-12-31',
    });
  });

  it('is checked by the policy of the day after the year', () => {
    const due = (from: string) => {
      const story = fiveYears('1.3', '2027-12-31').adopted('2023-12-20', 'round', from, { dueWorkdays: 3 });
      return obligationsOf(story.ledger(), '2023-12-31', calendar).find(({ period }) => period === '2023')
        ?.due;
    };
    expect(due('2024-01-01')).toMatchObject({ on: '2024-01-04', rule: 'round@2' });
    expect(due('2024-01-02')).toMatchObject({ on: '2024-01-08', rule: 'round@1' });
  });

  it('is checked after each of four years, and is itself overdue only after 2027', () => {
    const told = fiveYears('1.3', '2027-12-31').task(
      '2024-01-05',
      '1.3',
      report(science, '2023', '2023-12-29'),
      science,
    );
    expect(states(told, '2028-01-01')).toEqual({
      'receipt 000:1.3': 'met 2023-04-24',
      'report 000:1.3 2023': 'met 2024-01-08',
      'report 000:1.3 2024': 'open 2025-01-08',
      'report 000:1.3 2025': 'open 2026-01-08',
      'report 000:1.3 2026': 'open 2027-01-07', // no notice of 2027 is known: plain weeks
      'task_due 000:1.3': 'open 2027-12-31',
    });
    const late = owed(told, '2028-01-01').filter(each => isOverdueOn(each, '2028-01-01'));
    expect(late.map(({ kind, period }) => `${kind} ${period}`)).toEqual([
      'report 2024',
      'report 2025',
      'report 2026',
      'task_due null',
    ]);
  });

  it('is served by what the leads report on the last quarter, and asked once', () => {
    const story = fiveYears('1.3', '2027-12-31').opened('2024-01-02', '2023Q4', '2024-01-08');
    expect(owed(story, '2024-01-02', 'report').map(({ period }) => period)).toEqual(['2023Q4', '2024']);
    const early = fiveYears('1.3', '2027-12-31').task(
      '2023-12-29',
      '1.3',
      report(science, '2023Q4', '2023-12-29'),
      science,
    );
    expect(states(early, '2024-01-02')).toMatchObject({ 'report 000:1.3 2023': 'met 2024-01-08' });
  });

  it('is red for the last quarter when nobody answers', () => {
    const story = fiveYears('1.3', '2027-12-31');
    const light = taskLights(
      story.ledger(),
      { day: '2024-01-09', knownOn: '2024-01-09', period: '2023Q4' },
      calendar,
    ).get('000:1.3');
    expect(light).toMatchObject({ colour: 'red', reason: 'report_missing', params: { due: '2024-01-08' } });
    expect(lightOf(story, '000:1.3', '2023-12-31')).toMatchObject({ colour: 'green' });
  });

  it('is checked no more once it is done', () => {
    const done = fiveYears('1.3', '2027-12-31')
      .task('2024-06-03', '1.3', completion(science, '2024-06-03'), science)
      .task('2024-06-05', '1.3', {
        ...{ type: 'ReviewCompletion', verdict: 'accept', reviewerUnit: science, office: science },
      });
    expect(owed(done, '2026-02-01', 'report').map(({ period }) => period)).toEqual(['2023', '2024']);
    expect(states(done, '2026-02-01')).toMatchObject({ 'report 000:1.3 2024': 'met 2025-01-08' });
  });

  it('owes no check to those who lead it only since the day was over', () => {
    const story = leaderless('002', '7').withTask('7', [], '2035-12-31').issued();
    story.task('2024-02-01', '7', reassigned(science));
    expect(states(story, '2024-02-02')).toMatchObject({
      'report 002:7 2024': 'upcoming 2025-01-08',
      'task_due 002:7': 'open 2035-12-31',
    });
    expect(owed(story, '2024-02-02', 'report')).toHaveLength(1);
  });

  it('passes a missed check on as late', () => {
    const story = fiveYears('1.3', '2027-12-31').task('2024-02-01', '1.3', reassigned(industry));
    const check = owed(story, '2024-02-02', 'report').find(({ period }) => period === '2023');
    expect(check).toMatchObject({
      ...{ holders: [industry], lateSince: '2024-01-09', inherited: true },
      due: { since: '2024-02-01' },
    });
  });
});

describe('a task of each year', () => {
  it('is due in the first and reported on after each later one, however well the first went', () => {
    const done = fiveYears('2.1', '2023-12-31', 'year')
      .task('2023-12-20', '2.1', completion(science, '2023-12-20'), science)
      .task('2023-12-22', '2.1', {
        ...{ type: 'ReviewCompletion', verdict: 'accept', reviewerUnit: science, office: science },
      });
    expect(states(done, '2023-12-31')).toEqual({
      'receipt 000:2.1': 'met 2023-04-24',
      'review 000:2.1': 'met 2023-12-27',
      'task_due 000:2.1': 'met 2023-12-31',
    });
    expect(states(done, '2025-01-02')).toMatchObject({
      'report 000:2.1 2024': 'open 2025-01-08',
      'report 000:2.1 2025': 'upcoming 2026-01-08',
    });
    done.on('2025-03-03', 'task-000:2.1', { type: 'CloseTask' }, { id: 'person:second' });
    expect(states(done, '2027-03-03')).toMatchObject({ 'report 000:2.1 2024': 'met_late 2025-01-08' });
    expect(owed(done, '2027-03-03', 'report').map(({ period }) => period)).toEqual(['2024', '2025']);
  });

  it('ends with the plan', () => {
    const story = fiveYears('2.1', '2023-12-31', 'year');
    expect(owed(story, '2031-01-01', 'report').map(({ period }) => period)).toEqual([
      '2024',
      '2025',
      '2026',
      '2027',
    ]);
  });
});

it('asks nothing of what is due at an opportune moment (适时)', () => {
  const story = new Story('001').withTask('1', [lead(science)], null).issued();
  expect(Object.keys(states(story, '2026-06-01'))).toEqual(['receipt 001:1']);
});

describe('a horizon that was over before the plan', () => {
  const story = () => leaderless('002', '1', '8').withTask('1', [], '2018-12-31').withTask('8', []).issued();

  it('wants no lead', () => {
    expect(states(story(), '2023-05-10')).toEqual({
      'assign_lead 002:1': 'horizon_past 2023-05-06',
      'assign_lead 002:8': 'open 2023-05-06',
    });
  });

  it('is shown, never owed, once somebody leads it', () => {
    const led = story()
      .task('2023-05-09', '1', reassigned(science))
      .opened('2023-07-03', '2023Q2', '2023-07-07');
    expect(states(led, '2023-07-20')).toEqual({
      'assign_lead 002:1': 'horizon_past 2023-05-06',
      'assign_lead 002:8': 'open 2023-05-06',
      'receipt 002:1': 'horizon_past 2023-05-12',
      'task_due 002:1': 'horizon_past 2018-12-31',
    });
    for (const each of owed(led, '2023-07-20').filter(({ subject }) => subject === '002:1'))
      expect([each.kind, isOverdueOn(each, '2023-07-20'), isLate(each, '2023-07-20')]).toEqual([
        each.kind,
        false,
        false,
      ]);
    expect(lightOf(led, '002:1', '2023-07-20')).toMatchObject({ colour: 'none', reason: 'horizon_past' });
  });

  it('is no row of what members hand in, and none of the group counts it', () => {
    const counted = new Story('002')
      .withTask(
        '1',
        [lead(science), { holder: everyCounty, role: 'responsible', isGroup: true }],
        '2018-12-31',
      )
      .withTask('2', [lead(science), { holder: everyCounty, role: 'responsible', isGroup: true }])
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07');
    expect(groupAnswers(counted.ledger(), '002:1', '2023-07-10')).toEqual([]);
    expect(groupAnswers(counted.ledger(), '002:2', '2023-07-10')).toMatchObject([{ handedIn: 0, of: 3 }]);
    const papers = [...counted.ledger().submissions.values()];
    expect(papers.map(({ tasks }) => tasks)).toEqual([['002:2'], ['002:2'], ['002:2']]);
  });

  it('is owed again when the office sets a day', () => {
    const revived = story()
      .task('2023-05-09', '1', reassigned(science))
      .task('2023-05-10', '1', {
        type: 'SetDueDate',
        due: { on: '2023-12-31', basis: 'stated', clause: '办公室明确' },
        reason: '仍需完成',
        paper: null,
      });
    expect(states(revived, '2023-05-10')).toMatchObject({
      'receipt 002:1': 'open 2023-05-12',
      'task_due 002:1': 'open 2023-12-31',
    });
  });
});

describe('a day from before the plan counts', () => {
  it('is wanted and back-filled without lateness', () => {
    const story = new Story()
      .withTask('1.1', [lead(science)], '2023-03-31', [{ code: 'm1', dueOn: '2023-02-28' }])
      .issued()
      .task('2023-05-08', '1.1', completion(science, '2023-03-30'), science);
    expect(states(story, '2023-05-09')).toMatchObject({
      'milestone 004:1.1/m1': 'before_plan 2023-02-28',
      'task_due 004:1.1': 'before_plan 2023-03-31',
    });
    expect(owed(story, '2023-05-09').filter(each => isLate(each, '2023-05-09'))).toMatchObject([
      { kind: 'receipt' }, // reporting was the receipt, which was due on 25 April
    ]);
  });

  it('is one from before anybody led the task', () => {
    const story = leaderless('004', '2')
      .withTask('2', [], '2023-06-30', [{ code: 'm1', dueOn: '2023-06-30' }])
      .issued()
      .task('2023-07-10', '2', reassigned(revival));
    expect(states(story, '2023-07-11')).toMatchObject({
      'milestone 004:2/m1': 'before_plan 2023-06-30',
      'task_due 004:2': 'before_plan 2023-06-30',
      'receipt 004:2': 'open 2023-07-13',
    });
    expect(owed(story, '2023-07-11', 'task_due')[0]?.lateSince).toBeNull();
    expect(lightOf(story, '004:2', '2023-07-11')).toMatchObject({ colour: 'none', reason: 'before_plan' });
  });

  it('is none where others led it before: their lateness passes on', () => {
    const story = new Story()
      .withTask('2', [lead(science)], '2023-06-30')
      .issued()
      .task('2023-07-10', '2', reassigned(revival));
    expect(owed(story, '2023-07-11', 'task_due')).toMatchObject([
      { holders: [revival], lateSince: '2023-07-01', inherited: true, silenced: null },
    ]);
  });
});
