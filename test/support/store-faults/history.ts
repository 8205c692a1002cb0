/** Where a stream must stand: one of the store's words, or `seen`: exactly where the writer has just seen it. */
export type Expectation = 'any' | 'none' | 'exists' | 'seen';

/** What makes an operation unacceptable: a rule, or a value that only the server can refuse. */
export type Poison = 'refused' | 'date' | 'schema' | 'instant';

/** One thing that a caller wants done once; its id travels in the data of its events. */
export interface Operation {
  readonly id: string;
  readonly kind: 'handle' | 'handleMany' | 'append';
  /** Different streams, with how many events each is to be given. */
  readonly parts: readonly { stream: string; expected: Expectation; events: number }[];
  /** By what a second sending is known: nothing, the command's id, or a key of the caller's. */
  readonly key: 'none' | 'command' | 'idempotency';
  readonly commutes: boolean;
  readonly poison: Poison | null;
  /** How often the writer sends it again by itself while it does not know what came of it. */
  readonly resends: number;
}

/** What a caller was told. `unknown`: nothing, for the connection or the caller itself was gone before the answer. */
export type Outcome =
  | {
      readonly kind: 'ok';
      readonly position: number | null;
      /** Of the streams of its parts. */
      readonly versions: readonly number[];
      /** What the returned states have counted; empty where no states are returned. */
      readonly counts: readonly number[];
      readonly response: string;
      /** Null where the caller is not told. */
      readonly replayed: boolean | null;
    }
  | { readonly kind: 'conflict' | 'full' }
  | { readonly kind: 'rejected'; readonly code: string }
  | { readonly kind: 'unknown'; readonly why: string }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/** One sending of an operation, with what was expected of each of its streams. */
export interface Attempt {
  readonly op: string;
  readonly by: string;
  readonly expected: readonly (number | 'any' | 'none' | 'exists')[];
  readonly outcome: Outcome;
}

export interface LoggedEvent {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly id: string;
  readonly op: string;
  readonly nth: number;
  /** What the decision had counted, with this event; null for events that nobody decided. */
  readonly count: number | null;
  /** The label of the event that the decision saw as the last one. */
  readonly after: string | null;
}

/** What one reader was shown, in the order in which it was. */
export interface Observation {
  readonly reader: string;
  readonly seen: readonly { position: number; id: string }[];
  readonly faults: readonly string[];
  /** Did it live to see the end? */
  readonly complete: boolean;
}

/** Everything about one round: what was wanted and said, and what is there. */
export interface History {
  readonly operations: readonly Operation[];
  readonly attempts: readonly Attempt[];
  readonly head: number;
  /** In the order of position. */
  readonly log: readonly LoggedEvent[];
  readonly streams: readonly { id: string; version: number; count: number; last: string }[];
  /** Answers kept under keys; `op` is null where the answer does not name it. */
  readonly kept: readonly { op: string | null; position: number }[];
  readonly observations: readonly Observation[];
  /** What a subscription wrote for each event, in the order of writing, and how many it counted per stream. */
  readonly effects: readonly { position: number; id: string }[];
  readonly counted: readonly { stream: string; events: number }[];
}

/** Names an event by what caused it. */
export const labelOf = ({ op, nth }: Pick<LoggedEvent, 'op' | 'nth'>): string => `${op}/${nth}`;
