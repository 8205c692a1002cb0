import { type Pool, type PoolClient } from 'pg';
import { instantOf } from './instants.js';
import { type JsonObject } from './json.js';
import { withTexts } from './personal-fields.js';
import { type OpenedFields } from './sealer.js';
import { Sealing } from './sealing.js';
import { NewerSchema, type SealBroken } from './unreadable.js';
import { checkStream } from './stream.js';
import { type Upcasters } from './upcasters.js';

/** An event as deciders know it: the data in today's schema, flat beside its type and effective day. */
export type FlatEvent = JsonObject & { readonly type: string; readonly effectiveOn: string };

/**
 * A stored event. `data` and `schema` are as they were written, `event` is upcasted. Where that is impossible, reading
 * `event` throws why, and `unreadable` holds it: whoever does not need to know what it says may pass it by.
 */
export interface StoredEvent {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly id: string;
  readonly type: string;
  readonly schema: number;
  readonly data: JsonObject;
  readonly meta: JsonObject;
  readonly effectiveOn: string;
  readonly recordedAt: string;
  readonly hash: Buffer;
  /** With sealed fields opened: null for what was erased. */
  readonly event: FlatEvent;
  readonly unreadable?: Error;
  /** JSON pointers into `data` of the sealed fields that were erased; left out where none was. */
  readonly erased?: readonly string[];
}

export interface LogHead {
  readonly position: number;
  readonly recordedAt: string;
  /** Tells this log from every other: positions of one epoch mean nothing in another. */
  readonly epoch: string;
}

export type Queryable = Pick<Pool | PoolClient, 'query'>;

export interface EventRow {
  position: string;
  stream: string;
  version: number;
  event_id: string;
  type: string;
  schema: number;
  data: JsonObject;
  meta: JsonObject;
  effective_on: string;
  micros: string;
  hash: Buffer;
  seal_leaf: Buffer;
}

/** The columns of `EventRow`, for statements of one's own. */
export const eventColumns = `position, stream, version, event_id, type, schema, data, meta,
  effective_on::text AS effective_on, (extract(epoch FROM recorded_at) * 1000000)::bigint AS micros, hash, seal_leaf`;

/** The most events that one page holds. */
export const largestPage = 10_000;

/** The log as found is not the log as written. */
export class LogDamaged extends Error {
  override readonly name = 'LogDamaged';

  constructor(
    message: string,
    readonly position: number,
  ) {
    super(message);
  }
}

/** The read side: streams and the log, in order and without gaps. */
export class LogReader {
  constructor(
    private readonly pool: Queryable,
    private readonly upcasters: Upcasters,
    private readonly sealing: Sealing = new Sealing(pool),
  ) {}

  /** The events of one stream from version `from` (1), as known at position `upTo` (now). */
  async readStream(stream: string, range: { from?: number; upTo?: number } = {}): Promise<StoredEvent[]> {
    const { rows } = await this.pool.query<EventRow>({
      name: 'read-stream',
      text: `SELECT ${eventColumns} FROM public.events
             WHERE stream = $1 AND version >= $2 AND position <= $3 ORDER BY version`,
      values: [checkStream(stream), range.from ?? 1, range.upTo ?? Number.MAX_SAFE_INTEGER],
    });
    return this.opened(rows);
  }

  /**
   * The next `limit` events after a position, in order.
   * @throws LogDamaged where one is missing: a hole can only mean that somebody removed a row.
   */
  async readLog(after: number, limit: number, from: Queryable = this.pool): Promise<StoredEvent[]> {
    const rows = await readRows(from, after, limit);
    rows.forEach((row, index) => {
      const expected = after + index + 1;
      if (Number(row.position) !== expected) {
        throw new LogDamaged(
          `event ${expected} is missing: ${row.position} follows ${expected - 1}`,
          expected,
        );
      }
    });
    return this.opened(rows);
  }

  /** Pages of the log after a position, up to and with `upTo` or until there are no more. */
  async *pages(after: number, options: { size?: number; upTo?: number } = {}): AsyncGenerator<StoredEvent[]> {
    const { size = 1000, upTo = Number.MAX_SAFE_INTEGER } = options;
    for (let last = after; last < upTo;) {
      const page = await this.readLog(last, Math.min(size, upTo - last));
      if (page.length === 0) return;
      yield page;
      last += page.length;
    }
  }

  async head(from: Queryable = this.pool): Promise<LogHead> {
    const { rows } = await from.query<{ position: string; micros: string; epoch: string }>({
      name: 'head',
      text: `SELECT position, (extract(epoch FROM recorded_at) * 1000000)::bigint AS micros, epoch FROM public.log_head`,
    });
    const row = rows[0];
    if (!row) throw new LogDamaged('log_head is empty', 0);
    return { position: Number(row.position), recordedAt: instantOf(row.micros), epoch: row.epoch };
  }

  /** The last position recorded at or before an instant; 0 when nothing was known then. */
  async positionAt(instant: string): Promise<number> {
    const { rows } = await this.pool.query<{ position: string }>({
      name: 'position-at',
      text: 'SELECT public.position_at($1) AS position',
      values: [instant],
    });
    return Number(rows[0]?.position ?? 0);
  }

  private async opened(rows: readonly EventRow[]): Promise<StoredEvent[]> {
    const opened = await this.sealing.openRows(rows);
    return rows.map(row => this.stored(row, opened.get(row)));
  }

  stored(row: EventRow, opened?: OpenedFields | SealBroken): StoredEvent {
    const { stream, version, type, schema, data, meta, hash } = row;
    const effectiveOn = row.effective_on;
    const position = Number(row.position);
    const times = { effectiveOn, recordedAt: instantOf(row.micros) };
    const facts = { position, ...times, id: row.event_id, stream, version, type, schema, data, meta, hash };
    const event = this.flat(type, schema, data, effectiveOn);
    if (!event)
      return unreadable(facts, new NewerSchema(position, type, schema, this.upcasters.current(type)));
    if (!opened) return { ...facts, event };
    if (opened instanceof Error) return unreadable(facts, opened);
    const { texts, erased } = opened;
    const clear = withTexts(event, text => texts.get(text) ?? (texts.has(text) ? null : text)) as FlatEvent;
    return { ...facts, event: clear, ...(erased.length > 0 && { erased }) };
  }

  /** Was it written by a version that knows a later schema? */
  isNewer(type: string, schema: number): boolean {
    return this.upcasters.isNewer(type, schema);
  }

  /**
   * The event as deciders fold it, from data as they were written, sealed fields left sealed; null where a newer version
   * wrote them.
   */
  flat(type: string, schema: number, data: JsonObject, effectiveOn: string): FlatEvent | null {
    if (this.isNewer(type, schema)) return null;
    return { type, ...this.upcasters.apply(type, schema, data), effectiveOn } as FlatEvent;
  }
}

function unreadable(facts: Omit<StoredEvent, 'event'>, reason: Error): StoredEvent {
  return {
    ...facts,
    unreadable: reason,
    get event(): never {
      throw reason;
    },
  };
}

/** The rows after a position as they are stored, unchecked. */
export async function readRows(from: Queryable, after: number, limit: number): Promise<EventRow[]> {
  const { rows } = await from.query<EventRow>({
    name: 'read-log',
    text: `SELECT ${eventColumns} FROM public.events WHERE position > $1 ORDER BY position LIMIT $2`,
    values: [after, Math.min(Math.max(limit, 1), largestPage)],
  });
  return rows;
}
