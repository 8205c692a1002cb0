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
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** The first instant of the day in the zone (not always midnight: some zones skip it). */
export function startOfDay(day: Day, zone: string): Instant {
  return toInstant(plain(day).toZonedDateTime(zone));
}

/** The first instant that no longer belongs to the day: overdue begins here, so the bound is exclusive. */
export function endOfDay(day: Day, zone: string): Instant {
  return toInstant(plain(day).add({ days: 1 }).toZonedDateTime(zone));
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
