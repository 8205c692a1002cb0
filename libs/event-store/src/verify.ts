import { type Pool } from 'pg';
import { type LogReader } from './reading.js';
import { type Progress } from './rebuild.js';
import { examineChain } from './verify-chain.js';
import { type Fault, type FaultKind, type MissingVersion, positionOf } from './verify-faults.js';
import { mostFaults, streamRows, walkLog } from './verify-log.js';
import { examinePlaces } from './verify-places.js';
import { checkStreams, type Folding } from './verify-streams.js';

export interface VerifyOptions {
  /** The deciders of the categories whose states are folded anew and compared. */
  readonly refold?: Readonly<Record<string, Folding>>;
  /** The first position, default 1. The streams' rows and states are compared only when the whole log is. */
  readonly from?: number;
  /** The last position, default the head. */
  readonly to?: number;
  onProgress?(progress: Progress): void;
}

export interface Verification {
  readonly events: number;
  /** The streams compared with their events; 0 when only a part of the log was verified. */
  readonly streams: number;
  /** In the order of position; at most a thousand. */
  readonly faults: readonly Fault[];
}

/**
 * Walks the chains of all streams and the seals of all places, compares heads and states, and names what was tampered
 * with inside the log. A tail that was cut off or rewritten throughout is only seen against a seal kept elsewhere.
 */
export async function verify(
  pool: Pool,
  reader: LogReader,
  options: VerifyOptions = {},
): Promise<Verification> {
  const { from = 1, refold = {}, onProgress } = options;
  const whole = options.from === undefined && options.to === undefined;
  const ends = await endsOf(pool);
  const to = options.to ?? ends.head;
  const started = performance.now();
  const walk = await walkLog(pool, { from, to }, done => {
    const seconds = Math.max((performance.now() - started) / 1000, 0.001);
    onProgress?.({ done, total: to - from + 1, eventsPerSecond: Math.round(done / seconds) });
  });
  const misplaced = new Set(walk.misplaced.map(positionOf));
  const faults: Fault[] = whole ? headFaults(ends) : [];
  const missing: MissingVersion[] = [];
  for (const stream of [...walk.suspects].slice(0, mostFaults)) {
    const found = examineChain(await streamRows(pool, stream), misplaced);
    faults.push(...found.faults);
    missing.push(...found.missing);
  }
  const heads = whole ? await checkStreams(pool, reader, refold) : { streams: 0, faults: [], missing: [] };
  const named = [
    ...onePerRow([...faults, ...examinePlaces(walk.misplaced)]),
    ...removals(walk.missing, [...missing, ...heads.missing]),
  ];
  const all = [...named, ...consequences(heads.faults, named)].sort(
    (one, other) => one.position - other.position,
  );
  return { events: walk.events, streams: heads.streams, faults: all.slice(0, mostFaults) };
}

const tellsMore: readonly FaultKind[] = [
  'inserted',
  'removed',
  'reordered',
  'edited',
  'head_differs',
  'leaf_differs',
];

// Chain and seal may both tell of one row; the name that says more stands.
function onePerRow(faults: readonly Fault[]): Fault[] {
  const known = new Map<number, Fault>();
  for (const found of faults) {
    const other = known.get(found.position);
    if (!other || tellsMore.indexOf(found.kind) < tellsMore.indexOf(other.kind))
      known.set(found.position, found);
  }
  return [...known.values()];
}

type Ends = { head: number; last: number; lastStream: string | null };

async function endsOf(pool: Pool): Promise<Ends> {
  const { rows } = await pool.query<{ head: string; last: string | null; stream: string | null }>(
    `SELECT h.position AS head, e.position AS last, e.stream FROM public.log_head h
     LEFT JOIN (SELECT position, stream FROM public.events ORDER BY position DESC LIMIT 1) e ON true`,
  );
  const [row] = rows;
  return { head: Number(row?.head ?? 0), last: Number(row?.last ?? 0), lastStream: row?.stream ?? null };
}

// Events that the head does not know of. The other way round, positions are missing: the walk notes them.
function headFaults({ head, last, lastStream }: Ends): Fault[] {
  if (last <= head) return [];
  const message = `the head of the log is at ${head}, its last event at ${last}`;
  return [{ position: last, stream: lastStream, kind: 'head_differs', message }];
}

/** Puts missing positions and missing versions together where they fit. */
function removals(positions: readonly number[], versions: readonly MissingVersion[]): Fault[] {
  const unclaimed = [...versions].sort(
    (one, other) => one.before - other.before || one.version - other.version,
  );
  const placed = positions.map((position): Fault => {
    const index = unclaimed.findIndex(({ after, before }) => after < position && position < before);
    const [found] = index < 0 ? [] : unclaimed.splice(index, 1);
    const message = found ? `version ${found.version} is missing` : 'the event is missing';
    return { position, stream: found?.stream ?? null, kind: 'removed', message };
  });
  const rest = unclaimed.map(({ stream, version, after, before }): Fault => {
    const position = before === Number.MAX_SAFE_INTEGER ? after : before;
    return { position, stream, kind: 'removed', message: `version ${version} is missing` };
  });
  return [...placed, ...rest];
}

// A stream with a changed event has another fold and head, too: that is no second finding.
function consequences(faults: readonly Fault[], named: readonly Fault[]): Fault[] {
  const known = new Set(named.map(({ stream }) => stream));
  return faults.filter(({ stream }) => !known.has(stream));
}
