import { type Calendar, type Day } from '@duban/calendar';
import {
  currentDue,
  handedInOn,
  doneOn,
  ladderDue,
  latenessOf,
  leadsOf,
  originalDue,
  reportingLeadOf,
  type Task,
} from '@duban/task';
import { membersOn } from '@duban/unit';
import { type Obligation, obligationId } from './obligation.js';
import { holdersOn, type PlanLedger } from './plan-ledger.js';

/** What is owed for one task whatever the round: receipts, milestones, the task itself, rework. */
export function taskObligations(
  ledger: PlanLedger,
  id: string,
  task: Task,
  day: Day,
  calendar: Calendar,
): Obligation[] {
  if (!task.issuedOn) return [];
  return [
    ...receipts(ledger, id, task, day, calendar),
    ...milestones(ledger, id, task, day),
    ...taskDue(ledger, id, task, day, calendar),
    ...rework(ledger, id, task, day),
  ];
}

/** The parts that obligations of one task share; the leads answer jointly. */
export function ledBy(ledger: PlanLedger, id: string, task: Task, named: readonly string[], day: Day) {
  const holders = holdersOn(ledger, named, day);
  const reporting = reportingLeadOf(task)?.unit ?? null;
  return {
    plan: ledger.id,
    subject: id,
    title: task.title,
    named,
    holders,
    mode: holders.length > 1 ? ('one_of' as const) : ('single' as const),
    reporting: reporting && holders.length > 1 ? (holdersOn(ledger, [reporting], day)[0] ?? null) : null,
    availableOn: null,
    returned: null,
    tolled: null,
    lateSince: null,
    silenced: silencedBy(ledger, task, day),
    inherited: holders.some(holder => !named.includes(holder)),
  };
}

function silencedBy(ledger: PlanLedger, task: Task, day: Day): Obligation['silenced'] {
  if (task.cancelledOn) return 'cancelled';
  if (task.exemptedOn) return 'exempt';
  if (ledger.plan.status === 'closed') return 'closed';
  if (task.suspensions.some(({ from, to }) => from <= day && (to === null || day < to))) return 'suspended';
  return null;
}

/** Everyone named owes one receipt per task, members of groups included; supporting units owe nothing else. */
function receipts(ledger: PlanLedger, id: string, task: Task, day: Day, calendar: Calendar): Obligation[] {
  const since = task.assignedOn ?? task.issuedOn ?? day;
  const dueOn =
    since === task.issuedOn && task.receiptDueOn ? task.receiptDueOn : calendar.addWorkdays(since, 3);
  return receiptHolders(ledger, task, since).map(unit => {
    const holder = holdersOn(ledger, [unit], day)[0] ?? unit;
    const acknowledgedOn = task.receipts[unit] ?? task.receipts[holder] ?? null;
    const ref = { stream: `task-${id}`, type: 'TaskAcknowledged', unit: task.receipts[unit] ? unit : holder };
    return {
      ...ledBy(ledger, id, task, [unit], day),
      id: obligationId('receipt', id, null, [unit]),
      kind: 'receipt',
      period: null,
      mode: 'single',
      reporting: null,
      due: { on: dueOn, countsFrom: dueOn, version: 1, since, original: dueOn, basis: 'derived' },
      openedOn: since,
      openedBy: { stream: `task-${id}`, type: 'TaskIssued' },
      handedIn: acknowledgedOn ? { on: acknowledgedOn, by: holder, ref } : null,
      settledOn: acknowledgedOn ?? doneOn(task),
    };
  });
}

function receiptHolders(ledger: PlanLedger, task: Task, since: Day): string[] {
  const units = task.roles.flatMap(({ holder, isGroup }) => {
    if (!isGroup) return [holder];
    const group = ledger.groups.get(holder);
    return group ? membersOn(group, since) : [];
  });
  return [...new Set(units)].sort();
}

function milestones(ledger: PlanLedger, id: string, task: Task, day: Day): Obligation[] {
  const leads = leadsOf(task);
  return task.milestones.flatMap(({ code, title, due, dues, reportedOn }) => {
    if (!due || leads.length === 0) return [];
    return {
      ...ledBy(ledger, id, task, leads, day),
      id: obligationId('milestone', `${id}/${code}`, null, leads),
      kind: 'milestone' as const,
      subject: `${id}/${code}`,
      title: `${task.title}: ${title}`,
      period: null,
      due: {
        on: due.on,
        countsFrom: due.on,
        version: dues.length,
        since: boundSince(task, dues.at(-1)?.setOn, day),
        original: dues[0]?.due?.on ?? due.on,
        basis: due.basis,
      },
      openedOn: task.issuedOn ?? day,
      openedBy: { stream: `task-${id}`, type: 'TaskIssued' },
      handedIn: reportedOn
        ? { on: reportedOn, by: null, ref: { stream: `task-${id}`, type: 'MilestoneReached', code } }
        : null,
      settledOn: reportedOn ?? doneOn(task),
      silenced: beforePlan(ledger, due.on) ?? silencedBy(ledger, task, day),
    };
  });
}

function taskDue(ledger: PlanLedger, id: string, task: Task, day: Day, calendar: Calendar): Obligation[] {
  const due = currentDue(task);
  const leads = leadsOf(task);
  if (!due || leads.length === 0) return [];
  const completion = task.completions.find(({ on }) => on === handedInOn(task));
  const pending = task.extensions.find(({ state, tolls }) => state === 'pending' && tolls);
  return [
    {
      ...ledBy(ledger, id, task, leads, day),
      id: obligationId('task_due', id, null, leads),
      kind: 'task_due',
      period: null,
      due: {
        on: due.on,
        countsFrom: ladderDue(task, calendar) ?? due.on,
        version: task.dues.length,
        since: boundSince(task, task.dues.at(-1)?.setOn, day),
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
      lateSince: latenessOf(task, day, calendar).lateOn,
      tolled: pending ? { from: pending.askedOn, until: pending.tollsUntil } : null,
      silenced: beforePlan(ledger, due.on) ?? silencedBy(ledger, task, day),
    },
  ];
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
    return {
      ...ledBy(ledger, id, task, [unit], day),
      id: obligationId('rework', `${id}/completion/${n}`, null, [unit]),
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

/** What was due before the plan counts is wanted, never owed (an April plan imported in August has no July overdue). */
function beforePlan(ledger: PlanLedger, dueOn: Day): 'before_plan' | null {
  return ledger.plan.countsFrom !== null && dueOn < ledger.plan.countsFrom ? 'before_plan' : null;
}
