import { isShown } from '@duban/actor';
import { fieldRejection, Rejection } from '@duban/event-store';
import type { Context, Evidence } from '@duban/platform';

/** How many workdays back a fact may lie before it needs evidence (duties §5). */
export const unprovenWorkdays = 10;

/**
 * The day on which something counts as handed in: today, or the day the office received the paper that it enters.
 * Refuses with `received_in_future`.
 */
export function handInDay(receivedOn: string | null, { today }: Context): string {
  if (receivedOn !== null && receivedOn > today) throw new Rejection('received_in_future', { receivedOn });
  return receivedOn ?? today;
}

/** Whether a fact lies so far back that it needs evidence and, to be more than reported, acceptance (duties §5). */
export function isBackdated(effectiveOn: string, handedInOn: string, { calendar }: Context): boolean {
  return effectiveOn < calendar.addWorkdays(handedInOn, -unprovenWorkdays);
}

/**
 * A fact is never in the future of the day it was handed in (`effective_in_future`), and far back it needs evidence
 * (`evidence_needed`).
 */
export function mustBeCredible(
  effectiveOn: string,
  handedInOn: string,
  evidence: readonly Evidence[],
  context: Context,
): void {
  if (effectiveOn > handedInOn) throw new Rejection('effective_in_future', { effectiveOn, handedInOn });
  if (!isShown(evidence) && isBackdated(effectiveOn, handedInOn, context)) {
    throw new Rejection('evidence_needed', { of: effectiveOn, effectiveOn, workdays: unprovenWorkdays });
  }
}

/** A date that binds from now on cannot lie in the past: `due_in_past` at the field's `pointer`. */
export function mustNotBePast(dueOn: string, pointer: string, { today }: Context): void {
  if (dueOn < today) throw fieldRejection(pointer, 'due_in_past', { dueOn, today });
}
