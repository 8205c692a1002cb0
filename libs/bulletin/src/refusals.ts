import { fieldRejection } from '@duban/event-store';
import { type Context } from '@duban/platform';

/** Who answers for what is done: the actor, or whom it acts for. */
export function personOf({ id, actingFor }: Context['actor']): string {
  return actingFor ?? id;
}

/** @throws Rejection `reason_needed` */
export function refuseWithoutReason(text: string, pointer: string): void {
  if (text.trim() === '') throw fieldRejection(pointer, 'reason_needed');
}
