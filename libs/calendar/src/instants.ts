import { Temporal } from 'temporal-polyfill';
import { type Day, isDay } from './days.js';

/** A moment in UTC with milliseconds, such as `2023-07-14T16:00:00.000Z`. Instants compare and sort as text. */
export type Instant = string;

/** Whether the text names a time zone that this server knows, such as `Asia/Shanghai`. */
export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false; // Temporal has no other way to ask
  }
}

/** The day that a wall calendar in the zone shows at the instant. Throws RangeError for either when malformed. */
export function dayOf(instant: Instant, zone: string): Day {
  const minute = minuteOf(instant);
  if (minute !== null && minute === last.minute && zone === last.zone) return last.day;
  const day = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
  if (minute !== null) last = { minute, zone, day };
  return day;
}

// Of thousands of questions a minute, all but the first are about the same minute. Since 1973 every zone stands whole
// minutes off UTC and changes at whole minutes, so within one minute of UTC no day begins.
let last = { minute: '', zone: '', day: '' };

function minuteOf(instant: Instant): string | null {
  const isPlain = instant.length === 24 && instant >= '1973' && /^:[0-5]\d\.\d{3}Z$/.test(instant.slice(16));
  return isPlain ? instant.slice(0, 16) : null;
}

/** The first instant of the day in the zone (not always midnight: some zones skip it). */
export function startOfDay(day: Day, zone: string): Instant {
  return toInstant(plain(day).toZonedDateTime(zone));
}

/** The first instant that no longer belongs to the day: overdue begins here, so the bound is exclusive. */
export function endOfDay(day: Day, zone: string): Instant {
  return toInstant(plain(day).add({ days: 1 }).toZonedDateTime(zone));
}

/** The last instant of the day that the record can name: what was known by then was known when the day ended. */
export function lastInstantOf(day: Day, zone: string): Instant {
  return new Date(Date.parse(endOfDay(day, zone)) - 1).toISOString();
}

/** The instant at which the clocks of the zone show the full hour (0 to 23); a skipped hour counts as the next one. */
export function atHour(day: Day, hour: number, zone: string): Instant {
  if (!Number.isInteger(hour) || hour < 0 || hour > 23)
    throw new RangeError(`Not an hour of the day: ${hour}`);
  return toInstant(plain(day).toZonedDateTime({ timeZone: zone, plainTime: new Temporal.PlainTime(hour) }));
}

function plain(day: Day): Temporal.PlainDate {
  if (!isDay(day)) throw new RangeError(`Not a day: ${day}`);
  return Temporal.PlainDate.from(day);
}

function toInstant(moment: Temporal.ZonedDateTime): Instant {
  return new Date(moment.epochMilliseconds).toISOString();
}
