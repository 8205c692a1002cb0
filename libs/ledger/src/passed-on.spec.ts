import {
  calendar,
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
const owed = (story: Story, day: string, kind: Obligation['kind'], period?: string) =>
  obligationsOf(story.ledger(), day, calendar).filter(
    each => each.kind === kind && (!period || each.period === period),
  );
const only = (story: Story, day: string, kind: Obligation['kind'], period?: string) => {
  const found = owed(story, day, kind, period);
  expect(found).toHaveLength(1);
  return found[0]!;
};
const merge = (story: Story, unit: string, into: string, from: string) =>
  story.on(from, `unit-${unit}`, { type: 'MergeUnit', into, from, paper: null, successors: [] });
const reassign = (story: Story, day: string, code: string, ...leads: string[]) =>
  story.task(day, code, {
    type: 'ReassignUnits',
    roles: leads.map(holder => ({ holder, isGroup: false, role: 'lead', presumed: false })),
    reason: '职能调整',
    paper: null,
  });
const second = () =>
  new Story()
    .withTask('1', [lead(science)])
    .issued()
    .opened('2023-07-03', '2023Q2', '2023-07-07');

describe('a task that gets other leads while a report is open', () => {
  it('is reported on by the new ones, who owe it from that day', () => {
    const story = reassign(second(), '2023-07-05', '1', industry);
    expect(only(story, '2023-07-05', 'report')).toMatchObject({
      named: [industry],
      holders: [industry],
      due: { since: '2023-07-05' },
      inherited: false,
    });
  });

  it('keeps the lateness that arose before, marked as inherited', () => {
    const story = reassign(second(), '2023-07-12', '1', industry);
    const passedOn = only(story, '2023-07-12', 'report');
    expect(passedOn).toMatchObject({ holders: [industry], inherited: true, lateSince: '2023-07-08' });
    const done = story.task('2023-07-13', '1', report(industry, '2023Q2', '2023-06-30'), industry);
    expect(obligationState(only(done, '2023-07-14', 'report'), '2023-07-14')).toBe('met_late');
  });

  it('leaves what was reported before with those who reported', () => {
    const told = second().task('2023-07-04', '1', report(science, '2023Q2', '2023-06-30'), science);
    const story = reassign(told, '2023-07-05', '1', industry);
    expect(only(story, '2023-07-06', 'report')).toMatchObject({
      named: [science],
      handedIn: { on: '2023-07-04', by: science },
    });
  });

  it('passes the rework of a returned completion on, too', () => {
    const returned = second()
      .task('2023-07-10', '1', completion(science, '2023-07-10'), science)
      .task('2023-07-11', '1', {
        type: 'ReviewCompletion',
        verdict: 'return',
        reasons: ['无佐证'],
        reworkBy: '2023-07-17',
        reviewerUnit: science,
        office: science,
      });
    expect(only(returned, '2023-07-12', 'rework')).toMatchObject({ holders: [science] });
    expect(only(reassign(returned, '2023-07-13', '1', industry), '2023-07-14', 'rework')).toMatchObject({
      holders: [industry],
    });
  });

  it('marks the task itself as inherited when it was late already', () => {
    const late = new Story().withTask('1', [lead(science)], '2023-06-30').issued();
    expect(only(reassign(late, '2023-06-20', '1', industry), '2023-07-05', 'task_due')).toMatchObject({
      inherited: false,
    });
    const tooLate = new Story().withTask('1', [lead(science)], '2023-06-30').issued();
    expect(only(reassign(tooLate, '2023-07-05', '1', industry), '2023-07-05', 'task_due')).toMatchObject({
      inherited: true,
      lateSince: '2023-07-01',
    });
  });
});

describe('a task done within the quarter', () => {
  it('owes no report on it any more', () => {
    const story = second()
      .task('2023-07-04', '1', { ...completion(science, '2023-06-28') } as never, science)
      .task('2023-07-05', '1', {
        type: 'ReviewCompletion',
        verdict: 'accept',
        reviewerUnit: science,
        office: science,
      });
    const done = only(story, '2023-07-12', 'report');
    expect(isOverdueOn(done, '2023-07-12')).toBe(false);
    expect(obligationState(done, '2023-07-12')).toBe('met');
  });
});

describe('a suspension over the due day', () => {
  const resumed = () =>
    new Story()
      .withTask('1', [lead(science)], '2023-12-31', [{ code: 'm1', dueOn: '2023-07-14' }])
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07')
      .task('2023-07-04', '1', { type: 'SuspendTask', reason: '政策调整', paper: null })
      .task('2023-08-31', '1', { type: 'ResumeTask' });

  it.each(['report', 'milestone'] as const)(
    'leaves the %s to be overdue from the day after it ends',
    kind => {
      const obligation = only(resumed(), '2023-09-01', kind);
      expect(isOverdueOn(obligation, '2023-08-31')).toBe(false);
      expect(isOverdueOn(obligation, '2023-09-01')).toBe(true);
    },
  );
});

describe('days that are moved', () => {
  const toMove = { type: 'MoveRoundDue' as const, to: '2023-07-21', reason: '系统故障' };

  it('help nobody whose value or submission was overdue by then', () => {
    const story = new Story()
      .withTask('1', [lead(reform), { holder: everyCounty, role: 'responsible', isGroup: true }])
      .withIndicator('i1', [science])
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07')
      .round('2023-07-10', '2023Q2', toMove);
    for (const kind of ['value', 'submission', 'report'] as const) {
      const [obligation] = owed(story, '2023-07-11', kind);
      expect([kind, isLate(obligation!, '2023-07-11')]).toEqual([kind, true]);
      expect(obligation!.due).toMatchObject({ on: '2023-07-21', original: '2023-07-07', version: 2 });
    }
  });

  it('do not unset that a milestone was missed', () => {
    const story = new Story()
      .withTask('1', [lead(science)], '2023-12-31', [{ code: 'm1', dueOn: '2023-05-31' }])
      .issued()
      .task('2023-06-10', '1', {
        type: 'ReviseMilestone',
        code: 'm1',
        due: { on: '2023-07-31', basis: 'stated', clause: '' },
        reason: '调整',
        paper: null,
      });
    const milestone = only(story, '2023-06-12', 'milestone');
    expect(isOverdueOn(milestone, '2023-06-12')).toBe(false);
    expect(milestone.lateSince).toBe('2023-06-01');
    expect(isLate(milestone, '2023-06-12')).toBe(true);
  });

  it('of a figure do not depend on a round that opens when it was overdue', () => {
    const story = new Story()
      .withTask('1', [lead(reform)])
      .withIndicator('i1', [science], { frequency: 'half_year' })
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07');
    expect(isOverdueOn(only(story, '2023-07-10', 'value'), '2023-07-10')).toBe(true);
    story.opened('2023-07-10', '2023H1', '2023-07-15', { kind: 'half_year' });
    expect(isOverdueOn(only(story, '2023-07-10', 'value'), '2023-07-10')).toBe(true);
  });
});

describe('units that became one', () => {
  it('are asked once about a task that both led, in a round that opens afterwards', () => {
    const story = new Story().withTask('8.1', [lead(farming), lead(revival)]).issued();
    merge(story, revival, farming, '2023-09-01').opened('2023-10-09', '2023Q3', '2023-10-13');
    expect(story.ledger().rounds.get('004:2023Q3')!.roster).toEqual([
      { unit: farming, tasks: [], leads: ['004:8.1'], indicators: [], owesSubmission: false },
    ]);
    expect(only(story, '2023-10-09', 'report')).toMatchObject({ named: [farming], mode: 'single' });
  });

  it('owe each its own part of a joint figure', () => {
    const story = new Story()
      .withTask('1', [lead(science)])
      .withIndicator('i5', [farming, revival, science])
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07');
    merge(story, revival, farming, '2023-07-04');
    story.indicator('2023-07-05', 'i5', value(farming, '2023Q2', 100), farming);
    const open = owed(story, '2023-07-10', 'value').filter(each => isOverdueOn(each, '2023-07-10'));
    expect(open.map(({ named, holders }) => [named[0], holders[0]])).toEqual(
      expect.arrayContaining([
        [revival, farming],
        [science, science],
      ]),
    );
    expect(open).toHaveLength(2);
  });

  it('are one in the roster of a joint figure, too', () => {
    const story = new Story()
      .withTask('1', [lead(science)])
      .withIndicator('i5', [farming, revival])
      .issued();
    merge(story, revival, farming, '2023-07-01').opened('2023-07-03', '2023Q2', '2023-07-07');
    const entry = story
      .ledger()
      .rounds.get('004:2023Q2')!
      .roster.find(({ unit }) => unit === farming);
    expect(entry?.indicators).toEqual(['004:i5']);
  });

  it('owe one receipt when they were one before the task was issued', () => {
    const story = new Story().withTask('1', [lead(farming), { holder: revival, role: 'supporting' }]);
    merge(story, revival, farming, '2023-04-10');
    expect(only(story.issued(), '2023-04-21', 'receipt')).toMatchObject({ named: [farming] });
  });
});

describe('a figure that gets other providers', () => {
  const assign = (story: Story, day: string, ...units: string[]) =>
    story.indicator(day, 'i5', { type: 'AssignProvider', units, mode: units.length > 1 ? 'sum' : 'one_of' });
  const asked = (...providers: string[]) =>
    new Story()
      .withTask('1', [lead(science)])
      .withIndicator('i5', providers)
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07');

  it('stays with those who stated it', () => {
    const told = asked(science).indicator('2023-07-05', 'i5', value(science, '2023Q2', 10), science);
    const stated = only(assign(told, '2023-07-10', industry), '2023-07-12', 'value');
    expect(stated).toMatchObject({ named: [science], handedIn: { on: '2023-07-05' }, inherited: false });
    expect(obligationState(stated, '2023-07-12')).toBe('met');
  });

  it('is owed by the new ones from the day on which they were named', () => {
    const early = only(assign(asked(science), '2023-07-05', industry), '2023-07-05', 'value');
    expect(early).toMatchObject({ holders: [industry], due: { since: '2023-07-05' }, inherited: false });
  });

  it('keeps the lateness that arose before, marked as inherited', () => {
    const story = assign(asked(science), '2023-07-12', industry);
    expect(only(story, '2023-07-12', 'value')).toMatchObject({
      ...{ holders: [industry], inherited: true, lateSince: '2023-07-08' },
    });
    story.indicator('2023-07-13', 'i5', value(industry, '2023Q2', 10), industry);
    expect(obligationState(only(story, '2023-07-14', 'value'), '2023-07-14')).toBe('met_late');
  });

  it('leaves the parts of those who go on providing', () => {
    const told = asked(science, farming).indicator('2023-07-05', 'i5', value(science, '2023Q2', 10), science);
    const story = assign(told, '2023-07-12', science, industry);
    const parts = owed(story, '2023-07-12', 'value');
    expect(parts.map(each => [each.named[0], obligationState(each, '2023-07-12'), each.inherited])).toEqual(
      expect.arrayContaining([
        [science, 'met', false],
        [industry, 'open', true],
      ]),
    );
    expect(parts).toHaveLength(2);
  });

  it('is owed from the day on which the first one was named: what was due before is wanted', () => {
    const early = only(assign(asked(), '2023-07-05', industry), '2023-07-05', 'value');
    expect(early).toMatchObject({ due: { since: '2023-07-05' }, inherited: false, silenced: null });
    const late = only(assign(asked(), '2023-07-12', industry), '2023-07-12', 'value');
    expect(obligationState(late, '2023-07-12')).toBe('before_plan');
  });
});

describe('asked as of a day before the merger', () => {
  it('two leads are still two, and one afterwards', () => {
    const story = new Story().withTask('8.1', [lead(farming), lead(revival)]).issued();
    merge(story, revival, farming, '2023-06-01');
    expect(only(story, '2023-05-31', 'task_due')).toMatchObject({
      ...{ holders: [farming, revival], mode: 'one_of', inherited: false },
    });
    expect(only(story, '2023-06-01', 'task_due')).toMatchObject({ holders: [farming], mode: 'single' });
    const named = { named: [farming, revival] };
    expect(only(story, '2023-06-01', 'task_due').id).toBe(only(story, '2023-05-31', 'task_due').id);
    expect(only(story, '2023-06-01', 'task_due')).toMatchObject(named);
  });
});
