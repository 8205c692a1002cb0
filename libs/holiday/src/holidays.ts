import { type Decider, type FieldError, isSame, Rejection } from '@duban/event-store';
import type { Context } from '@duban/platform';
import type { HolidayCommand, HolidayEvent, Holidays } from './holiday-model.js';

type Notice = Holidays['notices'][number];
type Days = Pick<Notice, 'holidays' | 'workdays'>;

/**
 * The notice of a year, or another in its place. Refuses with `holiday_outside_year`, `holiday_and_workday`; where the
 * year was known before with `reason_needed`, and with `holiday_passed` for a day that is over: what was late by it stays so.
 */
function decide(
  state: Holidays | null,
  { type: _, reason, ...said }: HolidayCommand,
  { today, calendar }: Context,
): readonly HolidayEvent[] {
  const known = state?.notices.find(({ year }) => year === said.year) ?? null;
  const notice = { ...said, holidays: sorted(said.holidays), workdays: sorted(said.workdays) };
  if (known && isSame(known, { ...notice, on: known.on })) return [];
  refuseFaultyDays(notice);
  if (calendar.isProvisional(`${said.year}-01-01`))
    return [{ type: 'HolidaysAnnounced', ...notice, on: today }];
  if (!reason || reason.trim() === '') throw new Rejection('reason_needed');
  const before = known ?? { holidays: [], workdays: [] };
  const passed = [...before.holidays, ...before.workdays, ...notice.holidays, ...notice.workdays].find(
    day => day < today && changes(before, notice, day, calendar.isWorkday(day)),
  );
  if (passed !== undefined) throw new Rejection('holiday_passed', { day: passed });
  return [{ type: 'HolidaysAmended', ...notice, reason, on: today }];
}

function sorted(days: readonly string[]): string[] {
  return [...new Set(days)].sort();
}

/** Whether the day is told otherwise than before; to name what holds anyway changes nothing. */
function changes(before: Days, after: Days, day: string, works: boolean): boolean {
  const [was, is] = [told(before, day), told(after, day)];
  return was !== is && is !== works;
}

function told({ holidays, workdays }: Days, day: string): boolean | null {
  if (workdays.includes(day)) return true;
  return holidays.includes(day) ? false : null;
}

function refuseFaultyDays({ year, holidays, workdays }: Notice | Omit<Notice, 'on'>): void {
  const faults = (days: readonly string[], list: string) =>
    days.flatMap((day, index): FieldError[] => {
      const pointer = `/${list}/${index}`;
      if (!isNear(day, year)) return [{ pointer, code: 'holiday_outside_year', params: { day, year } }];
      const isBoth = list === 'workdays' && holidays.includes(day);
      return isBoth ? [{ pointer, code: 'holiday_and_workday', params: { day } }] : [];
    });
  const errors = [...faults(holidays, 'holidays'), ...faults(workdays, 'workdays')];
  const [fault] = errors;
  if (fault) throw new Rejection(fault.code, fault.params, errors);
}

/** New Year is announced across the year's end. */
function isNear(day: string, year: number): boolean {
  return day >= `${year - 1}-12-20` && day <= `${year + 1}-01-10`;
}

// Never throws and never judges: what happened has happened, even under older rules.
function evolve(state: Holidays | null, event: HolidayEvent): Holidays | null {
  switch (event.type) {
    case 'HolidaysAnnounced':
    case 'HolidaysAmended': {
      const { year, holidays, workdays, paper, on } = event;
      const others = (state?.notices ?? []).filter(notice => notice.year !== year);
      const notices = [...others, { year, holidays, workdays, paper, on }];
      return { notices: notices.sort((a, b) => a.year - b.year) };
    }
    default:
      return state; // written by a newer version
  }
}

/** What was announced of holidays in one zone, beside the table that the build carries. */
export const holidayDecider: Decider<Holidays | null, HolidayCommand, HolidayEvent, Context> = {
  initial: null,
  decide,
  evolve,
};
