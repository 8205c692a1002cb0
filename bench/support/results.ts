import { type Run } from './measure.js';
import { type BenchCase, nameOf } from './scenario.js';
import { median, medianOrNull } from './statistics.js';

/** The medians of a case over its rounds. */
export interface Result {
  readonly scenario: string;
  readonly name: string;
  readonly impl: string;
  readonly variant?: string;
  readonly callers: number;
  readonly batch: number;
  readonly n: number;
  readonly seconds: number;
  readonly rate: number;
  readonly p50: number | null;
  readonly p99: number | null;
  readonly rss: number | null;
  readonly rounds: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Takes the medians; null when every run failed. */
export function summarise(scenario: string, of: BenchCase, runs: readonly Run[]): Result | null {
  if (runs.length === 0) return null;
  const { impl, variant, callers, batch } = of;
  const rates = runs.map(({ rate }) => rate);
  return {
    ...{ scenario, name: nameOf(of), impl, callers, batch },
    ...(variant === undefined ? {} : { variant }),
    n: median(runs.map(({ n }) => n)),
    seconds: median(runs.map(({ seconds }) => seconds)),
    rate: median(rates),
    p50: medianOrNull(runs.map(({ p50 }) => p50)),
    p99: medianOrNull(runs.map(({ p99 }) => p99)),
    rss: medianOrNull(runs.map(({ rssMb }) => rssMb ?? null)),
    rounds: runs.length,
    lowest: Math.min(...rates),
    highest: Math.max(...rates),
  };
}

/** One line of JSON about one case. */
export function jsonLine(result: Result): string {
  const { scenario, impl, variant, callers, batch, rounds } = result;
  return JSON.stringify({
    ...{ scenario, impl, ...(variant === undefined ? {} : { variant }), callers, batch },
    n: Math.round(result.n),
    seconds: rounded(result.seconds, 2),
    rate: rounded(result.rate, 1),
    p50_ms: rounded(result.p50, 3),
    p99_ms: rounded(result.p99, 3),
    rss_mb: rounded(result.rss, 1),
    ...{ rounds, rate_min: rounded(result.lowest, 1), rate_max: rounded(result.highest, 1) },
  });
}

function rounded(value: number | null, digits: number): number | null {
  return value === null ? null : Number(value.toFixed(digits));
}
