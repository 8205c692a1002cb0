import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { type Day, addDays, createCalendar } from './index.js';
import { holidayTable } from './holidays.js';

const calendar = createCalendar();
const days = fc.integer({ min: -6_000, max: 1_200 }).map(count => addDays('2023-07-15', count));
const workdays = days.map(day => calendar.nextWorkday(day));
const steps = fc.integer({ min: -60, max: 60 });

describe('a workday', () => {
  it.each<[Day, boolean, string]>([
    ['2023-07-14', true, 'a plain Friday'],
    ['2023-07-15', false, 'a plain Saturday'],
    ['2023-04-23', true, 'a Sunday made up for Labour Day'],
    ['2023-10-07', true, 'a Saturday made up for National Day'],
    ['2023-10-08', true, 'a Sunday made up for National Day'],
    ['2023-10-06', false, 'a Friday of National Day'],
    ['2024-01-01', false, 'New Year'],
    ['2024-02-29', true, 'a leap day'],
    ['2023-12-31', false, 'a Sunday at the end of the year'],
    ['2024-02-04', true, 'a Sunday made up for the Spring Festival'],
  ])('%s: %s', (day, expected) => {
    expect(calendar.isWorkday(day)).toBe(expected);
  });

  it('is provisional in a year without a notice', () => {
    expect(['2003-05-01', '2027-01-01', '2027-12-31'].map(day => calendar.isProvisional(day))).toEqual([
      true,
      true,
      true,
    ]);
    expect(['2004-05-01', '2023-07-15', '2026-12-31'].map(day => calendar.isProvisional(day))).toEqual([
      false,
      false,
      false,
    ]);
    expect(calendar.isWorkday('2027-01-01')).toBe(true); // a plain Friday until the notice comes
  });

  it('agrees with the package, whose look-up needs a server that runs on UTC', () => {
    const lookUp = `import table from 'chinese-days';
      const days = JSON.parse(process.argv[1]);
      console.log(JSON.stringify(days.map(day => table.isWorkday(day))));`;
    const all = Array.from({ length: 9_131 }, (_, count) => addDays('2003-01-01', count));
    const answer = execFileSync(
      process.execPath,
      ['--input-type=module', '-e', lookUp, JSON.stringify(all)],
      {
        cwd: import.meta.dirname,
        env: { TZ: 'UTC' },
        encoding: 'utf8',
      },
    );
    const differing = (JSON.parse(answer) as boolean[]).flatMap((works, at) =>
      works === calendar.isWorkday(all[at]!) ? [] : [all[at]],
    );
    expect(differing).toEqual([]);
  });
});

describe('counting workdays', () => {
  it('walks over weekends, holidays and make-up days', () => {
    expect(calendar.addWorkdays('2023-04-20', 3)).toBe('2023-04-24');
    expect(calendar.addWorkdays('2023-07-14', 1)).toBe('2023-07-17');
    expect(calendar.addWorkdays('2023-07-17', -1)).toBe('2023-07-14');
    expect(calendar.addWorkdays('2023-09-28', 1)).toBe('2023-10-07');
    expect(calendar.addWorkdays('2023-12-29', 1)).toBe('2024-01-02');
    expect(calendar.addWorkdays('2023-07-15', 0)).toBe('2023-07-15');
  });

  it('leaves out the first day and takes in the last', () => {
    expect(calendar.workdaysBetween('2023-07-14', '2023-07-17')).toBe(1);
    expect(calendar.workdaysBetween('2023-07-17', '2023-07-14')).toBe(-1);
    expect(calendar.workdaysBetween('2023-09-30', '2023-10-11')).toBe(5);
    expect(calendar.workdaysBetween('2023-07-14', '2023-07-16')).toBe(0);
    expect(calendar.workdaysBetween('2023-07-16', '2023-07-14')).toBe(0);
    expect(calendar.workdaysBetween('2023-07-14', '2023-07-14')).toBe(0);
  });

  it('finds the workday next to a rest day', () => {
    expect(calendar.nextWorkday('2023-07-15')).toBe('2023-07-17');
    expect(calendar.previousWorkday('2023-07-15')).toBe('2023-07-14');
    expect(calendar.nextWorkday('2023-07-14')).toBe('2023-07-14');
    expect(calendar.previousWorkday('2023-10-08')).toBe('2023-10-08');
  });

  it('refuses what it cannot count', () => {
    expect(() => calendar.addWorkdays('2023-07-15', 1.5)).toThrow(RangeError);
    expect(() => calendar.addWorkdays('2023-07-15', 10_001)).toThrow(RangeError);
    expect(() => calendar.addWorkdays('2023-02-29', 0)).toThrow(RangeError);
    expect(() => calendar.workdaysBetween('2023-07-15', 'soon')).toThrow(RangeError);
    expect(() => calendar.isWorkday('2023-02-29')).toThrow(RangeError);
  });

  it('comes back from where it went', () => {
    fc.assert(
      fc.property(workdays, steps, (day, count) => {
        const reached = calendar.addWorkdays(day, count);
        expect(calendar.isWorkday(reached)).toBe(true);
        expect(calendar.addWorkdays(reached, -count)).toBe(day);
        expect(calendar.workdaysBetween(day, reached)).toBe(count);
      }),
    );
  });

  it('adds up over any day between', () => {
    fc.assert(
      fc.property(days, steps, steps, (day, first, second) => {
        const [middle, end] = [addDays(day, first), addDays(day, first + second)];
        const inParts = calendar.workdaysBetween(day, middle) + calendar.workdaysBetween(middle, end);
        expect(inParts).toBe(calendar.workdaysBetween(day, end));
      }),
    );
  });
});

describe('an amended calendar', () => {
  const notice = {
    version: 'notice-2027',
    holidays: ['2027-01-01', '2023-07-14'],
    workdays: ['2023-07-15'],
    announcedYears: [2027],
  };
  const amended = createCalendar({ overrides: notice });

  it('follows the amendment against the table', () => {
    expect(amended.isWorkday('2023-07-14')).toBe(false);
    expect(amended.isWorkday('2023-07-15')).toBe(true);
    expect(amended.addWorkdays('2023-07-13', 1)).toBe('2023-07-15');
    expect(calendar.isWorkday('2023-07-14')).toBe(true);
  });

  it('ends the provisional state of an announced year alone', () => {
    expect(amended.isProvisional('2027-05-01')).toBe(false);
    expect(amended.isProvisional('2028-05-01')).toBe(true);
  });

  it('says by which version it counts', () => {
    expect(calendar.version).toBe(holidayTable);
    expect(amended.version).toBe(`${holidayTable}+notice-2027`);
    const [one, same, other] = [
      ['2027-01-01', '2027-01-02'],
      ['2027-01-02', '2027-01-01'],
      ['2027-01-01'],
    ].map(holidays => createCalendar({ overrides: { holidays } }).version);
    expect(one).toBe(same);
    expect(one).not.toBe(other);
    expect(other).not.toBe(holidayTable);
  });

  it('names the table that is installed', () => {
    const entry = createRequire(import.meta.url).resolve('chinese-days');
    const { name, version } = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'));
    expect(holidayTable).toBe(`${name}@${version}`);
  });

  it('refuses contradictions', () => {
    expect(() => createCalendar({ overrides: { holidays: ['2023-02-29'] } })).toThrow(RangeError);
    expect(() =>
      createCalendar({ overrides: { holidays: ['2023-07-14'], workdays: ['2023-07-14'] } }),
    ).toThrow(RangeError);
    expect(() => createCalendar({ zone: 'Asia/Nowhere' })).toThrow(RangeError);
  });
});
