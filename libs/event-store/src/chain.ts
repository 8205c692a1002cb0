import { hash, randomUUID } from 'node:crypto';
import { canonicalJson, type JsonObject } from './json.js';
import { uuidsIn } from './name-uuid.js';

/** What the hash of an event covers, in the names of the columns. */
export interface Envelope {
  readonly stream: string;
  readonly version: number;
  readonly event_id: string;
  readonly type: string;
  readonly schema: number;
  readonly data: JsonObject;
  readonly meta: JsonObject;
  readonly effective_on: string;
}

/** An envelope whose data and meta are RFC 8785 JSON already. */
export type EnvelopeText = Omit<Envelope, 'data' | 'meta'> & { readonly data: string; readonly meta: string };

/** What the first event of a stream is chained to. */
export const genesisHash: Buffer = Buffer.alloc(32);

/** sha256(hash of the event before it in the stream ‖ RFC 8785 JSON of the envelope). */
export function eventHash(previous: Uint8Array, envelope: Envelope): Buffer {
  const { data, meta, ...rest } = envelope;
  const texts = { ...rest, data: canonicalJson(data), meta: canonicalJson(meta) };
  return Buffer.from(chainedHash(Buffer.from(previous).toString('latin1'), texts), 'latin1');
}

/** The same for an envelope whose parts were spelt out before, with hashes as strings of one character per byte. */
export function chainedHash(previous: string, envelope: EnvelopeText): string {
  const { data, effective_on, event_id, meta, schema, stream, type, version } = envelope;
  const most = 300 + previous.length + 3 * (data.length + meta.length + stream.length * 2 + type.length * 2);
  if (scratch.length < most) scratch = Buffer.allocUnsafeSlow(most * 2);
  let end = scratch.write(previous, 0, 'latin1');
  const add = (text: string) => (end += scratch.write(text, end));
  // In the order of the members' names, as RFC 8785 wants them.
  add('{"data":');
  add(data);
  add(`,"effective_on":"${effective_on}","event_id":"${event_id}","meta":`);
  add(meta);
  add(
    `,"schema":${schema},"stream":${JSON.stringify(stream)},"type":${JSON.stringify(type)},"version":${version}}`,
  );
  return digest(scratch.subarray(0, end));
}

// One buffer for all: what is hashed is at once forgotten.
let scratch = Buffer.allocUnsafeSlow(16_384);

// As a string, which the types do not know of: a Buffer made by the hash costs four times as much.
const digest = (bytes: Uint8Array): string => hash('sha256', bytes, 'latin1' as 'hex');

/**
 * sha256(hash ‖ position ‖ recorded_at), both numbers as eight bytes, most significant first; recorded_at in
 * microseconds since 1970-01-01T00:00:00Z. The append computes the same in SQL (`append-statement.ts`).
 */
export function sealLeaf(eventsHash: Uint8Array, position: number, recordedAtMicros: bigint): Buffer {
  const leaf = Buffer.allocUnsafe(eventsHash.length + 16);
  leaf.set(eventsHash);
  leaf.writeBigInt64BE(BigInt(position), eventsHash.length);
  leaf.writeBigInt64BE(recordedAtMicros, eventsHash.length + 8);
  return Buffer.from(digest(leaf), 'latin1');
}

// Names the ids derived from commands; must never change, or a repeated command gets new ids.
const idInCommands = uuidsIn('6f1d1f0e-5d0c-5b5f-9a57-3c2b8d1f7a10');

/** The id of the nth event (from 1) that a command adds to a stream: the same again when the command is repeated. */
export function eventId(commandId: string | undefined, stream: string, ordinal: number): string {
  return commandId === undefined ? randomUUID() : nameId(commandId, stream, String(ordinal));
}

/** A UUIDv5 over the parts, whatever characters they hold. */
export function nameId(...parts: readonly string[]): string {
  return idInCommands(JSON.stringify(parts));
}
