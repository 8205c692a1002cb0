/** Decimal-safe arithmetic for published figures: the same digits on every machine. */

/** Cuts off the noise of binary fractions: 0.1 + 0.2 gives 0.3. Twelve digits are more than any statistic states. */
export function exact(value: number): number {
  return Number(value.toPrecision(12));
}

/**
 * Rounds half away from zero, as people do: 0.25 → 0.3, −0.25 → −0.3 at one decimal. Gives null for what is not finite,
 * so that no figure ever prints NaN.
 */
export function rounded(value: number, decimals: number): number | null {
  const factor = 10 ** decimals;
  const scaled = Math.floor(exact(Math.abs(value) * factor) + 0.5) / factor;
  if (!Number.isFinite(scaled)) return null;
  return value < 0 && scaled !== 0 ? -scaled : scaled;
}

/** `part` in percent of `whole`, to one decimal; null when there is no whole. */
export function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : rounded((exact(part) / exact(whole)) * 100, 1);
}

/** The sum without binary noise. */
export function sum(values: readonly number[]): number {
  return exact(values.reduce((total, value) => total + value, 0));
}

/** How many decimals the figure was stated with. */
export function decimalsOf(value: number): number {
  const text = String(exact(value));
  if (text.includes('e-')) return 12;
  return text.split('.')[1]?.length ?? 0;
}
