import { type Calendar } from './calendar.js';
import { type Day } from './days.js';
import { type Period, periodEnd } from './periods.js';

/**
 * The day on which a stage of a ladder falls, `offset` workdays from the due day: earlier stages count back from
 * the due day, later ones count the workdays after it. Stage 0 of a due day at rest comes on the workday before,
 * because a message on the rest day itself would come too late to act on.
 */
export function stageDay(due: Day, offset: number, calendar: Calendar): Day {
  return offset === 0 ? calendar.previousWorkday(due) : calendar.addWorkdays(due, offset);
}

/** The day on which a round is announced: the first workday after the period's end. */
export function openingNotice(period: Period, calendar: Calendar): Day {
  return calendar.addWorkdays(periodEnd(period), 1);
}

/** The due day of a round when nothing else is stated: that many workdays after the period's end. */
export function roundDue(period: Period, workdays: number, calendar: Calendar): Day {
  return calendar.addWorkdays(periodEnd(period), workdays);
}

/** Whether a duty is late in the ledger: from the day after the due day, rest day or not. */
export function isOverdue(due: Day, today: Day): boolean {
  return today > due;
}
