import { availableParallelism } from 'node:os';
import { type Pool } from 'pg';
import { type LogReader } from './reading.js';
import { type Progress } from './rebuild.js';
import { type Seal } from './seal.js';
import { readSeals } from './seal-table.js';
import { SeenPositions } from './seen-positions.js';
import { examineChain } from './verify-chain.js';
import { type Fault, faultKinds, mostFaults, type MissingVersion, positionOf } from './verify-faults.js';
import { type Ends, endsOf, headFaults, misplacedRows, streamRows } from './verify-log.js';
import { examinePlaces } from './verify-places.js';
import { examineSeals, rootFault, type SealsToCheck, sealsWithin } from './verify-seals.js';
import { type Share } from './verify-share.js';
import { removals } from './verify-removals.js';
import { type Folding, isOrphan } from './verify-streams.js';
import { performAll, type ThreadOptions } from './verify-threads.js';
import { type Found, type Work } from './verify-work.js';

export interface VerifyOptions {
  /** The deciders of the categories whose states are folded anew and compared. Keeps the work in the caller's thread. */
  readonly refold?: Readonly<Record<string, Folding>>;
  /** A module that exports the same as `refold`, and the store's `upcasters` if there are any: each thread imports it. */
  readonly refoldModule?: URL;
  /** The first position, default 1. The streams' rows and states are compared only when the whole log is verified. */
  readonly from?: number;
  /** The last position, default the head. */
  readonly to?: number;
  /** The only stream to look at, its row and state included. */
  readonly stream?: string;
  /** Seals that were kept outside: what they say is held against the log. */
  readonly kept?: readonly Seal[];
  /** The name of the key that seals here: seals that another one handed itself are told. */
  readonly sealKey?: string;
  /** Leave the seals of the log alone. */
  readonly withoutSeals?: boolean;
  /** Threads beside the caller's; default one for each processor, none for a short log. 0 for none. */
  readonly threads?: number;
  onProgress?(progress: Progress): void;
}

export interface Verification {
  readonly events: number;
  /** The streams compared with their events; 0 when only a part of the log was verified. */
  readonly streams: number;
  /** The seals whose segments were compared with the events. */
  readonly seals: number;
  /** In the order of position; at most a thousand. */
  readonly faults: readonly Fault[];
}

/**
 * Walks the chains of all streams and the seals of all places, compares heads and states, and names what was tampered
 * with. A tail that was cut off or rewritten throughout is seen where a seal covers it; where the seals were cut or
 * rewritten with it, against `kept` seals.
 */
export async function verify(
  pool: Pool,
  reader: LogReader,
  options: VerifyOptions = {},
): Promise<Verification> {
  const ends = await endsOf(pool);
  const { from = 1, to = ends.head?.position ?? ends.last?.position ?? 0, stream } = options;
  const isPart = options.from !== undefined || options.to !== undefined;
  const seals = options.withoutSeals || stream !== undefined ? null : await sealsOf(pool, ends, options);
  const sealed = seals ? sealsWithin(seals, from, to) : [];
  const threads = options.threads ?? (to - from < shortLog ? 0 : availableParallelism());
  const shares = sharesOf({ from, to, stream, withHeads: !isPart }, threads, ends.streams);
  const found = await performAll(worksOf(shares, sealed), pool, reader, {
    refold: options.refold,
    refoldModule: options.refoldModule,
    threads,
    onEvents: progress(options, to - from + 1),
  });
  const findings = together(found, from, to);
  const faults = await nameAll(pool, findings, stream === undefined);
  if (!isPart && stream === undefined) faults.push(...headFaults(ends));
  if (seals) faults.push(...sealFaults(seals, sealed, found, faults));
  faults.sort((one, other) => one.position - other.position);
  const { events, streams } = findings;
  return { events, streams, seals: sealed.length, faults: faults.slice(0, mostFaults) };
}

async function sealsOf(pool: Pool, { head, last }: Ends, options: VerifyOptions): Promise<SealsToCheck> {
  const end = head?.position ?? last?.position ?? 0;
  const { kept = [], sealKey: key } = options;
  return { own: await readSeals(pool), kept, key, epoch: head?.epoch ?? null, head: end };
}

// Roots come first: they are silent, and a walk that shows how far it is should not end in silence.
function worksOf(shares: readonly Share[], sealed: readonly Seal[]): Work[] {
  return [
    ...sealed.map(({ from, to }): Work => ({ kind: 'root', from, to })),
    ...shares.map((share): Work => ({ kind: 'share', share })),
  ];
}

// A root that differs because of what was named already is no second finding.
function sealFaults(
  seals: SealsToCheck,
  sealed: readonly Seal[],
  found: readonly Found[],
  named: readonly Fault[],
): Fault[] {
  const roots = found.filter(each => each.kind === 'root');
  const differing = sealed.filter(({ root }, index) => roots[index]?.root !== root);
  const isNamed = ({ from, to }: Seal) => named.some(({ position }) => position >= from && position <= to);
  return [...examineSeals(seals), ...differing.filter(seal => !isNamed(seal)).map(rootFault)];
}

const shortLog = 20_000; // events that are verified before threads would have started
const mostStreams = 100_000; // of one share, whose states are kept in memory

function sharesOf(whole: Omit<Share, 'nth' | 'of'>, threads: number, streams: number): Share[] {
  if (whole.stream !== undefined) return [{ ...whole, nth: 0, of: 1 }];
  const of = Math.max(threads, 1, whole.withHeads ? Math.ceil(streams / mostStreams) : 1);
  return Array.from({ length: of }, (_, nth) => ({ ...whole, nth, of }));
}

function progress({ onProgress }: VerifyOptions, total: number): ThreadOptions['onEvents'] {
  const started = performance.now();
  let done = 0;
  return events => {
    done += events;
    const seconds = Math.max((performance.now() - started) / 1000, 0.001);
    if (events > 0) onProgress?.({ done, total, eventsPerSecond: Math.round(done / seconds) });
  };
}

interface Findings {
  readonly events: number;
  readonly streams: number;
  readonly suspects: readonly string[];
  readonly misplaced: readonly number[];
  readonly seen: SeenPositions;
  readonly faults: readonly Fault[];
  readonly missing: readonly MissingVersion[];
}

function together(found: readonly Found[], from: number, to: number): Findings {
  const shares = found.flatMap(each => (each.kind === 'share' ? [each.findings] : []));
  const seen = new SeenPositions(from, to);
  for (const { seen: bits, twice } of shares) seen.merge({ bits, twice });
  return {
    events: shares.reduce((sum, { events }) => sum + events, 0),
    streams: shares.reduce((sum, { heads }) => sum + heads.streams, 0),
    suspects: shares.flatMap(({ suspects }) => suspects).slice(0, mostFaults),
    misplaced: shares
      .flatMap(({ misplaced }) => misplaced)
      .sort((one, other) => one - other)
      .slice(0, mostFaults),
    seen,
    faults: shares.flatMap(({ heads }) => heads.faults),
    missing: shares.flatMap(({ heads }) => heads.missing),
  };
}

async function nameAll(pool: Pool, found: Findings, isGapless: boolean): Promise<Fault[]> {
  const rows = await misplacedRows(pool, found.misplaced);
  const misplaced = new Set(rows.map(positionOf));
  const faults: Fault[] = [];
  const missing: MissingVersion[] = [...found.missing];
  const nameless = new Set(found.faults.filter(isOrphan).map(({ stream }) => stream));
  for (const stream of found.suspects) {
    const chain = examineChain(await streamRows(pool, stream), misplaced, nameless.has(stream));
    faults.push(...chain.faults);
    missing.push(...chain.missing);
  }
  faults.push(...found.seen.twice.map(twin));
  const named = [
    ...onePerRow([...faults, ...examinePlaces(rows)]),
    ...removals(isGapless ? found.seen.missing() : [], missing),
  ];
  return [...named, ...consequences(found.faults, named, missing)];
}

const twin = (position: number): Fault => ({
  position,
  stream: null,
  kind: 'inserted',
  message: 'more than one event stands at this position',
});

// Chain and seal may both tell of one row; the name that says more stands.
function onePerRow(faults: readonly Fault[]): Fault[] {
  const known = new Map<number, Fault>();
  for (const found of faults) {
    const other = known.get(found.position);
    if (!other || faultKinds.indexOf(found.kind) < faultKinds.indexOf(other.kind))
      known.set(found.position, found);
  }
  return [...known.values()];
}

// A stream with a changed or missing event has another fold and head, too: that is no second finding.
function consequences(
  faults: readonly Fault[],
  named: readonly Fault[],
  missing: readonly MissingVersion[],
): Fault[] {
  const known = new Set([...named, ...missing].map(({ stream }) => stream));
  return faults.filter(({ stream }) => !known.has(stream));
}
