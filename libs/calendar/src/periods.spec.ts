import fc from 'fast-check';
import {
  type PeriodKind,
  addDays,
  covers,
  elapsedShare,
  isPeriod,
  nextPeriod,
  parsePeriod,
  periodEnd,
  periodKind,
  periodOf,
  periodStart,
  periodsOfYear,
  previousPeriod,
} from './index.js';

const kinds = fc.constantFrom<PeriodKind>('year', 'half_year', 'quarter', 'month');
const days = fc.integer({ min: -9_000, max: 9_000 }).map(count => addDays('2023-07-15', count));

describe('a period', () => {
  it.each([
    ['2023', 'year', 1, '2023-01-01', '2023-12-31'],
    ['2023H1', 'half_year', 1, '2023-01-01', '2023-06-30'],
    ['2023H2', 'half_year', 2, '2023-07-01', '2023-12-31'],
    ['2023Q1', 'quarter', 1, '2023-01-01', '2023-03-31'],
    ['2023Q2', 'quarter', 2, '2023-04-01', '2023-06-30'],
    ['2023Q4', 'quarter', 4, '2023-10-01', '2023-12-31'],
    ['2023-07', 'month', 7, '2023-07-01', '2023-07-31'],
    ['2024-02', 'month', 2, '2024-02-01', '2024-02-29'],
  ] as const)('%s is a %s, no. %i', (period, kind, index, first, last) => {
    expect(parsePeriod(period)).toEqual({ kind, index, year: Number(period.slice(0, 4)) });
    expect(periodKind(period)).toBe(kind);
    expect([periodStart(period), periodEnd(period)]).toEqual([first, last]);
    expect(periodOf(first, kind)).toBe(period);
    expect(periodOf(last, kind)).toBe(period);
  });

  it.each(['2023H3', '2023Q0', '2023Q5', '2023-13', '2023-00', '2023-7', '23Q1', '2023q1', '2023-07-15', ''])(
    'is not %j',
    text => {
      expect(isPeriod(text)).toBe(false);
      expect(() => periodEnd(text)).toThrow(RangeError);
    },
  );

  it('has neighbours across the year', () => {
    expect(previousPeriod('2023Q1')).toBe('2022Q4');
    expect(nextPeriod('2023Q4')).toBe('2024Q1');
    expect(previousPeriod('2023H1')).toBe('2022H2');
    expect(nextPeriod('2023-12')).toBe('2024-01');
    expect(previousPeriod('2023')).toBe('2022');
    expect(nextPeriod('2023Q2')).toBe('2023Q3');
    expect(() => nextPeriod('9999')).toThrow(RangeError);
  });

  it('covers what lies in it', () => {
    expect(covers('2023H1', '2023Q1')).toBe(true);
    expect(covers('2023H1', '2023Q2')).toBe(true);
    expect(covers('2023H1', '2023Q3')).toBe(false);
    expect(covers('2023Q2', '2023H1')).toBe(false);
    expect(covers('2023', '2023H2')).toBe(true);
    expect(covers('2023Q3', '2023-07')).toBe(true);
    expect(covers('2023Q2', '2023Q2')).toBe(true);
    expect(covers('2023', '2024Q1')).toBe(false);
  });

  it('has its share of the year, in exact quarters', () => {
    expect(periodsOfYear(2023, 'quarter').map(elapsedShare)).toEqual([0.25, 0.5, 0.75, 1]);
    expect(['2023H1', '2023H2', '2023', '2023-03', '2023-06'].map(elapsedShare)).toEqual([
      0.5, 1, 1, 0.25, 0.5,
    ]);
  });

  it('comes in order', () => {
    expect(periodsOfYear(2023, 'year')).toEqual(['2023']);
    expect(periodsOfYear(2023, 'half_year')).toEqual(['2023H1', '2023H2']);
    expect(periodsOfYear(2023, 'quarter')).toEqual(['2023Q1', '2023Q2', '2023Q3', '2023Q4']);
    expect(periodsOfYear(2023, 'month')).toHaveLength(12);
    expect(periodsOfYear(2023, 'month').at(-1)).toBe('2023-12');
  });

  it('joins its neighbours without a gap', () => {
    fc.assert(
      fc.property(days, kinds, (day, kind) => {
        const period = periodOf(day, kind);
        expect(periodStart(period) <= day && day <= periodEnd(period)).toBe(true);
        expect(periodStart(nextPeriod(period))).toBe(addDays(periodEnd(period), 1));
        expect(previousPeriod(nextPeriod(period))).toBe(period);
      }),
    );
  });
});
