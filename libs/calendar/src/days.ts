/** A calendar day such as `2023-07-15`, without a zone. Days compare and sort as text. */
export type Day = string;

const millisecondsPerDay = 86_400_000;

/** Whether the text is a day that exists: four-digit year, leap days only in leap years. */
export function isDay(text: string): text is Day {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  // Parsers accept 30 February and roll it over to March, so the days of the month are counted here.
  return day !== undefined && day >= '01' && Number(day) <= daysIn(Number(year), Number(month));
}

/**
 * The day that many calendar days later (or earlier, when negative).
 * Throws RangeError for what is not a day, for a fraction, and beyond the years 0000 to 9999.
 */
export function addDays(day: Day, days: number): Day {
  if (!Number.isInteger(days)) throw new RangeError(`Not a whole number of days: ${days}`);
  const milliseconds = toMilliseconds(day) + days * millisecondsPerDay;
  const result = new Date(milliseconds);
  const year = result.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) throw new RangeError(`${days} days from ${day} leave the calendar`);
  return fromMilliseconds(milliseconds);
}

/** Calendar days from one day to another: 1 from today to tomorrow, negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (toMilliseconds(to) - toMilliseconds(from)) / millisecondsPerDay;
}

/** The last day of the month in which the day lies. */
export function lastDayOfMonth(day: Day): Day {
  const inMonth = new Date(toMilliseconds(day));
  // setUTCDate(0) after moving on by a month steps back to the last day of this one.
  inMonth.setUTCMonth(inMonth.getUTCMonth() + 1, 0);
  return fromMilliseconds(inMonth.getTime());
}

/** Days in a month of the Gregorian calendar; 0 for a month that there is not. */
function daysIn(year: number, month: number): number {
  if (month !== 2) return daysOfMonths[month] ?? 0;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

const daysOfMonths = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function toMilliseconds(day: Day): number {
  if (!isDay(day)) throw new RangeError(`Not a day: ${day}`);
  return Date.parse(`${day}T00:00:00Z`);
}

function fromMilliseconds(milliseconds: number): Day {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
