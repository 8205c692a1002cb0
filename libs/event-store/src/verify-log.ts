import { eventHash, genesisHash, sealLeaf } from './chain.js';
import { type EventRow, eventColumns, type Queryable, readRows } from './reading.js';
import { envelopeOf, positionOf } from './verify-faults.js';

/** What a walk along the log has found, before it is named. */
export interface Walk {
  events: number;
  /** The streams whose chain does not hold. */
  readonly suspects: Set<string>;
  /** The rows whose seal does not fit. */
  readonly misplaced: EventRow[];
  /** Positions without a row. */
  readonly missing: number[];
}

/** Enough to see what is going on; a forger of more has left no doubt. */
export const mostFaults = 1000;

const pageSize = 2000;

/** Walks positions `from` to `to`, page by page: no hole, each seal fits, each event follows from its predecessor. */
export async function walkLog(
  db: Queryable,
  range: { from: number; to: number },
  onPage: (done: number) => void,
): Promise<Walk> {
  const walk: Walk = { events: 0, suspects: new Set(), misplaced: [], missing: [] };
  const tails = new Map<string, Tail>();
  let last = range.from - 1;
  while (last < range.to) {
    const rows = await readRows(db, last, Math.min(pageSize, range.to - last));
    const page = rows.filter(row => positionOf(row) <= range.to);
    if (range.from > 1) await recallTails(db, page, range.from, tails);
    for (const row of page) {
      noteMissing(walk, last, positionOf(row));
      last = positionOf(row);
      check(walk, row, tails);
    }
    walk.events += page.length;
    if (page.length === 0) break;
    onPage(last - range.from + 1);
  }
  noteMissing(walk, last, range.to + 1);
  return walk;
}

// Hashes as strings of one byte per character: a third of what a million Buffers would take.
type Tail = { readonly version: number; readonly hash: string };

function check(walk: Walk, row: EventRow, tails: Map<string, Tail>): void {
  const leaf = sealLeaf(row.hash, positionOf(row), BigInt(row.micros));
  if (!leaf.equals(row.seal_leaf) && walk.misplaced.length < mostFaults) walk.misplaced.push(row);
  if (walk.suspects.has(row.stream)) return;
  const tail = tails.get(row.stream);
  const previous = tail ? Buffer.from(tail.hash, 'latin1') : genesisHash;
  const follows =
    row.version === (tail?.version ?? 0) + 1 && eventHash(previous, envelopeOf(row)).equals(row.hash);
  if (!follows) walk.suspects.add(row.stream);
  tails.set(row.stream, { version: row.version, hash: row.hash.toString('latin1') });
}

function noteMissing(walk: Walk, last: number, next: number): void {
  for (let position = last + 1; position < next && walk.missing.length < mostFaults; position++) {
    walk.missing.push(position);
  }
}

// The events before the range are taken as they are.
async function recallTails(db: Queryable, page: readonly EventRow[], from: number, tails: Map<string, Tail>) {
  const streams = [...new Set(page.map(row => row.stream))].filter(stream => !tails.has(stream));
  const { rows } = await db.query<{ stream: string; version: number; hash: Buffer }>(
    `SELECT DISTINCT ON (stream) stream, version, hash FROM public.events
     WHERE stream = ANY ($1) AND position < $2 ORDER BY stream, version DESC`,
    [streams, from],
  );
  for (const { stream, version, hash } of rows) tails.set(stream, { version, hash: hash.toString('latin1') });
}

/** All rows of a stream, in the order of version, then position. */
export async function streamRows(db: Queryable, stream: string): Promise<EventRow[]> {
  const { rows } = await db.query<EventRow>(
    `SELECT ${eventColumns} FROM public.events WHERE stream = $1 ORDER BY version, events.position`,
    [stream],
  );
  return rows;
}
