import { type Calendar, type Day } from '@duban/calendar';
import { editionReceipts } from './edition-obligations.js';
import { type Obligation } from './obligation.js';
import { officeObligations } from './office-obligations.js';
import { calendarOf, type PlanLedger } from './plan-ledger.js';
import { roundObligations } from './round-obligations.js';
import { taskObligations } from './task-obligations.js';
import { valueObligations } from './value-obligations.js';

/**
 * Everything that anyone owes under one plan, sorted by due day and id: the same ledger gives the same list.
 * `day` resolves who answers for a merged unit; how an obligation stands on a day is `obligationState`.
 */
export function obligationsOf(ledger: PlanLedger, day: Day, base: Calendar): Obligation[] {
  if (!ledger.plan.issuedOn) return [];
  const calendar = calendarOf(ledger, base);
  const all = [
    ...[...ledger.tasks].flatMap(([id, task]) => taskObligations(ledger, id, task, day, calendar)),
    ...[...ledger.rounds].flatMap(([id, round]) => roundObligations(ledger, id, round, day)),
    ...[...ledger.indicators].flatMap(([id, indicator]) =>
      valueObligations(ledger, id, indicator, day, calendar),
    ),
    ...officeObligations(ledger, day, calendar),
    ...editionReceipts(ledger, day, calendar),
  ];
  const marked = all.map(each => (isProvisional(each, calendar) ? withMark(each) : each));
  return marked.sort((a, b) =>
    a.due.on === b.due.on ? (a.id < b.id ? -1 : 1) : a.due.on < b.due.on ? -1 : 1,
  );
}

/** Of a year without a holiday notice nobody can say yet which of its days are worked (duties §4). */
function isProvisional({ due }: Obligation, calendar: Calendar): boolean {
  return calendar.isProvisional(due.on) || calendar.isProvisional(due.countsFrom);
}

function withMark(obligation: Obligation): Obligation {
  return { ...obligation, due: { ...obligation.due, provisional: true } };
}
