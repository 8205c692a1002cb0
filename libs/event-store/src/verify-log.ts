import { sealLeaf } from './chain.js';
import { type EventRow, eventColumns, type Queryable } from './reading.js';
import { positionOf } from './verify-faults.js';

/** Where the log's head stands, and what stands at its end. */
export interface Ends {
  readonly head: number;
  readonly epoch: string;
  readonly last: number;
  readonly lastStream: string | null;
  readonly streams: number;
}

export async function endsOf(db: Queryable): Promise<Ends> {
  const { rows } = await db.query<{
    head: string;
    epoch: string;
    last: string | null;
    stream: string | null;
    streams: string;
  }>(
    `SELECT h.position AS head, h.epoch, e.position AS last, e.stream, (SELECT count(*) FROM public.streams) AS streams
     FROM (SELECT 1) one LEFT JOIN public.log_head h ON true
     LEFT JOIN (SELECT position, stream FROM public.events ORDER BY position DESC LIMIT 1) e ON true`,
  );
  const [row] = rows;
  return {
    head: Number(row?.head ?? 0),
    epoch: row?.epoch ?? '',
    last: Number(row?.last ?? 0),
    lastStream: row?.stream ?? null,
    streams: Number(row?.streams ?? 0),
  };
}

/** All rows of a stream, in the order of version, then position. */
export async function streamRows(db: Queryable, stream: string): Promise<EventRow[]> {
  const { rows } = await db.query<EventRow>(
    `SELECT ${eventColumns} FROM public.events WHERE stream = $1 ORDER BY version, events.position`,
    [stream],
  );
  return rows;
}

/** Of the rows at these positions those whose seal does not fit, in the order of position. */
export async function misplacedRows(db: Queryable, positions: readonly number[]): Promise<EventRow[]> {
  if (positions.length === 0) return [];
  const { rows } = await db.query<EventRow>(
    `SELECT ${eventColumns} FROM public.events WHERE position = ANY ($1) ORDER BY events.position`,
    [positions],
  );
  return rows.filter(row => !sealLeaf(row.hash, positionOf(row), BigInt(row.micros)).equals(row.seal_leaf));
}
