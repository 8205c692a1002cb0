import type { Actor } from './context.js';

/** Who asks, and by which door; a request of the application layer fits. */
export type Origin = { actor: Actor; channel: string; requestId?: string };

/** What the metadata of every event says of its origin: actor, unit, in whose name, role, command, request and channel. */
export function metaOf(
  { actor, channel, requestId }: Origin,
  command: string | null,
): Record<string, string | null> {
  return {
    ...{ actor: actor.id, kind: actor.kind, role: actor.role, command, channel },
    ...(actor.unit && { unit: actor.unit }),
    ...(actor.actingFor && { actingFor: actor.actingFor }),
    ...(requestId && { request: requestId }),
  };
}
