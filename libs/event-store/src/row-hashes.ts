import { hash } from 'node:crypto';
import { chainedHash } from './chain.js';
import { type RowFields } from './copy-rows.js';
import { type Json, type JsonObject, spell } from './json.js';

/** A row of `events` as COPY gives it: texts of JSON unread, hashes as strings of one byte per character. */
export interface ChainRow {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly eventId: string;
  readonly type: string;
  readonly schema: number;
  readonly data: string;
  readonly meta: string;
  /** Days since 2000-01-01. */
  readonly day: number;
  /** Microseconds since 2000-01-01. */
  readonly recorded: number;
  readonly hash: string;
  readonly leaf: string;
}

/** What `rowOf` expects, in its order. */
export const chainColumns =
  'position, stream, version, event_id::text, type, schema, data, meta, effective_on, recorded_at, hash, seal_leaf';

export function rowOf(fields: RowFields): ChainRow {
  return {
    position: fields.int8(),
    stream: fields.text(),
    version: fields.int4(),
    eventId: fields.text(),
    type: fields.text(),
    schema: fields.int2(),
    data: fields.jsonb() ?? 'null',
    meta: fields.json() ?? 'null',
    day: fields.int4(),
    recorded: fields.int8(),
    hash: fields.bytes(),
    leaf: fields.bytes(),
  };
}

/** What `eventHash` gives, for a row whose data has been read already. */
export function chainHash(previous: string, row: ChainRow, data: JsonObject): string {
  const { eventId, day, schema, stream, type, version } = row;
  const texts = { data: spell(data), meta: spell(JSON.parse(row.meta) as Json) };
  const place = { stream, version, event_id: eventId, effective_on: dayOf(day) };
  return chainedHash(previous, { ...texts, ...place, type, schema });
}

/** What `sealLeaf` gives. */
export function placeLeaf({ hash: covered, position, recorded }: ChainRow): string {
  place.write(covered, 0, 'latin1');
  writeInt8(position, 32);
  writeInt8(recorded + microsUntil2000, 40);
  return hash('sha256', place, 'binary');
}

const place = Buffer.alloc(48);
const microsUntil2000 = 946_684_800_000_000;

function writeInt8(value: number, at: number): void {
  const high = Math.floor(value / 2 ** 32);
  place.writeInt32BE(high, at);
  place.writeUInt32BE(value - high * 2 ** 32, at + 4);
}

/** `2023-07-14` for days since 2000-01-01. */
export function dayOf(day: number): string {
  const known = days.get(day);
  if (known !== undefined) return known;
  const date = new Date(microsUntil2000 / 1000 + day * 86_400_000);
  const text = Number.isNaN(date.getTime())
    ? day > 0
      ? 'infinity'
      : '-infinity'
    : date.toISOString().slice(0, 10);
  if (days.size < mostDays) days.set(day, text);
  return text;
}

const mostDays = 100_000;
const days = new Map<number, string>();
