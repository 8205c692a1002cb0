import type { Paper } from '@duban/platform';

/** The words of the holiday notices (放假通知): their events, commands and state. The rules stand in `holidays.ts`. */

/** What a notice says of one year: days off, and days of rest that are worked for them. */
type Said = { year: number; holidays: readonly string[]; workdays: readonly string[]; paper: Paper | null };

// Stored for ever: add types and optional fields; never rename, remove or reuse one.
export type HolidayEvent =
  | ({ type: 'HolidaysAnnounced'; on: string } & Said)
  | ({ type: 'HolidaysAmended'; reason: string; on: string } & Said);

/** `reason`: why a year that was known before is told otherwise. */
export type HolidayCommand = { type: 'AnnounceHolidays'; reason: string | null } & Said;

/** The last notice of each year, in the order of the years. A later one of the same year takes the place of the earlier. */
export type Holidays = { notices: readonly (Said & { on: string })[] };
