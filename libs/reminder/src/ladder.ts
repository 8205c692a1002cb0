import { addDays, type Calendar, type Day, openingNotice, stageDay } from '@duban/calendar';
import { isOfDay, type Obligation, obligationState } from '@duban/ledger';
import { inForce, type Policies, versionsOf } from '@duban/policy';
import { type Stage, stagesOf } from './stages.js';

/** A stage of one obligation's ladder, with the workday on which it comes and the policy (kind@version) that has it. */
export type Rung = { stage: Stage; on: Day; policy: string };

/** What goes out today: the highest stage reached, and the lower ones that never went out and no longer will. */
export type NextStage = Rung & { skipped: readonly string[] };

/** Names a stage of one version of the due day: it goes out once, also for other versions that name the same day. */
export type StageKey = { stage: string; dueVersion: number };

/** All stages of the obligation in the order of their days; those that lie before it was owed are left out. */
export function rungsOf(obligation: Obligation, policies: Policies, calendar: Calendar): Rung[] {
  const since = owedSince(obligation);
  return datedStages(obligation, policies, calendar).filter(({ on }) => on >= since);
}

/**
 * All stages of the obligation in the order of their days, those before it was owed included. A stage goes by the policy
 * that holds on the due day, as far as it was adopted before the stage's own day: what went out under an older version
 * stays, and no stage that a newer one would have had by then is made up for.
 */
export function datedStages(obligation: Obligation, policies: Policies, calendar: Calendar): Rung[] {
  const { kind, due } = obligation;
  const rungs = versionsOf(policies, 'reminder').flatMap(({ name, content }) =>
    stagesOf(content.ladders[kind]).flatMap((stage): Rung[] => {
      const on = dayOfStage(stage, obligation, calendar);
      const holds = on !== null && inForce(policies, 'reminder', due.on, { known: on }).name === name;
      return holds ? [{ stage, on, policy: name }] : [];
    }),
  );
  return rungs.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/**
 * What goes out today, or null. Messages come on workdays only. After an outage only the highest stage reached goes
 * out; a reminder whose due day is over never does. A stage below one that went out is not made up for.
 */
export function nextStage(
  obligation: Obligation,
  policies: Policies,
  issued: readonly StageKey[],
  today: Day,
  calendar: Calendar,
): NextStage | null {
  if (!mayBeReminded(obligation, today) || !calendar.isWorkday(today)) return null;
  const rungs = rungsOf(obligation, policies, calendar);
  const top = rungs.findLastIndex(rung => rung.on <= today && !hasLapsed(rung, obligation, today));
  const last = rungs.findLastIndex(({ stage }) => wasIssued(stage, obligation, issued));
  const rung = rungs[top];
  if (!rung || top <= last) return null;
  const lower = rungs.slice(last + 1, top).map(({ stage }) => stage.name);
  return { ...rung, skipped: lower };
}

/**
 * The day on which to look at the obligation again: today when a stage is due, else when the next one comes or silence
 * ends by itself. Null when only an event can change anything.
 */
export function nextDay(
  obligation: Obligation,
  policies: Policies,
  issued: readonly StageKey[],
  today: Day,
  calendar: Calendar,
): Day | null {
  const resumes = resumesOn(obligation, today);
  if (resumes === null) return null;
  const first = resumes > today ? resumes : today;
  const rungs = rungsOf(obligation, policies, calendar);
  const last = rungs.findLastIndex(({ stage }) => wasIssued(stage, obligation, issued));
  const open = rungs.slice(last + 1).filter(rung => !hasLapsed(rung, obligation, first));
  const next = open[0];
  if (!next) return null;
  return calendar.nextWorkday(next.on > first ? next.on : first);
}

/** Whether anything may be said today: it is owed, not handed in, and nothing silences it. */
export function mayBeReminded(obligation: Obligation, today: Day): boolean {
  return obligationState(obligation, today) === 'open' && obligation.handedIn === null;
}

/** Before the due day stages count from that day; after it from where lateness counts, which tolling moves. */
function dayOfStage(
  { offset }: Stage,
  { due, period, openedOn }: Obligation,
  calendar: Calendar,
): Day | null {
  if (offset === 'opening') return period === null ? null : openingDay(period, openedOn, calendar);
  return dayAt(offset > 0 ? due.countsFrom : due.on, offset, calendar);
}

const counted = new WeakMap<Calendar, Map<string, Day>>();
const mostCounted = 50_000;

/** Many obligations share a due day, and counting workdays is slow. */
function dayAt(due: Day, offset: number, calendar: Calendar): Day {
  const days = counted.get(calendar) ?? new Map<string, Day>();
  if (days.size >= mostCounted) days.clear();
  const key = `${due} ${offset}`;
  const day = days.get(key) ?? stageDay(due, offset, calendar);
  counted.set(calendar, days.set(key, day));
  return day;
}

/** A round that is opened late is announced on that day. */
function openingDay(period: string, openedOn: Day, calendar: Calendar): Day {
  const notice = openingNotice(period, calendar);
  const opened = calendar.nextWorkday(openedOn);
  return opened > notice ? opened : notice;
}

/** Nothing counts before it was owed: issued or opened, the due day set, its holders named, the figure published. */
export function owedSince({ openedOn, due, availableOn }: Obligation): Day {
  return [openedOn, due.since, availableOn ?? openedOn].reduce((a, b) => (a > b ? a : b));
}

/** "Due in three days" is no longer true when the due day is over: then the next word is an escalation. */
function hasLapsed({ stage }: Rung, { due }: Obligation, today: Day): boolean {
  return stage.kind === 'reminder' && today > due.on;
}

function wasIssued({ name }: Stage, { due }: Obligation, issued: readonly StageKey[]): boolean {
  return issued.some(({ stage, dueVersion }) => stage === name && isOfDay(due, dueVersion));
}

/** The first day on which silence may end without any event, today when there is none; null when it does not. */
function resumesOn(obligation: Obligation, today: Day): Day | null {
  if (obligation.handedIn !== null) return null;
  switch (obligationState(obligation, today)) {
    case 'open':
      return today;
    case 'tolled':
      return obligation.tolled && addDays(obligation.tolled.until, 1);
    case 'awaiting_publication':
      return obligation.availableOn;
    case 'upcoming':
      return obligation.openedOn;
    default:
      return null;
  }
}
