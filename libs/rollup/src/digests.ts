import { createHash } from 'node:crypto';
import { canonicalJson, type Json, toJson } from '@duban/event-store';
import { type Edition } from './edition-model.js';

// Words for people: they may be put better without a figure changing. What they name is in the digest by its key.
const words = new Set(['title', 'name', 'names', 'note', 'what', 'clause', 'measure']);

/**
 * The sha256 of the figures and natural keys of an edition, as canonical JSON (RFC 8785): equal on any server that holds
 * the same record. It takes in no position, uuid, instant or hash, because the edition has none.
 * @returns 64 hexadecimal digits
 */
export function contentDigest(edition: Edition): string {
  return sha256Hex(canonicalJson(withoutWords(toJson(unsaid(edition)))));
}

/** The sha256 of everything that an edition says, words included: tells whether a stored one was touched. */
export function bodyDigest(edition: Edition): string {
  return sha256Hex(canonicalJson(toJson(unsaid(edition))));
}

// Editions that were published before these two were named stand under the same digest as ever.
function unsaid(edition: Edition): Edition {
  const { round, date, ...rules } = edition.rules;
  const later = { ...(round !== 'round@1' && { round }), ...(date !== 'date@1' && { date }) };
  return { ...edition, rules: { ...rules, ...later } };
}

function withoutWords(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutWords);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([key]) => !words.has(key));
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutWords(item)]));
}

function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
