import { type RoundCommand } from '@duban/round';
import { calendar, industry, reform, science, Story } from './ledger-examples.js';
import { obligationsOf } from './obligations.js';
import { periodWanted, rosterOf } from './roster.js';

const lead = (holder: string) => ({ holder, role: 'lead' as const });
const link = (task: string) => ({ plan: '004', task, section: null, clause: '' });

/** Two tasks with an indicator each, one that hangs on the plan, and a month that asks about task 7.2 alone. */
function scopedMonth(period = '2023-06', scope: readonly string[] | null = ['004:7.2']) {
  const schedule: RoundCommand = {
    type: 'ScheduleRound',
    plan: '004',
    period,
    kind: 'month',
    dueOn: '2023-07-07',
    evidence: false,
    summary: false,
    backfill: false,
    clause: '',
    scope,
  };
  return new Story()
    .withTask('3.1', [lead(industry)])
    .withTask('7.2', [lead(science)])
    .withIndicator('i1', [reform])
    .withIndicator('i2', [industry], { links: [link('004:3.1')] })
    .withIndicator('i3', [science], { links: [link('004:7.2')] })
    .issued()
    .round('2023-07-03', period, schedule);
}

const rosterOfMonth = (story: Story, period = '2023-06') => {
  const ledger = story.ledger();
  return rosterOf(ledger, ledger.rounds.get(`004:${period}`)!, '2023-07-03');
};

describe('a round with a scope', () => {
  it('asks the leads of its tasks alone, and for the figures of these tasks', () => {
    expect(rosterOfMonth(scopedMonth())).toEqual([
      { unit: science, tasks: [], leads: ['004:7.2'], indicators: ['004:i3'], owesSubmission: false },
    ]);
  });

  it('asks for no figure whose period does not end with its own', () => {
    expect(rosterOfMonth(scopedMonth('2023-05'), '2023-05')).toEqual([
      { unit: science, tasks: [], leads: ['004:7.2'], indicators: [], owesSubmission: false },
    ]);
  });

  it('makes nobody owe what lies outside', () => {
    const story = scopedMonth();
    const roster = rosterOfMonth(story);
    const ledger = story.round('2023-07-03', '2023-06', { type: 'OpenRound', roster }).ledger();
    const owed = obligationsOf(ledger, '2023-07-03', calendar).filter(({ period }) => period !== null);
    expect(owed.map(({ kind, subject }) => `${kind} ${subject}`).sort()).toEqual([
      'report 004:7.2',
      'value 004:i3',
    ]);
  });
});

describe('a round without a scope', () => {
  it('asks about the whole plan', () => {
    expect(rosterOfMonth(scopedMonth('2023-06', null)).map(({ unit }) => unit)).toEqual(
      [industry, reform, science].sort(),
    );
  });

  it('wants every figure whose period ends with its own', () => {
    const { indicators } = scopedMonth().ledger();
    expect([...indicators.values()].map(each => periodWanted(each, { period: '2023Q2' }))).toEqual([
      '2023Q2',
      '2023Q2',
      '2023Q2',
    ]);
  });
});
