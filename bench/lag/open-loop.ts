export interface OpenLoop {
  readonly ratePerSecond: number;
  readonly seconds: number;
  /** So many calls may be waiting; beyond that a call is left out, and the rate that was reached says so. */
  readonly mostWaiting: number;
  call(nth: number): Promise<unknown>;
}

/** Calls at a rate of its own, whether answers have come or not; resolves when all have. The first error ends it. */
export async function openLoop({ ratePerSecond, seconds, mostWaiting, call }: OpenLoop): Promise<void> {
  const total = Math.round(ratePerSecond * seconds);
  const begin = performance.now();
  const waiting = new Set<Promise<unknown>>();
  let fault: { error: unknown } | null = null;
  const start = (nth: number) => {
    const one = call(nth)
      .catch((error: unknown) => (fault ??= { error }))
      .finally(() => waiting.delete(one));
    waiting.add(one);
  };
  for (let next = 0; next < total && !fault;) {
    const due = Math.min(total, Math.floor(((performance.now() - begin) / 1000) * ratePerSecond));
    for (; next < due; next++) if (waiting.size < mostWaiting) start(next);
    await new Promise(resolve => setTimeout(resolve, 1));
  }
  await Promise.all(waiting);
  if (fault) throw (fault as { error: unknown }).error;
}
