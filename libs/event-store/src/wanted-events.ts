import { type StoredEvent } from './reading.js';
import { UnknownEventType } from './unreadable.js';

/** Which events something that follows the log takes, and which it must not pass by. */
export interface Wanted {
  /** The only event types that it is given; default all. Others are passed by, whatever they say. */
  readonly types?: readonly string[];
  /**
   * All event types that were known when it was written, also those it passes by. An event of another type stops it,
   * for what must be exact cannot tell whether that event concerns it. Default: unknown types are let through.
   */
  readonly knows?: readonly string[];
}

/**
 * The events of a page to be given on.
 * @throws UnknownEventType; NewerSchema, or whatever makes a wanted event unreadable.
 */
export function wantedEvents({ types, knows }: Wanted, page: readonly StoredEvent[]): readonly StoredEvent[] {
  const unknown = knows && page.find(({ type }) => !knows.includes(type));
  if (unknown) throw new UnknownEventType(unknown.position, unknown.type);
  const wanted = types ? page.filter(({ type }) => types.includes(type)) : page;
  const unreadable = wanted.find(event => event.unreadable);
  if (unreadable) throw unreadable.unreadable;
  return wanted;
}
