import { addDays, type Day } from '@duban/calendar';
import {
  countedHandIn,
  leftOpenBy,
  quarterCoveredBy,
  type Round,
  type RosterEntry,
  type Submission,
} from '@duban/round';
import { type Obligation, obligationId } from './obligation.js';
import { holdersOn, type PlanLedger } from './plan-ledger.js';
import { dueOf, mayCover } from './round-due.js';
import { beforePlan, closedWith } from './silence.js';

type Found = { id: string; state: Submission };
type Base = ReturnType<typeof baseOf>;

/** What a unit of the roster hands in for the round, and what it has to do again. */
export function submissionObligations(
  ledger: PlanLedger,
  id: string,
  round: Round,
  { unit }: RosterEntry,
  day: Day,
): Obligation[] {
  const own = submissionIn(ledger, id, unit);
  const found = own && servedBy(ledger, round, own);
  const first = found && countedHandIn(found.state);
  const open = found?.state.returns.find(({ redoneOn }) => redoneOn === null) ?? null;
  const base = baseOf(ledger, id, round, unit, own, day);
  const submission: Obligation = {
    ...base,
    id: obligationId('submission', id, round.period, [unit]),
    kind: 'submission',
    mode: 'each',
    due: dueOf(ledger, round),
    openedOn: round.openedOn ?? day,
    openedBy: { stream: `round-${id}`, type: 'RoundOpened' },
    handedIn: first
      ? { on: first.countsOn, by: unit, ref: refTo(found?.id ?? '', 'SubmissionHandedIn', first.n) }
      : null,
    settledOn: found?.state.acceptedOn ?? null,
    returned: open ? { on: open.on, reworkBy: open.reworkBy } : null,
    lateSince: found ? reworkLateOn(found.state, day) : null,
  };
  return [submission, ...(own ? reworks(base, own) : [])];
}

function baseOf(ledger: PlanLedger, id: string, round: Round, unit: string, own: Found | null, day: Day) {
  const holders = holdersOn(ledger, [unit], day);
  const isWaived = own?.state.status === 'waived';
  return {
    plan: ledger.id,
    subject: id,
    title: `${ledger.plan.title} ${round.period}`,
    period: round.period,
    named: [unit],
    holders,
    reporting: null,
    availableOn: null,
    tolled: null,
    lateSince: null,
    returned: null,
    silenced: isWaived
      ? ('waived' as const)
      : (beforePlan(ledger, dueOf(ledger, round).on) ?? closedWith(ledger)),
    inherited: holders[0] !== unit,
  };
}

function refTo(submission: string, type: string, n: number) {
  return { stream: `submission-${submission}`, type, n };
}

function submissionIn(ledger: PlanLedger, round: string, unit: string): Found | null {
  const id = `${round}/${unit}`;
  const state = ledger.submissions.get(id);
  return state ? { id, state } : null;
}

/**
 * The submission that answers for this one: itself or, where it came first and holds all that is asked here, what the
 * unit handed in for the half-year that covers the quarter, or for the quarter that it covers (duties §3).
 */
function servedBy(ledger: PlanLedger, round: Round, own: Found): Found {
  if (!mayCover(ledger, round)) return own;
  const others = [...ledger.rounds].flatMap(([id, { period, backfill }]) => {
    const covers = quarterCoveredBy(period) === round.period || quarterCoveredBy(round.period) === period;
    const other = covers && !backfill ? submissionIn(ledger, id, own.state.unit) : null;
    return other && suffices(own.state, other.state) ? [other] : [];
  });
  return others.reduce((best, other) => (cameOn(other) < cameOn(best) ? other : best), own);
}

function suffices(asked: Submission, { handIns }: Submission): boolean {
  const last = handIns.findLast(({ withdrawnOn }) => withdrawnOn === null) ?? null;
  const { items, summary, evidence } = leftOpenBy(asked, last);
  return last !== null && items.length === 0 && !summary && !evidence;
}

function cameOn({ state }: Found): Day {
  return countedHandIn(state)?.countsOn ?? '9999-12-31';
}

/** On time is the first hand-in, unless the day of a rework passes (duties §3). */
function reworkLateOn({ returns }: Submission, day: Day): Day | null {
  const missed = returns.find(({ reworkBy, redoneOn }) => (redoneOn ?? day) > reworkBy);
  return missed ? addDays(missed.reworkBy, 1) : null;
}

function reworks(base: Base, { id, state }: Found): Obligation[] {
  return state.returns.map(({ n, on, reworkBy, redoneOn }) => ({
    ...base,
    id: obligationId('rework', `${id}/${n}`, base.period, base.named),
    kind: 'rework',
    subject: id,
    mode: 'single',
    due: { on: reworkBy, countsFrom: reworkBy, version: 1, since: on, original: reworkBy, basis: 'derived' },
    openedOn: on,
    openedBy: refTo(id, 'SubmissionReturned', n),
    handedIn: redoneOn
      ? { on: redoneOn, by: state.unit, ref: refTo(id, 'SubmissionHandedIn', redoneBy(state, n)) }
      : null,
    settledOn: redoneOn,
  }));
}

/** The hand-in that answered the return of hand-in `n`: the next one that was not withdrawn. */
function redoneBy({ handIns }: Submission, n: number): number {
  return handIns.find(later => later.n > n && !later.withdrawnOn)?.n ?? n + 1;
}
