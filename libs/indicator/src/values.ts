import {
  addDays,
  type Day,
  parsePeriod,
  type Period,
  periodEnd,
  periodKind,
  periodsOfYear,
} from '@duban/calendar';
import { asCounted, type PendingCorrection, pendingIn } from './acceptance.js';
import { sum } from './decimals.js';
import type { Indicator, Observation, Part, Roster } from './indicator-model.js';

/** What is known of an indicator for a period. `missing_parts`: some providers have answered, `absent` have not. */
export type Figure = {
  state: 'none' | 'rejected' | 'missing_parts' | 'reported' | 'revised';
  value: number | null; // null unless reported or revised; null also where each provider has a figure of its own
  parts: readonly { unit: string; value: number }[]; // those that stand
  absent: readonly string[]; // providers whose part is missing or was turned down
  confirmed: boolean; // another person has confirmed what stands
  corrected: boolean;
  selfReviewed: boolean;
  firstOn: Day | null; // the day the last part first came in: the figure was there from this day on
  pending?: readonly PendingCorrection[]; // of what was accepted; they count once another person has confirmed them
};

/** The figure as it stands now. Shape: see `Figure`; a period without any report gives state `none`. */
export function valueOf(indicator: Indicator, period: Period): Figure {
  const observation = observationOf(indicator, period);
  return figure(indicator, observation);
}

/** The figure as it stood at the end of the day: what was reported, revised, corrected or confirmed later does not count. */
export function valueKnownBy(indicator: Indicator, period: Period, day: Day): Figure {
  const observation = observationOf(indicator, period);
  return figure(indicator, observation && asOf(observation, day));
}

/**
 * The figure to be held against a target: for a flow reported per period the sum of the year so far (null while a
 * period of it is missing), else the value itself.
 */
export function actualFor(indicator: Indicator, period: Period, day?: Day): number | null {
  const known = (each: Period) =>
    (day === undefined ? valueOf(indicator, each) : valueKnownBy(indicator, each, day)).value;
  if (indicator.kind !== 'flow_period') return known(period);
  const { kind, year } = parsePeriod(period);
  const own = known(period);
  if (kind === 'year' && own !== null) return own;
  const cadence = kind === 'year' ? indicator.frequency : kind;
  const values = periodsOfYear(year, cadence)
    .filter(each => periodEnd(each) <= periodEnd(period))
    .map(known);
  return values.some(value => value === null) ? null : sum(values.filter(value => value !== null));
}

/**
 * The day from which the figure can exist: the period's end plus the lag of its publication, or the day that was
 * announced instead. `knownOn`: announcements made after this day do not count.
 */
export function availabilityOf(indicator: Indicator, period: Period, knownOn?: Day): Day {
  const awaits = samePeriods(indicator, period).flatMap(each => indicator.observations[each]?.awaits ?? []);
  const announced = awaits.filter(({ on }) => knownOn === undefined || on <= knownOn).at(-1);
  return announced?.availableOn ?? addDays(periodEnd(period), indicator.lagDays);
}

/** The periods of the year for which a value is owed: the year alone for annual figures, else by its cadence. */
export function periodsOf(indicator: Indicator, year: number): Period[] {
  return periodsOfYear(year, indicator.annualOnly ? 'year' : indicator.frequency);
}

/** The observation that answers for the period, with anything reported or awaited in it; null: nothing yet. */
export function observationOf(indicator: Indicator, period: Period): Observation | null {
  return indicator.observations[keptPeriod(indicator, period)] ?? null;
}

/**
 * Under which period a figure about this period is kept. What states a position at the period's end (a stock, a
 * cumulative flow, a ratio) is one figure for Q2 and H1; only a flow per period differs between them.
 */
export function keptPeriod(indicator: Indicator, period: Period): Period {
  const same = samePeriods(indicator, period);
  return same.find(each => (indicator.observations[each]?.parts.length ?? 0) > 0) ?? period;
}

function samePeriods(indicator: Indicator, period: Period): Period[] {
  if (indicator.kind === 'flow_period') return [period];
  const end = periodEnd(period);
  const others = Object.keys(indicator.observations).filter(
    other => other !== period && periodEnd(other) === end,
  );
  return [period, ...others.sort((a, b) => periodKind(a).localeCompare(periodKind(b), 'en'))];
}

/** Who owes the observation: who provided when it was last reported, or whoever provides now. */
export function rosterOf(indicator: Indicator, observation: Observation | null): Roster {
  return observation?.roster ?? { units: indicator.providers, mode: indicator.providerMode };
}

/** Whether all that is owed for the observation is in: any provider's figure, or every provider's part. */
export function isComplete(indicator: Indicator, observation: Observation): boolean {
  const { units, mode } = rosterOf(indicator, observation);
  const standing = standingParts(observation);
  if (mode === 'one_of') return standing.length > 0;
  return units.length > 0 && units.every(unit => standing.some(part => part.unit === unit));
}

export function standingParts(observation: Observation): Part[] {
  return observation.parts.filter(part => !part.rejected);
}

function figure(indicator: Indicator, known: Observation | null): Figure {
  const observation = known && asCounted(known);
  const pending = known ? pendingIn(known) : [];
  const { units, mode } = rosterOf(indicator, observation);
  const standing = observation ? standingParts(observation) : [];
  // A unit that no longer provides keeps its part on record, but the sum is made of what the present ones state.
  const counted =
    mode === 'one_of' ? standing.slice(0, 1) : standing.filter(({ unit }) => units.includes(unit));
  const complete = observation !== null && isComplete(indicator, observation);
  const changes = counted.flatMap(({ history }) => history.map(({ through }) => through));
  return {
    state: stateOf(observation, counted, complete),
    value: complete ? combined(counted, mode) : null,
    parts: counted.map(({ unit, value }) => ({ unit, value })),
    absent: complete ? [] : units.filter(unit => !counted.some(part => part.unit === unit)),
    confirmed: complete && observation.confirmedOn !== null,
    corrected: changes.includes('corrected'),
    selfReviewed: complete && observation.selfReviewed,
    firstOn: complete ? counted.map(({ firstOn }) => firstOn).reduce((a, b) => (a > b ? a : b)) : null,
    ...(pending.length > 0 && { pending }),
  };
}

function stateOf(
  observation: Observation | null,
  counted: readonly Part[],
  complete: boolean,
): Figure['state'] {
  if (counted.length === 0) return observation?.parts.some(part => part.rejected) ? 'rejected' : 'none';
  if (!complete) return 'missing_parts';
  const changed = counted.some(({ history }) => {
    const last = history.at(-1)?.through;
    return last === 'revised' || last === 'corrected';
  });
  return changed ? 'revised' : 'reported';
}

function combined(parts: readonly Part[], mode: Roster['mode']): number | null {
  if (mode === 'sum') return sum(parts.map(({ value }) => value));
  // Figures of several units side by side (mode each) have no meaningful total.
  return parts.length === 1 ? (parts[0]?.value ?? null) : null;
}

function asOf(observation: Observation, day: Day): Observation {
  const parts = observation.parts.flatMap(part => partAsOf(part, day));
  const changes = parts.flatMap(({ history }) => history.map(({ n }) => n));
  const confirmations = observation.confirmations.filter(({ on }) => on <= day);
  const confirmation = confirmations.at(-1);
  const stands = confirmation && changes.every(n => n < confirmation.n);
  return {
    ...observation,
    parts,
    confirmations,
    awaits: observation.awaits.filter(({ on }) => on <= day),
    confirmedOn: stands ? confirmation.on : null,
    selfReviewed: stands ? confirmation.selfReviewed : false,
  };
}

function partAsOf(part: Part, day: Day): Part[] {
  const history = part.history.filter(({ on }) => on <= day);
  const last = history.at(-1);
  if (!last) return [];
  return [{ ...part, value: last.value, on: last.on, rejected: last.through === 'rejected', history }];
}
