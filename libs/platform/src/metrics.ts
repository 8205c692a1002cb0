import { collectDefaultMetrics, Registry } from 'prom-client';

/** The figures of this process, for `/metrics`. Parts add their own; names begin with `duban_`. */
export const metrics = new Registry();

/** Adds memory, event loop and garbage collection. Apps call it once; specs do not, as it keeps watching. */
export function collectProcessMetrics(): void {
  collectDefaultMetrics({ register: metrics, prefix: 'duban_' });
}
