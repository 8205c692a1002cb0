import { type JsonObject } from './json.js';

/** Turns the data of one schema of an event type into the data of the next. Pure. */
export type Upcaster = (data: JsonObject) => JsonObject;

/** The ladder from every stored schema of an event type to the newest; stored events are never rewritten. */
export class Upcasters {
  private readonly steps = new Map<string, Upcaster[]>();

  /**
   * Adds the step from schema `from` to `from + 1`. Steps come in order, from 1, without a gap.
   * @throws RangeError when a step is missing or was registered before.
   */
  register(type: string, from: number, upcast: Upcaster): void {
    const steps = this.steps.get(type) ?? [];
    if (from !== steps.length + 1) {
      throw new RangeError(`the next upcaster of ${type} starts at schema ${steps.length + 1}, not ${from}`);
    }
    this.steps.set(type, [...steps, upcast]);
  }

  /** The schema that events of this type are written in today. */
  current(type: string): number {
    return (this.steps.get(type)?.length ?? 0) + 1;
  }

  /** The data in today's schema. Data of a newer schema, written by a newer version, is left as it is. */
  apply(type: string, schema: number, data: JsonObject): JsonObject {
    const steps = this.steps.get(type)?.slice(schema - 1) ?? [];
    return steps.reduce((newer, step) => step(newer), data);
  }
}
