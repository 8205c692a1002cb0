import type { Calendar } from '@duban/calendar';
import type { Holidays } from './holiday-model.js';

/** The stream of the notices for a zone. */
export function holidayStream(zone: string): string {
  return `calendar-${zone}`;
}

/**
 * The calendar with what was announced laid over it; the same object for the same notices, so that what was counted by
 * it once is known. Without notices the calendar itself.
 */
export function announcedCalendar(base: Calendar, holidays: Holidays | null): Calendar {
  if (!holidays || holidays.notices.length === 0) return base;
  const known = calendars.get(base) ?? new Map<string, Calendar>();
  const key = JSON.stringify(holidays.notices);
  const calendar = known.get(key) ?? overlaid(base, holidays);
  if (known.size >= mostKnown) known.clear();
  calendars.set(base, known.set(key, calendar));
  return calendar;
}

const calendars = new WeakMap<Calendar, Map<string, Calendar>>();
const mostKnown = 100; // as many notices as an auditor may look back upon

/** Where two notices tell of one day at the turn of the year, the later year's is right. */
function overlaid(base: Calendar, { notices }: Holidays): Calendar {
  const works = new Map<string, boolean>();
  for (const { holidays, workdays } of notices) {
    for (const day of holidays) works.set(day, false);
    for (const day of workdays) works.set(day, true);
  }
  const days = [...works];
  return base.amended({
    holidays: days.flatMap(([day, isWorked]) => (isWorked ? [] : [day])),
    workdays: days.flatMap(([day, isWorked]) => (isWorked ? [day] : [])),
    announcedYears: notices.map(({ year }) => year),
  });
}
