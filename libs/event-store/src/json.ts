import { createHash } from 'node:crypto';
import { Rejection } from './decider.js';

/** What a jsonb column can hold. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/**
 * The value as it will be read back from Postgres: undefined members dropped, -0 as 0, members in the order of their names.
 * @param known what came out of here before: what the value still holds of it is taken as it is
 * @throws Rejection `text_not_storable` for U+0000 and lone surrogates, which Postgres refuses in any text.
 * @throws TypeError for what is not JSON (a Date, a function, NaN): a defect of the caller.
 */
export function toJson(value: unknown, pointer = '', known?: Json): Json {
  try {
    return new Copying().copy(value, known);
  } catch (error) {
    throw named(error, value, pointer);
  }
}

/** Like `toJson`, with the text of `canonicalJson`, and without some of the members. */
export function toCanonical(
  value: object,
  pointer = '',
  without: readonly string[] = [],
): { readonly value: JsonObject; readonly text: string } {
  try {
    const copying = new Copying();
    const copy = copying.copyObject(value, undefined, without);
    return { value: copy, text: copying.isSorted ? JSON.stringify(copy) : spell(copy) };
  } catch (error) {
    throw named(error, value, pointer);
  }
}

/** The one spelling of a JSON value that RFC 8785 allows. */
export function canonicalJson(value: Json): string {
  // JavaScript spells strings and numbers as the standard wants, and members in the order in which they were added: so a
  // sorted copy is spelt right, and sooner than piece by piece.
  const copying = new Copying();
  try {
    const copy = copying.copy(value);
    return copying.isSorted ? JSON.stringify(copy) : spell(copy);
  } catch (error) {
    throw named(error, value, '');
  }
}

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

class Copying {
  /** Numbers as names come first in JavaScript whatever was added first, and one name is none. */
  isSorted = true;

  /** @throws Fault at what is no JSON or cannot be stored */
  copy(value: unknown, known?: Json): Json {
    if (typeof value === 'string') return storable(value);
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value === 0 ? 0 : value;
    if (typeof value === 'object' && value === known) return known;
    if (Array.isArray(value)) {
      const before = Array.isArray(known) ? (known as readonly Json[]) : [];
      return value.map((item, index) => this.copy(item ?? null, before[index]));
    }
    if (isPlain(value)) return this.copyObject(value, isPlain(known) ? (known as JsonObject) : undefined);
    throw new Fault('not JSON');
  }

  copyObject(value: object, known?: JsonObject, without: readonly string[] = []): JsonObject {
    const copy: Record<string, Json> = {};
    for (const name of sortedNames(value)) {
      const item = (value as Record<string, unknown>)[name];
      if (item === undefined || without.includes(name)) continue;
      const member = this.copy(item, known?.[name]);
      const first = storable(name).charCodeAt(0);
      if (first >= digits.from && first <= digits.to) this.isSorted = false;
      if (name === '__proto__') this.define(copy, name, member);
      else copy[name] = member;
    }
    return copy;
  }

  private define(copy: object, name: string, value: Json): void {
    this.isSorted = false;
    Object.defineProperty(copy, name, { value, enumerable: true, configurable: true, writable: true });
  }
}

const digits = { from: '0'.charCodeAt(0), to: '9'.charCodeAt(0) };

/** Something that cannot be copied. Where it stands is only looked for when there is one. */
class Fault extends Error {}

function storable(text: string): string {
  if (isStorable(text)) return text;
  throw new Fault('not storable');
}

/** The error that names the place of a fault. */
function named(error: unknown, value: unknown, root: string): unknown {
  if (!(error instanceof Fault)) return error;
  const [path, found] = faultIn(value) ?? [[], value];
  const pointer = root + path.map(step => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return typeof found === 'string'
    ? notStorable(pointer)
    : new TypeError(`not JSON at ${pointer || 'the root'}: ${Object.prototype.toString.call(found)}`);
}

/** The path to the first part that cannot be copied, and that part: a value, or the name at the path's end. */
function faultIn(value: unknown, path: readonly string[] = []): [readonly string[], unknown] | null {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'string') return isStorable(value) ? null : [path, value];
    return typeof value === 'boolean' || Number.isFinite(value) || value === null ? null : [path, value];
  }
  if (!Array.isArray(value) && !isPlain(value)) return [path, value];
  const names = Array.isArray(value) ? Object.keys(value) : sortedNames(value);
  for (const name of names) {
    const item = (value as Record<string, unknown>)[name];
    if (item === undefined) continue;
    const fault = faultIn(item, [...path, name]);
    if (fault) return fault;
    if (!isStorable(name)) return [[...path, name], name];
  }
  return null;
}

/** The text itself, if Postgres can store it; else the Rejection `text_not_storable` that names the place. */
export function checkText(text: string, pointer: string): string {
  if (isStorable(text)) return text;
  throw notStorable(pointer);
}

const notStorable = (pointer: string) =>
  new Rejection('text_not_storable', { pointer: pointer.toWellFormed().replaceAll(/[\0\uFFFD]/g, '') });

const isStorable = (text: string) => text.isWellFormed() && !text.includes('\0');

/** The sha256 of the parts, one after the other. */
export function sha256(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

// By shape, not by `Object.prototype`: an object of another realm (a test runner's) has a prototype of its own.
function isPlain(value: unknown): value is object {
  if (value === null || typeof value !== 'object') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

// Few names are sorted sooner in place than by a sort that is made for many.
function sortedNames(value: object): string[] {
  const names = Object.keys(value);
  if (names.length > 24) return names.sort();
  for (let end = 1; end < names.length; end++) {
    const name = names[end]!;
    let at = end;
    for (; at > 0 && names[at - 1]! > name; at--) names[at] = names[at - 1]!;
    names[at] = name;
  }
  return names;
}
