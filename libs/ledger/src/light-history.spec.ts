import { type TaskCommand } from '@duban/task';
import { calendar, completion, industry, report, Story } from './ledger-examples.js';
import { type Moment } from './light-model.js';
import { taskLights } from './task-lights.js';

const lead = (holder: string) => ({ holder, role: 'lead' as const });
const lightOf = (story: Story, moment: Moment) => taskLights(story.ledger(), moment, calendar).get('004:1');
const atClose: Moment = { day: '2023-06-30', knownOn: '2023-07-21', period: '2023Q2' };
const due = (on: string, milestones: { code: string; dueOn: string }[] = []) =>
  new Story().withTask('1', [lead(industry)], on, milestones).issued();
const ask: TaskCommand = {
  type: 'RequestExtension',
  unit: industry,
  actsFor: [industry],
  to: '2023-09-29',
  reason: '受阻',
};
const grant: TaskCommand = {
  type: 'DecideExtension',
  n: 1,
  verdict: 'grant',
  dueOn: '2023-09-29',
  paper: null,
};

describe('the light of a quarter that is over', () => {
  it.each(['SuspendTask', 'ExemptTask', 'CancelTask'] as const)('does not see %s after its end', type => {
    const story = due('2023-06-15').task('2023-07-05', '1', { type, reason: '政策调整', paper: null });
    expect(lightOf(story, atClose)).toMatchObject({ colour: 'red', reason: 'overdue' });
  });

  it('stays red for what was overdue at its end and extended afterwards', () => {
    const story = due('2023-06-15').task('2023-07-03', '1', ask, industry).task('2023-07-05', '1', grant);
    expect(lightOf(story, atClose)).toMatchObject({ colour: 'red', params: { due: '2023-06-15' } });
    const now = { day: '2023-07-21', knownOn: '2023-07-21', period: '2023Q3' };
    expect(lightOf(story, now)).toMatchObject({ colour: 'green' });
  });

  it('stays red for a milestone that got its later day afterwards', () => {
    const story = due('2023-12-31', [{ code: 'm1', dueOn: '2023-06-15' }]).task('2023-07-05', '1', {
      type: 'ReviseMilestone',
      code: 'm1',
      due: { on: '2023-08-31', basis: 'stated', clause: '' },
      reason: '调整',
      paper: null,
    });
    expect(lightOf(story, atClose)).toMatchObject({ colour: 'red', reason: 'milestone_overdue' });
  });

  it('is grey for a request that waited at its end, whatever the answer was', () => {
    const story = due('2023-06-30').task('2023-06-28', '1', ask, industry).task('2023-07-05', '1', grant);
    expect(lightOf(story, atClose)).toMatchObject({ colour: 'grey', reason: 'extension_pending' });
  });
});

describe('what was made good late', () => {
  it('is amber for the period of a report that came late', () => {
    const story = due('2023-12-31')
      .opened('2023-07-03', '2023Q2', '2023-07-07')
      .task('2023-07-11', '1', report(industry, '2023Q2', '2023-06-30'), industry);
    expect(lightOf(story, atClose)).toMatchObject({
      colour: 'amber',
      reason: 'made_good_late',
      concern: 'missing_report',
      since: '2023-07-08',
    });
    const later = { day: '2023-07-21', knownOn: '2023-07-21', period: '2023Q3' };
    expect(lightOf(story, later)).toMatchObject({ colour: 'green' });
  });

  it('is amber for the period in which a milestone was reached late', () => {
    const story = due('2023-12-31', [{ code: 'm1', dueOn: '2023-05-31' }]).task(
      '2023-06-12',
      '1',
      {
        type: 'ReachMilestone',
        unit: industry,
        actsFor: [industry],
        code: 'm1',
        reachedOn: '2023-06-12',
        evidence: [],
      },
      industry,
    );
    const june = { day: '2023-06-20', knownOn: '2023-06-20', period: '2023Q2' };
    expect(lightOf(story, june)).toMatchObject({
      colour: 'amber',
      reason: 'made_good_late',
      concern: 'time',
    });
    const august = { day: '2023-08-20', knownOn: '2023-08-20', period: '2023Q3' };
    expect(lightOf(story, august)).toMatchObject({ colour: 'green' });
  });
});

it('turns red for a month of the quarter on which nobody reported', () => {
  const story = due('2023-12-31').opened('2023-06-01', '2023-05', '2023-06-07', {
    kind: 'month',
    scope: ['004:1'],
  });
  expect(lightOf(story, atClose)).toMatchObject({ colour: 'red', reason: 'report_missing' });
});

it('shows the milestone that is overdue before the completion that came late', () => {
  const story = due('2023-06-15', [{ code: 'm1', dueOn: '2023-06-20' }]).task(
    '2023-06-19',
    '1',
    completion(industry, '2023-06-19'),
    industry,
  );
  const june = { day: '2023-06-26', knownOn: '2023-06-26', period: '2023Q2' };
  expect(lightOf(story, june)).toMatchObject({ colour: 'red', reason: 'milestone_overdue' });
});
