import { attain, attainMilestone, requiredLevel, targetFindings } from './attainment.js';
import { flow, less, level, stock, yearEnd } from './attainment-examples.js';
import { attainmentRule } from './attainment-model.js';

describe('the table of attainment', () => {
  it.each([
    [
      'flow near its plan',
      { ...flow, actual: 47.5 },
      { ratio: 95, verdict: 'on_track', reason: 'near_plan' },
    ],
    ['flow behind', { ...flow, actual: 47.4 }, { ratio: 94.8, verdict: 'behind', reason: 'below_plan' }],
    ['flow far behind', { ...flow, actual: 39.9 }, { ratio: 79.8, verdict: 'far_behind', cause: 'quantity' }],
    ['flow that has its year', { ...flow, actual: 236 }, { ratio: 472, verdict: 'met' }],
    [
      'flow by the line',
      { ...flow, planned: 59, derived: true },
      { ratio: 88.1, derived: true, verdict: 'behind' },
    ],
    ['flow per period', { ...flow, kind: 'flow_period' }, { ratio: 104, judged: 'ratio' }],
    [
      'flow that just missed the year',
      { ...flow, ...yearEnd, planned: 236, actual: 235 },
      { ratio: 99.6, verdict: 'behind', reason: 'target_missed' },
    ],
    [
      'stock',
      { ...stock, actual: 109 },
      { ratio: 99.1, progress: 90, judged: 'progress', verdict: 'behind' },
    ],
    ['stock below its start', { ...stock, actual: 99 }, { progress: -10, verdict: 'far_behind' }],
    [
      'stock without a baseline',
      { ...stock, baseline: null, actual: 105 },
      { ratio: 95.5, progress: null, verdict: 'on_track' },
    ],
    [
      'stock planned below its start',
      { ...stock, ...yearEnd, baseline: 44, planned: 34, target: 34, actual: 30 },
      { progress: null, verdict: 'far_behind', reason: 'behind_baseline' },
    ],
    ['level', { ...level, actual: 56.5 }, { ratio: null, points: -0.5, judged: 'points', verdict: 'behind' }],
    ['level far off', { ...level, actual: 55.9 }, { points: -1.1, verdict: 'far_behind' }],
    ['what should fall', { ...less, actual: 1.74 }, { progress: 50, verdict: 'far_behind' }],
    ['what has fallen', { ...less, actual: 1.73 }, { progress: 100, verdict: 'met' }],
    [
      'a flow to be kept low is not met before the year ends',
      { ...flow, direction: 'less', planned: 25, target: 100, actual: 20 },
      { verdict: 'on_track', reason: 'on_plan' },
    ],
    [
      'about',
      { ...flow, ...yearEnd, direction: 'about', planned: 10000, target: 10000, actual: 9600 },
      { ratio: 96, judged: 'pass', verdict: 'met', reason: 'within_tolerance' },
    ],
    [
      'about, of its own width',
      { ...flow, ...yearEnd, bound: '~', tolerance: 2, planned: 10000, target: 10000, actual: 10300 },
      { verdict: 'behind', reason: 'outside_tolerance' },
    ],
    [
      'floor reached, stretch not',
      { ...flow, ...yearEnd, stretch: 8, planned: 5, target: 5, actual: 6 },
      { verdict: 'met', stretch: { value: 8, reached: false } },
    ],
    [
      'range',
      { ...flow, ...yearEnd, bound: 'range', stretch: 2, planned: 1, target: 1, actual: 2 },
      { verdict: 'met', stretch: { value: 2, reached: true } },
    ],
    [
      'more than, not as much as',
      { ...flow, ...yearEnd, bound: '>', planned: 850, target: 850, actual: 850 },
      { verdict: 'behind', ratio: 100 },
    ],
    [
      'growth',
      {
        ...flow,
        ...yearEnd,
        kind: 'growth',
        planned: requiredLevel(100, 15, 2),
        target: 132.25,
        actual: 120,
      },
      { ratio: 90.7, judged: 'ratio', verdict: 'behind' },
    ],
    [
      'above the comparator',
      { ...flow, kind: 'relative', planned: null, target: 0, comparator: 3.1, actual: 3.4 },
      { points: 0.3, verdict: 'on_track', reason: 'comparator_reached' },
    ],
    [
      'level with the comparator, above asked',
      { ...flow, kind: 'relative', bound: '>', target: 0, comparator: 3.1, actual: 3.1 },
      { points: 0, verdict: 'behind', reason: 'comparator_missed' },
    ],
    [
      'without a comparator',
      { ...flow, kind: 'relative', comparator: null },
      { verdict: 'no_colour', reason: 'comparator_missing' },
    ],
    [
      'rank held',
      { ...flow, ...yearEnd, kind: 'rank', direction: 'rank', planned: 61, target: 61, actual: 60 },
      { points: 1, verdict: 'met' },
    ],
    [
      'rank lost',
      { ...flow, ...yearEnd, kind: 'rank', direction: 'rank', planned: 61, target: 61, actual: 64 },
      { points: -3, verdict: 'far_behind' },
    ],
    [
      'places gained',
      { ...flow, ...yearEnd, kind: 'rank', planned: 2, target: 2, actual: 1 },
      { points: -1, verdict: 'behind' },
    ],
    [
      'coverage',
      { ...flow, kind: 'coverage', direction: 'coverage', planned: 40, target: 40, actual: 34 },
      { ratio: 85, judged: 'ratio', verdict: 'behind' },
    ],
    [
      'yes',
      { ...flow, kind: 'yes_no', direction: 'yes_no', planned: 1, target: 1, actual: 1, evidence: true },
      { verdict: 'met', ratio: null },
    ],
    [
      'yes without evidence',
      { ...flow, kind: 'yes_no', direction: 'yes_no', actual: 1, evidence: false },
      { verdict: 'no_colour', reason: 'evidence_missing', cause: 'quality' },
    ],
    [
      'no, at the end',
      { ...flow, ...yearEnd, kind: 'yes_no', direction: 'yes_no', actual: 0 },
      { verdict: 'far_behind' },
    ],
    [
      'not yet',
      { ...flow, kind: 'yes_no', direction: 'yes_no', actual: 0 },
      { verdict: 'not_due', reason: 'not_yet' },
    ],
    [
      'annual only',
      { ...flow, annualOnly: true, actual: 999 },
      { verdict: 'not_due', reason: 'annual_only', ratio: null },
    ],
    [
      'no value',
      { ...flow, actual: null },
      { verdict: 'no_colour', reason: 'no_value', cause: 'missing_report' },
    ],
    ['a plan of zero', { ...flow, planned: 0 }, { verdict: 'no_colour', reason: 'plan_zero', ratio: null }],
    [
      'a negative plan',
      { ...flow, planned: -3 },
      { verdict: 'no_colour', reason: 'plan_negative', ratio: null },
    ],
    ['no plan', { ...flow, planned: null }, { verdict: 'no_colour', reason: 'plan_missing', ratio: null }],
    [
      'no plan, but the target is met',
      { ...flow, planned: null, actual: 240 },
      { verdict: 'met', reason: 'target_met' },
    ],
    [
      'a place that is a standard',
      { ...flow, kind: 'rank', direction: 'maintain', bound: '<=', planned: 61, target: 61, actual: 62 },
      { verdict: 'breach', points: -1 },
    ],
    [
      'kept above the comparator',
      { ...flow, kind: 'relative', direction: 'maintain', comparator: 5, target: 0, actual: 4 },
      { verdict: 'breach', points: -1, judged: 'pass' },
    ],
    [
      'kept below the comparator',
      { ...flow, kind: 'relative', direction: 'maintain', bound: '<=', comparator: 5, target: 0, actual: 4 },
      { verdict: 'on_track', points: 1 },
    ],
    [
      'planned for, but the target asks for more',
      { ...less, planned: 1.74, target: 1.7, actual: 1.74 },
      { verdict: 'behind', reason: 'target_missed' },
    ],
  ] as const)('%s', (_, input, expected) => expect(attain(input)).toMatchObject(expected));

  it('shows a revised target beside the original', () => {
    const before = { planned: 830, target: 830 };
    const revised = {
      ...stock,
      ...yearEnd,
      planned: 860,
      target: 860,
      baseline: 776,
      actual: 845,
      original: before,
    };
    expect(attain(revised)).toMatchObject({
      verdict: 'behind',
      progress: 82.1,
      original: { target: 830, verdict: 'met', progress: 127.8 },
    });
  });

  it('takes another rule by its version', () => {
    const strict = { ...attainmentRule, version: 2, onTrack: 1 };
    expect(attain({ ...flow, actual: 49 }, strict)).toMatchObject({
      verdict: 'behind',
      rule: { version: 2 },
    });
  });

  it.each([
    ['2023-07-31', '2023-08-20', 'met', 'done_in_time', null],
    ['2023-08-01', '2023-08-20', 'behind', 'done_late', 'time'],
    ['2023-08-25', '2023-08-20', 'far_behind', 'milestone_overdue', 'time'],
    [null, '2023-08-01', 'far_behind', 'milestone_overdue', 'time'],
    [null, '2023-07-31', 'not_due', 'not_yet', null],
  ])('a milestone of 31 July done %s, seen on %s: %s', (doneOn, day, verdict, reason, cause) =>
    expect(attainMilestone({ dueOn: '2023-07-31', doneOn, day })).toEqual({
      verdict,
      reason,
      cause,
      judged: 'pass',
    }),
  );

  it('asks of growth what compounds', () => {
    expect(requiredLevel(100, 15, 2)).toBe(132.25);
    expect(requiredLevel(100, 15, 0)).toBe(100);
  });

  it('looks at targets that should fall from the other side', () => {
    expect(targetFindings('less', 1.8, 1.75)).toEqual(['target_above_last_actual']);
    expect(targetFindings('less', 1.73, 1.75)).toEqual([]);
  });
});
