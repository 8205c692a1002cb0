import { type Day, periodEnd } from '@duban/calendar';
import { type Indicator } from '@duban/indicator';
import { isSuspendedOn, type Task } from '@duban/task';
import { type Obligation } from './obligation.js';
import { type PlanLedger } from './plan-ledger.js';

type Silence = Obligation['silenced'];

/** Why nothing is owed for the task on a day, or null. */
export function silencedBy(ledger: PlanLedger, task: Task, day: Day): Silence {
  if (task.cancelledOn) return 'cancelled';
  if (task.exemptedOn) return 'exempt';
  return closedWith(ledger) ?? (isSuspendedOn(task, day) ? 'suspended' : null);
}

/** A closed plan asks for nothing more. */
export function closedWith({ plan }: PlanLedger): Silence {
  return plan.status === 'closed' ? 'closed' : null;
}

/** What was due before the plan counts is wanted, never owed (an April plan imported in August has no July overdue). */
export function beforePlan({ plan: { countsFrom } }: PlanLedger, dueOn: Day): Silence {
  return countsFrom !== null && dueOn < countsFrom ? 'before_plan' : null;
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
