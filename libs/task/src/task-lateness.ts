import { addDays, type Calendar } from '@duban/calendar';
import type { Task } from './task-model.js';
import { currentDue } from './task-facts.js';
import { owedSince } from './task-units.js';

export type Lateness = {
  /** The due day that was missed or, as long as none was, the one in force; null when nothing is owed by a day. */
  dueOn: string | null;
  /** The first day after a due day on which the task was still owed, or null while it never was late. */
  lateOn: string | null;
  /** Workdays on which it was owed and late; 0 when only rest days were missed. */
  workdaysLate: number;
  /** The day on which what stands now was handed in, when it came late; null while it is still owed. */
  madeGoodOn: string | null;
  extended: boolean;
};

/**
 * How late the task is, as of the end of `day`.
 *
 * It is late on a day that lies after the due day in force, that the clock did not stand still on, and at whose
 * beginning the task was still owed. What happens on a day changes only the days after it: an extension that is
 * granted late, a suspension, an exemption or a reassignment ends lateness and never unsets it (duties §7). The one
 * thing that can is a paper that the office received in time and entered late: then the unit was never late.
 *
 * A due day before the task was issued, or before anybody was named who could do it, gives no lateness (duties §4); after a return the rework day counts, if later.
 */
export function latenessOf(task: Task, day: string, calendar: Calendar): Lateness {
  const late = lateSpans(task, day);
  const [first] = late;
  return {
    dueOn: first ? first.dueOn : (currentDue(task)?.on ?? null),
    lateOn: first ? addDays(first.after, 1) : null,
    workdaysLate: workdaysIn(late, calendar),
    madeGoodOn: first ? standingHandIn(task, day) : null,
    extended: task.extensions.some(({ state }) => state === 'granted'),
  };
}

/**
 * The day from which reminders of the task count and after which it is overdue: the due day in force, moved to the
 * end of a tolling or suspension that covers it, so that the ladder goes on at +1 on the next workday and never jumps;
 * workdays of later suspensions are left out. Null without a due day. A pending request counts as tolling to its end.
 *
 * @example due 31 July, asked 28 July, refused 8 August 2023 → 2023-08-08: first message on 9 August (duties §7)
 */
export function ladderDue(task: Task, calendar: Calendar): string | null {
  const due = currentDue(task);
  if (!due) return null;
  const stops = [...tollings(task), ...suspensions(task)].toSorted((a, b) => (a.after < b.after ? -1 : 1));
  let reached = latest(due.on, task.reopenedOn.at(-1) ?? '');
  for (const stop of stops) if (stop.after <= reached) reached = latest(reached, stop.until);
  const later = stops.filter(({ after }) => after > reached);
  return calendar.addWorkdays(reached, workdaysIn(later, calendar));
}

/**
 * Workdays after a due day, up to and with `day`, that do not count as late because an extension asked in time was
 * being decided; at most until each request's fifteenth workday.
 */
export function tolledDays(task: Task, day: string, calendar: Calendar): number {
  const spans = tollings(task, day).map(({ after, until }) => {
    const version = task.dues.findLast(({ setOn }) => setOn <= after);
    return { after: latest(after, version?.due?.on ?? until), until };
  });
  return workdaysIn(spans, calendar);
}

/** Days after `after`, up to and with `until`; empty when they are equal or the wrong way round. */
type Span = { after: string; until: string };
type Owed = Span & { reworkBy: string | null };

const endless = '9999-12-31';

function lateSpans(task: Task, day: string): (Span & { dueOn: string })[] {
  const stops = [...tollings(task, day), ...suspensions(task, day)].filter(isSome);
  return owedSpans(task, day).flatMap(owed =>
    duesInForce(task).flatMap(({ dueOn, ...inForce }) => {
      const missed = latest(dueOn ?? '', owed.reworkBy ?? '');
      if (missed === '') return [];
      const span = {
        after: latest(owed.after, inForce.after, missed),
        until: earliest(owed.until, inForce.until),
      };
      return stops.reduce(without, [span].filter(isSome)).map(late => ({ ...late, dueOn: missed }));
    }),
  );
}

/** When the leads owed the task: from its issue to a hand-in, again after a return or a reopening. */
function owedSpans(task: Task, day: string): Owed[] {
  const since = owedSince(task);
  if (since === null) return [];
  const until = earliest(day, task.exemptedOn ?? endless, task.cancelledOn ?? endless);
  const spans: Owed[] = [];
  let open = { after: since, reworkBy: null as string | null };
  for (const { on, returned, reopenedOn } of task.completions) {
    spans.push({ ...open, until: earliest(on, until) });
    if (returned) open = { after: returned.on, reworkBy: returned.reworkBy };
    else if (reopenedOn) open = { after: reopenedOn, reworkBy: null };
    else return spans;
  }
  return [...spans, { ...open, until }];
}

/** Each due day with the days it was in force. A version takes force after the day on which it was set. */
function duesInForce(task: Task): (Span & { dueOn: string | null })[] {
  return task.dues.map(({ due, setOn }, index) => ({
    after: index === 0 ? '' : setOn,
    until: task.dues[index + 1]?.setOn ?? endless,
    dueOn: due && due.on >= (owedSince(task) ?? '') ? due.on : null,
  }));
}

function tollings(task: Task, day = endless): Span[] {
  return task.extensions
    .filter(({ tolls }) => tolls)
    .map(({ askedOn, endedOn, tollsUntil }) => ({
      after: askedOn,
      until: earliest(endedOn ?? endless, tollsUntil, day),
    }));
}

/** Without a day: those that are over. */
function suspensions(task: Task, day?: string): Span[] {
  return task.suspensions.flatMap(({ from, to }) => {
    const until = to ?? day;
    return until === undefined ? [] : [{ after: from, until: earliest(until, day ?? endless) }];
  });
}

function without(spans: readonly Span[], stop: Span): Span[] {
  return spans
    .flatMap(({ after, until }) => [
      { after, until: earliest(until, stop.after) },
      { after: latest(after, stop.until), until },
    ])
    .filter(isSome);
}

const isSome = ({ after, until }: Span) => after < until;

function standingHandIn(task: Task, day: string): string | null {
  const last = task.completions.at(-1);
  return last && !last.returned && !last.reopenedOn && last.on <= day ? last.on : null;
}

function workdaysIn(spans: readonly Span[], calendar: Calendar): number {
  return spans
    .filter(isSome)
    .reduce((sum, { after, until }) => sum + calendar.workdaysBetween(after, until), 0);
}

const latest = (...days: readonly string[]) => days.reduce((a, b) => (a > b ? a : b));
const earliest = (...days: readonly string[]) => days.reduce((a, b) => (a < b ? a : b));
