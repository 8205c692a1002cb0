import fc from 'fast-check';
import { addDays, atHour, dayOf, endOfDay, isZone, startOfDay } from './index.js';

const shanghai = 'Asia/Shanghai';
const zones = fc.constantFrom(
  shanghai,
  'UTC',
  'Asia/Urumqi',
  'America/Sao_Paulo',
  'Europe/London',
  'Pacific/Apia',
);
const days = fc.integer({ min: -10_000, max: 3_000 }).map(count => addDays('2023-07-15', count));

describe('the bounds of a day', () => {
  it('lie eight hours before those of UTC in Shanghai', () => {
    expect(startOfDay('2023-07-15', shanghai)).toBe('2023-07-14T16:00:00.000Z');
    expect(endOfDay('2023-07-15', shanghai)).toBe('2023-07-15T16:00:00.000Z');
    expect(atHour('2023-07-15', 9, shanghai)).toBe('2023-07-15T01:00:00.000Z');
  });

  it('give each instant one day', () => {
    expect(dayOf('2023-07-15T15:59:59.999Z', shanghai)).toBe('2023-07-15');
    expect(dayOf('2023-07-15T16:00:00.000Z', shanghai)).toBe('2023-07-16');
    expect(dayOf('2023-12-31T16:00:00.000Z', shanghai)).toBe('2024-01-01');
  });

  it('follow a zone that changes its clocks', () => {
    expect(startOfDay('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z'); // midnight is skipped
    expect(dayOf(startOfDay('2018-11-04', 'America/Sao_Paulo'), 'America/Sao_Paulo')).toBe('2018-11-04');
    expect(atHour('2018-11-04', 0, 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z');
  });

  it('refuse what is no day, hour, instant or zone', () => {
    expect(() => startOfDay('2023-02-29', shanghai)).toThrow(RangeError);
    expect(() => endOfDay('2023-07', shanghai)).toThrow(RangeError);
    expect(() => atHour('2023-07-15', 24, shanghai)).toThrow(RangeError);
    expect(() => atHour('2023-07-15', 8.5, shanghai)).toThrow(RangeError);
    expect(() => dayOf('2023-07-15', shanghai)).toThrow(RangeError);
    expect(() => dayOf('2023-07-15T00:00:00Z', 'Asia/Nowhere')).toThrow(RangeError);
    expect([isZone(shanghai), isZone('Asia/Nowhere'), isZone('')]).toEqual([true, false, false]);
  });

  it('are told for each instant alike, whatever was asked before', () => {
    const newfoundland = 'America/St_Johns'; // its clocks went back a minute after midnight
    const asked = [
      ['2010-11-07T02:30:59.999Z', newfoundland, '2010-11-07'],
      ['2010-11-07T02:31:00.000Z', newfoundland, '2010-11-06'],
      ['2010-11-07T02:31:59.999Z', newfoundland, '2010-11-06'],
      ['2010-11-07T02:31:59.999Z', shanghai, '2010-11-07'],
      ['2010-11-07T03:30:00.000Z', newfoundland, '2010-11-07'],
    ] as const;
    for (const [instant, zone, day] of [...asked, ...asked.toReversed()])
      expect([instant, zone, dayOf(instant, zone)]).toEqual([instant, zone, day]);
    expect(() => dayOf('2010-11-07T03:30:61.000Z', newfoundland)).toThrow(RangeError);
    expect(() => dayOf('2010-11-07T03:30:00.0000', newfoundland)).toThrow(RangeError);
  });

  it('enclose the day and nothing else', () => {
    fc.assert(
      fc.property(days, zones, (day, zone) => {
        fc.pre(!(zone === 'Pacific/Apia' && ['2011-12-29', '2011-12-30'].includes(day))); // Samoa had no 30th
        expect(dayOf(startOfDay(day, zone), zone)).toBe(day);
        expect(dayOf(endOfDay(day, zone), zone)).toBe(addDays(day, 1));
        expect(dayOf(justBefore(endOfDay(day, zone)), zone)).toBe(day);
        expect(endOfDay(day, zone)).toBe(startOfDay(addDays(day, 1), zone));
      }),
    );
  });
});

function justBefore(instant: string): string {
  return new Date(Date.parse(instant) - 1).toISOString();
}
