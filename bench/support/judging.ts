import { type Result } from './results.js';
import { type Target } from './targets.js';

export type Verdict = 'moon' | 'reached' | 'not reached';

export interface Judgement {
  readonly target: Target;
  readonly figure: number;
  readonly verdict: Verdict;
}

/** Judges every target whose cases were measured; the others are left out. */
export function judge(targets: readonly Target[], results: readonly Result[]): Judgement[] {
  const byName = new Map(results.map(result => [result.name, result]));
  return targets.flatMap(target => {
    const figure = figureOf(target, byName);
    return figure === null ? [] : [{ target, figure, verdict: verdictOn(target, figure) }];
  });
}

function figureOf({ of, against, measure = 'rate' }: Target, results: ReadonlyMap<string, Result>) {
  const own = results.get(of)?.[measure] ?? null;
  if (against === undefined || own === null) return own;
  const base = results.get(against)?.[measure] ?? null;
  return base === null ? null : own / base;
}

function verdictOn({ measure = 'rate', least, moon }: Target, figure: number): Verdict {
  const meets = (wanted: number) => (measure === 'rate' ? figure >= wanted : figure <= wanted);
  if (meets(moon)) return 'moon';
  return meets(least) ? 'reached' : 'not reached';
}
