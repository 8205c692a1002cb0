import { addDays, type Calendar, type Day, type Period, periodEnd, periodStart } from '@duban/calendar';
import { currentDue, isSuspendedOn, latenessOf, leadsOf, pendingExtension, type Task } from '@duban/task';
import { type IndicatorLight } from './indicator-light.js';
import { clockOf, light, type Light, type Moment, type Ruling } from './light-model.js';
import { type EventRef, isOverdueOn, type Obligation, obligationState } from './obligation.js';

/** What one task is judged by: the task, its own obligations, and the lights of the indicators linked to it. */
export type TaskFacts = {
  id: string;
  task: Task;
  early: 'before_plan' | 'horizon_past' | null; // its day lay before it was owed
  obligations: readonly Obligation[];
  indicators: readonly IndicatorLight[];
  rule: string; // the policy of lights in force at the moment
};

type Rule = (facts: TaskFacts, moment: Moment, calendar: Calendar) => Ruling | null;

/** By precedence (duties §10): none › met › overdue › missing › tolled or awaiting › blocked › behind plan › green. */
const rules: readonly Rule[] = [outside, met, leaderless, overdue, missing, tolled, blocked, behind, late];

/** The one light of a task, joint or not, at a moment; the first rule that speaks decides. */
export function taskLight(facts: TaskFacts, moment: Moment, calendar: Calendar): Light {
  for (const rule of rules) {
    const ruling = rule(facts, moment, calendar);
    if (ruling) return { ...ruling, rule: facts.rule };
  }
  const { handedInOn } = standing(facts, moment);
  const reason = handedInOn ? 'handed_in' : 'on_track';
  return { ...light('green', reason, 'state', handedInOn), rule: facts.rule };
}

/** The last completion that says the task was done by the moment's day, as far as it was known. */
function standing({ task }: TaskFacts, { day, knownOn }: Moment) {
  const known = task.completions.filter(({ on, doneOn }) => on <= knownOn && doneOn <= day);
  const accepted = known.find(completion => completion.accepted && completion.accepted.on <= knownOn) ?? null;
  const last = known.at(-1) ?? null;
  const open = last && !(last.returned && last.returned.on <= knownOn) ? last : null;
  return { accepted, handedInOn: accepted?.on ?? open?.on ?? null };
}

function outside({ id, task, early }: TaskFacts, { day }: Moment): Ruling | null {
  const stream = `task-${id}`;
  if (!task.issuedOn) return light('none', 'not_issued', 'state', null);
  if (task.cancelledOn && task.cancelledOn <= day)
    return light('none', 'cancelled', 'state', task.cancelledOn, {}, [{ stream, type: 'TaskCancelled' }]);
  if (task.exemptedOn && task.exemptedOn <= day)
    return light('none', 'exempt', 'state', task.exemptedOn, {}, [{ stream, type: 'TaskExempted' }]);
  if (task.issuedOn > day) return light('none', 'before_plan', 'state', task.issuedOn);
  return early && light('none', early, 'state', null, { due: currentDue(task)?.on ?? null });
}

/** Nobody is named who could do it: the office owes a lead (duties §8), red once that is overdue. */
function leaderless({ task, obligations }: TaskFacts, moment: Moment): Ruling | null {
  if (leadsOf(task).length > 0) return null;
  const owed = obligations.findLast(({ kind, handedIn }) => kind === 'assign_lead' && !handedIn);
  if (owed && isOverdueOn(owed, clockOf(moment)))
    return light('red', 'lead_overdue', 'time', owed.due.on, { due: owed.due.on }, refs(owed));
  return light('grey', 'lead_missing', 'state', owed?.openedOn ?? null, { due: owed?.due.on ?? null });
}

/**
 * Done and accepted. Made good late within this period it stays amber for the period, never green; where the office
 * accepted its own unit's late work it stays amber until a second person has closed it (duties §3).
 */
function met(facts: TaskFacts, moment: Moment, calendar: Calendar): Ruling | null {
  const { accepted } = standing(facts, moment);
  const reopened = facts.task.reopenedOn.some(
    on => accepted?.accepted && on >= accepted.accepted.on && on <= moment.knownOn,
  );
  if (!accepted || reopened) return null;
  const stream = `task-${facts.id}`;
  const events = [{ stream, type: 'CompletionAccepted', n: accepted.n }];
  const { lateOn, workdaysLate } = latenessOf(facts.task, clockOf(moment), calendar);
  const madeGoodNow =
    lateOn !== null && accepted.on >= periodStart(moment.period) && accepted.on <= graceEnd(moment);
  if (madeGoodNow)
    return light('amber', 'made_good_late', 'time', lateOn, { workdays: workdaysLate }, events);
  const { closedOn } = facts.task;
  const isCountersigned = closedOn !== null && closedOn <= moment.knownOn;
  if (lateOn && accepted.selfReviewed && !isCountersigned)
    return light('amber', 'countersign_pending', 'quality', accepted.accepted?.on ?? null, {}, events);
  return light('green', lateOn ? 'met_late_before' : 'met', 'state', accepted.doneOn, {}, events);
}

/** A period's light looks at what was handed in up to the moment it is known. */
function graceEnd({ period, knownOn }: Moment): Day {
  return knownOn > periodEnd(period) ? knownOn : periodEnd(period);
}

function overdue(facts: TaskFacts, moment: Moment): Ruling | null {
  const handedIn = standing(facts, moment).handedInOn !== null;
  const owed = facts.obligations.filter(({ kind }) => kind === 'task_due' || kind === 'milestone');
  const over = owed.filter(obligation => isOverAt(facts, obligation, moment));
  const missed = over.find(obligation =>
    obligation.kind === 'task_due' ? !handedIn : !reached(facts.task, obligation, moment),
  );
  if (missed) {
    const due = dueAt(facts.task, missed, moment);
    const params = { due: due.on, what: missed.title };
    if (missed.kind === 'milestone')
      return light('red', 'milestone_overdue', 'time', due.countsFrom, params, refs(missed));
    // The unit asked in time and the office has not answered: both are said (duties §7).
    const undecided = pendingExtension(facts.task, moment.day);
    return undecided?.tolls
      ? light(
          'red',
          'overdue_undecided',
          'time',
          due.countsFrom,
          { ...params, asked: undecided.askedOn },
          refs(missed),
        )
      : light('red', 'overdue', 'time', due.countsFrom, params, refs(missed));
  }
  const late = over.find(
    ({ kind, handedIn: came, due }) => kind === 'task_due' && came && came.on > due.countsFrom,
  );
  return late ? light('amber', 'handed_in_late', 'time', late.due.countsFrom, {}, refs(late)) : null;
}

/** Whether the day had passed at the moment, by the due day that was in force and the decisions made until then. */
function isOverAt({ task }: TaskFacts, obligation: Obligation, moment: Moment): boolean {
  const { silenced } = obligation;
  if (silenced === 'before_plan' || silenced === 'horizon_past' || silenced === 'closed') return false;
  if (isSuspendedOn(task, moment.day)) return false;
  if (!isOver(dueAt(task, obligation, moment).countsFrom, moment)) return false;
  return obligationState({ ...obligation, silenced: null }, moment.day) !== 'tolled';
}

/** The due day as it was in force on the moment's day: what was granted or revised later does not reach back. */
function dueAt(
  task: Task,
  { kind, subject, due }: Obligation,
  { day }: Moment,
): { on: Day; countsFrom: Day } {
  const dues = kind === 'task_due' ? task.dues : (milestoneOf(task, subject)?.dues ?? []);
  const version = dues.findLast(({ setOn }) => setOn <= day);
  const earlier = version && version !== dues.at(-1) ? version.due : null;
  return earlier ? { on: earlier.on, countsFrom: earlier.on } : due;
}

/** Overdue begins after the end of the due day. Looked back upon from a later day, the day judged is itself over. */
function isOver(due: Day, { day, knownOn }: Moment): boolean {
  return knownOn > day ? due <= day : due < day;
}

function milestoneOf(task: Task, subject: string): Task['milestones'][number] | undefined {
  const code = subject.slice(subject.indexOf('/') + 1);
  return task.milestones.find(each => each.code === code);
}

function reached(task: Task, { subject }: Obligation, { day, knownOn }: Moment): boolean {
  const milestone = milestoneOf(task, subject);
  return Boolean(
    milestone?.reachedOn &&
    milestone.reachedOn <= day &&
    milestone.reportedOn &&
    milestone.reportedOn <= knownOn,
  );
}

/** A report on this period that was due and is not in; a returned one whose rework day has passed. */
function missing({ obligations }: TaskFacts, moment: Moment): Ruling | null {
  const [{ period }, clock] = [moment, clockOf(moment)];
  const absent = obligations.find(
    obligation =>
      obligation.kind === 'report' &&
      isWithin(obligation.period, period) &&
      !obligation.silenced &&
      isOverdueOn(obligation, clock),
  );
  if (absent)
    return light(
      'red',
      'report_missing',
      'missing_report',
      absent.due.on,
      { due: absent.due.on },
      refs(absent),
    );
  const undone = obligations.find(
    ({ kind, handedIn, due, silenced }) => kind === 'rework' && !silenced && !handedIn && due.on < clock,
  );
  return undone
    ? light('red', 'rework_overdue', 'quality', undone.due.on, { due: undone.due.on }, refs(undone))
    : null;
}

function tolled({ task, obligations }: TaskFacts, { day }: Moment): Ruling | null {
  const pending = obligations.find(
    obligation => obligation.kind === 'task_due' && obligationState(obligation, day) === 'tolled',
  );
  if (pending?.tolled)
    return light(
      'grey',
      'extension_pending',
      'time',
      pending.tolled.from,
      { until: pending.tolled.until },
      refs(pending),
    );
  return isSuspendedOn(task, day) ? light('grey', 'suspended', 'state', day) : null;
}

function blocked({ id, task }: TaskFacts, { day, knownOn }: Moment): Ruling | null {
  const blocker = task.blockers.find(
    ({ on, clearedOn }) => on <= knownOn && on <= day && (clearedOn === null || clearedOn > day),
  );
  if (!blocker) return null;
  return light('amber', 'blocked', 'quality', blocker.on, { what: blocker.note }, [
    { stream: `task-${id}`, type: 'BlockerRaised', n: blocker.n },
  ]);
}

function behind({ task, indicators }: TaskFacts, { day }: Moment): Ruling | null {
  const short = indicators.find(
    ({ light: { colour, concern } }) => concern === 'quantity' && (colour === 'red' || colour === 'amber'),
  );
  if (short)
    return light(
      'amber',
      'behind_plan',
      'quantity',
      null,
      { indicator: short.id, reason: short.light.reason },
      short.light.events,
    );
  const returnedNow = task.completions.find(
    ({ returned, n }) =>
      returned && returned.on <= day && !task.completions.some(later => later.n > n && later.on <= day),
  );
  const due = currentDue(task);
  return returnedNow && due ? light('amber', 'returned', 'quality', returnedNow.returned?.on ?? null) : null;
}

/** What came after its day is made good, and stays amber for the period: lateness is never unset (duties §10). */
function late({ obligations }: TaskFacts, { knownOn, period }: Moment, calendar: Calendar): Ruling | null {
  for (const obligation of obligations) {
    const { kind, handedIn, due, lateSince, silenced } = obligation;
    if (silenced || !handedIn || handedIn.on > knownOn || !(handedIn.on > due.countsFrom || lateSince))
      continue;
    const isOfPeriod =
      kind === 'report'
        ? isWithin(obligation.period, period)
        : kind === 'milestone' && isWithinDays(due.countsFrom, period);
    if (!isOfPeriod) continue;
    const since = lateSince ?? addDays(due.countsFrom, 1);
    const workdays = calendar.workdaysBetween(addDays(since, -1), handedIn.on);
    const concern = kind === 'report' ? 'missing_report' : 'time';
    return light('amber', 'made_good_late', concern, since, { workdays }, refs(obligation));
  }
  return null;
}

/** A month counts in its quarter, a year in its last. */
function isWithin(inner: Period | null, outer: Period): boolean {
  return inner !== null && isWithinDays(periodEnd(inner), outer);
}

function isWithinDays(day: Day, period: Period): boolean {
  return day >= periodStart(period) && day <= periodEnd(period);
}

function refs({ openedBy, handedIn }: Obligation): EventRef[] {
  return handedIn ? [openedBy, handedIn.ref] : [openedBy];
}
