import { v5, v7 } from 'uuid';
import { canonicalJson, type JsonObject, sha256 } from './json.js';

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

/** What the first event of a stream is chained to. */
export const genesisHash: Buffer = Buffer.alloc(32);

/** sha256(hash of the event before it in the stream ‖ RFC 8785 JSON of the envelope). */
export function eventHash(previous: Uint8Array, envelope: Envelope): Buffer {
  return sha256(previous, canonicalJson({ ...envelope }));
}

/**
 * sha256(hash ‖ position ‖ recorded_at), both numbers as eight bytes, most significant first; recorded_at in
 * microseconds since 1970-01-01T00:00:00Z. The append computes the same in SQL: `append_events`.
 */
export function sealLeaf(hash: Uint8Array, position: number, recordedAtMicros: bigint): Buffer {
  const tail = Buffer.alloc(16);
  tail.writeBigInt64BE(BigInt(position), 0);
  tail.writeBigInt64BE(recordedAtMicros, 8);
  return sha256(hash, tail);
}

// Names the ids derived from commands; must never change, or a repeated command gets new ids.
const commandNamespace = '6f1d1f0e-5d0c-5b5f-9a57-3c2b8d1f7a10';

/** The id of the nth event (from 1) that a command adds to a stream: the same again when the command is repeated. */
export function eventId(commandId: string | undefined, stream: string, ordinal: number): string {
  return commandId === undefined ? v7() : nameId(commandId, stream, String(ordinal));
}

/** A UUIDv5 over the parts, whatever characters they hold. */
export function nameId(...parts: readonly string[]): string {
  return v5(JSON.stringify(parts), commandNamespace);
}
