import { type Day } from '@duban/calendar';
import { reportingLeadOf, type Task } from '@duban/task';
import { holdersOn, type PlanLedger } from './plan-ledger.js';
import { silencedBy } from './silence.js';

/** The parts that obligations of one task share; the leads answer jointly. */
export function ledBy(ledger: PlanLedger, id: string, task: Task, named: readonly string[], day: Day) {
  const holders = holdersOn(ledger, named, day);
  const reporting = holdersOn(ledger, [reportingLeadOf(task)?.unit ?? ''], day)[0] ?? '';
  return {
    plan: ledger.id,
    subject: id,
    title: task.title,
    named,
    holders,
    mode: holders.length > 1 ? ('one_of' as const) : ('single' as const),
    reporting: holders.length > 1 && holders.includes(reporting) ? reporting : null,
    availableOn: null,
    returned: null,
    tolled: null,
    lateSince: null,
    silenced: silencedBy(ledger, task, day),
    inherited: holders.some(holder => !named.includes(holder)),
  };
}
