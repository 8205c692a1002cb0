import { parsePeriod, type Period, periodEnd } from '@duban/calendar';
import { decimalsOf } from './decimals.js';
import type { Indicator } from './indicator-model.js';

/** A figure that is possible but odd. It is taken when the provider sends it again and says that it is meant so. */
export type Warning = {
  code:
    | 'ten_times_the_last'
    | 'a_tenth_of_the_last'
    | 'cumulative_falls'
    | 'over_100_percent'
    | 'negative_value'
    | 'fraction_of_a_count';
  params: Readonly<Record<string, string | number>>;
};

// 件 counts patents, but also patents per 10 000 people: a fraction of it is no sign of a wrong unit.
export const wholeThings: readonly string[] = ['家', '个', '個', '项', '項'];
const counted = [...wholeThings, '件', '人', '名', '户', '戶', '位', '次'];

/** What is odd about a value of this provider for this period; none for a value as one would expect. */
export function warningsFor(indicator: Indicator, period: Period, unit: string, value: number): Warning[] {
  return [
    ...scaleWarnings(indicator, period, unit, value),
    ...fallWarnings(indicator, period, unit, value),
    ...rangeWarnings(indicator, value),
  ];
}

/** Ten times more or less than the last figure is mostly a figure in another unit (万元 for 亿元). */
function scaleWarnings(indicator: Indicator, period: Period, unit: string, value: number): Warning[] {
  const last = lastFigure(indicator, period, unit);
  if (!last || last.value === 0 || value === 0 || indicator.kind === 'yes_no') return [];
  const times = Math.abs(value / last.value);
  const params = { last: last.value, period: last.period };
  if (times >= 10) return [{ code: 'ten_times_the_last', params }];
  return times <= 0.1 && last.isComparable ? [{ code: 'a_tenth_of_the_last', params }] : [];
}

/** A cumulative figure is at least that of the earlier periods of the year, and at most that of the later ones. */
function fallWarnings(indicator: Indicator, period: Period, unit: string, value: number): Warning[] {
  if (indicator.kind !== 'flow_cumulative') return [];
  const sameYear = figuresOf(indicator, unit).filter(
    each => parsePeriod(each.period).year === parsePeriod(period).year,
  );
  const end = periodEnd(period);
  const against = sameYear.find(
    each =>
      (periodEnd(each.period) < end && each.value > value) ||
      (periodEnd(each.period) > end && each.value < value),
  );
  return against
    ? [{ code: 'cumulative_falls', params: { other: against.value, period: against.period } }]
    : [];
}

function rangeWarnings({ measure, kind, direction }: Indicator, value: number): Warning[] {
  const share =
    measure.includes('%') && (kind === 'ratio' || kind === 'coverage' || direction === 'coverage');
  const found: Warning[] = [];
  if (share && value > 100) found.push({ code: 'over_100_percent', params: { value } });
  const neverNegative = share || counted.includes(measure);
  if (neverNegative && value < 0 && kind !== 'growth')
    found.push({ code: 'negative_value', params: { value } });
  if (wholeThings.includes(measure) && decimalsOf(value) > 0) {
    found.push({ code: 'fraction_of_a_count', params: { value, measure } });
  }
  return found;
}

type Figure = { period: Period; value: number; isComparable: boolean };

/**
 * The provider's last figure before the period, or the baseline. Cumulative flows start anew each year: within the year
 * the one before, else the same period of an earlier year; a year's baseline says nothing about how small a quarter may be.
 */
function lastFigure(indicator: Indicator, period: Period, unit: string): Figure | null {
  const end = periodEnd(period);
  const before = figuresOf(indicator, unit).filter(each => periodEnd(each.period) < end);
  const isFlow = indicator.kind === 'flow_cumulative' || indicator.kind === 'flow_period';
  const isShare = indicator.providerMode !== 'one_of' && indicator.providers.length > 1;
  const alike = isFlow ? before.filter(each => isAlike(each.period, period)) : before;
  const last = alike.at(-1);
  if (last) return { ...last, isComparable: true };
  const baseline = indicator.baselines
    .filter(each => periodEnd(each.period) < end)
    .toSorted(byEnd)
    .at(-1);
  return baseline ? { ...baseline, isComparable: !isFlow && !isShare } : null;
}

function isAlike(one: Period, other: Period): boolean {
  const [a, b] = [parsePeriod(one), parsePeriod(other)];
  return a.year === b.year || one.slice(4) === other.slice(4);
}

function figuresOf(indicator: Indicator, unit: string): { period: Period; value: number }[] {
  return Object.values(indicator.observations)
    .flatMap(({ period, parts }) =>
      parts.filter(part => part.unit === unit && !part.rejected).map(({ value }) => ({ period, value })),
    )
    .toSorted(byEnd);
}

function byEnd(a: { period: Period }, b: { period: Period }): number {
  const [one, other] = [periodEnd(a.period), periodEnd(b.period)];
  return one < other ? -1 : one > other ? 1 : 0;
}
