export { type Day, addDays, daysBetween, isDay, lastDayOfMonth } from './days.js';
export { type Instant, atHour, dayOf, endOfDay, isZone, lastInstantOf, startOfDay } from './instants.js';
export {
  type ParsedPeriod,
  type Period,
  type PeriodKind,
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
} from './periods.js';
export { type Calendar, type CalendarOverrides, createCalendar } from './calendar.js';
export { isOverdue, openingNotice, roundDue, stageDay } from './ladder.js';
