import {
  calendar,
  counties,
  everyCounty,
  completion,
  farming,
  industry,
  reform,
  report,
  revival,
  science,
  Story,
  value,
} from './ledger-examples.js';
import { isLate, isOverdueOn, type Obligation, obligationState } from './obligation.js';
import { obligationsOf } from './obligations.js';

const lead = (holder: string) => ({ holder, role: 'lead' as const });
const owed = (story: Story, day: string) => obligationsOf(story.ledger(), day, calendar);
const only = (story: Story, day: string, kind: Obligation['kind'], subject?: string) => {
  const found = owed(story, day).filter(each => each.kind === kind && (!subject || each.subject === subject));
  expect(found).toHaveLength(1);
  return found[0]!;
};

describe('receipts', () => {
  it('of units named later are due by the policy of that day', () => {
    const story = new Story()
      .withTask('1', [lead(industry)])
      .issued()
      .adopted('2023-04-20', 'date', '2023-05-04', { receiptWorkdays: 5 });
    const roles = [{ holder: reform, role: 'lead' as const, isGroup: false, presumed: false }];
    story.task('2023-05-04', '1', { type: 'ReassignUnits', roles, reason: '调整', paper: null });
    const dues = owed(story, '2023-05-04').filter(({ kind }) => kind === 'receipt');
    expect(dues.map(({ named, due }) => [named[0], due.on, due.rule])).toEqual([
      [industry, '2023-04-24', 'date@1'],
      [reform, '2023-05-10', 'date@2'], // Saturday the 6th works
    ]);
  });

  const story = new Story()
    .withTask('1.1', [
      lead(science),
      { holder: industry, role: 'supporting' },
      { holder: everyCounty, role: 'responsible', isGroup: true },
    ])
    .issued();

  it('are owed by everyone named, members of groups included, three workdays after issue', () => {
    const receipts = owed(story, '2023-04-20').filter(({ kind }) => kind === 'receipt');
    expect(receipts.map(({ holders }) => holders[0]).sort()).toEqual([science, industry, ...counties].sort());
    expect(new Set(receipts.map(({ due }) => due.on))).toEqual(new Set(['2023-04-24'])); // Sunday the 23rd works
  });

  it('are given by an early report, too', () => {
    const reported = new Story()
      .withTask('1.1', [lead(science)])
      .issued()
      .task('2023-04-21', '1.1', report(science, '2023Q2', '2023-04-21'), science);
    expect(obligationState(only(reported, '2023-04-25', 'receipt'), '2023-04-25')).toBe('met');
  });

  it('that nobody gave are late for good, also when the task is done without them', () => {
    const done = new Story()
      .withTask('1.1', [lead(science), { holder: industry, role: 'supporting' }])
      .issued()
      .task('2023-07-05', '1.1', completion(science, '2023-06-30'), science)
      .task('2023-07-18', '1.1', {
        type: 'ReviewCompletion',
        verdict: 'accept',
        reviewerUnit: reform,
        office: reform,
      });
    const silent = owed(done, '2023-07-18').find(
      ({ kind, holders }) => kind === 'receipt' && holders[0] === industry,
    );
    expect(obligationState(silent!, '2023-07-18')).toBe('met_late');
    expect(isLate(silent!, '2023-07-18')).toBe(true);
  });

  it('that nobody gave are overdue from the day after', () => {
    const [receipt] = owed(story, '2023-04-24').filter(({ kind }) => kind === 'receipt');
    expect(isOverdueOn(receipt!, '2023-04-24')).toBe(false);
    expect(isOverdueOn(receipt!, '2023-04-25')).toBe(true);
  });
});

describe('joint leads', () => {
  const story = () =>
    new Story()
      .withTask('3.1', [lead(science), lead(industry)])
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07');

  it('owe one report between them, asked of the presumed reporting lead first', () => {
    const owedReport = only(story(), '2023-07-03', 'report');
    expect(owedReport).toMatchObject({
      mode: 'one_of',
      holders: [industry, science].sort(),
      reporting: science,
      due: { on: '2023-07-07' },
    });
  });

  it('are both discharged by one of them', () => {
    const done = story().task('2023-07-05', '3.1', report(industry, '2023Q2', '2023-06-30'), industry);
    expect(only(done, '2023-07-06', 'report')).toMatchObject({
      handedIn: { on: '2023-07-05', by: industry },
      settledOn: '2023-07-05',
    });
  });

  it('refuse a second report that does not supersede the first', () => {
    const done = story().task('2023-07-05', '3.1', report(industry, '2023Q2', '2023-06-30'), industry);
    expect(() => done.task('2023-07-05', '3.1', report(science, '2023Q2', '2023-06-30'), science)).toThrow(
      'already_reported',
    );
  });

  it('collapse to one holder when one is merged into the other, under the same obligation', () => {
    const before = new Story()
      .withTask('8.1', [lead(farming), lead(revival)])
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07');
    const id = only(before, '2023-07-03', 'report').id;
    before.on('2023-07-04', `unit-${revival}`, {
      type: 'MergeUnit',
      into: farming,
      from: '2023-07-04',
      paper: null,
      successors: [farming],
    });
    expect(only(before, '2023-07-03', 'report')).toMatchObject({ mode: 'one_of', inherited: false });
    expect(only(before, '2023-07-05', 'report')).toMatchObject({
      id,
      mode: 'single',
      holders: [farming],
      reporting: null,
    });
  });
});

describe('groups', () => {
  const story = () =>
    new Story()
      .withTask('1.1', [lead(science), { holder: everyCounty, role: 'responsible', isGroup: true }])
      .withTask('1.3', [lead(reform), { holder: everyCounty, role: 'responsible', isGroup: true }])
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07');

  it('owe one submission per member and round, not one per row', () => {
    const submissions = owed(story(), '2023-07-03').filter(({ kind }) => kind === 'submission');
    expect(submissions.map(({ holders }) => holders[0]).sort()).toEqual([...counties].sort());
    expect(new Set(submissions.map(({ mode }) => mode))).toEqual(new Set(['each']));
  });

  it('keep the roster that was frozen when the round opened', () => {
    const later = story().on('2023-07-04', `group-${everyCounty}`, {
      type: 'LeaveGroup',
      unit: counties[0],
      from: '2023-07-04',
    });
    expect(owed(later, '2023-07-05').filter(({ kind }) => kind === 'submission')).toHaveLength(3);
  });

  it('are served for the quarter by what they handed in for the half-year that it ends', () => {
    const both = story().opened('2023-07-03', '2023H1', '2023-07-15', { kind: 'half_year', summary: true });
    const evidence = [{ title: '总结', url: 'https://example.org/summary' }];
    const items = ['004:1.1', '004:1.3'].map(task => ({ task, percent: 40, note: '推进中', evidence }));
    both.submission('2023-07-06', '2023H1', counties[0], {
      type: 'HandIn',
      items,
      summary: '半年总结',
      evidence,
      receivedOn: null,
      roundClosed: false,
    });
    const quarter = owed(both, '2023-07-06').find(
      ({ kind, period, holders }) =>
        kind === 'submission' && period === '2023Q2' && holders[0] === counties[0],
    );
    expect(quarter?.handedIn).toMatchObject({ on: '2023-07-06' });
  });
});

describe('joint figures', () => {
  const providers = [science, reform, industry];
  const story = () =>
    new Story()
      .withIndicator('i5', providers)
      .withTask('1.4', [lead(science)])
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07');

  it('are owed in parts, each discharged by its own provider', () => {
    const told = story()
      .indicator('2023-07-05', 'i5', value(science, '2023Q2', 120), science)
      .indicator('2023-07-06', 'i5', value(reform, '2023Q2', 90), reform);
    const parts = owed(told, '2023-07-10').filter(({ kind }) => kind === 'value');
    expect(parts.map(({ holders, mode }) => [holders[0], mode]).sort()).toEqual(
      providers.map(unit => [unit, 'sum']).sort(),
    );
    expect(parts.filter(part => isOverdueOn(part, '2023-07-10')).map(({ holders }) => holders[0])).toEqual([
      industry,
    ]);
  });
});

describe('figures that are published late', () => {
  it('wait for their publication before they can be missing', () => {
    const story = new Story()
      .withIndicator('i7', [science], { lagDays: 31 })
      .withTask('1.1', [lead(science)])
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07');
    const owedValue = only(story, '2023-07-10', 'value');
    expect(owedValue).toMatchObject({ availableOn: '2023-07-31', due: { on: '2023-07-31' } });
    expect(obligationState(owedValue, '2023-07-10')).toBe('awaiting_publication');
    expect(isOverdueOn(owedValue, '2023-07-31')).toBe(false);
    expect(isOverdueOn(owedValue, '2023-08-01')).toBe(true);
  });
});

describe('extensions', () => {
  const asked = () =>
    new Story('001')
      .withTask('1', [lead(science)], '2023-07-31')
      .issued()
      .task(
        '2023-07-28',
        '1',
        { type: 'RequestExtension', unit: science, actsFor: [science], to: '2023-08-31', reason: '施工受阻' },
        science,
      );

  it('toll the task and owe the office a decision in three workdays', () => {
    expect(obligationState(only(asked(), '2023-08-02', 'task_due'), '2023-08-02')).toBe('tolled');
    expect(only(asked(), '2023-07-28', 'extension_decision')).toMatchObject({
      holders: [science],
      due: { on: '2023-08-02' },
    });
  });

  it('refused on 8 August: overdue again from the 9th', () => {
    const refused = asked().task('2023-08-08', '1', {
      type: 'DecideExtension',
      n: 1,
      verdict: 'refuse',
      reason: '工期可追',
      paper: null,
    });
    const due = only(refused, '2023-08-09', 'task_due');
    expect(due.due).toMatchObject({ on: '2023-07-31', countsFrom: '2023-08-08' });
    expect(isOverdueOn(due, '2023-08-08')).toBe(false);
    expect(isOverdueOn(due, '2023-08-09')).toBe(true);
  });

  it('granted after the due day leave the lateness that arose', () => {
    const late = new Story('001')
      .withTask('1', [lead(science)], '2023-07-31')
      .issued()
      .task(
        '2023-08-03',
        '1',
        { type: 'RequestExtension', unit: science, actsFor: [science], to: '2023-09-30', reason: '施工受阻' },
        science,
      )
      .task('2023-08-04', '1', {
        type: 'DecideExtension',
        n: 1,
        verdict: 'grant',
        dueOn: '2023-09-30',
        paper: null,
      });
    const due = only(late, '2023-08-07', 'task_due');
    expect(due.due).toMatchObject({ on: '2023-09-30', original: '2023-07-31', version: 2 });
    expect(isOverdueOn(due, '2023-08-07')).toBe(false);
    expect(isLate(due, '2023-08-07')).toBe(true);
  });
});

describe('the office', () => {
  const submitted = () =>
    new Story()
      .withTask('5.3', [lead(industry)])
      .issued()
      .task('2023-09-01', '5.3', completion(industry, '2023-09-01'), industry);

  it('owes a review of what was handed in', () => {
    expect(only(submitted(), '2023-09-01', 'review')).toMatchObject({
      holders: [science],
      due: { on: '2023-09-08' },
      handedIn: null,
    });
  });

  it('by the policy of the day on which it came, which is printed', () => {
    const due = (story: Story) => only(story, '2023-09-01', 'review').due;
    expect(due(submitted())).toMatchObject({ on: '2023-09-08', basis: 'derived', rule: 'round@1' });
    const adopted = (from: string) => submitted().adopted('2023-08-01', 'round', from, { reviewWorkdays: 3 });
    expect(due(adopted('2023-09-01'))).toMatchObject({ on: '2023-09-06', rule: 'round@2' });
    expect(due(adopted('2023-09-02'))).toMatchObject({ on: '2023-09-08', rule: 'round@1' });
  });

  it('and the unit its rework when it was returned', () => {
    const returned = submitted().task('2023-09-05', '5.3', {
      type: 'ReviewCompletion',
      verdict: 'return',
      reasons: ['无佐证'],
      reworkBy: '2023-09-12',
      reviewerUnit: science,
      office: science,
    });
    expect(only(returned, '2023-09-05', 'review').handedIn).toMatchObject({ on: '2023-09-05' });
    expect(obligationState(only(returned, '2023-09-06', 'task_due'), '2023-09-06')).toBe('returned');
    expect(only(returned, '2023-09-13', 'rework')).toMatchObject({
      holders: [industry],
      due: { on: '2023-09-12' },
    });
    expect(isOverdueOn(only(returned, '2023-09-13', 'rework'), '2023-09-13')).toBe(true);
    returned.task('2023-09-13', '5.3', completion(industry, '2023-09-13'), industry);
    expect(obligationState(only(returned, '2023-09-13', 'task_due'), '2023-09-13')).toBe('handed_in');
  });
});

describe('what is not owed', () => {
  it('is a round that was over before the plan', () => {
    const story = new Story()
      .withTask('1.1', [lead(science)])
      .issued()
      .opened('2023-04-24', '2023Q1', '2023-04-28', { backfill: true });
    expect(owed(story, '2023-05-08').filter(({ period }) => period === '2023Q1')).toEqual([]);
  });

  it('is what was due before the plan counts', () => {
    const story = new Story().withTask('1.1', [lead(science)], '2023-03-31').issued();
    expect(obligationState(only(story, '2023-05-01', 'task_due'), '2023-05-01')).toBe('before_plan');
  });

  it('is anything of July under a plan of April that is issued in August', () => {
    const story = new Story()
      .withTask('1.1', [lead(science)], '2023-07-31', [{ code: 'm1', dueOn: '2023-07-15' }])
      .withTask('1.2', [lead(industry)])
      .withIndicator('i12', [reform])
      .issued('2023-08-10')
      .opened('2023-08-10', '2023Q2', '2023-08-10', { backfill: true });
    const late = owed(story, '2023-08-14').filter(each => isOverdueOn(each, '2023-08-14'));
    expect(late).toEqual([]);
    const states = owed(story, '2023-08-14').map(({ kind, subject, ...rest }) => [
      `${kind} ${subject}`,
      obligationState({ kind, subject, ...rest }, '2023-08-14'),
    ]);
    expect(Object.fromEntries(states)).toEqual({
      'milestone 004:1.1/m1': 'before_plan',
      'task_due 004:1.1': 'before_plan',
      'task_due 004:1.2': 'open',
      'receipt 004:1.1': 'open', // due three workdays after issue, on the 15th
      'receipt 004:1.2': 'open',
    });
  });

  it.each([
    ['SuspendTask', 'void'],
    ['ExemptTask', 'waived'],
    ['CancelTask', 'void'],
  ] as const)('is a task after %s', (type, state) => {
    const story = new Story()
      .withTask('1.1', [lead(science)], '2023-07-31')
      .issued()
      .task('2023-07-20', '1.1', { type, reason: '政策调整', paper: null });
    const due = only(story, '2023-08-10', 'task_due');
    expect(obligationState(due, '2023-08-10')).toBe(state);
    expect(isOverdueOn(due, '2023-08-10')).toBe(false);
  });
});

it('gives the same obligations with the same ids for the same events', () => {
  const tell = () =>
    new Story()
      .withTask('3.1', [lead(science), lead(industry)])
      .withIndicator('i12', [science])
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07');
  const first = owed(tell(), '2023-07-04');
  expect(owed(tell(), '2023-07-04')).toEqual(first);
  expect(new Set(first.map(({ id }) => id)).size).toBe(first.length);
});
