import { uuidsIn } from '@duban/event-store';
import { randomUUID } from 'node:crypto';

// Ours for ever: another one would give every known name another id.
const idOf = uuidsIn('6f0a3c5e-9d41-5b7a-8c1e-2f6b4d8e7a90');

/**
 * The one id of a name (UUID version 5): the same on every machine and in every run, so what is repeated is found
 * again instead of stored twice.
 *
 * @example uuidFrom('reminder/004:3.1/due/2023-07-15/-3')
 */
export function uuidFrom(name: string): string {
  return idOf(name);
}

/** An id that nothing can be derived from (UUID version 4). */
export function randomId(): string {
  return randomUUID();
}
