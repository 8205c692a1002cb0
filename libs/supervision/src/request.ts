import { type Json } from '@duban/event-store';
import { type Actor } from '@duban/platform';

/** Who asks for something, and how: made at the edge (HTTP, command line, job) and passed on unchanged. */
export type Request = {
  actor: Actor;
  channel: 'http' | 'cli' | 'demo' | 'worker';
  requestId?: string;
  /** The same command again under the same key gets its first answer; `bodyHash` tells another body apart. */
  idempotency?: { key: string; bodyHash: string };
  /** The version that the caller has seen (If-Match). */
  ifMatch?: number;
};

/** What a command did: to which subject, where it stands now, and which events say so. */
export type Outcome = {
  id: string;
  stream: string;
  version: number;
  position: number | null;
  events: readonly string[];
  replayed: boolean;
};

/** The part of an outcome that is kept under an idempotency key. */
export function keptAnswer({ id, stream, version, events }: Outcome): Json {
  return { id, stream, version, events: [...events] };
}
