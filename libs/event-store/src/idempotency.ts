import { Rejection } from './decider.js';
import { checkText, type Json } from './json.js';

/** What names a command: who asks, the key, and a digest of the body, by which another body is told apart. */
export interface IdempotencyKey {
  readonly actor: string;
  readonly key: string;
  readonly bodyHash: string;
}

/** An answer to be kept under its key. */
export interface IdempotencyRecord extends IdempotencyKey {
  readonly response: Json;
}

/** An answer given before. */
export interface Answer {
  readonly bodyHash: string;
  readonly response: Json;
  readonly position: number;
}

const longestKey = 600; // an index entry holds 2,700 bytes

/** @throws Rejection `text_not_storable`, `idempotency_key_too_long` */
export function checkKey({ actor, key, bodyHash }: IdempotencyKey): void {
  checkText(actor, '/actor');
  checkText(key, '/key');
  checkText(bodyHash, '/bodyHash');
  if (actor.length + key.length > longestKey)
    throw new Rejection('idempotency_key_too_long', { longest: longestKey });
}

/** The answer itself, if it was given to the same body. @throws Rejection `idempotency_mismatch` */
export function sameBody(answer: Answer, { key, bodyHash }: IdempotencyKey): Answer {
  if (answer.bodyHash !== bodyHash) throw new Rejection('idempotency_mismatch', { key });
  return answer;
}
