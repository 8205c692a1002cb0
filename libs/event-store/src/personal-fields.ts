import { type Json, type JsonObject } from './json.js';

/** Which fields of an event type hold what of whom; they are stored sealed with that subject's key. */
export interface PersonalFields {
  /**
   * JSON pointers into the event's data, such as `/contact/phone`; `*` stands for every item or member. Whatever
   * JSON stands there is sealed as a whole; null and what is not there are left.
   */
  readonly fields: readonly string[];
  /** Whose the value at `pointer` is: an id that says nothing by itself. It stays in the clear for ever. */
  subject(data: JsonObject, pointer: string): string;
}

/** The pointers of what there is to seal in an event's data. Of two that lie in each other the outer one counts. */
export function personalPointers(data: JsonObject, fields: readonly string[]): string[] {
  const found = new Set(fields.flatMap(field => matches(data, partsOf(field), '')));
  return [...found].filter(pointer => !outerOnes(pointer).some(outer => found.has(outer)));
}

function matches(value: Json, [part, ...rest]: readonly string[], at: string): string[] {
  if (part === undefined) return value === null ? [] : [at];
  if (value === null || typeof value !== 'object') return [];
  const members = Object.entries(value).filter(([name]) => part === '*' || name === part);
  return members.flatMap(([name, member]) => matches(member as Json, rest, `${at}/${spelled(name)}`));
}

const partsOf = (pointer: string) => pointer.split('/').slice(1).map(plain);

function outerOnes(pointer: string): string[] {
  const parts = pointer.split('/');
  return parts.slice(2).map((_, index) => parts.slice(0, index + 2).join('/'));
}

/** The value at a JSON pointer, or undefined. */
export function valueAt(data: Json, pointer: string): Json | undefined {
  return partsOf(pointer).reduce<Json | undefined>((value, part) => memberOf(value, part), data);
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, Json>)[name];
}

/** A copy with other values at some pointers. */
export function withValues(data: JsonObject, values: ReadonlyMap<string, Json>): JsonObject {
  const copy = (value: Json, at: string): Json => {
    const other = values.get(at);
    if (other !== undefined) return other;
    if (Array.isArray(value)) return value.map((item: Json, index) => copy(item, `${at}/${index}`));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, copy(item, `${at}/${spelled(name)}`)]),
    );
  };
  return copy(data, '') as JsonObject;
}

/** A copy in which texts are replaced, wherever they stand; the value itself where there is none to replace. */
export function withTexts(value: Json, replace: (text: string) => Json): Json {
  if (typeof value === 'string') return replace(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => withTexts(item, replace));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const members = Object.entries(value).map(
    ([name, item]) => [name, item, withTexts(item, replace)] as const,
  );
  if (members.every(([, before, after]) => before === after)) return value;
  return Object.fromEntries(members.map(([name, , after]) => [name, after]));
}

const spelled = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');
const plain = (part: string) => part.replaceAll('~1', '/').replaceAll('~0', '~');
