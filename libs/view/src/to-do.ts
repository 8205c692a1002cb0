import { rowsOf } from '@duban/access';
import { type Day } from '@duban/calendar';
import {
  holderOn,
  isOverdueOn,
  type Obligation,
  type ObligationState,
  obligationState,
  officeKinds,
  type PlanLedger,
} from '@duban/ledger';
import { type Actor } from '@duban/platform';
import { type Discharge, dischargeOf } from './settling.js';

/** One thing that somebody owes, as he or she reads it. */
export type Owed = Discharge &
  Pick<Obligation, 'id' | 'plan' | 'kind' | 'subject' | 'title' | 'period' | 'holders' | 'inherited'> & {
    dueOn: Day;
    originalDueOn: Day;
    state: ObligationState;
    overdue: boolean;
    lateSince: Day | null;
  };

/** What one owes: how much is in which state, what is overdue, and what is to be done next, by due day. */
export type ToDo = {
  counts: Readonly<Partial<Record<ObligationState, number>>>;
  overdue: number;
  next: readonly Owed[];
};

const toDo = new Set<ObligationState>(['open', 'returned']);

/** Everything that the actor owes under one plan: a unit by its rows, an office what it owes as office. */
export function owedBy(
  actor: Actor,
  ledger: PlanLedger,
  obligations: readonly Obligation[],
  today: Day,
): Obligation[] {
  if (actor.role === 'office') {
    const office = holderOn(ledger, ledger.plan.office, today);
    return obligations.filter(({ kind, holders }) => officeKinds.has(kind) && holders.includes(office));
  }
  if (actor.role !== 'unit') return [];
  const { units } = rowsOf(actor);
  return obligations.filter(({ holders }) => units === '*' || holders.some(unit => units.includes(unit)));
}

/** @param most how many of what is to be done next are listed */
export function toDoOf(owed: readonly Obligation[], today: Day, most: number): ToDo {
  const rows = owed.map(each => owedRow(each, today));
  const counts: Partial<Record<ObligationState, number>> = {};
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
  const next = rows
    .filter(({ state }) => toDo.has(state))
    .sort((a, b) => (`${a.dueOn} ${a.id}` < `${b.dueOn} ${b.id}` ? -1 : 1));
  return { counts, overdue: rows.filter(({ overdue }) => overdue).length, next: next.slice(0, most) };
}

function owedRow(obligation: Obligation, today: Day): Owed {
  const { id, plan, kind, subject, title, period, holders, inherited, due, lateSince } = obligation;
  return {
    ...{ id, plan, kind, subject, title, period, holders, inherited, lateSince },
    ...{ dueOn: due.on, originalDueOn: due.original },
    state: obligationState(obligation, today),
    overdue: isOverdueOn(obligation, today),
    ...dischargeOf(obligation),
  };
}
