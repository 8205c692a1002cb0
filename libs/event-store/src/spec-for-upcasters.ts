import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type JsonObject } from './json.js';
import { type Upcaster, Upcasters } from './upcasters.js';

/** What upcasters are registered with: a store, or the specs. */
export interface UpcasterRegistry {
  registerUpcaster(type: string, from: number, upcast: Upcaster, to?: number): void;
}

/** A stored event of an old schema, and what it says in today's: `golden/<Type>.v<schema>.json`. */
export interface GoldenUpcast {
  readonly type: string;
  readonly schema: number;
  /** As it was written then. */
  readonly data: JsonObject;
  /** As it is read today, with its type. */
  readonly event: JsonObject;
}

/**
 * Holds upcasters to their golden files: every schema that something is registered for has a file in `folder`, and
 * reads today as the file says; no file is left of a step that is gone. Compares with `node:assert`.
 * @example await specForUpcasters(registerTaskUpcasters, join(import.meta.dirname, '../golden'));
 */
export async function specForUpcasters(
  register: (registry: UpcasterRegistry) => void,
  folder: string,
): Promise<void> {
  const upcasters = new Upcasters();
  register({
    registerUpcaster: (type, from, upcast, to) => upcasters.register(type, from, upcast, to),
  });
  const steps = upcasters.check();
  const wanted = steps.map(({ type, from }) => ({ type, schema: from, file: `${type}.v${from}.json` }));
  const there = (await readdir(folder)).filter(name => name.endsWith('.json'));
  const missing = wanted.filter(({ file }) => !there.includes(file)).map(({ file }) => `${file} is missing`);
  const stray = there
    .filter(name => !wanted.some(({ file }) => file === name))
    .map(name => `${name} belongs to no upcaster`);
  const stale: string[] = [];
  for (const { file, type, schema } of wanted.filter(each => there.includes(each.file))) {
    const golden = JSON.parse(await readFile(join(folder, file), 'utf8')) as GoldenUpcast;
    stale.push(...differences(golden, { type, schema }, upcasters).map(fault => `${file} ${fault}`));
  }
  assert.deepEqual([...missing, ...stray, ...stale], []);
}

function differences(
  golden: GoldenUpcast,
  { type, schema }: { type: string; schema: number },
  upcasters: Upcasters,
): string[] {
  if (golden.type !== type || golden.schema !== schema) return ['names another type or schema'];
  const frozen = freeze(golden.data);
  const event = { type, ...upcasters.apply(type, schema, frozen) };
  try {
    assert.deepEqual(JSON.parse(JSON.stringify(event)), golden.event);
    return [];
  } catch {
    return [`is stale: it reads as ${JSON.stringify(event)}`];
  }
}

// An upcaster that changed what it is given would change what the log was read as.
function freeze<T>(value: T): T {
  if (value !== null && typeof value === 'object') {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}
