import { type Calendar } from '@duban/calendar';
import { inForce } from '@duban/policy';
import { currentDue, type Task } from '@duban/task';
import { type IndicatorLight, indicatorLights } from './indicator-light.js';
import { type TaskFacts, taskLight } from './light.js';
import { type Light, type Moment } from './light-model.js';
import { type Obligation } from './obligation.js';
import { obligationsOf } from './obligations.js';
import { calendarOf, type PlanLedger } from './plan-ledger.js';
import { beforeOwed } from './silence.js';

/** What each task is judged by at a moment, by task. */
export function taskFactsOf(
  ledger: PlanLedger,
  moment: Moment,
  calendar: Calendar,
  obligations: readonly Obligation[] = obligationsOf(ledger, moment.knownOn, calendar),
): Map<string, TaskFacts> {
  const own = groupBySubject(obligations);
  const indicators = indicatorLights(ledger, moment, calendar, obligations);
  const rule = inForce(ledger.policies, 'light', moment.day).name;
  return new Map(
    [...ledger.tasks].map(([id, task]) => [
      id,
      {
        id,
        task,
        early: earlyOf(ledger, task),
        obligations: own.get(id) ?? [],
        indicators: linkedTo(ledger, id, indicators),
        rule,
      },
    ]),
  );
}

/** The light of every task of the plan at a moment. */
export function taskLights(ledger: PlanLedger, moment: Moment, base: Calendar): Map<string, Light> {
  const calendar = calendarOf(ledger, base);
  const facts = taskFactsOf(ledger, moment, calendar);
  return new Map([...facts].map(([id, each]) => [id, taskLight(each, moment, calendar)]));
}

function earlyOf(ledger: PlanLedger, task: Task): TaskFacts['early'] {
  const due = currentDue(task);
  return due && beforeOwed(ledger, task, due.on);
}

function linkedTo(
  ledger: PlanLedger,
  task: string,
  lights: ReadonlyMap<string, IndicatorLight>,
): IndicatorLight[] {
  return [...lights.values()].filter(({ id }) =>
    ledger.indicators.get(id)?.links.some(link => link.task === task),
  );
}

/** By task: what is owed for a milestone (`004:3.1/m1`) is owed for its task. */
function groupBySubject(obligations: readonly Obligation[]): Map<string, Obligation[]> {
  const groups = new Map<string, Obligation[]>();
  for (const obligation of obligations) {
    const subject = obligation.subject.split('/')[0] ?? obligation.subject;
    groups.set(subject, [...(groups.get(subject) ?? []), obligation]);
  }
  return groups;
}
