import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Problem } from '@duban/platform';

/** A token and what is kept of it. The id follows from the secret, so an injected secret gives the same key again. */
export type Token = { id: string; token: string; hash: Buffer };

const shape = /^dbn_([0-9a-f]{12})_([A-Za-z0-9_-]{32,128})$/;

/** A new token from 256 random bits, or from a secret of one's own (a demonstration's). @throws Problem */
export function makeToken(secret = randomBytes(32).toString('base64url')): Token {
  const token = `dbn_${idOf(secret)}_${secret}`;
  if (!shape.test(token)) throw new Problem('key_secret_weak');
  return { id: idOf(secret), token, hash: hashOf(token) };
}

/** The id and hash of a token that was sent, or null when it cannot be one. */
export function readToken(token: string): { id: string; hash: Buffer } | null {
  const id = shape.exec(token)?.[1];
  return id ? { id, hash: hashOf(token) } : null;
}

/** Compares in a time that tells nothing about where two hashes differ. */
export function isSameHash(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

// 48 bits of another hash of the secret: nothing about its 256 bits can be learnt from them.
function idOf(secret: string): string {
  return hash('sha256', `duban key id ${secret}`, 'hex').slice(0, 12);
}

// A fast hash is enough: the secret is random, so there is no dictionary to try.
function hashOf(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}
