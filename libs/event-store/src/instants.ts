/** Microseconds since 1970 as an ISO instant with milliseconds, which is all the Clock gives. */
export function instantOf(micros: string | bigint): string {
  return new Date(Math.floor(Number(micros) / 1000)).toISOString();
}

/**
 * A day as days since 1970-01-01.
 * @throws RangeError when it is not a day of the calendar from 0001-01-01 to 9999-12-31
 */
export const dayNumber = remembering((day: string): number => {
  const millis = isoDay.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(millis) || new Date(millis).toISOString().slice(0, 10) !== day || day < '0001')
    throw new RangeError(`not a day: ${day}`);
  return millis / millisOfDay;
});

/**
 * The instant in the one spelling in which instants can be compared as text.
 * @throws RangeError when it is none
 */
export const instantText = remembering((instant: string): string => {
  const millis = Date.parse(instant);
  const text = Number.isNaN(millis) ? '' : new Date(millis).toISOString();
  if (text.length !== instantLength) throw new RangeError(`not an instant: ${instant}`); // or of more than four digits a year
  return text;
});

// Commands that come together are about one day and one instant.
function remembering<T>(compute: (text: string) => T): (text: string) => T {
  let last: { text: string; result: T } | undefined;
  return text => {
    if (last?.text !== text) last = { text, result: compute(text) };
    return last.result;
  };
}

const instantLength = '1970-01-01T00:00:00.000Z'.length;
const isoDay = /^\d{4}-\d{2}-\d{2}$/;
const millisOfDay = 86_400_000;
