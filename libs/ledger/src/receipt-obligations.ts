import { addDays, type Calendar, type Day } from '@duban/calendar';
import { inForce } from '@duban/policy';
import { type Assignment, type Contest, doneOn, type FormerRoles, namedSince, type Task } from '@duban/task';
import { membersOn } from '@duban/unit';
import { derivedDue, type Obligation, obligationId } from './obligation.js';
import { excusedBy } from './excused.js';
import { holderOn, type PlanLedger } from './plan-ledger.js';
import { ledBy } from './led-by.js';

/** Who owes a receipt from which day, and until when the task named it; null: it still does. */
type Named = { unit: string; since: Day; until: Day | null };

/**
 * Everyone named owes one receipt per task, members of groups included; supporting units owe nothing else. What a unit
 * owed while the task named it stays in the list when another takes its place.
 */
export function receiptObligations(
  ledger: PlanLedger,
  id: string,
  task: Task,
  day: Day,
  calendar: Calendar,
): Obligation[] {
  const current = receiptHolders(ledger, task.roles, holder => namedSince(task, [holder]) ?? day, null);
  const owed = [...current, ...formerHolders(ledger, task, current)];
  return owed.map(named => receipt(ledger, id, task, named, day, calendar));
}

function receipt(
  ledger: PlanLedger,
  id: string,
  task: Task,
  { unit, since, until: named }: Named,
  day: Day,
  calendar: Calendar,
): Obligation {
  const { name: rule, content } = inForce(ledger.policies, 'date', since);
  const dueOn =
    since === task.issuedOn && task.receiptDueOn
      ? task.receiptDueOn
      : calendar.addWorkdays(since, content.receiptWorkdays);
  const holder = holderOn(ledger, unit, day);
  const acknowledgedOn = task.receipts[unit] ?? task.receipts[holder] ?? null;
  const ref = { stream: `task-${id}`, type: 'TaskAcknowledged', unit: task.receipts[unit] ? unit : holder };
  const contest = contestBy(ledger, task, unit, since);
  const until = named ?? excusedBy(ledger, task, unit)?.endedOn ?? null;
  const countsFrom = contest ? afterContest(contest, dueOn, calendar) : dueOn;
  const led = ledBy(ledger, id, task, [unit], day);
  const removedLate = until !== null && until > countsFrom;
  const contestedLate = contest !== null && contest.on > dueOn;
  return {
    ...led,
    id: obligationId('receipt', id, null, [unit]),
    kind: 'receipt',
    period: null,
    mode: 'single',
    reporting: null,
    due: { ...derivedDue(dueOn, since, rule), countsFrom },
    openedOn: since,
    openedBy: { stream: `task-${id}`, type: 'TaskIssued' },
    handedIn: acknowledgedOn ? { on: acknowledgedOn, by: holder, ref } : null,
    settledOn: acknowledgedOn ?? (removedLate ? until : doneOn(task)),
    tolled: contest && tolledBy(contest),
    ...(acknowledgedOn === null && (contestedLate || removedLate) && { lateSince: addDays(dueOn, 1) }),
    silenced: until === null || removedLate ? led.silenced : 'reassigned',
  };
}

/** Units that had become one before they were asked are asked once, under the first of their names. */
function receiptHolders(
  ledger: PlanLedger,
  roles: readonly Assignment[],
  sinceOf: (holder: string) => Day,
  until: Day | null,
): Named[] {
  const byHolder = new Map<string, Named>();
  for (const { holder: named, isGroup } of roles) {
    const since = sinceOf(named);
    const group = isGroup ? ledger.groups.get(named) : undefined;
    for (const unit of isGroup ? (group ? membersOn(group, since) : []) : [named]) {
      const holder = holderOn(ledger, unit, since);
      const known = byHolder.get(holder) ?? { unit, since, until };
      byHolder.set(holder, { ...known, since: known.since < since ? known.since : since });
    }
  }
  return [...byHolder.values()].sort((a, b) => (a.unit < b.unit ? -1 : 1));
}

/** Those whom the task named once and names no longer, with the last time that it did. */
function formerHolders(ledger: PlanLedger, { formerRoles = [] }: Task, current: readonly Named[]): Named[] {
  const known = new Set(current.map(({ unit }) => unit));
  const found: Named[] = [];
  for (let last = formerRoles.length - 1; last >= 0; last -= 1) {
    const spans = formerRoles.slice(0, last + 1);
    const { roles = [], until = '' } = spans.at(-1) ?? {};
    const named = receiptHolders(ledger, roles, holder => beganOn(spans, holder), until);
    found.push(...named.filter(({ unit }) => !known.has(unit)));
    named.forEach(({ unit }) => known.add(unit));
  }
  return found;
}

/** Since when the holder was named without a break at the end of these spans. */
function beganOn(spans: readonly FormerRoles[], holder: string): Day {
  const gap = spans.findLastIndex(({ roles }) => !roles.some(role => role.holder === holder));
  return spans[gap + 1]?.from ?? '';
}

/** The contest of this unit since it was named, or null. One that lapsed stopped the clock as long as it waited. */
function contestBy(ledger: PlanLedger, { contests = [] }: Task, unit: string, since: Day): Contest | null {
  const isOwn = ({ unit: by, named, on }: Contest) =>
    on >= since &&
    (named.includes(unit) || (named.length === 0 && holderOn(ledger, by, on) === holderOn(ledger, unit, on)));
  return contests.findLast(isOwn) ?? null;
}

function tolledBy({ on, endedOn, tollsUntil }: Contest): NonNullable<Obligation['tolled']> {
  const until = endedOn !== null && endedOn <= tollsUntil ? addDays(endedOn, -1) : tollsUntil;
  return { from: on, until };
}

/**
 * The day from which a contested receipt counts: contested in time, the day of the decision; contested when it was
 * overdue, the due day moved by the workdays on which the clock stood still.
 */
function afterContest({ on, endedOn, tollsUntil }: Contest, dueOn: Day, calendar: Calendar): Day {
  const until = endedOn !== null && endedOn <= tollsUntil ? endedOn : tollsUntil;
  if (on <= dueOn) return until > dueOn ? until : dueOn;
  return calendar.addWorkdays(dueOn, calendar.workdaysBetween(on, until));
}
