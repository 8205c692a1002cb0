import { type PoolClient } from 'pg';
import { type RowFields } from './copy-rows.js';
import { canonicalJson, type Json, toJson } from './json.js';
import { type EventRow, eventColumns, type FlatEvent, type LogReader } from './reading.js';
import { type Fault, type MissingVersion } from './verify-faults.js';

/** The part of a decider that refolds its streams. */
export interface Folding {
  readonly initial: unknown;
  evolve(state: unknown, event: { type: string }): unknown;
}

export interface StreamFindings {
  streams: number;
  readonly faults: Fault[];
  readonly missing: MissingVersion[];
}

/** A stream as its row tells it; the hash as a string of one byte per character. */
export interface StreamHead {
  readonly id: string;
  readonly category: string;
  readonly version: number;
  readonly hash: string;
  readonly first: number;
  readonly last: number;
}

/** A stream as its events tell it. */
export type EventsTail = Pick<StreamHead, 'version' | 'hash' | 'first' | 'last'>;

/** What `headOf` expects, in its order. */
export const headColumns = 'id, category, version, hash, first_position, last_position';

export function headOf(fields: RowFields): StreamHead {
  return {
    id: fields.text(),
    category: fields.text(),
    version: fields.int4(),
    hash: fields.bytes(),
    first: fields.int8(),
    last: fields.int8(),
  };
}

/** Notes where a stream's row does not tell what its events tell. */
export function checkHead(row: StreamHead, tail: EventsTail | undefined, found: StreamFindings): void {
  const stored = tail?.version ?? 0;
  for (let version = stored + 1; version <= row.version; version++) {
    if (found.missing.length >= mostMissing) break;
    found.missing.push({
      stream: row.id,
      version,
      after: tail?.last ?? 0,
      before: Number.MAX_SAFE_INTEGER,
      ...(tail ? {} : { begins: row.first }),
    });
  }
  if (!tail || stored < row.version) return;
  const wrong = [
    row.version !== stored && `version ${row.version}, the events reach ${stored}`,
    row.hash !== tail.hash && 'another hash than the last event',
    (row.first !== tail.first || row.last !== tail.last) && 'other positions than its events',
    row.category !== row.id.split('-', 1)[0] && `category ${row.category}`,
  ].filter(text => text !== false);
  if (wrong.length === 0) return;
  const message = `the stream's row has ${wrong.join('; ')}`;
  found.faults.push({ position: tail.last, stream: row.id, kind: 'head_differs', message });
}

const mostMissing = 10_000;

/** The next state. Events that were tampered with may be beyond folding; those of a newer version are not for this one. */
export function refoldOne(folding: Folding, before: unknown, read: () => FlatEvent | null): unknown {
  if (before === notFolded || before instanceof Unfoldable) return before;
  try {
    const event = read();
    return event ? folding.evolve(before, event) : notFolded;
  } catch (error) {
    return new Unfoldable(error instanceof Error ? error.message : String(error));
  }
}

const notFolded = Symbol('written by a newer version');

class Unfoldable {
  constructor(readonly reason: string) {}
}

/** Notes where a stored state is not the fold of the stream's events. */
export function checkState(row: StreamHead, stored: Json, folded: unknown, found: StreamFindings): void {
  if (folded === notFolded) return;
  const isSame =
    !(folded instanceof Unfoldable) && canonicalJson(toJson(folded ?? null)) === canonicalJson(stored);
  if (isSame) return;
  const message =
    folded instanceof Unfoldable
      ? `the events cannot be folded: ${folded.reason}`
      : 'the stored state is not the fold of the events';
  found.faults.push({ position: row.last, stream: row.id, kind: 'state_differs', message });
}

const noRow = 'the stream has events and no row';

/** Notes a stream that has events and no row. */
export function noteOrphan(stream: string, { first }: EventsTail, found: StreamFindings): void {
  const message = noRow;
  found.faults.push({ position: first, stream, kind: 'head_differs', message });
}

export const isOrphan = ({ message }: Fault): boolean => message === noRow;

type Row = Omit<StreamHead, 'hash' | 'first' | 'last'> & {
  hash: Buffer;
  state: Json;
  first_position: string;
  last_position: string;
};

const pageSize = 500;

/** Compares the rows of some streams with all their events, each page as of one moment: appends go on meanwhile. */
export async function checkStreams(
  client: PoolClient,
  reader: LogReader,
  refold: Readonly<Record<string, Folding>>,
  streams: readonly string[],
  found: StreamFindings,
): Promise<void> {
  for (let done = 0; done < streams.length; done += pageSize) {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    try {
      const ids = streams.slice(done, done + pageSize);
      const heads = await headsOf(client, ids);
      const tails = await tailsOf(client, reader, refold, ids);
      for (const { head, state } of heads) {
        const tail = tails.get(head.id);
        checkHead(head, tail, found);
        if (refold[head.category]) checkState(head, state, tail?.state, found);
      }
    } finally {
      await client.query('ROLLBACK');
    }
  }
}

async function headsOf(client: PoolClient, ids: readonly string[]) {
  const { rows } = await client.query<Row>('SELECT * FROM public.streams WHERE id = ANY ($1)', [ids]);
  return rows.map(row => {
    const { id, category, version, state } = row;
    const hash = row.hash.toString('latin1');
    const [first, last] = [Number(row.first_position), Number(row.last_position)];
    return { head: { id, category, version, hash, first, last }, state };
  });
}

async function tailsOf(
  client: PoolClient,
  reader: LogReader,
  refold: Readonly<Record<string, Folding>>,
  ids: readonly string[],
) {
  const { rows } = await client.query<EventRow>(
    `SELECT ${eventColumns} FROM public.events WHERE stream = ANY ($1) ORDER BY stream, version, events.position DESC`,
    [ids],
  );
  const tails = new Map<
    string,
    { version: number; hash: string; first: number; last: number; state: unknown }
  >();
  for (const row of rows) {
    const folding = refold[row.stream.split('-', 1)[0] ?? ''];
    const before = tails.get(row.stream);
    const position = Number(row.position);
    tails.set(row.stream, {
      version: row.version,
      hash: row.hash.toString('latin1'),
      first: Math.min(before?.first ?? position, position),
      last: Math.max(before?.last ?? position, position),
      state:
        folding &&
        refoldOne(folding, before ? before.state : folding.initial, () =>
          reader.flat(row.type, row.schema, row.data, row.effective_on),
        ),
    });
  }
  return tails;
}
