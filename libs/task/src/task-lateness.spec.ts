import { createCalendar } from '@duban/calendar';
import { fold } from '@duban/event-store';
import {
  accepted,
  acknowledged,
  asked,
  finance,
  granted,
  issued,
  refused,
  registered,
} from './task-examples.js';
import { returned, submitted } from './task-examples.js';
import { ladderDue, latenessOf, tolledDays } from './task-lateness.js';
import type { Task, TaskEvent } from './task-model.js';
import { taskDecider } from './task.js';

const calendar = createCalendar();
const reason = 'by decision of the office';
const dueOn = (on: string): TaskEvent => ({ ...registered, due: { on, basis: 'stated', clause: 'letter' } });
const suspended = (on: string): TaskEvent => ({ type: 'TaskSuspended', on, reason, paper: null });
const resumed = (on: string): TaskEvent => ({ type: 'TaskResumed', on });
const reopened = (on: string): TaskEvent => ({ type: 'TaskReopened', on, reason, paper: null });
const moved = (on: string, to: string): TaskEvent => ({
  type: 'DueDateSet',
  due: { on: to, basis: 'stated', clause: 'letter' },
  reason,
  paper: null,
  on,
});

function after(...events: readonly TaskEvent[]): Task {
  const task = fold(taskDecider, [events[0]?.type === 'TaskRegistered' ? [] : [registered], events].flat());
  if (!task) throw new Error('no task');
  return task;
}
const late = (task: Task, day: string) => latenessOf(task, day, calendar);
const running = [issued, acknowledged(finance)];

describe('lateness', () => {
  it('arises after the end of the due day, not before', () => {
    expect(late(after(...running), '2023-07-31')).toMatchObject({ lateOn: null, workdaysLate: 0 });
    expect(late(after(...running), '2023-08-01')).toMatchObject({ lateOn: '2023-08-01', workdaysLate: 1 });
    expect(late(after(...running), '2023-08-07')).toMatchObject({ lateOn: '2023-08-01', workdaysLate: 5 });
  });
  it('begins on a rest day, but counts workdays', () => {
    const task = after(dueOn('2023-07-15'), ...running);
    expect(late(task, '2023-07-16')).toMatchObject({ lateOn: '2023-07-16', workdaysLate: 0 });
    expect(late(task, '2023-07-17')).toMatchObject({ lateOn: '2023-07-16', workdaysLate: 1 });
  });
  it('goes by the day of handing in, not by the day of acceptance', () => {
    const inTime = after(...running, submitted('2023-07-31'), accepted(1, '2023-08-15'));
    expect(late(inTime, '2023-09-01')).toMatchObject({ lateOn: null, madeGoodOn: null });
    const tooLate = after(...running, submitted('2023-08-03'), accepted(1, '2023-08-15'));
    expect(late(tooLate, '2023-09-01')).toEqual({
      dueOn: '2023-07-31',
      lateOn: '2023-08-01',
      workdaysLate: 3,
      madeGoodOn: '2023-08-03',
      extended: false,
    });
  });
  it('is none for a draft, without a due day, and for a due day before the task was issued', () => {
    expect(late(after(registered), '2023-12-31').lateOn).toBeNull();
    expect(late(after({ ...registered, due: null }, ...running), '2023-12-31')).toMatchObject({
      dueOn: null,
      lateOn: null,
    });
    expect(late(after(dueOn('2023-03-31'), ...running), '2023-12-31').lateOn).toBeNull();
    expect(late(after(dueOn('2023-04-20'), ...running), '2023-12-31').lateOn).toBe('2023-04-21');
  });
});

// duties §3: handed in 7 Jul, returned 11 Jul with rework by 14 Jul.
describe('a returned completion', () => {
  const back = [
    dueOn('2023-07-07'),
    ...running,
    submitted('2023-07-07'),
    returned(1, '2023-07-11', '2023-07-14'),
  ];

  it('is on time when it comes back by the rework day', () =>
    expect(late(after(...back, submitted('2023-07-14', { n: 2 })), '2023-08-01').lateOn).toBeNull());
  it('is late by the workdays after the rework day', () =>
    expect(late(after(...back, submitted('2023-07-17', { n: 2 })), '2023-08-01')).toMatchObject({
      dueOn: '2023-07-14',
      lateOn: '2023-07-15',
      workdaysLate: 1,
      madeGoodOn: '2023-07-17',
    }));
  it('is late while it is not back', () =>
    expect(late(after(...back), '2023-07-18')).toMatchObject({ workdaysLate: 2, madeGoodOn: null }));
  it('leaves a late first hand-in late', () => {
    const first = [...running, submitted('2023-08-02'), returned(1, '2023-08-04', '2023-08-09')];
    const again = after(...first, submitted('2023-08-08', { n: 2 }), accepted(2, '2023-08-09'));
    expect(late(again, '2023-09-01')).toMatchObject({ lateOn: '2023-08-01', workdaysLate: 2 });
  });
  it('has until the due day where that is later', () => {
    const early = after(...running, submitted('2023-06-01'), returned(1, '2023-06-05', '2023-06-09'));
    expect(late(early, '2023-07-31').lateOn).toBeNull();
    expect(late(early, '2023-08-01').lateOn).toBe('2023-08-01');
  });
});

// duties §7, the task 001/1: due 31 Jul, asked 28 Jul, refused 8 Aug: first message 9 Aug at +1.
describe('an extension asked in time and refused', () => {
  const waiting = after(...running, asked('2023-07-28'));
  const answered = after(...running, asked('2023-07-28'), refused('2023-08-08'));

  it('is not late while it waits', () => expect(late(waiting, '2023-08-08').lateOn).toBeNull());
  it('is late from the day after the answer, less the days tolled', () => {
    expect(tolledDays(answered, '2023-08-31', calendar)).toBe(6);
    expect(late(answered, '2023-08-08').lateOn).toBeNull();
    expect(late(answered, '2023-08-09')).toMatchObject({
      dueOn: '2023-07-31',
      lateOn: '2023-08-09',
      workdaysLate: calendar.workdaysBetween('2023-07-31', '2023-08-09') - 6,
    });
  });
  it('goes on at +1 on the next workday', () => {
    expect(ladderDue(answered, calendar)).toBe('2023-08-08');
    expect(calendar.addWorkdays('2023-08-08', 1)).toBe('2023-08-09');
  });
  it('goes on at +1 on Monday when the answer came on a Saturday', () => {
    const task = after(...running, asked('2023-07-28'), refused('2023-08-05'));
    expect(calendar.addWorkdays(ladderDue(task, calendar) ?? '', 1)).toBe('2023-08-07');
  });
  it('tolls at most fifteen workdays', () => {
    expect(ladderDue(waiting, calendar)).toBe('2023-08-18');
    expect(late(waiting, '2023-08-18').lateOn).toBeNull();
    expect(late(waiting, '2023-08-21')).toMatchObject({ lateOn: '2023-08-19', workdaysLate: 1 });
    expect(tolledDays(waiting, '2023-08-31', calendar)).toBe(14);
  });
  it('tolls nothing when the answer came before the due day', () => {
    const task = after(...running, asked('2023-07-24'), refused('2023-07-26'));
    expect(tolledDays(task, '2023-08-31', calendar)).toBe(0);
    expect(ladderDue(task, calendar)).toBe('2023-07-31');
  });
  it('stops tolling when it is taken back', () => {
    const task = after(...running, asked('2023-07-28'), {
      type: 'ExtensionWithdrawn',
      n: 1,
      on: '2023-08-02',
    });
    expect(late(task, '2023-08-03')).toMatchObject({ lateOn: '2023-08-03', workdaysLate: 1 });
  });
});

describe('an extension that is granted', () => {
  it('in time moves the due day', () => {
    const task = after(...running, asked('2023-07-28'), granted('2023-08-08'));
    expect(late(task, '2023-09-15')).toMatchObject({ dueOn: '2023-09-15', lateOn: null, extended: true });
    expect(late(task, '2023-09-18')).toMatchObject({ dueOn: '2023-09-15', lateOn: '2023-09-16' });
    expect(ladderDue(task, calendar)).toBe('2023-09-15');
  });
  it('asked after the due day leaves the lateness that had arisen', () => {
    const request = asked('2023-08-03', { tolls: false, tollsUntil: '2023-08-24' });
    const task = after(...running, request, granted('2023-08-08'));
    expect(late(task, '2023-09-01')).toMatchObject({
      dueOn: '2023-07-31',
      lateOn: '2023-08-01',
      workdaysLate: 6,
      extended: true,
    });
    expect(tolledDays(task, '2023-09-01', calendar)).toBe(0);
  });
  it('after tolling had ended leaves the lateness of the days between', () => {
    const task = after(...running, asked('2023-07-28'), granted('2023-08-25'));
    expect(late(task, '2023-09-01')).toMatchObject({ lateOn: '2023-08-19', workdaysLate: 5 });
  });
});

describe('other decisions', () => {
  it('suspending stops the clock', () => {
    const task = after(...running, suspended('2023-07-20'), resumed('2023-08-08'));
    expect(late(task, '2023-08-08').lateOn).toBeNull();
    expect(late(task, '2023-08-09')).toMatchObject({ lateOn: '2023-08-09', workdaysLate: 1 });
    expect(ladderDue(task, calendar)).toBe('2023-08-08');
    expect(late(after(...running, suspended('2023-07-20')), '2023-12-31').lateOn).toBeNull();
  });
  it('suspending a late task leaves it late and leaves out the workdays between', () => {
    const task = after(...running, suspended('2023-08-02'), resumed('2023-08-08'));
    expect(late(task, '2023-08-09')).toMatchObject({ lateOn: '2023-08-01', workdaysLate: 3 });
    expect(ladderDue(task, calendar)).toBe('2023-08-04'); // the ninth of August is its third workday
  });
  it('moving the due day after it is over leaves the lateness', () =>
    expect(late(after(...running, moved('2023-08-02', '2023-08-31')), '2023-08-31')).toMatchObject({
      dueOn: '2023-07-31',
      lateOn: '2023-08-01',
      workdaysLate: 2,
    }));
  it('moving it before it is over moves lateness', () =>
    expect(late(after(...running, moved('2023-07-31', '2023-08-31')), '2023-08-31').lateOn).toBeNull());
  it('setting it in the past, as older rules may have allowed, counts from the decision', () => {
    const task = after(...running, moved('2023-07-10', '2023-07-03'));
    expect(late(task, '2023-07-31')).toMatchObject({ dueOn: '2023-07-03', lateOn: '2023-07-11' });
  });
  it('exempting and cancelling end lateness and do not unset it', () => {
    const exempt = after(...running, { type: 'TaskExempted', on: '2023-08-02', reason, paper: null });
    expect(late(exempt, '2023-12-31')).toMatchObject({ lateOn: '2023-08-01', workdaysLate: 2 });
    const cancelled = after(...running, { type: 'TaskCancelled', on: '2023-07-31', reason, paper: null });
    expect(late(cancelled, '2023-12-31').lateOn).toBeNull();
  });
  it('opening again counts from the opening', () => {
    const done = [...running, submitted('2023-07-20'), accepted(1, '2023-07-21')];
    const open = after(...done, reopened('2023-09-04'));
    expect(late(open, '2023-09-04').lateOn).toBeNull();
    expect(late(open, '2023-09-06')).toMatchObject({ lateOn: '2023-09-05', workdaysLate: 2 });
    expect(ladderDue(open, calendar)).toBe('2023-09-04');
    const withNewDue = after(...done, reopened('2023-09-04'), moved('2023-09-04', '2023-09-30'));
    expect(late(withNewDue, '2023-09-30').lateOn).toBeNull();
  });
  it('a paper received in time and entered late shows that the unit never was late', () =>
    expect(
      late(after(...running, submitted('2023-07-31', { onBehalf: true })), '2023-08-04').lateOn,
    ).toBeNull());
});
