import { createCalendar } from '@duban/calendar';
import { specFor } from '@duban/event-store';
import type { Context } from '@duban/platform';
import fc from 'fast-check';
import { assertFolds, assertLaws } from '../../../test/support/decider-laws.js';
import { holderOn, postDecider } from './post.js';
import type { PostCommand, PostEvent } from './unit-model.js';

const on = '2023-07-14';
const context: Context = {
  now: '2023-07-14T02:00:00.000Z',
  today: on,
  calendar: createCalendar(),
  actor: { id: 'officer-1', kind: 'person', role: 'office' },
};
const given = specFor(postDecider, context);

const start = '2023-01-01';
const over = { jurisdiction: 'xiangtan', kind: 'liaison', scope: { unit: 'xiangtan:市科技局' } } as const;
const fill = (person: string, from: string) => ({ type: 'FillPost', ...over, person, from }) as const;
const filled = (person: string, from: string) => ({ type: 'PostFilled', ...over, person, from, on }) as const;
const vacate = (from: string) => ({ type: 'VacatePost', from }) as const;
const vacated = (from: string) => ({ type: 'PostVacated', from, on }) as const;

describe('filling a post', () => {
  it('is recorded', () => given().when(fill('p-1', start)).then(filled('p-1', start)));
  it('is recorded once', () => given(filled('p-1', start)).when(fill('p-1', start)).thenNothing());
  it('waits until it is vacated', () =>
    given(filled('p-1', start)).when(fill('p-2', on)).thenRejected('post_filled', { from: start, to: null }));
  it('hands it over from the day it is vacated', () =>
    given(filled('p-1', start), vacated(on)).when(fill('p-2', on)).then(filled('p-2', on)));
  it('cannot overlap with the one before', () =>
    given(filled('p-1', start), vacated(on)).when(fill('p-2', '2023-07-13')).thenRejected('post_filled'));
  it('does not turn it into another post', () =>
    given(filled('p-1', start))
      .when({ ...fill('p-1', start), kind: 'head' })
      .thenRejected('post_differs', { kind: 'liaison' }));
});

describe('vacating a post', () => {
  it('is recorded', () => given(filled('p-1', start)).when(vacate(on)).then(vacated(on)));
  it('is recorded once', () => given(filled('p-1', start), vacated(on)).when(vacate(on)).thenNothing());
  it('needs a holder', () =>
    given(filled('p-1', start), vacated(on)).when(vacate('2023-08-01')).thenRejected('post_vacant'));
  it('comes after filling it', () =>
    given(filled('p-1', start)).when(vacate('2022-12-31')).thenRejected('vacated_before_filled'));
  it('needs the post', () => given().when(vacate(on)).thenRejected('post_not_found'));
});

describe('holderOn', () => {
  const holderAfter = (day: string, ...events: PostEvent[]) => {
    const post = events.reduce(postDecider.evolve, postDecider.initial);
    return post && holderOn(post, day);
  };
  const history = [filled('p-1', start), vacated('2023-05-01'), filled('p-2', '2023-06-01')];

  it.each([
    ['2022-12-31', null],
    ['2023-04-30', 'p-1'],
    ['2023-05-01', null],
    ['2023-06-01', 'p-2'],
    ['2024-06-01', 'p-2'],
  ])('on %s is %s', (day, person) => expect(holderAfter(day, ...history)).toBe(person));
  it('is the later one where an older rule let two in', () =>
    expect(holderAfter(on, filled('p-1', start), filled('p-2', '2023-06-01'))).toBe('p-2'));
});

describe('any history of a post', () => {
  const day = fc.constantFrom(start, '2023-06-01', on);
  const command: fc.Arbitrary<PostCommand> = fc.oneof(
    fc.tuple(fc.constantFrom('p-1', 'p-2'), day).map(pair => fill(...pair)),
    day.map(vacate),
  );
  const event: fc.Arbitrary<PostEvent> = fc.oneof(
    fc.tuple(fc.constantFrom('p-1', 'p-2'), day).map(pair => filled(...pair)),
    day.map(vacated),
  );
  const steps = fc.array(fc.record({ command, context: fc.constant(context) }), { maxLength: 20 });

  it('keeps the laws of an aggregate', () =>
    fc.assert(fc.property(steps, taken => assertLaws(postDecider, taken))));
  it('folds', () => fc.assert(fc.property(fc.array(event), history => assertFolds(postDecider, history))));
});
