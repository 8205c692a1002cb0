import fc from 'fast-check';
import { Rejection } from '@duban/event-store';
import { indicatorLights } from './indicator-light.js';
import {
  calendar,
  completion,
  counties,
  everyCounty,
  farming,
  industry,
  report,
  revival,
  science,
  Story,
  value,
} from './ledger-examples.js';
import { isLate, type Obligation } from './obligation.js';
import { obligationsOf } from './obligations.js';
import { LedgerBuilder } from './plan-ledger.js';
import { taskLights } from './task-lights.js';

const units = [science, industry, farming, revival, counties[0]];
const days = [
  '2023-06-28',
  '2023-07-03',
  '2023-07-05',
  '2023-07-07',
  '2023-07-10',
  '2023-07-14',
  '2023-07-20',
];
const lead = (holder: string) => ({ holder, role: 'lead' as const, isGroup: false, presumed: false });
const evidence = [{ title: '佐证', url: 'https://example.org/evidence' }];
const paper = null;
const reason = '调整';
const office = { reviewerUnit: science, office: science };

type Act = (story: Story, day: string) => unknown;
const code = fc.constantFrom('1', '2');
const unit = fc.constantFrom(...units);
const later = fc.constantFrom('2023-07-12', '2023-07-17', '2023-08-31');
const period = fc.constantFrom('2023Q2', '2023H1');

const asksOfUnits: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(code, unit, period).map(
    ([task, by, on]): Act =>
      (story, day) =>
        story.task(day, task, report(by, on, day, { aboutOn: '2023-06-30', evidence }), by),
  ),
  fc.tuple(code, unit).map(
    ([task, by]): Act =>
      (story, day) =>
        story.task(day, task, completion(by, day), by),
  ),
  fc.tuple(unit, period, fc.integer({ min: 700, max: 900 })).map(
    ([by, on, figure]): Act =>
      (story, day) =>
        story.indicator(day, 'i1', value(by, on, figure), by),
  ),
  fc.tuple(code, unit).map(
    ([task, by]): Act =>
      (story, day) =>
        story.task(
          day,
          task,
          { type: 'RequestExtension', unit: by, actsFor: [by], to: '2023-09-29', reason },
          by,
        ),
  ),
  fc.tuple(unit, period).map(([by, on]): Act => (story, day) => {
    const items = story.ledger().submissions.get(`004:${on}/${by}`)?.tasks ?? [];
    return story.submission(day, on, by, {
      type: 'HandIn',
      items: items.map(task => ({ task, percent: 50, note: '推进中', evidence })),
      ...{ summary: '总结', evidence, receivedOn: null, roundClosed: false },
    });
  }),
  fc.tuple(unit, period).map(
    ([by, on]): Act =>
      (story, day) =>
        story.submission(day, on, by, { type: 'WithdrawSubmission' }),
  ),
  fc.tuple(code, unit).map(
    ([task, by]): Act =>
      (story, day) =>
        story.task(
          day,
          task,
          {
            ...{ type: 'ReachMilestone', unit: by, actsFor: [by], code: 'm1', reachedOn: day, evidence },
          } as never,
          by,
        ),
  ),
);

const decisionsOfTheOffice: fc.Arbitrary<Act> = fc.oneof(
  code.map(
    (task): Act =>
      (story, day) =>
        story.task(day, task, { type: 'ReviewCompletion', verdict: 'accept', ...office }),
  ),
  fc.tuple(code, later).map(
    ([task, reworkBy]): Act =>
      (story, day) =>
        story.task(day, task, {
          type: 'ReviewCompletion',
          verdict: 'return',
          reasons: [reason],
          reworkBy,
          ...office,
        }),
  ),
  code.map(
    (task): Act =>
      (story, day) =>
        story.task(day, task, { type: 'ReopenTask', reason, paper }),
  ),
  fc.tuple(code, fc.constantFrom('SuspendTask', 'ExemptTask', 'CancelTask', 'ResumeTask')).map(
    ([task, type]): Act =>
      (story, day) =>
        story.task(day, task, { type, reason, paper } as never),
  ),
  fc.tuple(code, fc.boolean()).map(
    ([task, isGranted]): Act =>
      (story, day) =>
        story.task(day, task, {
          ...{ type: 'DecideExtension', n: 1, paper },
          ...(isGranted ? { verdict: 'grant', dueOn: '2023-09-29' } : { verdict: 'refuse', reason }),
        } as never),
  ),
  fc.tuple(code, later).map(
    ([task, on]): Act =>
      (story, day) =>
        story.task(day, task, {
          type: 'SetDueDate',
          due: { on, basis: 'stated', clause: '' },
          reason,
          paper,
        }),
  ),
  fc.tuple(code, later).map(
    ([task, on]): Act =>
      (story, day) =>
        story.task(day, task, {
          ...{ type: 'ReviseMilestone', code: 'm1', reason, paper },
          due: { on, basis: 'stated', clause: '' },
        } as never),
  ),
  fc.tuple(period, later).map(
    ([of, to]): Act =>
      (story, day) =>
        story.round(day, of, { type: 'MoveRoundDue', to, reason }),
  ),
  fc.tuple(unit, period, later).map(
    ([by, on, reworkBy]): Act =>
      (story, day) =>
        story.submission(
          day,
          on,
          by,
          {
            ...{ type: 'ReturnSubmission', reasons: [{ item: 'summary', reason }], reworkBy, ...office },
          } as never,
          'person:office',
        ),
  ),
  fc.tuple(unit, period).map(
    ([by, on]): Act =>
      (story, day) =>
        story.submission(day, on, by, { type: 'AcceptSubmission', ...office }, 'person:office'),
  ),
  fc.tuple(unit, period).map(
    ([by, on]): Act =>
      (story, day) =>
        story.indicator(day, 'i1', { type: 'RejectValue', period: on, unit: by, reason, ...office }),
  ),
  fc.constant<Act>((story, day) =>
    story.indicator(day, 'i1', {
      ...{ type: 'AwaitValue', period: '2023Q2', availableOn: '2023-08-15', reason },
    } as never),
  ),
);

const changesOfUnits: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(unit, unit).map(([from, into]): Act => (story, day) => {
    const successors = [story.ledger().units.get(into)?.ended?.into ?? []].flat();
    return story.on(day, `unit-${from}`, { type: 'MergeUnit', into, from: day, paper, successors });
  }),
  unit.map(
    (left): Act =>
      (story, day) =>
        story.on(day, `group-${everyCounty}`, { type: 'LeaveGroup', unit: left, from: day }),
  ),
);
const reassignments: fc.Arbitrary<Act> = fc.tuple(code, unit, unit).map(
  ([task, a, b]): Act =>
    (story, day) =>
      story.task(day, task, { type: 'ReassignUnits', roles: [...new Set([a, b])].map(lead), reason, paper }),
);
const opening: fc.Arbitrary<Act> = fc.constant((story, day) =>
  story.opened(day, '2023H1', '2023-07-15', { kind: 'half_year', summary: true }),
);

type Scene = { day: string; acts: readonly Act[] };
const scenes = (act: fc.Arbitrary<Act>): fc.Arbitrary<Scene[]> =>
  fc
    .tuple(...days.map(() => fc.array(act, { maxLength: 5 })))
    .map(perDay => perDay.map((acts, index) => ({ day: days[index]!, acts })));
const everything = scenes(
  fc.oneof(asksOfUnits, decisionsOfTheOffice, changesOfUnits, reassignments, opening),
);
const ofSameUnits = scenes(fc.oneof(asksOfUnits, decisionsOfTheOffice, opening));

/** Two tasks, one of joint leads and one with a group, a joint figure and the second quarter. */
function begin(): Story {
  return new Story()
    .withTask('1', [lead(science), lead(industry)], '2023-07-04', [{ code: 'm1', dueOn: '2023-07-03' }])
    .withTask('2', [lead(farming), { holder: everyCounty, role: 'responsible', isGroup: true }], '2023-07-12')
    .withIndicator('i1', [industry, revival])
    .issued()
    .opened('2023-06-28', '2023Q2', '2023-07-07');
}

/** Acts that are refused leave no trace, as anywhere. */
function attempt(story: Story, act: Act, day: string): void {
  try {
    act(story, day);
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
  }
}

function tell(told: readonly Scene[]): Story {
  const story = begin();
  for (const { day, acts } of told) for (const act of acts) attempt(story, act, day);
  return story;
}

const derived = (ledger: ReturnType<Story['ledger']>, day: string) => {
  const obligations = obligationsOf(ledger, day, calendar);
  const moments = [
    { day, knownOn: day, period: '2023Q3' },
    { day: '2023-06-30', knownOn: day, period: '2023Q2' },
  ];
  const lights = moments.map(moment => [
    [...taskLights(ledger, moment, calendar)],
    [...indicatorLights(ledger, moment, calendar, obligations)],
  ]);
  return { obligations, lights };
};

/** Keys in another order, as a `jsonb` column gives them back: shorter ones first. */
function asStored<T>(state: T): T {
  return JSON.parse(JSON.stringify(state), (_, each: unknown) =>
    each && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1)))
      : each,
  ) as T;
}

describe('whatever happens', () => {
  it('every obligation has an id of its own, and every task and indicator a light', () => {
    fc.assert(
      fc.property(everything, told => {
        const { obligations, lights } = derived(tell(told).ledger(), '2023-07-21');
        expect(new Set(obligations.map(({ id }) => id)).size).toBe(obligations.length);
        expect(lights.flat(2)).toHaveLength(6);
      }),
      { numRuns: 50, seed: 20230707 },
    );
  });

  it('folds as they are stored give what folded events give', () => {
    fc.assert(
      fc.property(everything, told => {
        const { id, plan, holidays, ...streams } = tell(told).ledger();
        expect(holidays).toBeNull();
        const builder = new LedgerBuilder().put(`plan-${id}`, asStored(plan));
        for (const [name, folds] of Object.entries(streams))
          for (const [key, state] of [...folds].reverse())
            builder.put(`${name.slice(0, -1)}-${key}`, asStored(state));
        expect(derived(builder.ledger(id)!, '2023-07-21')).toEqual(
          derived(tell(told).ledger(), '2023-07-21'),
        );
      }),
      { numRuns: 25, seed: 20230707 },
    );
  });

  it('what was late stays late, unless what lay there was withdrawn or is no longer asked', () => {
    fc.assert(
      fc.property(ofSameUnits, told => {
        const story = begin();
        const late = new Map<string, Obligation>();
        for (const { day, acts } of told) {
          for (const act of acts) attempt(story, act, day);
          const now = new Map(obligationsOf(story.ledger(), day, calendar).map(each => [each.id, each]));
          for (const [id, before] of late) {
            const after = now.get(id);
            // A hand-in that was withdrawn takes its review with it.
            if (before.kind === 'review' && !after) continue;
            expect([before, after && isLate(after, day)]).toEqual([before, true]);
          }
          for (const [id, each] of now) if (isLate(each, day) && each.silenced === null) late.set(id, each);
        }
      }),
      { numRuns: 80, seed: 20230707 },
    );
  });
});
