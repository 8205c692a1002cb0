import { countedDueOn, dueOn, type Round } from '@duban/round';
import { type ObligationDue } from './obligation.js';

/** The due day of a round: what is said, and from which day lateness counts. */
export function dueOf(round: Round): ObligationDue {
  const on = dueOn(round);
  return {
    on,
    countsFrom: countedDueOn(round),
    version: round.dues.length,
    since: round.dues.at(-1)?.setOn ?? on,
    original: round.dues[0]?.on ?? on,
    basis: 'stated',
  };
}
