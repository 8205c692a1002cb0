import { type Calendar, type Day, periodEnd, periodStart } from '@duban/calendar';
import { currentDue, isSuspendedOn, latenessOf, leadsOf, type Task } from '@duban/task';
import { type IndicatorLight } from './indicator-light.js';
import { light, type Light, type Moment } from './light-model.js';
import { type EventRef, isOverdueOn, type Obligation, obligationState } from './obligation.js';

/** What one task is judged by: the task, its own obligations, and the lights of the indicators linked to it. */
export type TaskFacts = {
  id: string;
  task: Task;
  countsFrom: Day | null; // since when the plan counts; what was due before is not owed
  obligations: readonly Obligation[];
  indicators: readonly IndicatorLight[];
};

type Rule = (facts: TaskFacts, moment: Moment, calendar: Calendar) => Light | null;

/** By precedence (duties §10): none › met › overdue › missing › tolled or awaiting › blocked › behind plan › green. */
const rules: readonly Rule[] = [outside, met, leaderless, overdue, missing, tolled, blocked, behind];

/** The one light of a task, joint or not, at a moment; the first rule that speaks decides. */
export function taskLight(facts: TaskFacts, moment: Moment, calendar: Calendar): Light {
  for (const rule of rules) {
    const light = rule(facts, moment, calendar);
    if (light) return light;
  }
  const { handedInOn } = standing(facts, moment);
  return light('green', handedInOn ? 'handed_in' : 'on_track', 'state', handedInOn);
}

/** The last completion that says the task was done by the moment's day, as far as it was known. */
function standing({ task }: TaskFacts, { day, knownOn }: Moment) {
  const known = task.completions.filter(({ on, doneOn }) => on <= knownOn && doneOn <= day);
  const accepted = known.find(completion => completion.accepted && completion.accepted.on <= knownOn) ?? null;
  const last = known.at(-1) ?? null;
  const open = last && !(last.returned && last.returned.on <= knownOn) ? last : null;
  return { accepted, handedInOn: accepted?.on ?? open?.on ?? null };
}

function outside({ id, task, countsFrom }: TaskFacts, { day }: Moment): Light | null {
  const stream = `task-${id}`;
  if (!task.issuedOn) return light('none', 'not_issued', 'state', null);
  if (task.cancelledOn && task.cancelledOn <= day)
    return light('none', 'cancelled', 'state', task.cancelledOn, {}, [{ stream, type: 'TaskCancelled' }]);
  if (task.exemptedOn && task.exemptedOn <= day)
    return light('none', 'exempt', 'state', task.exemptedOn, {}, [{ stream, type: 'TaskExempted' }]);
  if (task.issuedOn > day) return light('none', 'before_plan', 'state', task.issuedOn);
  const due = currentDue(task);
  return due && countsFrom && due.on < countsFrom
    ? light('none', 'before_plan', 'state', null, { due: due.on })
    : null;
}

/** Nobody is named who could do it: the office owes a lead (duties §8), red once that is overdue. */
function leaderless({ task, obligations }: TaskFacts, { knownOn }: Moment): Light | null {
  if (leadsOf(task).length > 0) return null;
  const owed = obligations.find(({ kind }) => kind === 'assign_lead');
  if (owed && isOverdueOn(owed, knownOn))
    return light('red', 'lead_overdue', 'time', owed.due.on, { due: owed.due.on }, refs(owed));
  return light('grey', 'lead_missing', 'state', owed?.openedOn ?? null, { due: owed?.due.on ?? null });
}

/** Done and accepted. Made good late within this period it stays amber for the period, never green. */
function met(facts: TaskFacts, moment: Moment, calendar: Calendar): Light | null {
  const { accepted } = standing(facts, moment);
  const reopened = facts.task.reopenedOn.some(
    on => accepted?.accepted && on >= accepted.accepted.on && on <= moment.knownOn,
  );
  if (!accepted || reopened) return null;
  const stream = `task-${facts.id}`;
  const events = [{ stream, type: 'CompletionAccepted', n: accepted.n }];
  const { lateOn, workdaysLate } = latenessOf(facts.task, moment.knownOn, calendar);
  const madeGoodNow =
    lateOn !== null && accepted.on >= periodStart(moment.period) && accepted.on <= graceEnd(moment);
  if (madeGoodNow)
    return light('amber', 'made_good_late', 'time', lateOn, { workdays: workdaysLate }, events);
  return light('green', lateOn ? 'met_late_before' : 'met', 'state', accepted.doneOn, {}, events);
}

/** A period's light looks at what was handed in up to the moment it is known. */
function graceEnd({ period, knownOn }: Moment): Day {
  return knownOn > periodEnd(period) ? knownOn : periodEnd(period);
}

function overdue(facts: TaskFacts, moment: Moment): Light | null {
  const { handedInOn } = standing(facts, moment);
  for (const obligation of facts.obligations) {
    if (obligation.kind !== 'task_due' && obligation.kind !== 'milestone') continue;
    const due = obligation.due.countsFrom;
    if (obligation.silenced || !isOver(due, moment) || obligationState(obligation, moment.day) === 'tolled')
      continue;
    if (obligation.kind === 'task_due' ? handedInOn !== null : reached(facts.task, obligation, moment)) {
      const late = obligation.handedIn && obligation.handedIn.on > due;
      if (obligation.kind === 'task_due' && late)
        return light('amber', 'handed_in_late', 'time', due, {}, refs(obligation));
      continue;
    }
    return light(
      'red',
      obligation.kind === 'task_due' ? 'overdue' : 'milestone_overdue',
      'time',
      due,
      { due: obligation.due.on, what: obligation.title },
      refs(obligation),
    );
  }
  return null;
}

/** Overdue begins after the end of the due day. Looked back upon from a later day, the day judged is itself over. */
function isOver(due: Day, { day, knownOn }: Moment): boolean {
  return knownOn > day ? due <= day : due < day;
}

function reached(task: Task, { subject }: Obligation, { day, knownOn }: Moment): boolean {
  const code = subject.slice(subject.indexOf('/') + 1);
  const milestone = task.milestones.find(each => each.code === code);
  return Boolean(
    milestone?.reachedOn &&
    milestone.reachedOn <= day &&
    milestone.reportedOn &&
    milestone.reportedOn <= knownOn,
  );
}

/** A report on this period that was due and is not in; a returned one whose rework day has passed. */
function missing({ obligations }: TaskFacts, { knownOn, period }: Moment): Light | null {
  const absent = obligations.find(
    obligation =>
      obligation.kind === 'report' &&
      obligation.period === period &&
      !obligation.silenced &&
      isOverdueOn(obligation, knownOn),
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
    ({ kind, handedIn, due, silenced }) => kind === 'rework' && !silenced && !handedIn && due.on < knownOn,
  );
  return undone
    ? light('red', 'rework_overdue', 'quality', undone.due.on, { due: undone.due.on }, refs(undone))
    : null;
}

function tolled({ task, obligations }: TaskFacts, { day }: Moment): Light | null {
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

function blocked({ id, task }: TaskFacts, { day, knownOn }: Moment): Light | null {
  const blocker = task.blockers.find(
    ({ on, clearedOn }) => on <= knownOn && on <= day && (clearedOn === null || clearedOn > day),
  );
  if (!blocker) return null;
  return light('amber', 'blocked', 'quality', blocker.on, { what: blocker.note }, [
    { stream: `task-${id}`, type: 'BlockerRaised', n: blocker.n },
  ]);
}

function behind({ task, indicators }: TaskFacts, { day }: Moment): Light | null {
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

function refs({ openedBy, handedIn }: Obligation): EventRef[] {
  return handedIn ? [openedBy, handedIn.ref] : [openedBy];
}
