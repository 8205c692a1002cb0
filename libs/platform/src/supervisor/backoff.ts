const firstMs = 250;
const longestMs = 5000;

/** How long to wait before the next start after so many failures in a row: a quarter of a second, doubling to five. */
export function restartDelayMs(failures: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.max(0, Math.min(failures, 10) - 1));
}
