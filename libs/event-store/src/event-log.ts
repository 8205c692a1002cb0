import { type Pool } from 'pg';
import { eventHash, genesisHash } from './chain.js';
import { checkText, type Json, type JsonObject, toJson } from './json.js';
import { Rejection } from './decider.js';

/** An event ready to be stored; `data` without type and effective day. */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly schema: number;
  readonly data: JsonObject;
  readonly meta: JsonObject;
  /** The day the fact is about, `2023-07-15`. */
  readonly effectiveOn: string;
}

/** What is added to one stream: the version and hash it was read at, the events, and the state they lead to. */
export interface StreamWrite {
  readonly stream: string;
  readonly version: number;
  readonly hash: Uint8Array;
  readonly events: readonly NewEvent[];
  readonly state: Json;
}

/** One command's answer, kept under its key: who asked, what for (digest of the body), and what was said. */
export interface IdempotencyRecord extends IdempotencyKey {
  readonly response: Json;
}

export interface IdempotencyKey {
  readonly actor: string;
  readonly key: string;
  readonly bodyHash: string;
}

/** Streams written together or not at all. */
export interface AppendItem {
  /** The Clock's instant, ISO; stored unless the log is already later. */
  readonly now: string;
  readonly streams: readonly StreamWrite[];
  readonly idempotency?: IdempotencyRecord;
}

export interface Appended {
  readonly position: number;
  readonly recordedAt: string;
}

/** A stream as its head row tells it: the fold of its events, and what the next one is chained to. */
export interface LoadedStream<State = Json> {
  readonly state: State;
  readonly version: number;
  readonly hash: Buffer;
}

/** An answer given before. */
export interface Answer {
  readonly bodyHash: string;
  readonly response: Json;
  readonly position: number;
}

type Row = {
  id: string;
  version: number | null;
  hash: Buffer;
  state: Json;
  body_hash: string | null;
  response: Json;
  position: string;
};

/** The statements of the write side. Appends are one statement each and never part of a caller's transaction. */
export class EventLog {
  constructor(
    private readonly appendPool: Pick<Pool, 'query'>,
    private readonly readPool: Pick<Pool, 'query'>,
  ) {}

  /**
   * Appends every item whose streams still stand where they were read and whose key is new; the others are null.
   * One call is one statement and one commit: this is where commands may travel together.
   */
  async append(items: readonly AppendItem[]): Promise<readonly (Appended | null)[]> {
    const { rows } = await this.appendPool.query<{ item: number; position: string; micros: string }>({
      name: 'append',
      text: appendText,
      values: columnsOf(items),
    });
    const won = new Map(rows.map(row => [row.item, row]));
    return items.map((_, index) => {
      const row = won.get(index + 1);
      return row ? { position: Number(row.position), recordedAt: instantOf(row.micros) } : null;
    });
  }

  /** The streams and the answer kept under the key, as they stood at one moment. */
  async recall(
    streams: readonly string[],
    key?: Pick<IdempotencyKey, 'actor' | 'key'>,
  ): Promise<{ streams: Map<string, LoadedStream>; answer: Answer | null }> {
    streams.forEach(checkStream);
    if (key) checkKey(key);
    const { rows } = await this.readPool.query<Row>({
      name: 'recall',
      text: recallText,
      values: [streams, key?.actor ?? null, key?.key ?? null],
    });
    const found = rows.filter(row => row.version !== null);
    const loaded = found.map(
      ({ id, version, hash, state }) => [id, { state, version: Number(version), hash }] as const,
    );
    const answered = rows.find(row => row.body_hash !== null);
    return { streams: new Map(loaded), answer: answered ? answerOf(answered) : null };
  }
}

function checkKey({ actor, key }: Pick<IdempotencyKey, 'actor' | 'key'>): void {
  checkText(actor, '/actor');
  checkText(key, '/key');
  if (actor.length + key.length > longestKey)
    throw new Rejection('idempotency_key_too_long', { longest: longestKey });
}

const longestKey = 600; // an index entry holds 2,700 bytes

const answerOf = (row: Row): Answer => ({
  bodyHash: row.body_hash ?? '',
  response: row.response,
  position: Number(row.position),
});

// A left join from one constant row, so that the answer is found when no stream is asked for, too.
const recallText = `
SELECT s.id, s.version, s.hash, s.state, i.body_hash, i.response, i.position
FROM (SELECT 1) one
LEFT JOIN public.idempotency i ON i.actor = $2 AND i.key = $3
LEFT JOIN public.streams s ON s.id = ANY ($1::text[])`;

const parameterTypes = [
  ...['timestamptz', 'text', 'text', 'text', 'jsonb'],
  ...['integer', 'text', 'integer', 'bytea', 'integer', 'bytea', 'jsonb'],
  ...['integer', 'integer', 'uuid', 'text', 'smallint', 'jsonb', 'jsonb', 'date', 'bytea'],
];
const appendText = `
SELECT won_item AS item, last_position AS position, recorded_micros AS micros
FROM public.append_events(${parameterTypes.map((type, index) => `$${index + 1}::${type}[]`).join(', ')})`;

// In the order of the parameters of append_events.
function columnsOf(items: readonly AppendItem[]): unknown[][] {
  const columns: unknown[][] = parameterTypes.map(() => []);
  const add = (offset: number, values: readonly unknown[]) =>
    values.forEach((value, index) => columns[offset + index]?.push(value));
  let streams = 0;
  items.forEach((item, index) => {
    add(0, itemColumns(item));
    for (const write of item.streams) {
      const { hashes, last } = chainOf(write);
      const version = write.version + write.events.length;
      const state = JSON.stringify(toJson(write.state));
      add(5, [index + 1, checkStream(write.stream), write.version, write.hash, version, last, state]);
      streams += 1;
      write.events.forEach((event, nth) =>
        add(12, eventColumns(streams, write.version + nth + 1, event, hashes[nth])),
      );
    }
  });
  return columns;
}

function itemColumns({ now, idempotency: kept }: AppendItem): unknown[] {
  if (!kept) return [now, null, null, null, null];
  const { actor, key, bodyHash, response } = kept;
  checkText(actor, '/actor');
  return [
    now,
    actor,
    checkText(key, '/key'),
    checkText(bodyHash, '/bodyHash'),
    JSON.stringify(toJson(response)),
  ];
}

const eventColumns = (
  streamNumber: number,
  version: number,
  event: NewEvent,
  hash: Buffer | undefined,
): unknown[] => [
  ...[streamNumber, version, event.id, checkText(event.type, '/type'), event.schema],
  ...[JSON.stringify(event.data), JSON.stringify(event.meta), event.effectiveOn, hash],
];

function chainOf({ stream, version, hash, events }: StreamWrite): { hashes: Buffer[]; last: Uint8Array } {
  let last = hash;
  const hashes = events.map(({ id, effectiveOn, ...event }, index) => {
    const envelope = {
      ...event,
      stream,
      version: version + index + 1,
      event_id: id,
      effective_on: effectiveOn,
    };
    const next = eventHash(last, envelope);
    last = next;
    return next;
  });
  return { hashes, last };
}

/** A stream nobody has written to yet. */
export const emptyStream = { version: 0, hash: genesisHash } as const;

const longestStream = 500; // characters

/** The name itself, if it is `category-id`; a Rejection if it cannot be one. */
export function checkStream(stream: string): string {
  checkText(stream, '/stream');
  if (stream.indexOf('-') > 0 && stream.length <= longestStream) return stream;
  throw new Rejection('stream_name_invalid', { stream: stream.slice(0, longestStream) });
}

/** Microseconds since 1970 as an ISO instant with milliseconds, which is all the Clock gives. */
export function instantOf(micros: string | bigint): string {
  return new Date(Number(BigInt(micros) / 1000n)).toISOString();
}
