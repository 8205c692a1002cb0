import { enteredFor, personOf, throughDelegate } from '@duban/actor';
import { isDay, isPeriod, type Period, periodEnd } from '@duban/calendar';
import { Rejection } from '@duban/event-store';
import type { Context } from '@duban/platform';
import type {
  Acting,
  Indicator,
  IndicatorCommand,
  IndicatorEvent,
  Observation,
  Part,
} from './indicator-model.js';
import { asCounted, pendingIn } from './acceptance.js';
import { type Warning, warningsFor } from './plausibility.js';
import { refuseWithoutReason, reviewer } from './refusals.js';
import { isYesOrNo, refuseBareYes } from './value-evidence.js';
import { isComplete, keptPeriod, observationOf, rosterOf, standingParts } from './values.js';

type Of<Type extends IndicatorCommand['type']> = Extract<IndicatorCommand, { type: Type }>;

/** A provider's first figure for a period: another one for the same period is a revision or a correction. */
export function reportValue(
  indicator: Indicator,
  command: Of<'ReportValue'>,
  context: Context,
): IndicatorEvent[] {
  const { value, evidence, receivedOn } = command;
  const unit = providerOf(indicator, command);
  refusePeriod(command.period, receivedOn ?? context.today);
  refuseNonsense(indicator, command.period, value);
  const period = keptPeriod(indicator, command.period);
  const standing = standingParts(observationOf(indicator, period) ?? { ...empty, period });
  const own = standing.find(part => part.unit === unit);
  if (own && own.value === value) return [];
  if (own) throw new Rejection('value_reported_already', { period, value: own.value });
  const other = indicator.providerMode === 'one_of' ? standing[0] : undefined;
  if (other) throw new Rejection('value_reported_already', { period, value: other.value, by: other.unit });
  refuseBareYes(indicator, { period, value }, evidence);
  const entered = enteredFor(context.actor, { ...command, names: namesOf(command) });
  const on = handInDay(receivedOn, context);
  const warnings = overridden(indicator, { ...command, period, unit });
  return [
    {
      type: 'ValueReported',
      ...{ period, unit, value, evidence, on },
      reporter: personOf(context.actor),
      ...throughDelegate(context.actor),
      confirmed: warnings.length > 0,
      ...(warnings.length > 0 && { warnings }),
      ...entered,
      effectiveOn: periodEnd(period),
    },
  ];
}

/** A preliminary figure becomes final. What was confirmed is corrected instead, unless it comes from statistics with a lag. */
export function reviseValue(
  indicator: Indicator,
  command: Of<'ReviseValue'>,
  context: Context,
): IndicatorEvent[] {
  const found = standingPart(indicator, command);
  if (found.part.value === command.value) return [];
  refuseNonsense(indicator, found.observation.period, command.value);
  refuseWithoutReason(command.reason);
  if (found.observation.confirmedOn && indicator.lagDays === 0) {
    throw new Rejection('value_confirmed', { period: found.observation.period });
  }
  return [{ type: 'ValueRevised', ...changeOf(indicator, command, found, context) }];
}

/**
 * A figure was wrong: the right one comes with a reason and what it rests on, and is confirmed anew by another person.
 * Until then an accepted figure stands.
 */
export function correctValue(
  indicator: Indicator,
  command: Of<'CorrectValue'>,
  context: Context,
): IndicatorEvent[] {
  const found = standingPart(indicator, command);
  if (found.part.value === command.value) return [];
  refuseNonsense(indicator, found.observation.period, command.value);
  refuseWithoutReason(command.reason);
  if (command.basis.trim() === '') {
    throw new Rejection('basis_needed', {}, [{ pointer: '/basis', code: 'basis_needed' }]);
  }
  const counted = asCounted(found.observation);
  const change = changeOf(indicator, command, { ...found, part: partOf(counted, found.part) }, context);
  const accepted = counted.confirmedOn !== null && { accepted: true };
  return [{ type: 'ValueCorrected', ...change, basis: command.basis, ...accepted }];
}

/** The figure is published later than its period's end: until then it is awaited, not missing. */
export function awaitValue(
  indicator: Indicator,
  command: Of<'AwaitValue'>,
  { today }: Context,
): IndicatorEvent[] {
  const { availableOn, reason } = command;
  refuseUnlessPeriod(command.period);
  const period = keptPeriod(indicator, command.period);
  const observation = observationOf(indicator, period);
  if (!isDay(availableOn) || availableOn <= periodEnd(period)) {
    throw new Rejection('available_before_period_end', { period, availableOn }, [
      { pointer: '/availableOn', code: 'available_before_period_end' },
    ]);
  }
  const last = observation?.awaits.at(-1);
  if (last && last.availableOn === availableOn && last.reason === reason) return [];
  if (observation && isComplete(indicator, observation)) {
    throw new Rejection('value_reported_already', { period });
  }
  refuseWithoutReason(reason);
  return [{ type: 'ValueAwaited', period, availableOn, reason, on: today }];
}

/** Another person vouches for the figure; of the same unit only where that unit is the plan's own office. */
export function confirmValue(
  indicator: Indicator,
  command: Of<'ConfirmValue'>,
  context: Context,
): IndicatorEvent[] {
  const { period, observation } = reported(indicator, command.period);
  if (!isComplete(indicator, observation)) {
    const absent = absentFrom(indicator, observation);
    throw new Rejection('value_incomplete', { period, absent });
  }
  const { by, selfReviewed } = reviewer(standingParts(observation), command, context);
  if (observation.confirmedOn) return [];
  const corrections = pendingIn(observation).map(({ unit, from, to }) => ({ unit, from, to }));
  const counting = corrections.length > 0 && { corrections };
  return [{ type: 'ValueConfirmed', period, on: context.today, by, selfReviewed, ...counting }];
}

/**
 * A part is turned down; its provider states it again. Timeliness goes on counting from the first hand-in. Of an accepted
 * figure only the correction is turned down.
 */
export function rejectValue(
  indicator: Indicator,
  command: Of<'RejectValue'>,
  context: Context,
): IndicatorEvent[] {
  const { period, observation } = reported(indicator, command.period);
  const { unit, reason } = command;
  const part = observation.parts.find(each => each.unit === unit);
  if (!part) throw new Rejection('no_value', { period, unit });
  const { by } = reviewer([part], command, context);
  if (part.rejected) return [];
  if (observation.confirmedOn) throw new Rejection('value_confirmed', { period });
  refuseWithoutReason(reason);
  const pending = pendingIn(observation).find(each => each.unit === unit);
  if (pending) {
    const { from, to } = pending;
    return [{ type: 'ValueCorrectionRefused', period, unit, from, to, reason, on: context.today, by }];
  }
  return [{ type: 'ValueRejected', period, unit, reason, on: context.today, by }];
}

const empty: Omit<Observation, 'period'> = {
  parts: [],
  awaitedUntil: null,
  awaits: [],
  confirmedOn: null,
  confirmations: [],
  selfReviewed: false,
  roster: null,
};

/** The unit's own name and those of the units it succeeds. */
function namesOf({ unit, actsFor }: Acting): string[] {
  return [...new Set([unit, ...actsFor])];
}

/** The provider, as named, that the acting unit speaks for. */
function providerOf({ providers }: Indicator, acting: Acting): string {
  const { unit, provider } = acting;
  const names = namesOf(acting).filter(name => providers.includes(name));
  const [first] = provider === undefined ? names : names.filter(name => name === provider);
  if (first === undefined) throw new Rejection('not_a_provider', { unit: provider ?? unit, providers });
  return first;
}

type Found = { observation: Observation; part: Part };

/** The standing figure to be changed; by who provided it, even if others provide now. */
function standingPart(indicator: Indicator, command: Acting & { period: string }): Found {
  refuseUnlessPeriod(command.period);
  const observation = observationOf(indicator, command.period);
  const providers = [...new Set([...rosterOf(indicator, observation).units, ...indicator.providers])];
  const unit = providerOf({ ...indicator, providers }, command);
  const part = observation && standingParts(observation).find(each => each.unit === unit);
  if (!part) throw new Rejection('no_value', { period: command.period, unit });
  return { observation, part };
}

function partOf({ parts }: Observation, part: Part): Part {
  return parts.find(({ unit }) => unit === part.unit) ?? part;
}

function reported(indicator: Indicator, period: string): { period: Period; observation: Observation } {
  refuseUnlessPeriod(period);
  const observation = observationOf(indicator, period);
  if (!observation || observation.parts.length === 0) throw new Rejection('no_value', { period });
  return { period: observation.period, observation };
}

function changeOf(
  indicator: Indicator,
  command: Of<'ReviseValue'> | Of<'CorrectValue'>,
  { observation: { period }, part: { unit, value: from, evidence: standing } }: Found,
  context: Context,
) {
  const { value: to, reason, confirmed = false, evidence = [], paper } = command;
  refuseBareYes(indicator, { period, value: to }, [...standing, ...evidence]);
  const warnings = overridden(indicator, { period, unit, value: to, confirmed });
  return {
    ...{ period, unit, from, to, reason, on: context.today, by: personOf(context.actor) },
    ...throughDelegate(context.actor),
    ...(warnings.length > 0 && { warnings }),
    ...(evidence.length > 0 && { evidence }),
    ...enteredFor(context.actor, { names: namesOf(command), paper, evidence }),
  };
}

type Stated = { period: Period; unit: string; value: number; confirmed: boolean };

/** The codes of the warnings that were confirmed away; refuses with all of them while they are not. */
function overridden(indicator: Indicator, { period, unit, value, confirmed }: Stated): string[] {
  const warnings = warningsFor(indicator, period, unit, value);
  if (warnings.length > 0 && !confirmed) {
    const errors = warnings.map(({ code, params }: Warning) => ({ pointer: '/value', code, params }));
    const reason = warnings.map(({ code }) => code).join(', ');
    throw new Rejection('implausible_value', { period, value, reason }, errors);
  }
  return warnings.map(({ code }) => code);
}

function absentFrom(indicator: Indicator, observation: Observation): string[] {
  const standing = standingParts(observation).map(({ unit }) => unit);
  return rosterOf(indicator, observation).units.filter(unit => !standing.includes(unit));
}

function handInDay(receivedOn: string | null, { today }: Context): string {
  if (receivedOn === null) return today;
  const error = (code: string) => [{ pointer: '/receivedOn', code }];
  if (!isDay(receivedOn)) throw new Rejection('not_a_day', { receivedOn }, error('not_a_day'));
  if (receivedOn > today)
    throw new Rejection('received_in_future', { receivedOn }, error('received_in_future'));
  return receivedOn;
}

function refusePeriod(period: string, on: string): void {
  refuseUnlessPeriod(period);
  if (periodEnd(period) > on) {
    throw new Rejection('period_not_over', { period, endsOn: periodEnd(period) }, [
      { pointer: '/period', code: 'period_not_over' },
    ]);
  }
}

function refuseUnlessPeriod(period: string): void {
  if (!isPeriod(period))
    throw new Rejection('not_a_period', { period }, [{ pointer: '/period', code: 'not_a_period' }]);
}

function refuseNonsense(indicator: Indicator, period: Period, value: number): void {
  if (!Number.isFinite(value))
    throw new Rejection('not_a_number', {}, [{ pointer: '/value', code: 'not_a_number' }]);
  if (value !== 0 && value !== 1 && isYesOrNo(indicator, period)) {
    throw new Rejection('not_yes_or_no', { value }, [{ pointer: '/value', code: 'not_yes_or_no' }]);
  }
}
