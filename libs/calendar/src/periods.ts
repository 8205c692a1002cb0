import { type Day, isDay, lastDayOfMonth } from './days.js';

/** A reporting period: `2023`, `2023H1`, `2023Q2` or `2023-07`. */
export type Period = string;
export type PeriodKind = 'year' | 'half_year' | 'quarter' | 'month';

/** A period taken apart; `index` counts from 1 within the year (1 for a year itself). */
export type ParsedPeriod = { kind: PeriodKind; year: number; index: number };

const monthsIn = { year: 12, half_year: 6, quarter: 3, month: 1 } as const;
const kinds: Record<string, PeriodKind> = { H: 'half_year', Q: 'quarter', '-': 'month' };

/** Whether the text is a period: `2023H3`, `2023Q0` and `2023-13` are none. */
export function isPeriod(text: string): text is Period {
  return parts(text) !== null;
}

/** The period taken apart. Throws RangeError for what is not a period. */
export function parsePeriod(text: string): ParsedPeriod {
  const parsed = parts(text);
  if (!parsed) throw new RangeError(`Not a period: ${text}`);
  return parsed;
}

export function periodKind(period: Period): PeriodKind {
  return parsePeriod(period).kind;
}

/** The first day of the period. */
export function periodStart(period: Period): Day {
  const { kind, year, index } = parsePeriod(period);
  return `${fourDigits(year)}-${twoDigits((index - 1) * monthsIn[kind] + 1)}-01`;
}

/** The last day of the period, which still belongs to it. */
export function periodEnd(period: Period): Day {
  const { kind, year, index } = parsePeriod(period);
  return lastDayOfMonth(`${fourDigits(year)}-${twoDigits(index * monthsIn[kind])}-01`);
}

/** The period of that kind in which the day lies. */
export function periodOf(day: Day, kind: PeriodKind): Period {
  if (!isDay(day)) throw new RangeError(`Not a day: ${day}`);
  const month = Number(day.slice(5, 7));
  return format({ kind, year: Number(day.slice(0, 4)), index: Math.ceil(month / monthsIn[kind]) });
}

/** The period of the same kind before this one: `2022Q4` before `2023Q1`. */
export function previousPeriod(period: Period): Period {
  return shifted(period, -1);
}

/** The period of the same kind after this one: `2024Q1` after `2023Q4`. */
export function nextPeriod(period: Period): Period {
  return shifted(period, 1);
}

/** Whether every day of the inner period lies in the outer one; each period covers itself. */
export function covers(outer: Period, inner: Period): boolean {
  return periodStart(outer) <= periodStart(inner) && periodEnd(inner) <= periodEnd(outer);
}

/**
 * The share of the year that has elapsed at the period's end, counted in months so that quarters give exactly
 * 0.25, 0.5, 0.75 and 1: plans are drawn up by quarters, not by days.
 */
export function elapsedShare(period: Period): number {
  const { kind, index } = parsePeriod(period);
  return (index * monthsIn[kind]) / 12;
}

/** The periods of that kind in the year, in order. */
export function periodsOfYear(year: number, kind: PeriodKind): Period[] {
  return Array.from({ length: 12 / monthsIn[kind] }, (_, position) =>
    format({ kind, year, index: position + 1 }),
  );
}

function parts(text: string): ParsedPeriod | null {
  const match = /^(\d{4})(?:H([12])|Q([1-4])|-(0[1-9]|1[0-2]))?$/.exec(text);
  if (!match) return null;
  const kind = kinds[text.charAt(4)] ?? 'year';
  return { kind, year: Number(match[1]), index: Number(match[2] ?? match[3] ?? match[4] ?? 1) };
}

function shifted(period: Period, by: 1 | -1): Period {
  const { kind, year, index } = parsePeriod(period);
  const perYear = 12 / monthsIn[kind];
  const ordinal = year * perYear + (index - 1) + by;
  return format({ kind, year: Math.floor(ordinal / perYear), index: (ordinal % perYear) + 1 });
}

function format({ kind, year, index }: ParsedPeriod): Period {
  if (!Number.isInteger(year) || year < 0 || year > 9999) throw new RangeError(`Not a year: ${year}`);
  const text = fourDigits(year);
  switch (kind) {
    case 'year':
      return text;
    case 'half_year':
      return `${text}H${index}`;
    case 'quarter':
      return `${text}Q${index}`;
    case 'month':
      return `${text}-${twoDigits(index)}`;
  }
}

function fourDigits(year: number): string {
  return String(year).padStart(4, '0');
}

function twoDigits(month: number): string {
  return String(month).padStart(2, '0');
}
