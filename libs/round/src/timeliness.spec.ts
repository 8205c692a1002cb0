import { createCalendar } from '@duban/calendar';
import { fold } from '@duban/event-store';
import fc from 'fast-check';
import type { SubmissionEvent } from './round-model.js';
import { handedIn, opened, returned, waived, withdrawn } from './submission-examples.js';
import { submissionDecider } from './submission.js';
import { countedHandIn, timelinessOf } from './timeliness.js';

const calendar = createCalendar();
const round = { period: '2023Q2', backfill: false, dues: [{ on: '2023-07-07', setOn: '2023-07-03' }] };

function submissionAfter(...events: readonly SubmissionEvent[]) {
  const submission = fold(submissionDecider, [opened, ...events]);
  if (!submission) throw new Error('not opened');
  return submission;
}
const judged = (events: readonly SubmissionEvent[], asOf?: string, of = round) =>
  timelinessOf(submissionAfter(...events), of, calendar, asOf);
const handedInOn = (n: number, on: string) => handedIn(n, { on });
/** Returned on Tuesday, 11 July, with rework by Friday, 14 July. */
const returnedOnce = [handedInOn(1, '2023-07-07'), returned(1)];

describe('a hand-in', () => {
  it.each([
    ['2023-07-06', true, 0],
    ['2023-07-07', true, 0], // the due day itself is in time
    ['2023-07-08', false, 0], // late on a Saturday, and no workday has passed
    ['2023-07-10', false, 1],
    ['2023-07-14', false, 5],
  ])('on %s: on time %s, %d workdays late', (on, onTime, workdaysLate) =>
    expect(judged([handedInOn(1, on)])).toEqual({
      dueOn: '2023-07-07',
      handedInOn: on,
      onTime,
      workdaysLate,
      returns: 0,
      reworkLate: 0,
    }),
  );

  it('of the half-year, due on a Saturday, is in time on that Saturday', () => {
    const halfYear = { ...round, period: '2023H1', dues: [{ on: '2023-07-15', setOn: '2023-07-03' }] };
    expect(judged([handedInOn(1, '2023-07-15')], undefined, halfYear)).toMatchObject({ onTime: true });
    expect(judged([handedInOn(1, '2023-07-17')], undefined, halfYear)).toMatchObject({
      onTime: false,
      workdaysLate: 1,
    });
  });
});

describe('handed in on 7 July, returned on 11 July with rework by 14 July', () => {
  it('and handed in on 14 July: on time, one return', () =>
    expect(judged([...returnedOnce, handedInOn(2, '2023-07-14')])).toMatchObject({
      handedInOn: '2023-07-07',
      onTime: true,
      workdaysLate: 0,
      returns: 1,
      reworkLate: 0,
    }));
  it('and handed in on 17 July: rework late by one workday', () =>
    expect(judged([...returnedOnce, handedInOn(2, '2023-07-17')])).toMatchObject({
      handedInOn: '2023-07-07',
      onTime: false,
      workdaysLate: 0,
      returns: 1,
      reworkLate: 1,
    }));
  it('and not handed in again: on time through 14 July, late from the 15th', () => {
    expect(judged(returnedOnce, '2023-07-14')).toMatchObject({ onTime: true, reworkLate: 0 });
    expect(judged(returnedOnce, '2023-07-15')).toMatchObject({ onTime: false, reworkLate: 0 });
    expect(judged(returnedOnce, '2023-07-18')).toMatchObject({ onTime: false, reworkLate: 2 });
  });
  it('and returned twice: lateness of reworks adds up', () =>
    expect(
      judged([...returnedOnce, handedInOn(2, '2023-07-17'), returned(2), handedInOn(3, '2023-07-18')]),
    ).toMatchObject({ returns: 2, reworkLate: 3 }));
  it('and withdrawn after the rework: the rework is owed again', () =>
    expect(
      judged([...returnedOnce, handedInOn(2, '2023-07-14'), withdrawn(2, '2023-07-14')], '2023-07-17'),
    ).toMatchObject({ onTime: false, reworkLate: 1 }));
});

describe('what has not come in', () => {
  it('is judged on no day unless one is given', () =>
    expect(judged([])).toMatchObject({ handedInOn: null, onTime: null, workdaysLate: 0 }));
  it('is not late on the due day', () => expect(judged([], '2023-07-07')).toMatchObject({ onTime: null }));
  it('is late from the day after', () =>
    expect(judged([], '2023-07-08')).toMatchObject({ onTime: false, workdaysLate: 0 }));
  it('is later every workday', () =>
    expect(judged([], '2023-07-11')).toMatchObject({ onTime: false, workdaysLate: 2 }));
  it('is not judged once it was waived in time', () => {
    const inTime = { ...waived, on: '2023-07-07' };
    expect(judged([inTime], '2023-07-31')).toMatchObject({ onTime: null, workdaysLate: 0 });
  });
  it('stays as late as it was when it was waived', () =>
    expect(judged([waived], '2023-07-31')).toMatchObject({ onTime: false, workdaysLate: 2 }));
});

describe('a withdrawn hand-in', () => {
  it('does not count', () =>
    expect(judged([handedInOn(1, '2023-07-06'), withdrawn(1, '2023-07-07')], '2023-07-10')).toMatchObject({
      handedInOn: null,
      onTime: false,
    }));
  it('does not hold the place of a late one', () =>
    expect(
      judged([handedInOn(1, '2023-07-06'), withdrawn(1, '2023-07-07'), handedInOn(2, '2023-07-10')]),
    ).toMatchObject({ handedInOn: '2023-07-10', onTime: false, workdaysLate: 1 }));
  it('that was late stays so when a paper of an earlier day is entered', () =>
    expect(
      judged([handedInOn(1, '2023-07-10'), withdrawn(1, '2023-07-10'), handedInOn(2, '2023-07-05')]),
    ).toMatchObject({ handedInOn: '2023-07-10', onTime: false, workdaysLate: 1 }));
  it('is not the counted one', () => {
    const replaced = submissionAfter(handedIn(1), withdrawn(1), handedIn(2));
    expect(countedHandIn(replaced)).toMatchObject({ n: 2, countsOn: '2023-07-11' });
    expect(countedHandIn(submissionAfter(handedIn(1), withdrawn(1)))).toBeNull();
  });
});

describe('a round', () => {
  it('that was over before the plan makes nobody late', () =>
    expect(judged([handedInOn(1, '2023-09-01')], '2023-09-30', { ...round, backfill: true })).toMatchObject({
      onTime: null,
      workdaysLate: 0,
      reworkLate: 0,
    }));
  it('whose due day was moved in time is judged by the new one', () => {
    const moved = { ...round, dues: [...round.dues, { on: '2023-07-12', setOn: '2023-07-07' }] };
    expect(judged([handedInOn(1, '2023-07-12')], undefined, moved)).toMatchObject({
      dueOn: '2023-07-12',
      onTime: true,
    });
  });
  it('whose due day was moved too late is judged by the old one', () => {
    const moved = { ...round, dues: [...round.dues, { on: '2023-07-12', setOn: '2023-07-08' }] };
    expect(judged([handedInOn(1, '2023-07-12')], undefined, moved)).toMatchObject({
      dueOn: '2023-07-07',
      onTime: false,
    });
  });
});

describe('from late to on time', () => {
  const day = fc.integer({ min: 10, max: 31 }).map(date => `2023-07-${date}`);
  const anyDay = fc.integer({ min: 1, max: 31 }).map(date => `2023-07-${String(date).padStart(2, '0')}`);
  const then = fc.tuple(fc.constantFrom('in', 'out', 'back', 'waive'), anyDay);
  const eventOf = (kind: string, n: number, on: string): SubmissionEvent => {
    if (kind === 'in') return handedIn(n, { on });
    if (kind === 'out') return withdrawn(n, on);
    return kind === 'back' ? { ...returned(n), on } : { ...waived, on };
  };

  it('there is no way, whatever follows a late first hand-in', () =>
    fc.assert(
      fc.property(day, fc.array(then, { maxLength: 12 }), (first, following) => {
        let n = 1;
        const events = following.map(([kind, on]) => eventOf(kind, kind === 'in' ? ++n : n, on));
        expect(judged([handedIn(1, { on: first }), ...events]).onTime).not.toBe(true);
      }),
    ));
});
