import { fold } from '@duban/event-store';
import { accepted, asked, commands, culture, finance, granted, issued, refused } from './task-examples.js';
import { registered, returned, science, submitted } from './task-examples.js';
import { currentDue, doneOn, flagsOf, handedInOn, isSuspendedOn, originalDue } from './task-facts.js';
import { pendingExtension, reworksOf } from './task-facts.js';
import type { Task, TaskEvent } from './task-model.js';
import { taskDecider } from './task.js';
import { holdersOf, leadsOf, reportingLeadOf } from './task-units.js';

const reason = 'by decision of the office';

function after(...events: readonly TaskEvent[]): Task {
  const task = fold(taskDecider, [registered, issued, ...events]);
  if (!task) throw new Error('no task');
  return task;
}

describe('units of a task', () => {
  const named: TaskEvent = { type: 'ReportingLeadNamed', unit: finance, on: '2023-05-04' };
  const single = {
    type: 'UnitsReassigned',
    roles: commands.ReassignUnits.roles,
    on: '2023-05-04',
    reason,
  } as const;

  it('are found by role, leads without groups', () => {
    expect(leadsOf(after())).toEqual([science, finance]);
    expect(holdersOf(after(), 'supporting')).toMatchObject([{ holder: culture }]);
    expect(holdersOf(after(), 'responsible')).toMatchObject([{ isGroup: true }]);
  });
  it('have a reporting lead: the first is presumed until one is named', () => {
    expect(reportingLeadOf(after())).toEqual({ unit: science, presumed: true });
    expect(reportingLeadOf(after(named))).toEqual({ unit: finance, presumed: false });
  });
  it('presume nothing of a single lead, unless the document names none', () => {
    expect(reportingLeadOf(after({ ...single, paper: null }))).toEqual({ unit: culture, presumed: false });
    const presumed = single.roles.map(role => ({ ...role, presumed: true }));
    expect(reportingLeadOf(after({ ...single, roles: presumed, paper: null }))?.presumed).toBe(true);
    expect(reportingLeadOf(after({ ...single, roles: [], paper: null }))).toBeNull();
  });
});

describe('days of a task', () => {
  const reopened: TaskEvent = { type: 'TaskReopened', on: '2023-07-20', reason, paper: null };

  it('keep the original due day beside the current one', () => {
    const task = after(asked(), granted('2023-08-02'));
    expect([originalDue(task)?.on, currentDue(task)?.on]).toEqual(['2023-07-31', '2023-09-15']);
  });
  it('are handed in first, done when accepted', () => {
    expect([handedInOn(after()), doneOn(after())]).toEqual([null, null]);
    const waiting = after(submitted('2023-07-07', { effectiveOn: '2023-07-05' }));
    expect([handedInOn(waiting), doneOn(waiting)]).toEqual(['2023-07-07', null]);
    const back = after(submitted('2023-07-07'), returned(), submitted('2023-07-13', { n: 2 }));
    expect(handedInOn(back)).toBe('2023-07-07');
    expect(reworksOf(back)).toEqual([{ n: 1, reworkBy: '2023-07-14', redoneOn: '2023-07-13' }]);
    const done = after(submitted('2023-07-07', { effectiveOn: '2023-07-05' }), accepted());
    expect([handedInOn(done), doneOn(done)]).toEqual(['2023-07-07', '2023-07-05']);
  });
  it('begin anew when the task is opened again', () => {
    const open = [submitted(), accepted(), reopened];
    expect([handedInOn(after(...open)), doneOn(after(...open))]).toEqual([null, null]);
    const again = after(...open, submitted('2023-08-01', { n: 2 }), accepted(2, '2023-08-02'));
    expect([handedInOn(again), doneOn(again)]).toEqual(['2023-08-01', '2023-08-01']);
  });
  it('know a suspension from its first day to the day before it ends', () => {
    const task = after(
      { type: 'TaskSuspended', on: '2023-07-03', reason, paper: null },
      { type: 'TaskResumed', on: '2023-07-10' },
    );
    const days = ['2023-07-02', '2023-07-03', '2023-07-09', '2023-07-10'];
    expect(days.map(day => isSuspendedOn(task, day))).toEqual([false, true, true, false]);
  });
  it('know the request that waited on a day', () => {
    const task = after(asked(), refused('2023-08-08'));
    const days = ['2023-07-27', '2023-07-28', '2023-08-07', '2023-08-08'];
    expect(days.map(day => pendingExtension(task, day)?.n ?? null)).toEqual([null, 1, 1, null]);
  });
});

describe('flags of a task', () => {
  const none = {
    suspended: false,
    exempt: false,
    extended: false,
    tolled: false,
    contested: false,
    selfReviewed: false,
    leadPresumed: true,
    unconfirmed: false,
  };
  const day = '2023-08-01';

  it('are derived one by one', () => {
    const decided = { on: '2023-07-10', reason, paper: null };
    expect(flagsOf(after(), day)).toEqual(none);
    expect(flagsOf(after({ type: 'TaskSuspended', ...decided }), day)).toEqual({ ...none, suspended: true });
    expect(flagsOf(after({ type: 'TaskExempted', ...decided }), day)).toEqual({ ...none, exempt: true });
    expect(flagsOf(after(asked()), day)).toEqual({ ...none, tolled: true });
    expect(flagsOf(after(asked()), '2023-08-21')).toEqual(none);
    expect(flagsOf(after(asked(), granted('2023-08-01')), day)).toEqual({ ...none, extended: true });
    const own = after(submitted(), { ...accepted(), selfReviewed: true });
    expect(flagsOf(own, day)).toEqual({ ...none, selfReviewed: true });
  });

  it('say that a milestone told of too late waits to be accepted with its task', () => {
    const code = 'm1';
    const milestone = { code, title: '招标', due: null };
    const told = { ...{ unit: 'science', evidence: [], on: '2023-07-20' }, effectiveOn: '2023-06-29' };
    const set = { type: 'MilestoneSet', milestone, on: '2023-05-04' } as const;
    const reached = { type: 'MilestoneReached', code, ...told, backdated: true } as const;
    expect(flagsOf(after(set, reached), day)).toEqual({ ...none, unconfirmed: true });
    expect(flagsOf(after(set, reached), '2023-06-28')).toEqual(none);
    expect(flagsOf(after(set, { ...reached, backdated: false }), day)).toEqual(none);
    expect(flagsOf(after(set, reached, submitted(), accepted()), day)).toEqual(none);
  });
});
