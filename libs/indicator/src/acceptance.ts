import { type Day } from '@duban/calendar';
import type { Observation, Part, PartChange } from './indicator-model.js';

/** A correction of an accepted figure that another person has not confirmed yet: shown, but it does not count. */
export type PendingCorrection = { unit: string; from: number; to: number; on: Day; by: string };

/**
 * The observation as it counts (duties §9): corrections of an accepted figure are left out until another person has
 * confirmed them, and meanwhile what was accepted stands, confirmed as it was.
 */
export function asCounted(observation: Observation): Observation {
  const accepted = observation.confirmations.at(-1);
  if (!accepted) return observation;
  const parts = observation.parts.map(part => acceptedPart(part, accepted.n));
  const stands = parts.every(({ history }) => history.every(({ n }) => n < accepted.n));
  const { on: confirmedOn, selfReviewed } = accepted;
  return { ...observation, parts, ...(stands && { confirmedOn, selfReviewed }) };
}

/** The corrections that wait for their confirmation, by provider. */
export function pendingIn({ parts, confirmations }: Observation): PendingCorrection[] {
  const accepted = confirmations.at(-1);
  if (!accepted) return [];
  return parts.flatMap(part => {
    const last = part.history.at(-1);
    if (!onlyCorrectedSince(part, accepted.n) || last?.through !== 'corrected') return [];
    const { value: to, on, by } = last;
    return [{ unit: part.unit, from: acceptedPart(part, accepted.n).value, to, on, by }];
  });
}

function acceptedPart(part: Part, accepted: number): Part {
  const history = part.history.filter(({ n }) => n < accepted);
  const last = history.at(-1);
  if (!last || !onlyCorrectedSince(part, accepted)) return part;
  const { value, on, by: reporter, through } = last;
  return { ...part, value, on, reporter, rejected: through === 'rejected', history };
}

const corrections: readonly PartChange['through'][] = ['corrected', 'refused'];

/** A figure that was revised or stated anew since is no longer the one that was accepted. */
function onlyCorrectedSince({ history }: Part, accepted: number): boolean {
  const since = history.filter(({ n }) => n > accepted);
  return since.length > 0 && since.every(({ through }) => corrections.includes(through));
}
