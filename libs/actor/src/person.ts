import { Rejection } from '@duban/event-store';
import type { Actor } from '@duban/platform';

/** Who answers for what is done: the person in whose name somebody acts, else the actor itself. */
export function personOf({ id, actingFor }: Actor): string {
  return actingFor ?? id;
}

/** Whoever acts in a person's name by a delegation: kept beside that person, for it is the act of both. */
export function throughDelegate({ id, kind, actingFor }: Actor): { delegate?: string } {
  return kind === 'person' && actingFor !== undefined ? { delegate: id } : {};
}

/** Whether one of these persons acts here: in his or her own name, through a delegate, or as the delegate of another. */
export function isOneOf(actor: Actor, persons: readonly (string | null | undefined)[]): boolean {
  return [personOf(actor), throughDelegate(actor).delegate].some(
    person => person !== undefined && persons.includes(person),
  );
}

/** Refuses with `machine_needs_acting_for`: reviews and decisions are a person's (duties §3). */
export function refuseBareMachine({ id, kind, actingFor }: Actor): void {
  if (kind === 'machine' && !actingFor) throw new Rejection('machine_needs_acting_for', { actor: id });
}
