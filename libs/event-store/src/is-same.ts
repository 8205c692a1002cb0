import { canonicalJson, toJson } from './json.js';

/**
 * Whether two values would be stored as the same JSON: the order of members and members that are undefined do not
 * count. With it a decider knows a command that is only sent again from one that says something else.
 * @example isSame({ unit: 'a', note: undefined }, { unit: 'a' }) // true
 */
export function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(toJson(one ?? null)) === canonicalJson(toJson(other ?? null));
}
