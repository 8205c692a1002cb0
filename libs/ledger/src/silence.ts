import { type Day, periodEnd } from '@duban/calendar';
import { type Indicator } from '@duban/indicator';
import { currentDue, isSuspendedOn, owedSince, type Task } from '@duban/task';
import { type Obligation } from './obligation.js';
import { type PlanLedger } from './plan-ledger.js';

type Silence = Obligation['silenced'];

/** Why nothing is owed for the task on a day, or null. */
export function silencedBy(ledger: PlanLedger, task: Task, day: Day): Silence {
  if (task.cancelledOn) return 'cancelled';
  if (task.exemptedOn) return 'exempt';
  if (isPastTask(ledger, task)) return 'horizon_past';
  return closedWith(ledger) ?? (isSuspendedOn(task, day) ? 'suspended' : null);
}

/** A closed plan asks for nothing more. */
export function closedWith({ plan }: PlanLedger): Silence {
  return plan.status === 'closed' ? 'closed' : null;
}

/** What was due before the plan counts is wanted, never owed (an April plan imported in August has no July overdue). */
export function beforePlan({ plan: { countsFrom } }: PlanLedger, dueOn: Day): 'before_plan' | null {
  return countsFrom !== null && dueOn < countsFrom ? 'before_plan' : null;
}

/**
 * What a task asked for by a day before it was anybody's: before the plan counts, the task was issued or a lead was
 * named. A year that was over before the plan is a horizon that is past: shown, and nothing is wanted any more.
 */
export function beforeOwed(
  ledger: PlanLedger,
  task: Task,
  dueOn: Day,
): 'before_plan' | 'horizon_past' | null {
  if (isYearPast(ledger, dueOn)) return 'horizon_past';
  return dueOn < (owedSince(task) ?? '') ? 'before_plan' : beforePlan(ledger, dueOn);
}

/** The year in which the task was to be done was over before the plan counts (2018 in a plan of 2023). */
export function isPastTask(ledger: PlanLedger, task: Task): boolean {
  const due = currentDue(task);
  return due !== null && isYearPast(ledger, due.on);
}

function isYearPast({ plan: { countsFrom } }: PlanLedger, day: Day): boolean {
  return countsFrom !== null && periodEnd(day.slice(0, 4)) < countsFrom;
}

/** All horizons of the indicator had ended before the plan was issued: it is shown, never owed. */
export function isHorizonPast({ id, plan }: PlanLedger, { targets }: Indicator): boolean {
  const horizons = targets.filter(target => target.plan === id).map(({ horizon }) => horizon);
  const { countsFrom } = plan;
  if (!countsFrom || horizons.length === 0) return false;
  return horizons.every(horizon => horizon !== 'yearly' && periodEnd(horizon) < countsFrom);
}

/** The due day or, where a suspension that is over covers it, the last day of that: the clock stood still. */
export function afterSuspensions({ suspensions }: Task, dueOn: Day): Day {
  const inOrder = suspensions.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  return inOrder.reduce((due, { from, to }) => (to !== null && from <= due && to > due ? to : due), dueOn);
}
