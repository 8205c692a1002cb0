import { createRequire } from 'node:module';
import { type Day } from './days.js';

/** Which table of holidays this build carries; printed in every edition that counted workdays with it. */
export const holidayTable = 'chinese-days@1.5.7';

// The package's own look-up formats a UTC instant with the local clock: west of Greenwich it answers for the day
// before. So its table is read as data, and the weekday is counted here.
const require = createRequire(import.meta.url);
const table = require('chinese-days/dist/chinese-days.json') as {
  holidays: Record<Day, string>;
  workdays: Record<Day, string>;
};
const holidays = new Set(Object.keys(table.holidays));
const makeUpDays = new Set(Object.keys(table.workdays));

/** Whether offices work on the day: make-up workdays do, holidays and plain weekends do not. */
export function worksByNotice(day: Day): boolean {
  return makeUpDays.has(day) || (!holidays.has(day) && !isWeekend(day));
}

/**
 * Whether the table holds the year's notice; 1 October is a holiday in every notice.
 * A year is not known by any day of its own: New Year's holiday may be announced across the year's end.
 */
export function hasNotice(year: string): boolean {
  return holidays.has(`${year}-10-01`);
}

function isWeekend(day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}
