import { Rejection } from '@duban/event-store';
import type { Actor } from '@duban/platform';

/** Who answers for what is done: the person whom a machine acts for, if it says so, else the actor itself. */
export function personOf({ id, actingFor }: Actor): string {
  return actingFor ?? id;
}

/** Refuses with `machine_needs_acting_for`: reviews and decisions are a person's (duties §3). */
export function refuseBareMachine({ id, kind, actingFor }: Actor): void {
  if (kind === 'machine' && !actingFor) throw new Rejection('machine_needs_acting_for', { actor: id });
}
