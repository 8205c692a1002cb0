import { type Calendar, type Day, periodEnd } from '@duban/calendar';
import { availabilityOf, type Indicator, observationOf } from '@duban/indicator';
import {
  countedDueOn,
  countedHandIn,
  dueOn,
  quarterCoveredBy,
  type Round,
  type RosterEntry,
  type Submission,
} from '@duban/round';
import { doneOn, type Task } from '@duban/task';
import { type Obligation, obligationId } from './obligation.js';
import { holdersOn, type PlanLedger } from './plan-ledger.js';
import { periodWanted } from './roster.js';
import { ledBy } from './task-obligations.js';

/** What an opened round asks for: reports of leads, submissions of members and responsible units, values of providers. */
export function roundObligations(ledger: PlanLedger, id: string, round: Round, day: Day): Obligation[] {
  if (!round.openedOn || round.backfill) return [];
  return [
    ...(round.kind === 'quarter' || round.kind === 'month' ? reports(ledger, id, round, day) : []),
    ...round.roster
      .filter(entry => entry.owesSubmission)
      .flatMap(entry => submissionObligations(ledger, id, round, entry, day)),
  ];
}

function dueOf(round: Round): Obligation['due'] {
  const on = dueOn(round);
  return {
    on,
    countsFrom: countedDueOn(round),
    version: round.dues.length,
    since: round.dues.at(-1)?.setOn ?? on,
    original: round.dues[0]?.on ?? on,
    basis: 'stated',
  };
}

/** One report per task and quarter from its leads, any of whom answers for all. A report on the half-year serves its quarters. */
function reports(ledger: PlanLedger, roundId: string, round: Round, day: Day): Obligation[] {
  return tasksLed(round).flatMap(([taskId, leads]) => {
    const task = ledger.tasks.get(taskId);
    if (!task) return [];
    const report = task.reports.find(({ period }) => serves(period, round.period));
    return {
      ...ledBy(ledger, taskId, task, leads, day),
      id: obligationId('report', taskId, round.period, leads),
      kind: 'report' as const,
      period: round.period,
      due: dueOf(round),
      openedOn: round.openedOn ?? day,
      openedBy: { stream: `round-${roundId}`, type: 'RoundOpened' },
      handedIn: report
        ? {
            on: report.on,
            by: report.unit,
            ref: { stream: `task-${taskId}`, type: 'ProgressReported', n: report.n },
          }
        : null,
      settledOn: report?.on ?? doneBefore(task, round),
    };
  });
}

/** What was said for the half-year was said for the quarter that ends with it. */
function serves(period: string, asked: string): boolean {
  return period === asked || quarterCoveredBy(period) === asked;
}

/** A task finished and accepted within the period has nothing more to report on it. */
function doneBefore(task: Task, round: Round): Day | null {
  const done = doneOn(task);
  return done !== null && done <= periodEnd(round.period) ? done : null;
}

function tasksLed(round: Round): [string, string[]][] {
  const leads = new Map<string, string[]>();
  for (const { unit, leads: tasks } of round.roster) {
    for (const task of tasks) leads.set(task, [...(leads.get(task) ?? []), unit]);
  }
  return [...leads].sort(([a], [b]) => (a < b ? -1 : 1));
}

function submissionObligations(
  ledger: PlanLedger,
  id: string,
  round: Round,
  entry: RosterEntry,
  day: Day,
): Obligation[] {
  const submission = submissionOf(ledger, id, round, entry.unit);
  const first = submission && countedHandIn(submission.state);
  const open = submission?.state.returns.find(({ redoneOn }) => redoneOn === null) ?? null;
  const base = {
    plan: ledger.id,
    subject: id,
    title: `${ledger.plan.title} ${round.period}`,
    period: round.period,
    named: [entry.unit],
    holders: holdersOn(ledger, [entry.unit], day),
    reporting: null,
    availableOn: null,
    tolled: null,
    lateSince: null,
    returned: null,
    silenced: submission?.state.status === 'waived' ? ('waived' as const) : null,
    inherited: holdersOn(ledger, [entry.unit], day)[0] !== entry.unit,
  };
  const stream = `submission-${submission?.id ?? `${id}/${entry.unit}`}`;
  return [
    {
      ...base,
      id: obligationId('submission', id, round.period, [entry.unit]),
      kind: 'submission',
      mode: 'each',
      due: dueOf(round),
      openedOn: round.openedOn ?? day,
      openedBy: { stream: `round-${id}`, type: 'RoundOpened' },
      handedIn: first
        ? { on: first.countsOn, by: entry.unit, ref: { stream, type: 'SubmissionHandedIn', n: first.n } }
        : null,
      settledOn: submission?.state.acceptedOn ?? null,
      returned: open ? { on: open.on, reworkBy: open.reworkBy } : null,
    },
    ...(submission && submission.id.startsWith(`${id}/`)
      ? reworks(base, submission.id, submission.state)
      : []),
  ];
}

function reworks(
  base: Omit<Obligation, 'id' | 'kind' | 'mode' | 'due' | 'openedOn' | 'openedBy' | 'handedIn' | 'settledOn'>,
  id: string,
  submission: Submission,
): Obligation[] {
  return submission.returns.map(({ n, on, reworkBy, redoneOn }) => ({
    ...base,
    id: obligationId('rework', `${id}/${n}`, base.period, base.named),
    kind: 'rework' as const,
    subject: id,
    mode: 'single' as const,
    due: {
      on: reworkBy,
      countsFrom: reworkBy,
      version: 1,
      since: on,
      original: reworkBy,
      basis: 'derived' as const,
    },
    openedOn: on,
    openedBy: { stream: `submission-${id}`, type: 'SubmissionReturned', n },
    handedIn: redoneOn
      ? {
          on: redoneOn,
          by: submission.unit,
          ref: { stream: `submission-${id}`, type: 'SubmissionHandedIn', n: redoneBy(submission, n) },
        }
      : null,
    settledOn: redoneOn,
  }));
}

/** The hand-in that answered the return of hand-in `n`: the next one that was not withdrawn. */
function redoneBy({ handIns }: Submission, n: number): number {
  return handIns.find(later => later.n > n && !later.withdrawnOn)?.n ?? n + 1;
}

/** The unit's submission for this round or, while nothing lies there, one that was handed in for the half-year that it ends. */
function submissionOf(
  ledger: PlanLedger,
  roundId: string,
  round: Round,
  unit: string,
): { id: string; state: Submission } | null {
  const of = (id: string) => {
    const state = ledger.submissions.get(`${id}/${unit}`);
    return state ? { id: `${id}/${unit}`, state } : null;
  };
  const own = of(roundId);
  if (own && countedHandIn(own.state)) return own;
  for (const [otherId, other] of ledger.rounds) {
    const covering = quarterCoveredBy(other.period) === round.period ? of(otherId) : null;
    if (covering && countedHandIn(covering.state)) return covering;
  }
  return own;
}

/**
 * One obligation per (indicator, period, provider), serving every round that wants the figure: due with the round of the
 * period's own kind, and never before the figure is published.
 */
export function valueObligations(
  ledger: PlanLedger,
  id: string,
  indicator: Indicator,
  day: Day,
  calendar: Calendar,
): Obligation[] {
  const asked = new Map<string, [string, Round]>();
  for (const [roundId, round] of ledger.rounds) {
    const period = periodWanted(indicator, round);
    if (!period || !round.openedOn || round.backfill) continue;
    const other = asked.get(period);
    if (!other || ranks(round, period) < ranks(other[1], period)) asked.set(period, [roundId, round]);
  }
  return [...asked].flatMap(([period, [roundId, round]]) =>
    indicator.providers.map(provider =>
      valueObligation(ledger, id, indicator, provider, period, roundId, round, day, calendar),
    ),
  );
}

/** Rounds of the period's own span come first, then the earlier due day. */
function ranks(round: Round, period: string): string {
  return `${round.period === period ? 0 : 1} ${dueOf(round).on}`;
}

function valueObligation(
  ledger: PlanLedger,
  id: string,
  indicator: Indicator,
  provider: string,
  period: string,
  roundId: string,
  round: Round,
  day: Day,
  calendar: Calendar,
): Obligation {
  const due = dueOf(round);
  const available = calendar.nextWorkday(availabilityOf(indicator, period, due.on));
  const on = available > due.on ? available : due.on;
  const holders = holdersOn(ledger, [provider], day);
  const served = indicator.providerMode === 'one_of';
  const parts = (observationOf(indicator, period)?.parts ?? []).filter(part => !part.rejected);
  const part = parts.find(({ unit }) => served || unit === provider || holders.includes(unit));
  return {
    plan: ledger.id,
    id: obligationId('value', id, period, [provider]),
    kind: 'value',
    subject: id,
    title: indicator.title,
    period,
    mode: indicator.providers.length === 1 ? 'single' : indicator.providerMode,
    named: [provider],
    holders,
    reporting: null,
    due: { ...due, on, countsFrom: on },
    availableOn: available > due.on ? available : null,
    openedOn: round.openedOn ?? day,
    openedBy: { stream: `round-${roundId}`, type: 'RoundOpened' },
    handedIn: part
      ? {
          on: part.firstOn,
          by: part.unit,
          ref: { stream: `indicator-${id}`, type: 'ValueReported', unit: part.unit, period },
        }
      : null,
    settledOn: part?.firstOn ?? null,
    returned: null,
    tolled: null,
    lateSince: null,
    silenced: indicator.exemptedOn ? 'exempt' : null,
    inherited: holders[0] !== provider,
  };
}
