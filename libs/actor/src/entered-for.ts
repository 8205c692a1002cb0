import { fieldRejection } from '@duban/event-store';
import type { Actor, Evidence, Paper } from '@duban/platform';

/** What is said, and for whom: `names` are the unit that is spoken for and those whose successor it is. */
export type Entry = {
  names: readonly string[];
  paper?: Paper | null | undefined;
  evidence?: readonly Evidence[];
  receivedOn?: string | null;
};

/** How an event says that the office entered it from a paper of the unit, and from which one. */
export type Entered = { onBehalf?: true; paper?: Paper };

/**
 * The mark of what the office enters for a unit (duties §3): always there, and never without the document, which is a
 * number with its day or a stored file. Nothing where a unit speaks for itself.
 * Refuses with `paper_entry_is_for_office` and `paper_needed`.
 */
export function enteredFor(
  { role, unit }: Actor,
  { names, paper, evidence = [], receivedOn = null }: Entry,
): Entered {
  if (role !== 'office') {
    if (receivedOn !== null) throw fieldRejection('/receivedOn', 'paper_entry_is_for_office', { receivedOn });
    if (paper) throw fieldRejection('/paper', 'paper_entry_is_for_office');
    return {};
  }
  if (unit !== undefined && names.includes(unit) && !paper && receivedOn === null) return {};
  if (!paper && !evidence.some(({ sha256 }) => sha256)) throw fieldRejection('/paper', 'paper_needed');
  return { onBehalf: true, ...(paper && { paper }) };
}
