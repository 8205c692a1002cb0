import { createHmac } from 'node:crypto';
import { type Answer, type IdempotencyKey, type IdempotencyRecord } from './idempotency.js';
import { type Json, type JsonObject, sha256 } from './json.js';
import { decrypt, encrypt } from './sealed-token.js';
import { type SubjectKey } from './sealer.js';

/**
 * An answer that may speak of personal fields is kept sealed with the keys of all whose fields its streams hold, and
 * the digest of its request is keyed: who guesses a telephone number could try the digest of a body otherwise.
 */
type SealedAnswer = { readonly 'sealed:1:for': readonly string[]; readonly answer: string };

type Keys = ReadonlyMap<string, SubjectKey | undefined>;

/** What is stored of an answer; as it is where nobody's fields are concerned. */
export function sealAnswer(record: IdempotencyRecord, keys: ReadonlyMap<string, Buffer>): IdempotencyRecord {
  if (keys.size === 0) return record;
  const key = joined(keys);
  const sealed = encrypt(key, contextOf(record), Buffer.from(JSON.stringify(record.response)));
  const response = { 'sealed:1:for': [...keys.keys()].sort(), answer: sealed.toString('base64url') };
  return { ...record, bodyHash: keyedHash(key, record.bodyHash), response };
}

/** Whose keys an answer needs. */
export function subjectsOfAnswer({ response }: Answer): readonly string[] {
  return isSealed(response) ? response['sealed:1:for'] : [];
}

/**
 * The answer as it was given. When one of those that it spoke of was erased, what was said is null, and any request
 * under the key counts as the same.
 */
export function openAnswer(answer: Answer, asked: IdempotencyKey, keys: Keys): Answer {
  const { response } = answer;
  if (!isSealed(response)) return answer;
  const whole = new Map<string, Buffer>();
  for (const subject of response['sealed:1:for']) {
    const key = keys.get(subject);
    if (!key) return { ...answer, bodyHash: asked.bodyHash, response: null };
    whole.set(subject, key);
  }
  const key = joined(whole);
  const clear = decrypt(key, contextOf(asked), Buffer.from(response.answer, 'base64url'));
  const isSame = keyedHash(key, asked.bodyHash) === answer.bodyHash;
  return {
    ...answer,
    bodyHash: isSame ? asked.bodyHash : answer.bodyHash,
    response: clear ? (JSON.parse(clear.toString()) as Json) : null,
  };
}

// Without any one of the keys there is no key.
function joined(keys: ReadonlyMap<string, Buffer>): Buffer {
  const sorted = [...keys].sort(([one], [other]) => (one < other ? -1 : 1));
  return sha256('answer', ...sorted.map(([, key]) => key));
}

const keyedHash = (key: Buffer, bodyHash: string) =>
  `sealed:1:${createHmac('sha256', key).update(bodyHash).digest('hex')}`;

const contextOf = ({ actor, key }: Pick<IdempotencyKey, 'actor' | 'key'>) => ['answer', actor, key];

function isSealed(response: Json): response is SealedAnswer & JsonObject {
  return typeof response === 'object' && response !== null && 'sealed:1:for' in response;
}
