import { type Envelope } from './chain.js';
import { type EventRow } from './reading.js';

/**
 * What was done to the log, as well as its rows can tell:
 * `edited` an event says something else; `removed` one is missing; `inserted` one was not appended; `reordered` events
 * changed places; `leaf_differs` place or time of recording changed; `head_differs` a stream's row or the log's head
 * does not tell what the events tell; `state_differs` the stored state is not the fold of the events.
 *
 * And as well as seals can tell: `tail_cut` the log ends before its last seal; `seal_differs` the events of a segment,
 * or its seal, are not what was sealed; `seal_missing` a seal is gone; `seal_forged` one is not signed as it says, or
 * does not follow the one before it; `key_changed` one is signed by a key that nobody handed over to; `other_log` it
 * seals another log.
 */
export type FaultKind = (typeof faultKinds)[number];

/** In this order they say less and less of one position. */
export const faultKinds = [
  'inserted',
  'removed',
  'reordered',
  'edited',
  'head_differs',
  'leaf_differs',
  'state_differs',
  'other_log',
  'tail_cut',
  'seal_missing',
  'seal_forged',
  'key_changed',
  'seal_differs',
] as const;

export interface Fault {
  /** Where it is, or the nearest that is known. */
  readonly position: number;
  /** Null where nothing tells which stream it was. */
  readonly stream: string | null;
  readonly kind: FaultKind;
  readonly message: string;
}

/** Versions that a stream should have and has not, between two positions. */
export interface MissingVersion {
  readonly stream: string;
  readonly version: number;
  readonly after: number;
  readonly before: number;
  /** Where the stream's row says that it begins, where it has no event at all. */
  readonly begins?: number;
}

export const positionOf = (row: EventRow): number => Number(row.position);

export const fault = (kind: FaultKind, row: EventRow, message: string): Fault => ({
  position: positionOf(row),
  stream: row.stream,
  kind,
  message,
});

/** What the row's hash should cover, as if it stood at `version`. */
export function envelopeOf(row: EventRow, version = row.version): Envelope {
  const { stream, event_id, type, schema, data, meta, effective_on } = row;
  return { stream, version, event_id, type, schema, data, meta, effective_on };
}

/** Enough to see what is going on; a forger of more has left no doubt. */
export const mostFaults = 1000;
