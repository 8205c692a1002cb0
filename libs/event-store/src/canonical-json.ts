import { type Json, type JsonObject } from './json.js';

/**
 * The RFC 8785 spelling of a value that came out of `JSON.parse` or `toJson`. Nothing is checked: it is for those who
 * spell millions of values, and gives what `canonicalJson` gives.
 */
export function spell(value: Json): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return String(value); // RFC 8785 takes ECMAScript's spelling; -0 is 0 there, too
  if (typeof value === 'boolean' || value === null) return String(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(spell).join(',')}]`;
  return spellObject(value as JsonObject);
}

function spellObject(value: JsonObject): string {
  const keys = Object.keys(value);
  if (!isSorted(keys)) keys.sort(); // by UTF-16 code units, as RFC 8785 asks
  let text = '{';
  for (const key of keys) {
    if (text.length > 1) text += ',';
    text += `${quote(key)}:${spell(value[key] ?? null)}`;
  }
  return `${text}}`;
}

function isSorted(keys: readonly string[]): boolean {
  for (let at = 1; at < keys.length; at++) if (keys[at - 1]! > keys[at]!) return false;
  return true;
}

// Most texts need no escape, and then quotes are all that JSON.stringify would add. Halves of a surrogate pair never
// get here: Postgres stores none.
function quote(text: string): string {
  return escaped.test(text) ? JSON.stringify(text) : `"${text}"`;
}

const escaped = /["\\\p{Cc}\p{Surrogate}]/u;
