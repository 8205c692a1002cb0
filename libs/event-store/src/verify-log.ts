import { sealLeaf } from './chain.js';
import { type EventRow, eventColumns, type Queryable } from './reading.js';
import { type Fault, positionOf } from './verify-faults.js';

/** Where the log's head stands, and what else knows where it stood. */
export interface Ends {
  /** Null where the row is gone. */
  readonly head: { readonly position: number; readonly epoch: string; readonly micros: string } | null;
  readonly last: { readonly position: number; readonly stream: string; readonly micros: string } | null;
  /** The furthest that answers and subscriptions have been. */
  readonly furthest: number;
  readonly streams: number;
}

type EndsRow = {
  head: string | null;
  epoch: string;
  head_micros: string;
  last: string | null;
  stream: string;
  last_micros: string;
  furthest: string;
  streams: string;
};

/** All as of one moment. */
export async function endsOf(db: Queryable): Promise<Ends> {
  const { rows } = await db.query<EndsRow>(
    `SELECT h.position AS head, h.epoch, (extract(epoch FROM h.recorded_at) * 1000000)::bigint AS head_micros,
       e.position AS last, e.stream, (extract(epoch FROM e.recorded_at) * 1000000)::bigint AS last_micros,
       greatest((SELECT max(position) FROM public.idempotency), (SELECT max(position) FROM public.subscriptions), 0)
         AS furthest,
       (SELECT count(*) FROM public.streams) AS streams
     FROM (SELECT 1) one LEFT JOIN public.log_head h ON true
     LEFT JOIN (SELECT position, stream, recorded_at FROM public.events ORDER BY position DESC LIMIT 1) e ON true`,
  );
  const row = rows[0]!; // of a join from one constant row
  return {
    head:
      row.head === null ? null : { position: Number(row.head), epoch: row.epoch, micros: row.head_micros },
    last:
      row.last === null ? null : { position: Number(row.last), stream: row.stream, micros: row.last_micros },
    furthest: Number(row.furthest),
    streams: Number(row.streams),
  };
}

/** Where the head and the end of the log do not fit. Where the head is ahead, positions are missing: the walk notes them. */
export function headFaults({ head, last, furthest }: Ends): Fault[] {
  const at = head?.position ?? last?.position ?? 0;
  const faults: Fault[] = [];
  const differs = (position: number, message: string) =>
    faults.push({ position, stream: last?.stream ?? null, kind: 'head_differs', message });
  if (!head) differs(at, 'the log has no head');
  if (head && last && last.position > at)
    differs(last.position, `the head of the log is at ${at}, its last event at ${last.position}`);
  if (head && last?.position === at && last.micros !== head.micros)
    differs(at, 'the head of the log has another time than its last event');
  if (furthest > Math.max(at, last?.position ?? 0)) {
    const message = `an answer or a subscription was at ${furthest}, the log ends at ${at}`;
    faults.push({ position: at + 1, stream: null, kind: 'tail_cut', message });
  }
  return faults;
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
