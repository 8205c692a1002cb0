import { type Calendar, type Day } from '@duban/calendar';
import { editionReceipts } from './edition-obligations.js';
import { type Obligation } from './obligation.js';
import { officeObligations } from './office-obligations.js';
import { type PlanLedger } from './plan-ledger.js';
import { roundObligations } from './round-obligations.js';
import { taskObligations } from './task-obligations.js';
import { valueObligations } from './value-obligations.js';

/**
 * Everything that anyone owes under one plan, sorted by due day and id: the same ledger gives the same list.
 * `day` resolves who answers for a merged unit; how an obligation stands on a day is `obligationState`.
 */
export function obligationsOf(ledger: PlanLedger, day: Day, calendar: Calendar): Obligation[] {
  if (!ledger.plan.issuedOn) return [];
  const all = [
    ...[...ledger.tasks].flatMap(([id, task]) => taskObligations(ledger, id, task, day, calendar)),
    ...[...ledger.rounds].flatMap(([id, round]) => roundObligations(ledger, id, round, day)),
    ...[...ledger.indicators].flatMap(([id, indicator]) =>
      valueObligations(ledger, id, indicator, day, calendar),
    ),
    ...officeObligations(ledger, day, calendar),
    ...editionReceipts(ledger, day, calendar),
  ];
  return all.sort((a, b) => (a.due.on === b.due.on ? (a.id < b.id ? -1 : 1) : a.due.on < b.due.on ? -1 : 1));
}
