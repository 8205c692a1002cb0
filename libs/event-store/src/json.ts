import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { Rejection } from './decider.js';

/** What a jsonb column can hold. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/**
 * The value as it will be read back from Postgres: undefined members dropped, -0 as 0.
 * @throws Rejection `text_not_storable` for U+0000 and lone surrogates, which Postgres refuses in any text.
 * @throws TypeError for what is not JSON (a Date, a function, NaN): a defect of the caller.
 */
export function toJson(value: unknown, pointer = ''): Json {
  if (typeof value === 'string') return checkText(value, pointer);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value === 0 ? 0 : value;
  if (Array.isArray(value)) return value.map((item, index) => toJson(item ?? null, `${pointer}/${index}`));
  if (isPlain(value)) return toJsonObject(value, pointer);
  throw new TypeError(`not JSON at ${pointer || 'the root'}: ${Object.prototype.toString.call(value)}`);
}

/** Like `toJson`, for an object. */
export function toJsonObject(value: object, pointer = ''): JsonObject {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(
    entries.map(([key, item]) => {
      const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      return [checkText(key, at), toJson(item, at)];
    }),
  );
}

/** The text itself, if Postgres can store it; else the Rejection `text_not_storable` that names the place. */
export function checkText(text: string, pointer: string): string {
  if (!unstorable.test(text)) return text;
  throw new Rejection('text_not_storable', { pointer: pointer.replace(new RegExp(unstorable, 'gu'), '') });
}

const unstorable = /[\0\p{Surrogate}]/u; // with the u flag, halves of a pair do not match

/** The one spelling of a JSON value that RFC 8785 allows. */
export function canonicalJson(value: Json): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not JSON');
  return text;
}

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
