import { quantile } from './statistics.js';

/** What one run of a case measured. `rate` counts units (events, commands) a second; times are in milliseconds. */
export interface Run {
  readonly n: number;
  readonly seconds: number;
  readonly rate: number;
  readonly p50: number | null;
  readonly p99: number | null;
  /** Memory of the process that was measured, where that is not the one that measures. */
  readonly rssMb?: number | null;
}

export interface Loop {
  /** So many callers each wait for their answer before they call again. */
  readonly callers: number;
  readonly seconds: number;
  /** Called but not counted before. */
  readonly warmSeconds: number;
  /** Units in one call, default 1. */
  readonly units?: number;
  call(caller: number, nth: number): Promise<unknown>;
}

/** Calls in a closed loop. A call counts when it begins after the warm-up and before the end; its answer is awaited. */
export async function closedLoop({ callers, seconds, warmSeconds, units = 1, call }: Loop): Promise<Run> {
  const times: number[] = [];
  const begin = performance.now() + warmSeconds * 1000;
  const end = begin + seconds * 1000;
  let last = begin;
  const loop = async (caller: number) => {
    for (let nth = 0; ; nth++) {
      const from = performance.now();
      if (from >= end) return;
      await call(caller, nth);
      const to = performance.now();
      if (from < begin) continue;
      times.push(to - from);
      if (to > last) last = to;
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, caller) => loop(caller)));
  return { ...ratePer(times.length * units, (last - begin) / 1000), ...quantilesOf(times) };
}

export interface Passes {
  /** Units in one pass. */
  readonly units: number;
  readonly seconds: number;
  readonly warmSeconds: number;
  /** Does the whole work once. */
  pass(): Promise<unknown>;
}

/** Does the same work over and over, as often as fits into the time, but at least once; after a warm-up. */
export async function passes({ units, seconds, warmSeconds, pass }: Passes): Promise<Run> {
  const repeat = async (forSeconds: number) => {
    const from = performance.now();
    for (let done = 1; ; done++) {
      await pass();
      const spent = (performance.now() - from) / 1000;
      if (spent >= forSeconds) return ratePer(done * units, spent);
    }
  };
  if (warmSeconds > 0) await repeat(warmSeconds);
  return { ...(await repeat(seconds)), p50: null, p99: null };
}

const ratePer = (n: number, seconds: number) => ({ n, seconds, rate: n / seconds });

/** The median and the 99th percentile of times in any order. */
export function quantilesOf(times: readonly number[]): { p50: number | null; p99: number | null } {
  if (times.length === 0) return { p50: null, p99: null };
  const sorted = Float64Array.from(times).sort();
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
}

/** The resident memory of this process in megabytes. */
export const ownRssMb = () => process.memoryUsage.rss() / 2 ** 20;
