import {
  addDays,
  type Calendar,
  type Day,
  type Period,
  periodEnd,
  periodOf,
  periodStart,
} from '@duban/calendar';
import { type Obligation, obligationState, officeKinds, type PlanLedger } from '@duban/ledger';
import { type Assignment, latenessOf } from '@duban/task';
import { membersOn } from '@duban/unit';
import { type Frame, type Outcome } from './edition-model.js';

/**
 * delivery: tasks and milestones. reporting: reports, submissions, figures, receipts and answers to leaders.
 * supporting: receipts of units that only support, contributions to a lead's report. office: what the supervision office owes itself.
 */
export type Area = 'delivery' | 'reporting' | 'supporting' | 'office';

/** One obligation of the period with what became of it. */
export type Duty = {
  obligation: Obligation;
  area: Area;
  outcome: Outcome;
  openOverdue: boolean;
  returns: number;
  workdaysLate: number;
};

/**
 * The duties that count in the period. What is asked for a period counts in the quarter that ends with it, judged when
 * its round is closed; what has a due day of its own counts in the quarter of that day and in each later one in which it is still
 * open, judged at the end of the quarter. Duties from before the plan are nobody's.
 */
export function dutiesOf(
  ledger: PlanLedger,
  obligations: readonly Obligation[],
  frame: Frame,
  calendar: Calendar,
): Duty[] {
  const reworks = obligations.filter(({ kind }) => kind === 'rework');
  return obligations
    .filter(obligation => counts(obligation, frame))
    .map(obligation => judged(ledger, obligation, reworks.filter(isReworkOf(obligation)), frame, calendar));
}

function counts({ kind, silenced, period, due, handedIn, settledOn }: Obligation, frame: Frame): boolean {
  if (silenced === 'before_plan' || silenced === 'horizon_past') return false;
  if (kind === 'rework') return false; // it belongs to what was returned
  if (kind === 'edition_receipt' || kind === 'restatement') return false; // about editions, told beside them
  if (period !== null) return quarterOf(period) === frame.period;
  if (due.on > periodEnd(frame.period)) return false;
  if (due.on >= periodStart(frame.period)) return true;
  const inOn = handedIn?.on ?? settledOn;
  return silenced === null && (inOn === null || inOn >= periodStart(frame.period));
}

/** The quarter that ends with the period, or in which it ends. */
export function quarterOf(period: Period): Period {
  return periodOf(periodEnd(period), 'quarter');
}

function isReworkOf({ kind, subject, handedIn }: Obligation): (rework: Obligation) => boolean {
  if (kind === 'task_due') return rework => rework.subject === subject && rework.period === null;
  if (kind !== 'submission' || !handedIn) return () => false;
  return rework => handedIn.ref.stream === `submission-${rework.subject}`;
}

function judged(
  ledger: PlanLedger,
  obligation: Obligation,
  reworks: readonly Obligation[],
  frame: Frame,
  calendar: Calendar,
): Duty {
  const inOn = obligation.handedIn?.on ?? obligation.settledOn;
  const asOf = obligation.period === null ? frame.day : closingOf(inOn, frame);
  const isLate =
    isMissed(obligation, inOn, asOf, frame) ||
    reworks.some(rework => isMissed(rework, rework.handedIn?.on ?? null, asOf, frame));
  const outcome = outcomeOf(ledger, obligation, { isLate, inOn, asOf, reworks });
  const openOverdue = outcome === 'late' && (inOn === null || inOn > asOf);
  return {
    obligation,
    area: areaOf(ledger, obligation),
    outcome,
    openOverdue,
    returns: reworks.filter(({ due }) => due.since <= asOf).length,
    workdaysLate: outcome === 'late' ? workdaysLate(ledger, obligation, inOn, asOf, calendar) : 0,
  };
}

/** The clock stopped when the round was closed; what is known to have come after that is judged by the day it came. */
function closingOf(inOn: Day | null, { judgedOn, cutoffOn }: Frame): Day {
  return inOn !== null && inOn > judgedOn && inOn <= cutoffOn ? inOn : judgedOn;
}

type Standing = { isLate: boolean; inOn: Day | null; asOf: Day; reworks: readonly Obligation[] };

function outcomeOf(
  ledger: PlanLedger,
  obligation: Obligation,
  { isLate, inOn, asOf, reworks }: Standing,
): Outcome {
  const state = obligationState(obligation, asOf);
  if (state === 'waived' || state === 'void') return 'waived';
  if (isLate && state !== 'tolled') return 'late';
  const isIn = inOn !== null && inOn <= asOf;
  if (isIn) {
    const isBack = reworks.some(
      ({ due, handedIn }) => due.since <= asOf && (handedIn === null || handedIn.on > asOf),
    );
    if (isBack || state === 'returned') return 'returned';
    return isExtended(ledger, obligation) ? 'extended' : 'onTime';
  }
  if (state === 'tolled') return lateBefore(obligation, asOf) ? 'late' : 'tolled';
  return state === 'awaiting_publication' ? 'awaiting' : 'pending';
}

/** Owed after its day. Looked back upon from a later day, the last day of the period is over, too. */
function isMissed(obligation: Obligation, inOn: Day | null, asOf: Day, { judgedOn }: Frame): boolean {
  if (lateBefore(obligation, asOf)) return true;
  const due = obligation.due.countsFrom;
  if (inOn !== null && inOn <= asOf) return inOn > due;
  if (obligation.availableOn !== null && asOf < obligation.availableOn) return false;
  return judgedOn > asOf ? due <= asOf : due < asOf;
}

/** Lateness that arose by the end of the day is never unset. */
function lateBefore({ lateSince }: Obligation, asOf: Day): boolean {
  return lateSince !== null && lateSince <= addDays(asOf, 1);
}

function isExtended(ledger: PlanLedger, { kind, subject }: Obligation): boolean {
  const task = kind === 'task_due' ? ledger.tasks.get(subject) : undefined;
  return task?.extensions.some(({ state }) => state === 'granted') ?? false;
}

function workdaysLate(
  ledger: PlanLedger,
  { kind, subject, due }: Obligation,
  inOn: Day | null,
  asOf: Day,
  calendar: Calendar,
): number {
  const task = kind === 'task_due' ? ledger.tasks.get(subject) : undefined;
  if (task) return latenessOf(task, asOf, calendar).workdaysLate;
  const until = inOn !== null && inOn < asOf ? inOn : asOf;
  return until > due.countsFrom ? calendar.workdaysBetween(due.countsFrom, until) : 0;
}

function areaOf(ledger: PlanLedger, { kind, subject, named, openedOn }: Obligation): Area {
  if (officeKinds.has(kind)) return 'office';
  if (kind === 'task_due' || kind === 'milestone') return 'delivery';
  if (kind === 'contribution') return 'supporting';
  if (kind !== 'receipt') return 'reporting';
  const task = ledger.tasks.get(subject);
  const isMember = (group: string) => {
    const known = ledger.groups.get(group);
    return known !== undefined && named.some(unit => membersOn(known, openedOn).includes(unit));
  };
  const isOwn = ({ holder, isGroup }: Assignment) => (isGroup ? isMember(holder) : named.includes(holder));
  // Whom the task names no longer owes as it was named last.
  const spans = [...(task?.formerRoles ?? []).map(({ roles }) => roles), task?.roles ?? []];
  const own = spans.map(roles => roles.filter(isOwn)).findLast(roles => roles.length > 0) ?? [];
  return own.some(({ role }) => role !== 'supporting') ? 'reporting' : 'supporting';
}
