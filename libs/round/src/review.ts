import { isOneOf, personOf, refuseBareMachine } from '@duban/actor';
import { Rejection } from '@duban/event-store';
import type { Context } from '@duban/platform';
import type { Submission } from './round-model.js';

type Actor = Context['actor'];

/** Refuses what only the plan's office may do. */
export function refuseUnlessOffice({ role }: Actor): void {
  if (role !== 'office') throw new Rejection('office_only', { role });
}

/**
 * Refuses reviewers who review themselves: by person always, by unit unless it is the plan's own office, whose review is
 * then marked (duties §3). Whoever handed in any version of the submission counts as its reporter.
 * @returns the person who reviews and whether the unit reviews itself
 */
export function reviewerOf(
  submission: Submission,
  {
    reviewerUnit,
    office,
    actsFor = [],
  }: { reviewerUnit: string; office: string; actsFor?: readonly string[] },
  actor: Actor,
): { by: string; selfReviewed: boolean } {
  refuseBareMachine(actor);
  const by = personOf(actor);
  if (submission.handIns.some(({ reporter, delegate }) => isOneOf(actor, [reporter, delegate])))
    throw new Rejection('same_person');
  const selfReviewed = reviewerUnit === submission.unit || actsFor.includes(submission.unit);
  if (selfReviewed && reviewerUnit !== office) throw new Rejection('same_unit', { unit: reviewerUnit });
  return { by, selfReviewed };
}
