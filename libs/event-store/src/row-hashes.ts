import { hash } from 'node:crypto';
import { spell } from './canonical-json.js';
import { type RowFields } from './copy-rows.js';
import { type Json, type JsonObject } from './json.js';

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
    data: fields.json() ?? 'null',
    meta: fields.json() ?? 'null',
    day: fields.int4(),
    recorded: fields.int8(),
    hash: fields.bytes(),
    leaf: fields.bytes(),
  };
}

/** What `eventHash` gives, for a row whose data has been read already. */
export function chainHash(previous: string, row: ChainRow, data: JsonObject): string {
  const { eventId, schema, stream, type, version } = row;
  const meta = spell(JSON.parse(row.meta) as Json);
  // The envelope's names in the order of RFC 8785.
  const text =
    `{"data":${spell(data)},"effective_on":"${dayOf(row.day)}","event_id":"${eventId}","meta":${meta},` +
    `"schema":${schema},"stream":${spell(stream)},"type":${spell(type)},"version":${version}}`;
  if (text.length * 3 + 32 > scratch.length) scratch = Buffer.alloc(text.length * 4 + 32);
  scratch.write(previous, 0, 'latin1');
  const end = 32 + scratch.write(text, 32, 'utf8');
  return hash('sha256', scratch.subarray(0, end), 'binary');
}

let scratch = Buffer.alloc(64 * 1024);

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
