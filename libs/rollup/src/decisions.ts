import { type Calendar } from '@duban/calendar';
import { type Obligation, obligationState, type PlanLedger } from '@duban/ledger';
import { leadsOf, pendingExtension, type Task } from '@duban/task';
import { type Decision, type Frame, type IndicatorLine, type TaskLine } from './edition-model.js';
import { sorted } from './order.js';

/** More than three questions at once and none is answered. */
export const mostDecisions = 3;

/** An item that is overdue by more workdays than this is a leader's. */
const patienceWorkdays = 5;

type Weighted = { decision: Decision; weight: number };

/**
 * What is to be decided, as of the cutoff: requests that wait, tasks without a lead, what is long overdue, what is far
 * behind its target. The weightiest of each kind come first, so that three questions are not three of one kind.
 */
export function decisionsOf(
  ledger: PlanLedger,
  tasks: readonly TaskLine[],
  indicators: readonly IndicatorLine[],
  obligations: readonly Obligation[],
  frame: Frame,
  calendar: Calendar,
): Decision[] {
  const byKind = [
    tasks.flatMap(line => extensionToDecide(line, ledger.tasks.get(line.id), frame)),
    tasks.flatMap(line => leadToName(line, ledger.tasks.get(line.id))),
    longOverdue(tasks, obligations, frame, calendar),
    indicators.flatMap(farBehind),
  ].map(found => sorted(found, ({ decision, weight }) => [-weight, decision.subject]));
  return byKind
    .flatMap((found, kind) => found.map(({ decision }, place) => ({ decision, kind, place })))
    .sort((a, b) => a.place - b.place || a.kind - b.kind)
    .map(({ decision }) => decision);
}

function about(line: TaskLine | IndicatorLine, units: readonly string[]) {
  return { subject: line.id, code: line.code, title: line.title, units };
}

function extensionToDecide(line: TaskLine, task: Task | undefined, { judgedOn }: Frame): Weighted[] {
  const pending = task && pendingExtension(task, judgedOn);
  if (!pending) return [];
  const { askedOn, to, reason, decideBy, tollsUntil } = pending;
  const params = { dueOn: line.dueOn, to, reason, decideBy, tollsUntil };
  return [
    {
      weight: decideBy < judgedOn ? 1 : 0,
      decision: { kind: 'decide_extension', ...about(line, line.leads), since: askedOn, params },
    },
  ];
}

function leadToName(line: TaskLine, task: Task | undefined): Weighted[] {
  if (!task?.issuedOn || leadsOf(task).length > 0 || line.light.colour === 'none') return [];
  const params = { due: line.light.params.due ?? null };
  return [
    {
      weight: line.light.colour === 'red' ? 1 : 0,
      decision: { kind: 'assign_lead', ...about(line, line.units), since: task.issuedOn, params },
    },
  ];
}

const delivered = new Set<Obligation['kind']>(['task_due', 'milestone']);

function longOverdue(
  tasks: readonly TaskLine[],
  obligations: readonly Obligation[],
  { judgedOn }: Frame,
  calendar: Calendar,
): Weighted[] {
  const late = new Map<string, { obligation: Obligation; workdays: number }>();
  for (const obligation of obligations) {
    if (!delivered.has(obligation.kind) || obligation.silenced || obligation.handedIn) continue;
    if (obligation.settledOn || obligationState(obligation, judgedOn) === 'tolled') continue;
    const due = obligation.due.countsFrom;
    const workdays = due < judgedOn ? calendar.workdaysBetween(due, judgedOn) : 0;
    const task = obligation.subject.split('/')[0] ?? obligation.subject;
    if (workdays > patienceWorkdays && workdays > (late.get(task)?.workdays ?? 0))
      late.set(task, { obligation, workdays });
  }
  return tasks.flatMap(line => {
    const found = late.get(line.id);
    if (!found) return [];
    const { obligation, workdays } = found;
    const params = { due: obligation.due.on, workdays, what: obligation.title };
    const since = obligation.due.countsFrom;
    return [{ weight: workdays, decision: { kind: 'overdue', ...about(line, line.leads), since, params } }];
  });
}

function farBehind(line: IndicatorLine): Weighted[] {
  const { attainment, planned, actual } = line;
  if (line.light.colour !== 'red' || !attainment) return [];
  const { ratio, progress, points, judged, reason } = attainment;
  const params = { actual, planned: planned?.value ?? null, ratio, progress, points, judged, reason };
  const shown = judged === 'progress' ? progress : ratio;
  return [
    {
      weight: shown === null ? 100 : 100 - shown,
      decision: { kind: 'far_behind', ...about(line, line.owners), since: null, params },
    },
  ];
}
