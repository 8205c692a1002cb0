import { addDays, type Calendar, type Day, type Period, periodEnd, roundDue } from '@duban/calendar';
import { inForce, type Policies } from '@duban/policy';
import { countedDueOn, dueOn, type Round } from '@duban/round';
import { lastVersion } from './due-versions.js';
import { type ObligationDue } from './obligation.js';
import { type PlanLedger } from './plan-ledger.js';

/** Whether what is handed in for the half-year serves a round for its quarter, by the policy of the day it was opened. */
export function mayCover({ policies }: PlanLedger, round: Round): boolean {
  return inForce(policies, 'round', round.openedOn ?? dueOn(round)).content.halfYearCoversQuarter;
}

/** The day on which a period is due when nothing is stated: workdays after it, by the policy of the day after it. */
export function usualDue(policies: Policies, period: Period, calendar: Calendar): Day {
  return roundDue(
    period,
    inForce(policies, 'round', addDays(periodEnd(period), 1)).content.dueWorkdays,
    calendar,
  );
}

/** The policy that a round's day was counted by: of the day after its period, as known when it was scheduled. */
function countedBy(policies: Policies, { period, dues }: Round): string {
  const day = addDays(periodEnd(period), 1);
  return inForce(policies, 'round', day, { known: addDays(dues[0]?.setOn ?? day, 1) }).name;
}

/** The due day of a round: what is said, by which policy it was counted, and from which day lateness counts. */
export function dueOf({ policies }: PlanLedger, round: Round): ObligationDue {
  const on = dueOn(round);
  const { setOn = on, ...last } = lastVersion(round.dues);
  return {
    on,
    countsFrom: countedDueOn(round),
    ...last,
    since: setOn,
    original: round.dues[0]?.on ?? on,
    ...(round.dueByCalendar ? { basis: 'derived', rule: countedBy(policies, round) } : { basis: 'stated' }),
  };
}
