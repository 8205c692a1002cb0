import { type PoolClient } from 'pg';
import { type ProjectionTables } from './projection-tables.js';
import { type StoredEvent } from './reading.js';
import { type Wanted } from './wanted-events.js';

/** What `handle` is told about a page beside its events. */
export interface PageContext {
  /** Everything up to here was processed before, by another version or by what is being rebuilt. */
  readonly replaying: boolean;
}

/** What follows the log: a read model, an outbox, a process. */
export interface Subscription extends Wanted {
  readonly name: string;
  /** Counted up when what it computes changes, default 1: a new version starts from the first event. */
  readonly version?: number;
  /** The most events of one transaction, default 1000. */
  readonly batch?: number;
  /**
   * What becomes of an event that cannot be processed: `stop` (the default) stops there until an operator decides;
   * `skip`, for what is a convenience, notes it as a dead letter and goes on.
   */
  readonly onPoison?: 'stop' | 'skip';
  /** How often an event is tried alone before it is given up, default 3. */
  readonly attempts?: number;
  /** The tables that it can be rebuilt into; without them it cannot. */
  readonly tables?: ProjectionTables;
  /**
   * Writes the effects of events through `tx` and nothing else: they and the position are committed together. Tables are
   * named without a schema. Where the page is `replaying`, nothing that others act on may be written.
   */
  handle(events: readonly StoredEvent[], tx: PoolClient, page: PageContext): Promise<void>;
  /** Told each time the end of the log was reached. */
  onCaughtUp?(position: number): void | Promise<void>;
  /** Told of every failure, also of those that are retried. */
  onError?(error: unknown, position: number | null): void;
}

export const defaultBatch = 1000;
export const defaultAttempts = 3;

/** One sentence about an error, as it is kept. */
export function wordsOf(error: unknown): { error: string; reason: string } {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return { error: name, reason: message.replaceAll('\0', '') };
}
