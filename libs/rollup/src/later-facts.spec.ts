import { type Correction } from '@duban/bulletin';
import { factIn, roundOf, roundsOf } from './later-facts.js';

const unread = { query: () => Promise.reject(new Error('nothing is looked up')) } as never;
const told = (stream: string, event: { type: string; [field: string]: unknown }) =>
  factIn({ stream, version: 7, event }, unread);

const finished = { unit: 'xiangtan:市科技局', on: '2023-10-25', effectiveOn: '2023-06-29' };
const completion = told('task-004:2', { type: 'CompletionSubmitted', ...finished });

describe('what is told of a quarter after its edition', () => {
  it('is a completion, in the quarter in which the work was done', async () =>
    expect(await completion).toEqual({
      ...{
        cause: 'task-004:2@7',
        subject: '004:2',
        period: '2023Q2',
        how: 'late',
        unit: 'xiangtan:市科技局',
      },
      ...{ from: null, to: null, reason: '', correctedOn: '2023-10-25' },
      done: { what: 'task', on: '2023-06-29' },
    }));

  it('is a milestone by its own key', async () =>
    expect(await told('task-004:2', { type: 'MilestoneReached', code: 'm1', ...finished })).toMatchObject({
      ...{ subject: '004:2/m1', period: '2023Q2' },
      done: { what: 'milestone', on: '2023-06-29' },
    }));

  it('is a paper under the name of who handed it in', async () =>
    expect(
      await told('submission-004:2023Q2/xiangtan:岳塘区', { type: 'SubmissionHandedIn', on: '2023-07-24' }),
    ).toMatchObject({ period: '2023Q2', unit: 'xiangtan:岳塘区', to: null }));

  it('is nothing that was decided', async () =>
    expect(await told('task-004:2', { type: 'UnitsReassigned' })).toBeNull());
});

describe('the rounds that a later fact is about', () => {
  it('are that of its quarter and, of work that was done, each later one until it was told', async () =>
    expect(roundsOf((await completion)!)).toEqual(['004:2023Q2', '004:2023Q3', '004:2023Q4']));

  it('go over the end of the year', async () => {
    const late = await told('task-004:2', {
      type: 'CompletionSubmitted',
      ...finished,
      ...{ on: '2024-01-05', effectiveOn: '2023-12-20' },
    });
    expect(roundsOf(late!)).toEqual(['004:2023Q4', '004:2024Q1']);
  });

  it('are the quarter of a figure alone; that of a half-year is the quarter in which it ends', () => {
    const figure: Correction = {
      ...{ cause: 'indicator-004:i1@3', subject: '004:i1', period: '2023H1', how: 'late', unit: null },
      ...{ from: null, to: 3, reason: '', correctedOn: '2023-10-25' },
    };
    expect([roundOf(figure), roundsOf(figure)]).toEqual(['004:2023Q2', ['004:2023Q2']]);
  });
});
