import { type JsonObject } from './json.js';

/** Turns the data of one schema of an event type into the data of a later one. Pure; copies what it does not know. */
export type Upcaster = (data: JsonObject) => JsonObject;

/** The step from schema `from` of an event type to schema `to`. */
export interface UpcasterStep {
  readonly type: string;
  readonly from: number;
  readonly to: number;
  readonly upcast: Upcaster;
}

export interface UpcasterFault {
  readonly type: string;
  readonly schema: number;
  /** No step leads on from the schema; two do; one leads back to it or to an earlier one; or it cannot be a schema. */
  readonly kind: 'gap' | 'duplicate' | 'cycle' | 'invalid';
}

const largestSchema = 32_767; // a smallint in the database

const sentences: Readonly<Record<UpcasterFault['kind'], string>> = {
  gap: 'no upcaster leads on from it',
  duplicate: 'two upcasters lead on from it',
  cycle: 'its upcaster does not lead to a later schema',
  invalid: `schemas are whole numbers from 1 to ${largestSchema}`,
};

/** The registered upcasters do not lead from every schema to the newest; all faults at once. */
export class UpcastersInvalid extends Error {
  override readonly name = 'UpcastersInvalid';

  constructor(readonly faults: readonly UpcasterFault[]) {
    super(faults.map(({ type, schema, kind }) => `${type} schema ${schema}: ${sentences[kind]}`).join('; '));
  }
}

/** The newest schema, and by schema the step that leads on from it. */
type Ladder = { readonly newest: number; readonly steps: ReadonlyMap<number, UpcasterStep> };

/** The ladders from every stored schema of an event type to the newest; stored events are never rewritten. */
export class Upcasters {
  private readonly registered: UpcasterStep[] = [];
  private ladders: ReadonlyMap<string, Ladder> | null = null;

  /**
   * Adds the step from schema `from` to `to`, in any order.
   * @throws Error once the ladders are in use: what was read or written before would have been taken for the newest.
   */
  register(type: string, from: number, upcast: Upcaster, to = from + 1): void {
    if (this.ladders)
      throw new Error(`${type} schema ${from}: register upcasters before the first read or append`);
    this.registered.push({ type, from, to, upcast });
  }

  /**
   * Checks that every schema below the newest leads to the newest. From then on nothing can be registered.
   * @throws UpcastersInvalid
   */
  check(): readonly UpcasterStep[] {
    this.ladders ??= laddersOf(this.registered);
    return this.registered;
  }

  /** The schema that events of this type are written in today. */
  current(type: string): number {
    return this.ladderOf(type)?.newest ?? 1;
  }

  /** Whether this was written by a version that knows a later schema: what it says cannot be known here. */
  isNewer(type: string, schema: number): boolean {
    return schema > this.current(type);
  }

  /** The data in today's schema. Data of a newer schema is left as it is; `isNewer` tells. */
  apply(type: string, schema: number, data: JsonObject): JsonObject {
    const ladder = this.ladderOf(type);
    if (!ladder) return data;
    let [now, newer] = [schema, data];
    for (let step = ladder.steps.get(now); step; step = ladder.steps.get(now)) {
      newer = step.upcast(newer);
      now = step.to;
    }
    return newer;
  }

  private ladderOf(type: string): Ladder | undefined {
    this.ladders ??= laddersOf(this.registered);
    return this.ladders.get(type);
  }
}

function laddersOf(registered: readonly UpcasterStep[]): ReadonlyMap<string, Ladder> {
  const types = [...new Set(registered.map(({ type }) => type))];
  const steps = new Map(types.map(type => [type, registered.filter(step => step.type === type)]));
  const faults = [...steps.values()].flatMap(faultsOf);
  if (faults.length > 0) throw new UpcastersInvalid(faults);
  return new Map([...steps].map(([type, of]) => [type, ladderOf(of)]));
}

const ladderOf = (steps: readonly UpcasterStep[]): Ladder => ({
  newest: newestOf(steps),
  steps: new Map(steps.map(step => [step.from, step])),
});

const newestOf = (steps: readonly UpcasterStep[]) =>
  Math.max(0, ...steps.map(({ from, to }) => Math.max(from, to)));

const isSchema = (schema: number) => Number.isInteger(schema) && schema >= 1 && schema <= largestSchema;

// Each step leads to a later schema and each schema has a step: so each reaches the newest.
function faultsOf(steps: readonly UpcasterStep[]): UpcasterFault[] {
  const type = steps[0]?.type ?? '';
  const fault = (schema: number, kind: UpcasterFault['kind']) => ({ type, schema, kind });
  const invalid = steps.flatMap(({ from, to }) => [from, to]).filter(schema => !isSchema(schema));
  const sound = steps.filter(({ from, to }) => isSchema(from) && isSchema(to));
  const below = Array.from({ length: Math.max(newestOf(sound) - 1, 0) }, (_, index) => index + 1);
  const gaps = below.filter(schema => !steps.some(({ from }) => from === schema));
  const twice = sound.filter(({ from }, index) => sound.findIndex(other => other.from === from) < index);
  return [
    ...invalid.map(schema => fault(schema, 'invalid')),
    ...gaps.map(schema => fault(schema, 'gap')),
    ...twice.map(({ from }) => fault(from, 'duplicate')),
    ...sound.filter(({ from, to }) => to <= from).map(({ from }) => fault(from, 'cycle')),
  ];
}
