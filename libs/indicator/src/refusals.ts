import { isOneOf, personOf, refuseBareMachine } from '@duban/actor';
import { Rejection } from '@duban/event-store';
import type { Context } from '@duban/platform';
import type { Part, PartChange, Reviewing } from './indicator-model.js';

export function refuseWithoutReason(reason: string): void {
  if (reason.trim() !== '') return;
  throw new Rejection('reason_needed', {}, [{ pointer: '/reason', code: 'reason_needed' }]);
}

const reviews: readonly PartChange['through'][] = ['rejected', 'refused'];

/**
 * Who may review these parts: never a person who had a hand in one of them (`same_person`), and a unit its own part
 * (`same_unit`) only as the plan's office, which is marked.
 */
export function reviewer(
  parts: readonly Part[],
  { reviewerUnit, actsFor = [], office }: Reviewing,
  context: Context,
): { by: string; selfReviewed: boolean } {
  refuseBareMachine(context.actor);
  const by = personOf(context.actor);
  const hands = parts.flatMap(({ history }) =>
    history
      .filter(({ through }) => !reviews.includes(through))
      .flatMap(({ by: hand, delegate }) => [hand, delegate]),
  );
  if (isOneOf(context.actor, hands)) throw new Rejection('same_person');
  const selfReviewed = parts.some(({ unit }) => unit === reviewerUnit || actsFor.includes(unit));
  if (selfReviewed && reviewerUnit !== office) throw new Rejection('same_unit', { unit: reviewerUnit });
  return { by, selfReviewed };
}
