import { type FieldError } from '@duban/event-store';

/** What may be wrong with a value that came in; each fault names its field. */

export type Given = Readonly<Record<string, unknown>>;
export type Limits = { min: number; max: number; whole?: boolean };

export function isRecord(value: unknown): value is Given {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function faultsInNumber(pointer: string, value: unknown, { min, max, whole }: Limits): FieldError[] {
  if (typeof value !== 'number' || !Number.isFinite(value)) return [{ pointer, code: 'is_number' }];
  if (whole && !Number.isInteger(value)) return [{ pointer, code: 'is_int' }];
  if (value < min) return [{ pointer, code: 'min', params: { 0: min } }];
  return value > max ? [{ pointer, code: 'max', params: { 0: max } }] : [];
}

/** A list of some of these words, none twice, at least one. */
export function faultsInWords(pointer: string, value: unknown, words: readonly string[]): FieldError[] {
  if (!Array.isArray(value)) return [{ pointer, code: 'is_array' }];
  const given: readonly unknown[] = value;
  if (given.length === 0) return [{ pointer, code: 'array_min_size', params: { 0: 1 } }];
  if (given.some(each => typeof each !== 'string' || !words.includes(each)))
    return [{ pointer, code: 'is_in', params: { 0: words } }];
  return new Set(given).size < given.length ? [{ pointer, code: 'array_unique' }] : [];
}

export function faultsInNames(pointer: string, given: Given, names: readonly string[]): FieldError[] {
  return Object.keys(given)
    .filter(name => !names.includes(name))
    .map(name => ({ pointer: `${pointer}/${escaped(name)}`, code: 'unknown_field' }));
}

/** A name as it stands in a JSON pointer (RFC 6901). */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
