import {
  addDays,
  type Calendar,
  type Day,
  isPeriod,
  type Period,
  periodEnd,
  periodStart,
  roundDue,
} from '@duban/calendar';
import { type Due } from '@duban/platform';
import { inForce } from '@duban/policy';
import { doneOn, leadsOf, owedSince, type Report, type Task } from '@duban/task';
import { ledBy } from './led-by.js';
import { derivedDue, type Obligation, obligationId } from './obligation.js';
import { type PlanLedger } from './plan-ledger.js';
import { asksLeads } from './round-obligations.js';
import { beforeOwed } from './silence.js';

/**
 * What is due in a later year (到2027年) or in each (每年) is reported on when a year of the plan ends, as long as its own
 * day has not come. Where a round asks the leads about that year's end, its report serves as the check.
 */
export function yearlyChecks(
  ledger: PlanLedger,
  id: string,
  task: Task,
  day: Day,
  calendar: Calendar,
): Obligation[] {
  if (leadsOf(task).length === 0) return [];
  return yearsOf(ledger, task, day)
    .filter(year => !isAskedInRound(ledger, id, year))
    .map(year => check(ledger, id, task, year, day, calendar));
}

function check(
  ledger: PlanLedger,
  id: string,
  task: Task,
  year: Period,
  day: Day,
  calendar: Calendar,
): Obligation {
  const leads = leadsOf(task);
  const led = ledBy(ledger, id, task, leads, day);
  const told = task.reports.find(({ period }) => endsWith(period, year)) ?? null;
  const openedOn = addDays(periodEnd(year), 1);
  const { name: rule, content } = inForce(ledger.policies, 'round', openedOn);
  const on = roundDue(year, content.dueWorkdays, calendar);
  const since = task.assignedOn !== null && task.assignedOn > openedOn ? task.assignedOn : openedOn;
  const wasLate = since > on && !(told && told.on <= since);
  return {
    ...led,
    id: obligationId('report', id, year, leads),
    kind: 'report',
    period: year,
    due: derivedDue(on, since, rule),
    openedOn,
    openedBy: { stream: `task-${id}`, type: 'TaskIssued' },
    handedIn: told && handedInBy(id, told),
    settledOn: told?.on ?? endedOn(task),
    lateSince: wasLate ? addDays(on, 1) : null,
    inherited: led.inherited || wasLate,
    silenced: led.silenced ?? beforeOwed(ledger, task, on),
  };
}

function handedInBy(id: string, { on, unit, n }: Report): Obligation['handedIn'] {
  return { on, by: unit, ref: { stream: `task-${id}`, type: 'ProgressReported', n } };
}

/** The years that have begun by the day, from the plan's first to the last before the task's own day. */
function yearsOf({ plan }: PlanLedger, task: Task, day: Day): Period[] {
  const due = phrased(task);
  const since = [plan.countsFrom, owedSince(task)]
    .filter(each => each !== null)
    .sort()
    .at(-1);
  if (!due || !since) return [];
  const first = due.every ? Math.max(yearOf(since), yearOf(due.on) + 1) : yearOf(since);
  const last = Math.min(due.every ? yearOf(plan.to) : yearOf(due.on) - 1, yearOf(day));
  const ended = endedOn(task);
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, count) => String(first + count)).filter(
    year => ended === null || periodStart(year) <= ended,
  );
}

/** From then on nothing is asked any more: what is to be done each year ends with the decision to close it. */
function endedOn(task: Task): Day | null {
  return phrased(task)?.every ? task.closedOn : doneOn(task);
}

/** What the document or the office says; more time for the first year is no later horizon. */
function phrased({ dues }: Task): Due | null {
  return dues.findLast(({ through }) => through !== 'extension')?.due ?? null;
}

function isAskedInRound({ rounds }: PlanLedger, id: string, year: Period): boolean {
  return [...rounds.values()].some(
    round =>
      asksLeads(round) &&
      endsWith(round.period, year) &&
      round.roster.some(({ leads }) => leads.includes(id)),
  );
}

function endsWith(period: string, year: Period): boolean {
  return isPeriod(period) && periodEnd(period) === periodEnd(year);
}

function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}
