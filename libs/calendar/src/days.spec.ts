import fc from 'fast-check';
import { addDays, daysBetween, isDay, lastDayOfMonth } from './index.js';

const days = fc.integer({ min: -20_000, max: 20_000 }).map(count => addDays('2023-07-15', count));

describe('a day', () => {
  it.each(['2023-07-15', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('is %s', text => {
    expect(isDay(text)).toBe(true);
  });

  it('is what every parser reads and writes alike', () => {
    const written = fc.tuple(fc.integer({ min: 0, max: 9999 }), fc.nat(14), fc.nat(33));
    const digits = (value: number, length: number) => String(value).padStart(length, '0');
    fc.assert(
      fc.property(written, ([year, month, day]) => {
        const text = `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
        const parsed = new Date(`${text}T00:00:00Z`);
        const isRead = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
        expect([text, isDay(text)]).toEqual([text, isRead]);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2023-02-30',
    '2023-04-31',
    '2023-13-01',
    '2023-00-10',
    '2023-07-00',
    '2023-7-15',
    '20230715',
    '2023-07-15T00:00:00Z',
    ' 2023-07-15',
    '2023-07-15\n',
    '２０２３-07-15',
    '2023Q2',
    '',
  ])('is not %j', text => {
    expect(isDay(text)).toBe(false);
  });

  it('crosses months, leap days and years', () => {
    expect(addDays('2023-12-31', 1)).toBe('2024-01-01');
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2023-03-01', -1)).toBe('2023-02-28');
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(daysBetween('2024-03-01', '2024-02-28')).toBe(-2);
  });

  it('knows the end of its month', () => {
    expect(lastDayOfMonth('2024-02-01')).toBe('2024-02-29');
    expect(lastDayOfMonth('2023-02-28')).toBe('2023-02-28');
    expect(lastDayOfMonth('2023-01-31')).toBe('2023-01-31');
    expect(lastDayOfMonth('2023-12-05')).toBe('2023-12-31');
  });

  it('refuses what is none and what leaves the calendar', () => {
    expect(() => addDays('2023-02-29', 1)).toThrow(RangeError);
    expect(() => addDays('2023-01-01', 0.5)).toThrow(RangeError);
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => daysBetween('yesterday', '2023-01-01')).toThrow(RangeError);
  });

  it('goes as far as it is counted', () => {
    fc.assert(
      fc.property(days, days, (from, to) => {
        expect(addDays(from, daysBetween(from, to))).toBe(to);
        expect(Math.sign(daysBetween(from, to))).toBe(from < to ? 1 : from > to ? -1 : 0);
      }),
    );
  });
});
