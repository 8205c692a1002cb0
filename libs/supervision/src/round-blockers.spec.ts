import {
  calendar,
  completion,
  industry,
  reform,
  report,
  Story,
  value,
} from '../../ledger/src/ledger-examples.js';
import { blockersOf } from './round-blockers.js';

const lead = (holder: string) => ({ holder, role: 'lead' as const });
const begun = () =>
  new Story()
    .withTask('1', [lead(industry)], '2023-06-30')
    .withTask('2', [lead(reform)])
    .withIndicator('i1', [reform])
    .issued();
const opened = (story = begun(), more = {}) => story.opened('2023-07-03', '2023Q2', '2023-07-07', more);
const found = (story: Story, day = '2023-07-21') => blockersOf(story.ledger(), '004:2023Q2', day, calendar);
const contest = {
  type: 'ContestAssignment',
  unit: reform,
  actsFor: [],
  members: [],
  reason: '职责不符',
} as const;

describe('what stands in the way of closing a round', () => {
  it('is what was not handed in: reports and figures, each with who owes it', () =>
    expect(found(opened())).toEqual([
      { class: 'not_handed_in', items: [`004:1 ${industry}`, `004:2 ${reform}`, `004:i1 ${reform}`] },
    ]));

  it('is what nobody has reviewed', () => {
    const story = opened()
      .task('2023-07-05', '1', report(industry, '2023Q2', '2023-06-30'), industry)
      .task('2023-07-05', '2', report(reform, '2023Q2', '2023-06-30'), reform)
      .indicator('2023-07-06', 'i1', value(reform, '2023Q2', 800), reform);
    expect(found(story)).toEqual([{ class: 'unreviewed', items: [`004:i1 ${reform}`] }]);
  });

  it('is a figure that is published later', () => {
    const story = opened(begun().withIndicator('i2', [reform], { lagDays: 31 }));
    expect(found(story)).toContainEqual({ class: 'awaiting_publication', items: [`004:i2 ${reform}`] });
    expect(found(story, '2023-08-01').map(each => each.class)).toEqual(['not_handed_in']);
  });

  it('is a day of the period over which the clock stands still', () => {
    const ask = {
      type: 'RequestExtension',
      unit: industry,
      actsFor: [],
      to: '2023-08-31',
      reason: '受阻',
    } as const;
    const story = opened(begun().task('2023-06-28', '1', ask, industry));
    expect(found(story, '2023-07-05')).toContainEqual({ class: 'tolled', items: [`004:1 ${industry}`] });
  });

  it('is a contest of a task that the round asks about, until it is decided', () => {
    const story = opened(begun().task('2023-04-24', '2', contest, reform));
    expect(found(story)).toContainEqual({ class: 'disputed', items: ['004:2 xiangtan:市科技局'] });
    const verdict = {
      type: 'DecideContest',
      n: 1,
      verdict: 'reject',
      reason: '职责在此',
      roles: null,
      paper: null,
    };
    const decided = story.on('2023-07-10', 'task-004:2', verdict);
    expect(found(decided).map(each => each.class)).toEqual(['not_handed_in']);
  });

  it('is no contest of a task that it does not ask about', () => {
    const story = opened(begun().task('2023-04-24', '2', contest, reform), { scope: ['004:1'] });
    expect(found(story).map(each => each.class)).toEqual(['not_handed_in']);
  });

  it('is nothing when everything is in and reviewed', () => {
    const only = new Story()
      .withTask('1', [lead(industry)])
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07');
    expect(found(only.task('2023-07-05', '1', report(industry, '2023Q2', '2023-06-30'), industry))).toEqual(
      [],
    );
    expect(found(only.task('2023-07-06', '1', completion(industry, '2023-07-05'), industry))).toEqual([]);
  });
});
