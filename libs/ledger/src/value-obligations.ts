import { addDays, type Calendar, type Day } from '@duban/calendar';
import {
  availabilityOf,
  type Indicator,
  observationOf,
  type Part,
  type ProviderMode,
  rosterOf as providersOf,
} from '@duban/indicator';
import { inForce, type Policies } from '@duban/policy';
import { dueOn, type Round } from '@duban/round';
import { derivedDue, type Obligation, obligationId } from './obligation.js';
import { holderOn, holdersOn, type PlanLedger } from './plan-ledger.js';
import { dueOf } from './round-due.js';
import { periodWanted } from './roster.js';
import { beforePlan, closedWith, isHorizonPast } from './silence.js';

/**
 * One obligation per (indicator, period) and provider, or for all providers where any one of them will do. It serves
 * every round that wants the figure: due with the round of the period's own kind, never before the figure is published.
 */
export function valueObligations(
  ledger: PlanLedger,
  id: string,
  indicator: Indicator,
  day: Day,
  calendar: Calendar,
): Obligation[] {
  if (isHorizonPast(ledger, indicator)) return [];
  return [...roundsByPeriod(ledger, indicator)].flatMap(([period, [roundId, round]]) => {
    const { units: asked, mode } = providersOf(indicator, observationOf(indicator, period));
    const parties = mode === 'one_of' ? [asked] : asked.map(provider => [provider]);
    return parties.flatMap(named => {
      if (named.length === 0) return [];
      const of = { id, indicator, period, roundId, round, asked, mode, named };
      const parts = partsOf(ledger, of, day);
      const value = passedOn(of, valueObligation(ledger, of, parts, day, calendar));
      return [value, ...restatements(ledger.policies, value, of, parts, calendar)];
    });
  });
}

/**
 * What other providers owed when they were replaced is owed by those named since, from that day; what was late by then
 * stays late, and is inherited. A figure that was complete stays with those who stated it.
 */
function passedOn({ indicator, round, named }: Wanted, value: Obligation): Obligation {
  const last = indicator.formerProviders?.at(-1);
  const since = last && !named.some(unit => last.units.includes(unit)) ? last.until : indicator.providedSince;
  if (since === undefined || since < (round.openedOn ?? since)) return value;
  if (value.handedIn !== null && value.handedIn.on < since) return value;
  const { due } = value;
  const wasLate = last !== undefined && since > due.countsFrom;
  return {
    ...value,
    due: { ...due, since: since > due.since ? since : due.since },
    lateSince: wasLate ? addDays(due.countsFrom, 1) : value.lateSince,
    inherited: value.inherited || wasLate,
    // What was due before anybody was asked is wanted, not owed.
    silenced: last === undefined && due.on < since ? 'before_plan' : value.silenced,
  };
}

/** Of several rounds that want the same figure the period's own asks first, unless it opens when another is overdue. */
function roundsByPeriod(ledger: PlanLedger, indicator: Indicator): Map<string, [string, Round]> {
  const asked = new Map<string, [string, Round]>();
  const opened = [...ledger.rounds].filter(([, { openedOn, backfill }]) => openedOn !== null && !backfill);
  const inOrder = opened.sort(([, a], [, b]) => ((a.openedOn ?? '') < (b.openedOn ?? '') ? -1 : 1));
  for (const [roundId, round] of inOrder) {
    const period = periodWanted(indicator, round);
    const other = period && asked.get(period)?.[1];
    if (!period) continue;
    const isInTime = !other || (round.openedOn ?? '') <= dueOf(ledger, other).countsFrom;
    if (!other || (isInTime && ranks(round, period) < ranks(other, period)))
      asked.set(period, [roundId, round]);
  }
  return asked;
}

/** Rounds of the period's own span come first, then the earlier due day. */
function ranks(round: Round, period: string): string {
  return `${round.period === period ? 0 : 1} ${dueOn(round)}`;
}

type Wanted = {
  id: string;
  indicator: Indicator;
  period: string;
  roundId: string;
  round: Round;
  asked: readonly string[]; // all who provide the figure
  mode: ProviderMode;
  named: readonly string[];
};

/** What these providers stated: under their own name, or under that of a unit they answer for that provides no more. */
function partsOf(ledger: PlanLedger, { indicator, period, asked, named }: Wanted, day: Day): Part[] {
  const holders = holdersOn(ledger, named, day);
  return (observationOf(indicator, period)?.parts ?? []).filter(
    ({ unit }) =>
      named.includes(unit) || (!asked.includes(unit) && holders.includes(holderOn(ledger, unit, day))),
  );
}

function valueObligation(
  ledger: PlanLedger,
  { id, indicator, period, roundId, round, asked, mode, named }: Wanted,
  parts: readonly Part[],
  day: Day,
  calendar: Calendar,
): Obligation {
  const due = dueOf(ledger, round);
  const available = calendar.nextWorkday(availabilityOf(indicator, period, due.countsFrom));
  const notBefore = (on: Day) => (available > on ? available : on);
  const holders = holdersOn(ledger, named, day);
  const part = parts.find(({ rejected }) => !rejected) ?? parts[0];
  const turnedDown = part?.rejected ? turnedDownIn(ledger.policies, part, calendar).at(-1) : undefined;
  return {
    plan: ledger.id,
    id: obligationId('value', id, period, named),
    kind: 'value',
    subject: id,
    title: indicator.title,
    period,
    mode: holders.length === 1 && asked.length === named.length ? 'single' : mode,
    named,
    holders,
    reporting: holders.length > 1 ? (holders[0] ?? null) : null,
    due: { ...due, on: notBefore(due.on), countsFrom: notBefore(due.countsFrom) },
    availableOn: available > due.on ? available : null,
    openedOn: round.openedOn ?? day,
    openedBy: { stream: `round-${roundId}`, type: 'RoundOpened' },
    handedIn: part ? { on: part.firstOn, by: part.unit, ref: statedBy(id, period, part.unit) } : null,
    settledOn: part && !part.rejected ? part.firstOn : null,
    returned: turnedDown ? { on: turnedDown.on, reworkBy: turnedDown.by } : null,
    tolled: null,
    lateSince: restatedLateOn(ledger.policies, parts, day, calendar),
    silenced: indicator.exemptedOn ? 'exempt' : (beforePlan(ledger, notBefore(due.on)) ?? closedWith(ledger)),
    inherited: holders.some(holder => !named.includes(holder)),
  };
}

function statedBy(id: string, period: string, unit: string) {
  return { stream: `indicator-${id}`, type: 'ValueReported', unit, period };
}

type TurnedDown = { n: number; on: Day; by: Day; rule: string; restatedOn: Day | null };

/** Each time that a figure was turned down: when, by when it is wanted again, and when it came. */
function turnedDownIn(policies: Policies, { history }: Part, calendar: Calendar): TurnedDown[] {
  return history
    .filter(({ through }) => through === 'rejected')
    .map(({ n, on }) => {
      const { name: rule, content } = inForce(policies, 'date', on);
      const by = calendar.addWorkdays(on, content.valueReworkWorkdays);
      const restatedOn = history.find(later => later.n > n && later.through === 'reported')?.on ?? null;
      return { n, on, by, rule, restatedOn };
    });
}

function restatedLateOn(
  policies: Policies,
  parts: readonly Part[],
  day: Day,
  calendar: Calendar,
): Day | null {
  const missed = parts
    .flatMap(part => turnedDownIn(policies, part, calendar))
    .filter(({ by, restatedOn }) => (restatedOn ?? day) > by)
    .map(({ by }) => addDays(by, 1));
  return missed.sort()[0] ?? null;
}

/** A figure that was turned down in time is no late figure: to state it again is a duty with a day of its own. */
function restatements(
  policies: Policies,
  value: Obligation,
  { id, period }: Wanted,
  parts: readonly Part[],
  calendar: Calendar,
): Obligation[] {
  return parts.flatMap(part =>
    turnedDownIn(policies, part, calendar).map(({ n, on, by, rule, restatedOn }): Obligation => ({
      ...value,
      id: obligationId('rework', `${id}/${n}`, period, [part.unit]),
      kind: 'rework',
      due: derivedDue(by, on, rule),
      availableOn: null,
      openedOn: on,
      openedBy: { stream: `indicator-${id}`, type: 'ValueRejected', unit: part.unit, period },
      handedIn: restatedOn ? { on: restatedOn, by: part.unit, ref: statedBy(id, period, part.unit) } : null,
      settledOn: restatedOn,
      returned: null,
      lateSince: null,
    })),
  );
}
