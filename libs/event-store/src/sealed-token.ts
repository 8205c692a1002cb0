import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type Json } from './json.js';

/** What a sealed value is bound to: at any other place it does not open. */
export interface SealedPlace {
  /** Whose key seals it. */
  readonly subject: string;
  readonly stream: string;
  readonly eventId: string;
  /** JSON pointer into the event's data as it was written. */
  readonly pointer: string;
}

/** A sealed value as text, taken apart; where it claims to belong is checked when it is opened. */
export interface SealedToken extends Omit<SealedPlace, 'stream'> {
  readonly sealed: Buffer;
}

const prefix = 'sealed:1:';
const algorithm = 'aes-256-gcm';
const nonceBytes = 12; // 96 random bits: a key seals far fewer values than the 2^32 that this allows
const tagBytes = 16;

/** AES-256-GCM: nonce ‖ ciphertext ‖ tag, bound to `context`. */
export function encrypt(key: Uint8Array, context: readonly string[], clear: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(JSON.stringify(context)));
  return Buffer.concat([nonce, cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
}

/** What was encrypted; null with another key, for another context, or when a bit has changed. */
export function decrypt(key: Uint8Array, context: readonly string[], sealed: Buffer): Buffer | null {
  if (sealed.length < nonceBytes + tagBytes) return null;
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
    .setAAD(Buffer.from(JSON.stringify(context)))
    .setAuthTag(sealed.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]);
  } catch {
    return null; // the only thing that `final` refuses is the tag
  }
}

/** The value as text that only the subject's key opens, and only where it belongs. Any JSON, of any size. */
export function sealValue(key: Uint8Array, place: SealedPlace, value: Json): string {
  const { subject, eventId, pointer } = place;
  const header = Buffer.from(JSON.stringify([subject, eventId, pointer])).toString('base64url');
  const sealed = encrypt(key, contextOf(place), Buffer.from(JSON.stringify(value)));
  return `${prefix}${header}:${sealed.toString('base64url')}`;
}

/** The sealed value that a text holds, or null when it holds none. */
export function parseToken(text: unknown): SealedToken | null {
  if (typeof text !== 'string' || !text.startsWith(prefix)) return null;
  const [header = '', sealed = ''] = text.slice(prefix.length).split(':');
  try {
    const parts: unknown = JSON.parse(Buffer.from(header, 'base64url').toString());
    if (!Array.isArray(parts) || parts.length !== 3 || !parts.every(isText)) return null;
    const [subject = '', eventId = '', pointer = ''] = parts;
    return { subject, eventId, pointer, sealed: Buffer.from(sealed, 'base64url') };
  } catch {
    return null; // a text that only begins like one
  }
}

/** What was sealed, in a box as it may be null itself; null when this key did not seal it for a place in this stream. */
export function openToken(key: Uint8Array, stream: string, token: SealedToken): { value: Json } | null {
  const clear = decrypt(key, contextOf({ ...token, stream }), token.sealed);
  return clear && { value: JSON.parse(clear.toString()) as Json };
}

const contextOf = ({ subject, stream, eventId, pointer }: SealedPlace) => [
  prefix,
  subject,
  stream,
  eventId,
  pointer,
];

const isText = (part: unknown): part is string => typeof part === 'string';
