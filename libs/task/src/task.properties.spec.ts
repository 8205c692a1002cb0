import { fold, Rejection } from '@duban/event-store';
import fc from 'fast-check';
import { assertFolds, assertLaws } from '../../../test/support/decider-laws.js';
import {
  accepted,
  acknowledged,
  asked,
  commands,
  contextOn,
  culture,
  finance,
  granted,
} from './task-examples.js';
import { issued, people, refused, registered, returned, robot, science, submitted } from './task-examples.js';
import { currentDue, doneOn, flagsOf, handedInOn, originalDue, pendingExtension } from './task-facts.js';
import { ladderDue, type Lateness, latenessOf, tolledDays } from './task-lateness.js';
import type { TaskCommand, TaskEvent } from './task-model.js';
import { taskDecider } from './task.js';

const issue: TaskCommand = { type: 'IssueTask', receiptDueOn: '2099-12-31' };
const n = fc.integer({ min: 1, max: 3 });
const unit = fc.constantFrom(finance, science, culture);
// Days around the due day of 31 July, so that being late, asked in time and decided late all happen.
const day = fc.integer({ min: 1, max: 31 }).chain(date =>
  fc.constantFrom('07', '08', '09').map(month => {
    const last = month === '09' ? Math.min(date, 30) : date;
    return `2023-${month}-${String(last).padStart(2, '0')}`;
  }),
);
const due = day.map(on => ({ on, basis: 'stated' as const, clause: 'letter' }));
const because = { reason: 'decided', paper: null };
const office = { reviewerUnit: 'xiangtan:市督查室', office: 'xiangtan:市督查室' };

const anyCommand: fc.Arbitrary<TaskCommand> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom<TaskCommand>(...Object.values(commands)) },
  fc
    .record({ type: fc.constant('ReportProgress'), unit, supersedes: fc.option(n) })
    .map(({ unit, supersedes }): TaskCommand => ({
      ...commands.ReportProgress,
      unit,
      supersedes,
      aboutOn: '2023-06-30',
    })),
  fc.record({ unit, doneOn: day }).map((given): TaskCommand => ({ ...commands.SubmitCompletion, ...given })),
  day.map((reworkBy): TaskCommand => ({
    type: 'ReviewCompletion',
    verdict: 'return',
    reasons: ['no'],
    reworkBy,
    ...office,
  })),
  fc.constant<TaskCommand>({ type: 'ReviewCompletion', verdict: 'accept', ...office }),
  fc.record({ unit, to: day }).map((given): TaskCommand => ({ ...commands.RequestExtension, ...given })),
  fc.record({ n, unit }).map((given): TaskCommand => ({ ...commands.WithdrawExtension, ...given })),
  fc.record({ n, dueOn: day }).map((given): TaskCommand => ({ ...commands.DecideExtension, ...given })),
  n.map((n): TaskCommand => ({ type: 'DecideExtension', n, verdict: 'refuse', ...because })),
  fc.option(due).map((due): TaskCommand => ({ type: 'SetDueDate', due, ...because })),
  fc.constantFrom<TaskCommand>(
    commands.SuspendTask,
    commands.ResumeTask,
    commands.ReopenTask,
    commands.CloseTask,
  ),
);

/** Commands on days in order, as time passes, by different people. */
const story = fc
  .array(
    fc.record({
      command: anyCommand,
      today: day,
      actor: fc.constantFrom(people.liaison, people.clerk, people.clerk, people.chief, robot),
    }),
    { maxLength: 25 },
  )
  .map(steps => {
    const days = steps.map(({ today }) => today).toSorted();
    return steps.map(({ command, actor }, index) => ({
      command,
      context: contextOn(days[index] ?? '2023-07-01', actor),
    }));
  });
const start = [commands.RegisterTask, issue].map(command => ({ command, context: contextOn('2023-06-01') }));
const end = { command: commands.ResumeTask, context: contextOn('2023-10-31') };
const withStart = story.map(steps => [...start, ...steps]);

const anyEvent: fc.Arbitrary<TaskEvent> = fc.oneof(
  fc.constantFrom<TaskEvent>(
    registered,
    issued,
    acknowledged(finance),
    { type: 'TaskClosed', on: '2023-08-01', by: 'chief' },
    { type: 'TaskReopened', on: '2023-08-02', ...because },
    { type: 'UnitsReassigned', roles: [], on: '2023-08-02', ...because },
    { type: 'TaskResumed', on: '2023-08-03' },
    { type: 'ProgressCorrected', n: 7, percent: null, summary: '', reason: '', on: '2023-08-03', by: 'x' },
    { type: 'BlockerCleared', n: 9, note: '', on: '2023-08-03' },
    { type: 'MilestoneSet', milestone: { code: 'm1', title: '', due: null }, on: '2023-08-03' },
    { type: 'NeverHeardOf' } as unknown as TaskEvent,
  ),
  day.chain(on =>
    fc.constantFrom<TaskEvent>(
      submitted(on),
      returned(1, on),
      accepted(2, on),
      asked(on),
      granted(on),
      refused(on, 2),
      { type: 'DueDateSet', due: null, on, ...because },
      { type: 'TaskSuspended', on, ...because },
      { type: 'TaskExempted', on, ...because },
      { type: 'TaskCancelled', on, ...because },
      { type: 'MilestoneReached', code: 'm1', unit: finance, on, evidence: [], effectiveOn: on },
    ),
  ),
);

describe('any history of a task', () => {
  it('adds nothing twice, and replays to the same state', () => {
    fc.assert(fc.property(withStart, steps => assertLaws(taskDecider, steps)));
    fc.assert(fc.property(story, steps => assertLaws(taskDecider, steps)));
  });

  it('folds in any order, and answers every question', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), day, (events, day) => {
        assertFolds(taskDecider, events);
        const task = fold(taskDecider, [registered, ...events]);
        if (!task) throw new Error('a registered task is there');
        const { calendar } = contextOn(day);
        const answers = [
          latenessOf(task, day, calendar),
          tolledDays(task, day, calendar),
          ladderDue(task, calendar),
        ];
        const facts = [currentDue, originalDue, doneOn, handedInOn].map(ask => ask(task));
        expect([...answers, ...facts, flagsOf(task, day), pendingExtension(task, day)]).not.toContain(
          undefined,
        );
      }),
    );
  });
});

describe('lateness', () => {
  it('is never unset, whatever is decided later', () => {
    let wereLate = 0;
    fc.assert(
      fc.property(withStart, steps => {
        let known: Lateness | null = null;
        let state = taskDecider.initial;
        for (const { command, context } of [...steps, end]) {
          state = fold(taskDecider, eventsOf(state, command, context), state);
          const lateness: Lateness | null = state && latenessOf(state, context.today, context.calendar);
          if (known) expect(lateness).toMatchObject({ lateOn: known.lateOn, dueOn: known.dueOn });
          if (known) expect(lateness?.workdaysLate).toBeGreaterThanOrEqual(known.workdaysLate);
          if (lateness?.lateOn) known = lateness;
        }
        if (known) wereLate += 1;
      }),
      { numRuns: 500 },
    );
    expect(wereLate).toBeGreaterThan(50); // else the stories would show nothing
  });
});

function eventsOf(...[state, command, context]: Parameters<typeof taskDecider.decide>): readonly TaskEvent[] {
  try {
    return taskDecider.decide(state, command, context);
  } catch (error) {
    if (error instanceof Rejection) return [];
    throw error;
  }
}
