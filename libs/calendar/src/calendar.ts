import { createHash } from 'node:crypto';
import { type Day, addDays, daysBetween, isDay } from './days.js';
import { hasNotice, holidayTable, worksByNotice } from './holidays.js';
import { isZone } from './instants.js';

/** Workdays of one zone: holidays and make-up workdays as announced, with what was amended laid over them. */
export interface Calendar {
  readonly zone: string;
  /** Names the holiday table and the overrides, so that a figure can say by which calendar it was counted. */
  readonly version: string;
  isWorkday(day: Day): boolean;
  /** Whether the day lies in a year without a holiday notice: it is counted by plain weeks until one comes. */
  isProvisional(day: Day): boolean;
  /** The n-th workday after the day, or before it when n is negative; 0 gives the day itself, workday or not. */
  addWorkdays(day: Day, workdays: number): Day;
  /** How many workdays lie after `from`, up to and with `to`; the same number below zero when `to` is earlier. */
  workdaysBetween(from: Day, to: Day): number;
  /** The day itself when it is a workday, else the first one after it. */
  nextWorkday(day: Day): Day;
  /** The day itself when it is a workday, else the last one before it. */
  previousWorkday(day: Day): Day;
  /** The same calendar with these days laid over it. Throws RangeError like `createCalendar`. */
  amended(overrides: CalendarOverrides): Calendar;
}

/** Announced or amended days; they win over the table. `announcedYears` are no longer provisional. */
export type CalendarOverrides = {
  version?: string;
  holidays?: readonly Day[];
  workdays?: readonly Day[];
  announcedYears?: readonly number[];
};

const longestWalk = 10_000;

/**
 * A calendar for the zone (default Asia/Shanghai).
 * Throws RangeError for an unknown zone, for an override that is no day, and for a day that is to be both.
 *
 * @example createCalendar().addWorkdays('2023-04-20', 3) // '2023-04-24': Sunday the 23rd is a workday
 */
export function createCalendar({
  zone = 'Asia/Shanghai',
  overrides = {},
}: { zone?: string; overrides?: CalendarOverrides } = {}): Calendar {
  if (!isZone(zone)) throw new RangeError(`Not a time zone: ${zone}`);
  return new WorkdayCalendar(zone, versionOf(overrides), overriddenDays(overrides), announced(overrides));
}

class WorkdayCalendar implements Calendar {
  private readonly known = new Map<Day, boolean>();

  constructor(
    readonly zone: string,
    readonly version: string,
    private readonly overridden: ReadonlyMap<Day, boolean>,
    private readonly announcedYears: ReadonlySet<string>,
  ) {}

  isWorkday(day: Day): boolean {
    const known = this.known.get(day);
    if (known !== undefined) return known;
    if (!isDay(day)) throw new RangeError(`Not a day: ${day}`);
    const works = this.overridden.get(day) ?? worksByNotice(day);
    this.known.set(day, works);
    return works;
  }

  isProvisional(day: Day): boolean {
    if (!isDay(day)) throw new RangeError(`Not a day: ${day}`);
    const year = day.slice(0, 4);
    return !this.announcedYears.has(year) && !hasNotice(year);
  }

  addWorkdays(day: Day, workdays: number): Day {
    if (!Number.isInteger(workdays) || Math.abs(workdays) > longestWalk) {
      throw new RangeError(`Not a number of workdays: ${workdays}`);
    }
    const step = workdays < 0 ? -1 : 1;
    let reached = addDays(day, 0);
    for (let left = Math.abs(workdays); left > 0;) {
      reached = addDays(reached, step);
      if (this.isWorkday(reached)) left -= 1;
    }
    return reached;
  }

  workdaysBetween(from: Day, to: Day): number {
    const span = daysBetween(from, to);
    const [first, last] = span < 0 ? [to, from] : [from, to];
    let count = 0;
    for (let day = first; day < last;) {
      day = addDays(day, 1);
      if (this.isWorkday(day)) count += 1;
    }
    return span < 0 && count > 0 ? -count : count; // never -0, which compares unlike 0
  }

  nextWorkday(day: Day): Day {
    return this.isWorkday(day) ? day : this.addWorkdays(day, 1);
  }

  previousWorkday(day: Day): Day {
    return this.isWorkday(day) ? day : this.addWorkdays(day, -1);
  }

  amended(overrides: CalendarOverrides): Calendar {
    return new WorkdayCalendar(
      this.zone,
      versionOf(overrides, this.version),
      new Map([...this.overridden, ...overriddenDays(overrides)]),
      new Set([...this.announcedYears, ...announced(overrides)]),
    );
  }
}

function overriddenDays({ holidays = [], workdays = [] }: CalendarOverrides): Map<Day, boolean> {
  const days = new Map<Day, boolean>();
  for (const [list, works] of [[holidays, false] as const, [workdays, true] as const]) {
    for (const day of list) {
      if (!isDay(day)) throw new RangeError(`Not a day: ${day}`);
      if (days.get(day) === !works) throw new RangeError(`Both a holiday and a workday: ${day}`);
      days.set(day, works);
    }
  }
  return days;
}

function announced({ announcedYears = [] }: CalendarOverrides): Set<string> {
  return new Set(announcedYears.map(year => String(year).padStart(4, '0')));
}

/** Overrides without a name are named by their contents: two different calendars never share a version. */
function versionOf(
  { version, holidays = [], workdays = [], announcedYears = [] }: CalendarOverrides,
  base: string = holidayTable,
): string {
  if (version !== undefined) return `${base}+${version}`;
  if (holidays.length + workdays.length + announcedYears.length === 0) return base;
  const contents = [holidays.toSorted(), workdays.toSorted(), announcedYears.toSorted((a, b) => a - b)];
  return `${base}+${createHash('sha256').update(JSON.stringify(contents)).digest('hex').slice(0, 12)}`;
}
