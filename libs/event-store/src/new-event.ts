import { type JsonObject } from './json.js';

/** An event before it is chained to the others of its stream; `data` without type and effective day. */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly schema: number;
  readonly data: JsonObject;
  readonly meta: JsonObject;
  /** The day the fact is about, `2023-07-15`. */
  readonly effectiveOn: string;
}
