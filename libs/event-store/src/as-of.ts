import { type LogPage, readPage } from './log-pages.js';
import { type LogReader, type Queryable, type StoredEvent } from './reading.js';
import { type Folding } from './verify-streams.js';

/** A moment of knowledge: everything up to a position, or everything recorded at or before an instant. */
export type At = { readonly position: number } | { readonly instant: string };

export interface AtOptions {
  /** The present by the clock that events are recorded by, where that is not the server's. */
  readonly now?: string;
}

/** Where a moment lies in the log. */
export interface Moment {
  readonly position: number;
  /**
   * Will it always be there? False for an instant after the last event: until the log has gone on, more may be
   * recorded at that very instant. Asked for by its position, the answer is always the same.
   */
  readonly settled: boolean;
}

/** What was known cannot be told: the log has not come to that position, or that instant has not come. */
export class NotYetKnown extends Error {
  override readonly name = 'NotYetKnown';

  constructor(readonly at: At) {
    super('position' in at ? `position ${at.position} is not written yet` : `${at.instant} is still to come`);
  }
}

/** Reads as an instant with its zone; whether there is such a day is for the server to say. */
const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/;
const noSuchTime = /^2200[78]$/;

/** @throws NotYetKnown; RangeError for what is no position and no instant. */
export async function momentOf(db: Queryable, at: At, { now }: AtOptions = {}): Promise<Moment> {
  if ('position' in at) return momentOfPosition(db, at);
  if (!instantForm.test(at.instant)) throw new RangeError(`${at.instant} is no instant with a zone`);
  type Row = { position: string; settled: boolean; future: boolean };
  const { rows } = await db
    .query<Row>({
      name: 'moment-of',
      text: `SELECT public.position_at($1) AS position, h.recorded_at > $1::timestamptz AS settled,
               $1::timestamptz > coalesce($2::timestamptz, clock_timestamp()) AS future
             FROM public.log_head h`,
      values: [at.instant, now ?? null],
    })
    .catch((error: unknown) => {
      throw isNoTime(error) ? new RangeError(`there is no ${at.instant}`) : error;
    });
  const [row] = rows;
  if (!row || row.future) throw new NotYetKnown(at);
  return { position: Number(row.position), settled: row.settled };
}

async function momentOfPosition(db: Queryable, at: { position: number }): Promise<Moment> {
  const { position } = at;
  if (!Number.isSafeInteger(position) || position < 0) throw new RangeError(`${position} is no position`);
  const { rowCount } = await db.query('SELECT 1 FROM public.log_head WHERE position >= $1', [position]);
  if (rowCount === 0) throw new NotYetKnown(at);
  return { position, settled: true };
}

const isNoTime = (error: unknown) =>
  error instanceof Error && 'code' in error && noSuchTime.test(String(error.code));

/** A stream as it was known, `version` events of it. */
export interface KnownStream<State> extends Moment {
  readonly state: State;
  readonly version: number;
}

/** Folds what was known of a stream at a moment, from its events; null when that was nothing. */
export async function streamAt<State>(
  db: Queryable,
  reader: LogReader,
  { initial, evolve }: Folding,
  stream: string,
  at: At,
  options?: AtOptions,
): Promise<KnownStream<State> | null> {
  const moment = await momentOf(db, at, options);
  const events = await reader.readStream(stream, { upTo: moment.position });
  if (events.length === 0) return null;
  const state = events.reduce<unknown>((known, { event }) => evolve(known, event), initial);
  return { state: state as State, version: events.length, ...moment };
}

/** What can be told as of any moment: a fold of the log that is kept nowhere. */
export interface TemporalProjection<State> {
  /** The only event types that it is given; default all. */
  readonly types?: readonly string[];
  initial(): State;
  apply(state: State, event: StoredEvent): State;
}

/** Folds the log from its beginning to a moment: exact and repeatable, because positions have no holes. */
export async function projectionAt<State>(
  db: Queryable,
  reader: LogReader,
  projection: TemporalProjection<State>,
  at: At,
  options?: AtOptions,
): Promise<{ state: State } & Moment> {
  const moment = await momentOf(db, at, options);
  const { types } = projection;
  const wanted = types && new Set(types);
  let state = projection.initial();
  for await (const { events } of pagesOf(db, reader, moment.position, types)) {
    for (const event of events) if (!wanted || wanted.has(event.type)) state = projection.apply(state, event);
  }
  return { state, ...moment };
}

const pageSize = 2000;

async function* pagesOf(
  db: Queryable,
  reader: LogReader,
  upTo: number,
  types?: readonly string[],
): AsyncGenerator<LogPage> {
  const read = (after: number) => {
    const limit = Math.min(pageSize, upTo - after);
    const page = readPage(reader, db, { after, limit, ...(types ? { types } : {}) });
    page.catch(() => undefined); // told when it is asked for
    return page;
  };
  for (let at = 0, next = upTo > 0 ? read(0) : null; next;) {
    const page = await next;
    at = page.to;
    next = at < upTo && at > page.after ? read(at) : null;
    yield page;
  }
}
