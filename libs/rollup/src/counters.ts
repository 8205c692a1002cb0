import { isPending, type NotedCorrection } from '@duban/bulletin';

/** Facts after an edition by kind. Late, corrected and revised are three things; what waits or was refused is none of them. */
export type Counters = { late: number; corrected: number; revised: number; pending: number };

export function countersOf(noted: readonly NotedCorrection[]): Counters {
  const count = (fits: (each: NotedCorrection) => boolean) => noted.filter(fits).length;
  const of = (how: NotedCorrection['how']) => count(each => each.how === how && isCounted(each));
  return {
    late: of('late'),
    corrected: of('corrected'),
    revised: of('revised'),
    pending: count(isPending),
  };
}

/** What edition `n` does not know of. */
export function laterThan(n: number | null, noted: readonly NotedCorrection[]): NotedCorrection[] {
  return noted.filter(each => each.n >= (n ?? 1));
}

function isCounted(noted: NotedCorrection): boolean {
  return !isPending(noted) && !noted.refusedOn;
}
