/** The middle of the values; of an even number of them, the mean of the two in the middle. NaN when there are none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? NaN) + upper) / 2;
}

/** The value below which the share `q` (0 to 1) of the sorted values lies; NaN when there are none. */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? NaN;
}

/** The median of those that are there; null when none is. */
export function medianOrNull(values: readonly (number | null)[]): number | null {
  const present = values.filter(value => value !== null);
  return present.length > 0 ? median(present) : null;
}
