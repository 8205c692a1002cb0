import { type Day } from '@duban/calendar';
import { uuidFrom } from '@duban/platform';

/**
 * Who owes what to whom, by when, and what discharges it. Derived from the ledger, never stored as truth: the same
 * events give the same obligations with the same ids.
 */
export type ObligationKind =
  | 'receipt'
  | 'report'
  | 'submission'
  | 'value'
  | 'milestone'
  | 'task_due'
  | 'review'
  | 'extension_decision'
  | 'contest_decision'
  | 'rework'
  | 'contribution'
  | 'instruction'
  | 'assign_lead'
  | 'restatement'
  | 'edition_receipt';

/** single: one holder. one_of: any joint lead's answer serves all. each: one per group member. sum: one part of a joint figure. */
export type ObligationMode = 'single' | 'one_of' | 'each' | 'sum';

/** Names one event of a stream: the n-th of its type (from 1), or the one of its type about this unit, milestone, period, cause or reader. */
export type EventRef = {
  stream: string;
  type: string;
  n?: number;
  unit?: string;
  code?: string;
  period?: string;
  cause?: string;
  reader?: string;
};

export type ObligationDue = {
  on: Day;
  /** The day overdue is counted from; differs from `on` when a refused extension had tolled some workdays. */
  countsFrom: Day;
  version: number;
  /** Earlier versions that named the same day: a presumed day was confirmed, or one that was moved came back. */
  sameDay?: readonly number[];
  /** In a year whose holidays are not announced: it may become another day, or its reminders come on others. */
  provisional?: true;
  /** Since when this due day binds these holders: no reminder of it counts from an earlier day. */
  since: Day;
  original: Day;
  basis: 'stated' | 'presumed' | 'derived';
  rule?: string; // of a derived day: the policy that it comes from, kind@version
};

/** A day that no document states: it follows from a policy. */
export function derivedDue(on: Day, since: Day, rule: string): ObligationDue {
  return { on, countsFrom: on, version: 1, since, original: on, basis: 'derived', rule };
}

export type Obligation = {
  id: string;
  plan: string;
  kind: ObligationKind;
  subject: string; // the task, indicator, round, submission or plan, by natural key
  title: string;
  period: string | null;
  mode: ObligationMode;
  named: readonly string[]; // as the document names them
  holders: readonly string[]; // who answers today, after mergers
  reporting: string | null; // of joint leads: who is asked first
  due: ObligationDue;
  availableOn: Day | null; // a figure that is published later than the round's due day
  openedOn: Day;
  openedBy: EventRef;
  handedIn: { on: Day; by: string | null; ref: EventRef } | null;
  settledOn: Day | null; // reviewed and accepted, or handed in where nobody reviews
  returned: { on: Day; reworkBy: Day } | null;
  tolled: { from: Day; until: Day } | null; // an extension or a contest asked in time is being decided; both days inclusive
  lateSince: Day | null; // lateness that arose and is never unset, whatever was granted afterwards
  silenced:
    | 'suspended'
    | 'exempt'
    | 'cancelled'
    | 'closed'
    | 'waived'
    | 'reassigned'
    | 'before_plan'
    | 'horizon_past'
    | null;
  inherited: boolean; // passed on by a merger
};

export type ObligationState =
  | 'upcoming'
  | 'open'
  | 'handed_in'
  | 'returned'
  | 'tolled'
  | 'met'
  | 'met_late'
  | 'waived'
  | 'void'
  | 'before_plan'
  | 'horizon_past'
  | 'awaiting_publication';

/** Whether what was said of that version of the due day was said of the day in force: it is not said again. */
export function isOfDay({ version, sameDay = [] }: ObligationDue, ofVersion: number): boolean {
  return ofVersion === version || sameDay.includes(ofVersion);
}

/** id = hash(kind, subject, period, holder); of joint leads the set of those named, so that the order does not matter. */
export function obligationId(
  kind: ObligationKind,
  subject: string,
  period: string | null,
  named: readonly string[],
): string {
  const name = JSON.stringify([kind, subject, period, [...named].sort()]);
  const id = known.get(name) ?? uuidFrom(name);
  if (known.size >= mostKnown) known.clear();
  known.set(name, id);
  return id;
}

// Obligations are derived again and again, and to hash their names was a third of the work.
const known = new Map<string, string>();
const mostKnown = 100_000;

/**
 * On time = handed in by the due day; what was granted in time moves the day, what was asked late does not. What was
 * wanted before it was owed is never late.
 */
export function isLate(obligation: Obligation, today: Day): boolean {
  if (obligation.silenced === 'before_plan' || obligation.silenced === 'horizon_past') return false;
  if (obligation.lateSince !== null && obligation.lateSince <= today) return true;
  return (cameOn(obligation) ?? today) > obligation.due.countsFrom && !isTolled(obligation, today);
}

/** The day on which it was answered, or on which nothing was left to answer: the task was done. */
function cameOn({ handedIn, settledOn }: Obligation): Day | null {
  return handedIn?.on ?? settledOn;
}

/** Overdue: owed, not handed in, and the end of the due day has passed. */
export function isOverdueOn(obligation: Obligation, today: Day): boolean {
  return (
    owedStates.has(obligationState(obligation, today)) &&
    obligation.handedIn === null &&
    today > obligation.due.countsFrom
  );
}

const owedStates = new Set<ObligationState>(['open', 'returned']);

function isTolled({ tolled }: Obligation, day: Day): boolean {
  return tolled !== null && tolled.from <= day && day <= tolled.until;
}

/** Where an obligation stands on a day (duties: the states of an obligation). */
export function obligationState(obligation: Obligation, today: Day): ObligationState {
  switch (obligation.silenced) {
    case 'before_plan':
    case 'horizon_past':
      return obligation.silenced;
    case 'exempt':
    case 'waived':
      return obligation.settledOn ? settled(obligation) : 'waived';
    case 'suspended':
    case 'cancelled':
    case 'closed':
    case 'reassigned':
      return obligation.settledOn ? settled(obligation) : 'void';
    case null:
      break;
  }
  if (obligation.settledOn && obligation.settledOn <= today) return settled(obligation);
  if (obligation.returned && obligation.returned.on <= today) return 'returned';
  if (obligation.handedIn && obligation.handedIn.on <= today) return 'handed_in';
  if (isTolled(obligation, today)) return 'tolled';
  if (obligation.availableOn && today < obligation.availableOn) return 'awaiting_publication';
  return today < obligation.openedOn ? 'upcoming' : 'open';
}

/** What nobody answered until the task was done is as late as that: silence is not made good by others. */
function settled(obligation: Obligation): 'met' | 'met_late' {
  const late = obligation.lateSince !== null || (cameOn(obligation) ?? '') > obligation.due.countsFrom;
  return late ? 'met_late' : 'met';
}
