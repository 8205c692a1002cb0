import { type Run } from './measure.js';
import { type Options } from './options.js';
import { type Server } from './server.js';
import { type Target } from './targets.js';

/** What a case is given when it runs: in a process of its own, on a server that it reaches by its URL. */
export interface Work {
  readonly serverUrl: string;
  readonly options: Options;
}

/** One measured thing: who does it, for how many callers, how many units at once. */
export interface BenchCase {
  readonly impl: string;
  readonly callers: number;
  readonly batch: number;
  /** Tells cases apart that agree in the rest; part of the JSON line. */
  readonly variant?: string;
  /** Makes everything ready before each run, in the process that starts the runs: mostly a fresh database. */
  before?(server: Server): Promise<void>;
  run(work: Work): Promise<Run>;
}

/** Cases that are measured beside each other in one run, and what they are held against. */
export interface Scenario {
  readonly name: string;
  /** Once before the first round: templates of databases, events to read. */
  prepare?(server: Server, options: Options): Promise<void>;
  /** The cases that can run here; `notice` hears, in a sentence, of what cannot and what to do about it. */
  cases(options: Options, notice: (sentence: string) => void): readonly BenchCase[];
  readonly targets: readonly Target[];
}

/** Names a case within its scenario: `duban 32x1`, `pg 8x100`, `duban handle 32x1`. */
export function nameOf({ impl, variant, callers, batch }: Omit<BenchCase, 'run' | 'before'>): string {
  return [impl, ...(variant ? [variant] : []), `${callers}x${batch}`].join(' ');
}
