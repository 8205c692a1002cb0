import { addDays, type Day, periodEnd } from '@duban/calendar';
import { quarterCoveredBy, type Round } from '@duban/round';
import { doneOn, leadsOf, type Report, type Task } from '@duban/task';
import { type Obligation, obligationId } from './obligation.js';
import { holdersOn, type PlanLedger } from './plan-ledger.js';
import { dueOf, mayCover } from './round-due.js';
import { afterSuspensions, beforePlan } from './silence.js';
import { submissionObligations } from './submission-obligations.js';
import { ledBy } from './led-by.js';

/** What an opened round asks of leads, members and responsible units: reports and submissions. */
export function roundObligations(ledger: PlanLedger, id: string, round: Round, day: Day): Obligation[] {
  if (!round.openedOn || round.backfill) return [];
  return [
    ...(asksLeads(round) ? reports(ledger, id, round, day) : []),
    ...round.roster
      .filter(entry => entry.owesSubmission)
      .flatMap(entry => submissionObligations(ledger, id, round, entry, day)),
  ];
}

/** Whether the round, now open, wants a report of each task from its leads; half-years and years want papers. */
export function asksLeads({ openedOn, backfill, kind }: Round): boolean {
  return openedOn !== null && !backfill && (kind === 'quarter' || kind === 'month');
}

/** One report per task and period from its leads, any of whom answers for all. */
function reports(ledger: PlanLedger, roundId: string, round: Round, day: Day): Obligation[] {
  return tasksLed(round).flatMap(([taskId, asked]) => {
    const task = ledger.tasks.get(taskId);
    return task ? report(ledger, { roundId, round, taskId, task, asked }, day) : [];
  });
}

type Asked = { roundId: string; round: Round; taskId: string; task: Task; asked: readonly string[] };

function report(ledger: PlanLedger, of: Asked, day: Day): Obligation {
  const { roundId, round, taskId, task, asked } = of;
  const told = task.reports.find(({ period }) => serves(ledger, period, round)) ?? null;
  const assignedOn = passedOnOn(ledger, of, told, day);
  const named = assignedOn === null ? asked : leadsOf(task);
  const led = ledBy(ledger, taskId, task, named, day);
  const due = dueOf(ledger, round);
  const countsFrom = afterSuspensions(task, due.countsFrom);
  const wasLate = assignedOn !== null && assignedOn > countsFrom;
  return {
    ...led,
    id: obligationId('report', taskId, round.period, named),
    kind: 'report',
    period: round.period,
    due: {
      ...due,
      countsFrom,
      since: assignedOn !== null && assignedOn > due.since ? assignedOn : due.since,
    },
    openedOn: round.openedOn ?? day,
    openedBy: { stream: `round-${roundId}`, type: 'RoundOpened' },
    handedIn: told && {
      on: told.on,
      by: told.unit,
      ref: { stream: `task-${taskId}`, type: 'ProgressReported', n: told.n },
    },
    settledOn: told?.on ?? doneBefore(task, round),
    lateSince: wasLate ? addDays(countsFrom, 1) : null,
    silenced: beforePlan(ledger, due.on) ?? led.silenced,
    inherited: led.inherited || wasLate,
  };
}

/**
 * The day on which the open report passed on to other leads than the round asked, or null. What was reported before
 * stays with those who did.
 */
function passedOnOn(
  ledger: PlanLedger,
  { round, task, asked }: Asked,
  told: Report | null,
  day: Day,
): Day | null {
  const { assignedOn } = task;
  if (!assignedOn || assignedOn < (round.openedOn ?? day)) return null;
  const [before, now] = [holdersOn(ledger, asked, day), holdersOn(ledger, leadsOf(task), day)];
  if (before.length === now.length && now.every(unit => before.includes(unit))) return null;
  const isBefore = told && (told.on < assignedOn || (told.on === assignedOn && asked.includes(told.unit)));
  return isBefore ? null : assignedOn;
}

/** What was said for the half-year was said for the quarter that ends with it. */
function serves(ledger: PlanLedger, period: string, asked: Round): boolean {
  return period === asked.period || (mayCover(ledger, asked) && quarterCoveredBy(period) === asked.period);
}

/** A task finished and accepted within the period has nothing more to report on it. */
function doneBefore(task: Task, round: Round): Day | null {
  const done = doneOn(task);
  return done !== null && done <= periodEnd(round.period) ? done : null;
}

function tasksLed(round: Round): [string, string[]][] {
  const leads = new Map<string, string[]>();
  for (const { unit, leads: tasks } of round.roster) {
    for (const task of new Set(tasks)) leads.set(task, [...(leads.get(task) ?? []), unit]);
  }
  return [...leads].sort(([a], [b]) => (a < b ? -1 : 1));
}
