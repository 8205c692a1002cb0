import { answeredFindings } from './holders-wanted.js';
import { calendar, industry, science, Story } from './ledger-examples.js';
import { isOverdueOn, obligationState } from './obligation.js';
import { obligationsOf } from './obligations.js';

const wanted = { code: 'provider_missing', subject: 'i25' };
const goals = { code: 'goal_without_holder', subject: '5.1' };
const ofSection = { owners: [], links: [{ plan: '004', task: null, section: '5.1', clause: '' }] };
const drafted = () =>
  new Story('004', [wanted, goals])
    .withTask('1', [{ holder: science, role: 'lead' }])
    .withIndicator('i25', [])
    .withIndicator('t1', [science], ofSection)
    .withIndicator('t2', [science], ofSection);
const provide = (story: Story, day: string) =>
  story.indicator(day, 'i25', { type: 'AssignProvider', units: [industry], mode: 'one_of' });
const own = (story: Story, day: string, code: string) =>
  story.indicator(day, code, { type: 'AssignOwner', units: [industry] });
const issued = (story: Story) =>
  story.on('2023-04-20', 'plan-004', {
    type: 'IssuePlan',
    tasksWithoutUnit: 0,
    answered: answeredFindings(story.ledger()),
  });
const taken = () =>
  [wanted, goals].reduce(
    (story, { code, subject }) =>
      story.on('2023-04-20', 'plan-004', {
        type: 'WaiveFinding',
        code,
        subject,
        reason: '办公室指定',
        assign: true,
      }),
    drafted(),
  );
const owed = (story: Story, day: string) =>
  obligationsOf(story.ledger(), day, calendar).filter(({ kind }) => kind === 'assign_lead');

describe('a goal or a figure without a holder', () => {
  it('blocks the issue', () => {
    expect(() => issued(drafted())).toThrow('finding_blocks_issue');
    expect(() => issued(provide(drafted(), '2023-04-20'))).toThrow('finding_blocks_issue');
  });

  it('blocks it no longer when holders are named, of all goals of the section', () => {
    const one = own(provide(drafted(), '2023-04-20'), '2023-04-20', 't1');
    expect(answeredFindings(one.ledger())).toEqual([wanted]);
    expect(() => issued(one)).toThrow('finding_blocks_issue');
    expect(issued(own(one, '2023-04-20', 't2')).ledger().plan.status).toBe('issued');
  });

  it('taken by the office obliges it to name one within ten workdays', () => {
    const story = issued(taken());
    // Ten workdays after 20 April 2023, over the holiday: 6 May.
    expect(owed(story, '2023-04-20').map(({ subject, holders, due }) => [subject, holders, due.on])).toEqual(
      expect.arrayContaining([
        ['004:i25', [science], '2023-05-06'],
        ['004/5.1', [science], '2023-05-06'],
      ]),
    );
    expect(owed(story, '2023-05-07').every(each => isOverdueOn(each, '2023-05-07'))).toBe(true);
    provide(story, '2023-05-05');
    own(own(story, '2023-05-05', 't1'), '2023-05-09', 't2');
    const states = owed(story, '2023-05-09').map(each => [each.subject, obligationState(each, '2023-05-09')]);
    expect(states).toEqual(
      expect.arrayContaining([
        ['004:i25', 'met'],
        ['004/5.1', 'met_late'],
      ]),
    );
  });

  it('is not waived without that: then nobody would owe it', () => {
    for (const { code, subject } of [wanted, goals]) {
      const waive = { type: 'WaiveFinding', code, subject, reason: '按原文印发' };
      expect(() => drafted().on('2023-04-20', 'plan-004', waive)).toThrow('holder_owed');
    }
  });

  it('waived without that under older rules stays accepted as it is, and owed by nobody', () => {
    const on = '2023-04-20';
    const story = [wanted, goals].reduce(
      (each, finding) =>
        each.recorded('plan-004', { type: 'FindingWaived', ...finding, reason: '按原文印发', on }),
      drafted(),
    );
    expect(owed(issued(story), '2023-04-21')).toEqual([]);
  });

  it('is named for a goal that no figure stands for, before the issue or after it', () => {
    const bare = { code: 'goal_without_holder', subject: '6.2' };
    const story = () => new Story('004', [bare]).withTask('1', [{ holder: science, role: 'lead' }]);
    const name = { type: 'NameGoalHolder', subject: '6.2', units: [industry] };
    const named = story().on('2023-04-20', 'plan-004', name);
    expect(answeredFindings(named.ledger())).toEqual([bare]);
    expect(owed(issued(named), '2023-04-21')).toEqual([]);
    const later = issued(story().waived('goal_without_holder', '6.2')).on('2023-05-05', 'plan-004', name);
    expect(owed(later, '2023-05-05')).toMatchObject([
      { subject: '004/6.2', handedIn: { on: '2023-05-05', ref: { type: 'GoalHolderNamed', n: 1 } } },
    ]);
    expect(() => later.on('2023-05-05', 'plan-004', { ...name, subject: '5.1' })).toThrow(
      'finding_not_found',
    );
  });

  it('is no matter of other findings', () => {
    const story = new Story('004', [{ code: 'typo', subject: '1' }]);
    const waive = { type: 'WaiveFinding', code: 'typo', subject: '1', reason: 'x', assign: true };
    expect(() => story.on('2023-04-20', 'plan-004', waive)).toThrow('nobody_to_assign');
  });
});
