import { type FaultKind } from '@duban/event-store';
import { type Forger } from './forger.js';

/** What a verification says: where, of which stream (its last letter), what. */
export type FaultSeen = readonly [position: number, stream: string | null, kind: FaultKind];

/**
 * What somebody does to a log of fifteen events, and what must be said of it: 1 a1 · 2 b1 · 3 c1 · 4 a2 · … · 15 c5, of
 * which 1 to 6 are sealed, 7 to 12 are sealed, and 13 to 15 are not; the table is cut behind 6.
 */
export type Tampering = readonly [
  name: string,
  work: string | ((forger: Forger) => Promise<unknown>),
  /** What the log alone tells. */
  faults: readonly FaultSeen[],
  /** What seals tell that were kept outside, where that is something else. */
  kept?: readonly FaultSeen[],
];
