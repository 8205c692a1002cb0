import type { Calendar } from '@duban/calendar';
import { countedDueOn } from './round.js';
import type { Round, Submission } from './round-model.js';

type HandIn = Submission['handIns'][number];

/**
 * When a submission was due and came in. `onTime` is null while nothing is decided: not due yet, a back-filled round, or
 * waived before it was late. Workdays count those after the due day, so that work on the rest day after it is late by none.
 */
export type Timeliness = {
  dueOn: string;
  handedInOn: string | null;
  onTime: boolean | null;
  workdaysLate: number;
  returns: number;
  reworkLate: number; // workdays, over all returns
};

/**
 * Judges a submission by the days on which it came in (duties §3). On time is the first complete hand-in on or before the
 * due day, unless the day of a rework passes; returns are counted apart. What was withdrawn does not count as handed in,
 * but neither does a paper dated before it make good what was late.
 * @param asOf the day of judgement: what is still open then and overdue is late up to that day; without it, what is open is not judged
 */
export function timelinessOf(
  submission: Submission,
  round: Pick<Round, 'dues' | 'period' | 'backfill'>,
  calendar: Calendar,
  asOf?: string,
): Timeliness {
  const dueOn = countedDueOn(round);
  const handedInOn = countedHandIn(submission)?.countsOn ?? null;
  const returns = submission.returns.length;
  if (round.backfill) return { dueOn, handedInOn, onTime: null, workdaysLate: 0, returns, reworkLate: 0 };
  const judgedOn = earliest(asOf, submission.waived?.on);
  const owed = [
    { by: dueOn, doneOn: handedInOn },
    ...submission.returns.map(({ n, reworkBy }) => ({ by: reworkBy, doneOn: redoneOn(submission, n) })),
  ].map(({ by, doneOn }) => ({ by, end: doneOn ?? judgedOn }));
  const [late, ...reworks] = owed.map(({ by, end }) =>
    end !== null && end > by ? calendar.workdaysBetween(by, end) : 0,
  );
  const isLate = owed.some(({ by, end }) => end !== null && end > by);
  return {
    dueOn,
    handedInOn,
    onTime: isLate ? false : handedInOn === null ? null : true,
    workdaysLate: late ?? 0,
    returns,
    reworkLate: reworks.reduce((sum, workdays) => sum + workdays, 0),
  };
}

/** The first hand-in that was not withdrawn, with the day that counts for it; null while nothing lies there. */
export function countedHandIn(
  submission: Pick<Submission, 'handIns'>,
): (HandIn & { countsOn: string }) | null {
  return countedAmong(submission.handIns);
}

function redoneOn({ handIns }: Submission, n: number): string | null {
  return countedAmong(handIns.filter(entry => entry.n > n))?.countsOn ?? null;
}

/** Days of withdrawn versions before it push the day back, never forward: there is no way from late to on time. */
function countedAmong(handIns: readonly HandIn[]): (HandIn & { countsOn: string }) | null {
  const counted = handIns.find(({ withdrawnOn }) => withdrawnOn === null);
  if (!counted) return null;
  const days = handIns.slice(0, handIns.indexOf(counted) + 1).map(({ on }) => on);
  return { ...counted, countsOn: days.reduce((latest, day) => (day > latest ? day : latest), counted.on) };
}

function earliest(...days: readonly (string | undefined)[]): string | null {
  return days.filter(day => day !== undefined).sort()[0] ?? null;
}
