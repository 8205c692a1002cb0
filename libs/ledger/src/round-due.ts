import { countedDueOn, dueOn, type Round } from '@duban/round';
import { lastVersion } from './due-versions.js';
import { type ObligationDue } from './obligation.js';

/** The due day of a round: what is said, and from which day lateness counts. */
export function dueOf(round: Round): ObligationDue {
  const on = dueOn(round);
  const { setOn = on, ...last } = lastVersion(round.dues);
  return {
    on,
    countsFrom: countedDueOn(round),
    ...last,
    since: setOn,
    original: round.dues[0]?.on ?? on,
    basis: 'stated',
  };
}
