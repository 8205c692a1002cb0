import { genesisHash } from './chain.js';
import { Rejection } from './decider.js';
import { checkText, type Json } from './json.js';

/** A stream as its head row tells it: the fold of its events, and what the next one is chained to. Never to be changed. */
export interface LoadedStream<State = Json> {
  readonly state: State;
  readonly version: number;
  /** One character for each byte: a Buffer of its own would cost more than all the rest. */
  readonly hash: string;
}

/** A stream nobody has written to yet. */
export const emptyStream = { version: 0, hash: genesisHash.toString('latin1') } as const;

/** Of two looks at a stream the later; the first where they are the same. */
export function laterOf(one?: LoadedStream, other?: LoadedStream): LoadedStream | undefined {
  return one && other && one.version < other.version ? other : (one ?? other);
}

const longestStream = 500; // characters

/** The name itself, if it is `category-id`; a Rejection if it cannot be one. */
export function checkStream(stream: string): string {
  checkText(stream, '/stream');
  if (stream.indexOf('-') > 0 && stream.length <= longestStream) return stream;
  throw new Rejection('stream_name_invalid', { stream: stream.slice(0, longestStream) });
}
