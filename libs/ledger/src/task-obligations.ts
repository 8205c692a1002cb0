import { addDays, type Calendar, type Day } from '@duban/calendar';
import {
  type Completion,
  currentDue,
  doneOn,
  type DueVersion,
  ladderDue,
  latenessOf,
  leadsOf,
  originalDue,
  type Task,
} from '@duban/task';
import { lastVersion } from './due-versions.js';
import { exchangeObligations } from './exchange-obligations.js';
import { type Obligation, obligationId } from './obligation.js';
import { holderOn, holdersOn, type PlanLedger } from './plan-ledger.js';
import { ledBy } from './led-by.js';
import { receiptObligations } from './receipt-obligations.js';
import { afterSuspensions, beforeOwed, silencedBy } from './silence.js';
import { yearlyChecks } from './yearly-checks.js';

/** What is owed for one task whatever the round: receipts, milestones, the task itself, its yearly checks, rework, what others asked for. */
export function taskObligations(
  ledger: PlanLedger,
  id: string,
  task: Task,
  day: Day,
  calendar: Calendar,
): Obligation[] {
  if (!task.issuedOn) return [];
  return [
    ...receiptObligations(ledger, id, task, day, calendar),
    ...milestones(ledger, id, task, day),
    ...taskDue(ledger, id, task, day, calendar),
    ...yearlyChecks(ledger, id, task, day, calendar),
    ...rework(ledger, id, task, day),
    ...exchangeObligations(ledger, id, task, day),
  ];
}

function milestones(ledger: PlanLedger, id: string, task: Task, day: Day): Obligation[] {
  const leads = leadsOf(task);
  return task.milestones.flatMap(milestone => {
    const { code, title, due, dues, reportedOn } = milestone;
    if (!due || leads.length === 0) return [];
    const led = ledBy(ledger, id, task, leads, day);
    const lateSince = missedOn(ledger, task, milestone);
    const { setOn, ...last } = lastVersion(dues.map(daysOf));
    return {
      ...led,
      id: obligationId('milestone', `${id}/${code}`, null, leads),
      kind: 'milestone' as const,
      subject: `${id}/${code}`,
      title: `${task.title}: ${title}`,
      period: null,
      due: {
        on: due.on,
        countsFrom: afterSuspensions(task, due.on),
        ...last,
        since: boundSince(task, setOn, day),
        original: dues[0]?.due?.on ?? due.on,
        basis: due.basis,
      },
      openedOn: task.issuedOn ?? day,
      openedBy: { stream: `task-${id}`, type: 'TaskIssued' },
      handedIn: reportedOn
        ? { on: reportedOn, by: null, ref: { stream: `task-${id}`, type: 'MilestoneReached', code } }
        : null,
      settledOn: reportedOn ?? doneOn(task),
      lateSince,
      inherited: led.inherited || isFromBefore(task, lateSince),
      silenced: beforeOwed(ledger, task, due.on) ?? silencedBy(ledger, task, day),
    };
  });
}

/**
 * The day after a due day on which the milestone was missed, though it has been given a later one or the task other
 * leads since; null when there was none. What is missed now shows by the due day in force.
 */
function missedOn(
  ledger: PlanLedger,
  task: Task,
  { dues, reportedOn }: Task['milestones'][number],
): Day | null {
  for (const [index, { due }] of dues.entries()) {
    if (!due || beforeOwed(ledger, task, due.on)) continue;
    const countsFrom = afterSuspensions(task, due.on);
    const until = dues[index + 1]?.setOn ?? reassignedOn(task);
    const ends = [until, reportedOn, task.exemptedOn, task.cancelledOn, doneOn(task)];
    const first = ends.filter(end => end !== null).sort()[0];
    const isSuspended = task.suspensions.some(({ from, to }) => from <= countsFrom && to === null);
    if (until !== null && first !== undefined && first > countsFrom && !isSuspended)
      return addDays(countsFrom, 1);
  }
  return null;
}

/** The day on which the task got other units after it was issued, or null. */
function reassignedOn({ assignedOn, issuedOn }: Task): Day | null {
  return assignedOn !== null && issuedOn !== null && assignedOn > issuedOn ? assignedOn : null;
}

/** Whether lateness arose before the units now named were. */
function isFromBefore(task: Task, lateSince: Day | null): boolean {
  const assignedOn = reassignedOn(task);
  return assignedOn !== null && lateSince !== null && lateSince <= assignedOn;
}

function taskDue(ledger: PlanLedger, id: string, task: Task, day: Day, calendar: Calendar): Obligation[] {
  const due = currentDue(task);
  const completion = standingHandIn(task);
  const leads = leadsAt(ledger, task, completion, day);
  if (!due || leads.length === 0) return [];
  const led = ledBy(ledger, id, task, leads, day);
  const lateSince = latenessOf(task, day, calendar).lateOn;
  const { setOn, ...last } = lastVersion(task.dues.map(daysOf));
  return [
    {
      ...led,
      id: obligationId('task_due', id, null, leads),
      kind: 'task_due',
      period: null,
      due: {
        on: due.on,
        countsFrom: ladderDue(task, calendar) ?? due.on,
        ...last,
        since: boundSince(task, setOn, day),
        original: originalDue(task)?.on ?? due.on,
        basis: due.basis,
      },
      openedOn: task.issuedOn ?? day,
      openedBy: { stream: `task-${id}`, type: 'TaskIssued' },
      handedIn: completion
        ? {
            on: completion.on,
            by: completion.unit,
            ref: { stream: `task-${id}`, type: 'CompletionSubmitted', n: completion.n },
          }
        : null,
      settledOn:
        task.completions.find(({ accepted, reopenedOn }) => accepted && !reopenedOn)?.accepted?.on ?? null,
      lateSince,
      inherited:
        led.inherited ||
        (!(completion && completion.on <= (task.assignedOn ?? '')) && isFromBefore(task, lateSince)),
      returned: openReturn(task),
      tolled: lastTolling(task),
      silenced: beforeOwed(ledger, task, due.on) ?? silencedBy(ledger, task, day),
    },
  ];
}

/** The first completion since the task was issued or last opened again: by it the task is on time or not. */
function standingHandIn({ completions }: Task): Completion | null {
  return completions[completions.findLastIndex(({ reopenedOn }) => reopenedOn !== null) + 1] ?? null;
}

/** The return that nothing has been handed in after. */
function openReturn({ completions }: Task): Obligation['returned'] {
  const returned = completions.at(-1)?.returned;
  return returned ? { on: returned.on, reworkBy: returned.reworkBy } : null;
}

/** Who owes the task: its leads, or whoever handed it in before others were named. */
function leadsAt(ledger: PlanLedger, task: Task, completion: Completion | null, day: Day): readonly string[] {
  const leads = leadsOf(task);
  const assignedOn = reassignedOn(task);
  if (!completion || assignedOn === null || completion.on > assignedOn) return leads;
  return isAmong(ledger, leads, completion.unit, day) ? leads : [completion.unit];
}

/** Whether the unit or its successor is one of those named, or answers for one. */
function isAmong(ledger: PlanLedger, named: readonly string[], unit: string, day: Day): boolean {
  return holdersOn(ledger, named, day).includes(holderOn(ledger, unit, day));
}

/** The last request that stops the clock, with the days on which it does or did. */
function lastTolling({ extensions }: Task): Obligation['tolled'] {
  const last = extensions.findLast(({ tolls }) => tolls);
  if (!last) return null;
  const { askedOn, endedOn, tollsUntil } = last;
  const until = endedOn !== null && endedOn <= tollsUntil ? addDays(endedOn, -1) : tollsUntil;
  return { from: askedOn, until };
}

function daysOf({ due, setOn }: DueVersion): { on: Day | null; setOn: Day } {
  return { on: due?.on ?? null, setOn };
}

/** The later of the day on which the due day was set and the day on which its holders were named. */
function boundSince({ assignedOn, issuedOn }: Task, setOn: Day | undefined, day: Day): Day {
  const assigned = assignedOn ?? issuedOn ?? day;
  return setOn !== undefined && setOn > assigned ? setOn : assigned;
}

/** A returned completion is owed again by its rework day; what was late before stays late. */
function rework(ledger: PlanLedger, id: string, task: Task, day: Day): Obligation[] {
  return task.completions.flatMap(({ n, unit, returned }) => {
    if (!returned) return [];
    const redone = task.completions.find(later => later.n > n) ?? null;
    const leads = leadsOf(task);
    const named = redone || isAmong(ledger, leads, unit, day) || leads.length === 0 ? [unit] : leads;
    return {
      ...ledBy(ledger, id, task, named, day),
      id: obligationId('rework', `${id}/completion/${n}`, null, named),
      kind: 'rework' as const,
      period: null,
      due: {
        on: returned.reworkBy,
        countsFrom: returned.reworkBy,
        version: 1,
        since: returned.on,
        original: returned.reworkBy,
        basis: 'derived' as const,
      },
      openedOn: returned.on,
      openedBy: { stream: `task-${id}`, type: 'CompletionReturned', n },
      handedIn: redone
        ? {
            on: redone.on,
            by: redone.unit,
            ref: { stream: `task-${id}`, type: 'CompletionSubmitted', n: redone.n },
          }
        : null,
      settledOn: redone?.on ?? null,
    };
  });
}
