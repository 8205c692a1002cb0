import { isPeriod } from '@duban/calendar';
import { type FieldError, isSame, Rejection } from '@duban/event-store';
import type { Context } from '@duban/platform';
import type { Indicator, IndicatorCommand, IndicatorEvent } from './indicator-model.js';
import { refuseWithoutReason } from './refusals.js';
import { horizonFaults } from './target-rules.js';

type Of<Type extends IndicatorCommand['type']> = Extract<IndicatorCommand, { type: Type }>;

/**
 * The indicator with all that the document says about it. The document's oddities are taken as they stand: what is
 * strange about them is a finding of the plan, not a refusal.
 */
export function define(
  indicator: Indicator | null,
  command: Of<'DefineIndicator'>,
  { today }: Context,
): IndicatorEvent[] {
  if (indicator) {
    if (saysNothingNew(indicator, command)) return [];
    throw new Rejection('indicator_already_defined', { indicator: `${indicator.plan}:${indicator.code}` });
  }
  const errors = faultsOf(command);
  if (errors.length > 0) throw new Rejection('indicator_invalid', {}, errors);
  const { plan, code, title, measure, source, direction, kind, annualOnly, definition } = command;
  const { owners, providers, providerMode, frequency, lagDays, links, baselines, targets } = command;
  const clause = links[0]?.clause ?? null;
  return [
    {
      type: 'IndicatorDefined',
      ...{ plan, code, title, measure, source, direction, kind, annualOnly, definition },
    },
    { type: 'OwnerAssigned', units: owners, on: today },
    { type: 'ProviderAssigned', units: providers, mode: providerMode, on: today },
    { type: 'CadenceSet', frequency, lagDays, source: null, on: today },
    ...links.map(link => ({ type: 'IndicatorLinked', link }) as const),
    ...baselines.map(baseline => ({ type: 'BaselineRecorded', ...baseline, source: clause }) as const),
    ...targets.map(target => ({ type: 'TargetSet', plan, target, on: today }) as const),
  ];
}

export function changeDefinition(
  indicator: Indicator,
  { title, definition, reason, paper }: Of<'ChangeDefinition'>,
  { today }: Context,
): IndicatorEvent[] {
  if (indicator.title === title && indicator.definition === definition) return [];
  refuseWithoutReason(reason);
  return [{ type: 'DefinitionChanged', title, definition, reason, paper, on: today }];
}

export function assignOwner(
  indicator: Indicator,
  { units }: Of<'AssignOwner'>,
  { today }: Context,
): IndicatorEvent[] {
  if (isSame(indicator.owners, units)) return [];
  refuseNobody(units);
  return [{ type: 'OwnerAssigned', units, on: today }];
}

export function assignProvider(
  indicator: Indicator,
  command: Of<'AssignProvider'>,
  { today }: Context,
): IndicatorEvent[] {
  const { units, mode } = command;
  if (isSame(indicator.providers, units) && indicator.providerMode === mode) return [];
  refuseNobody(units);
  return [{ type: 'ProviderAssigned', units, mode, on: today }];
}

export function setCadence(
  indicator: Indicator,
  command: Of<'SetCadence'>,
  { today }: Context,
): IndicatorEvent[] {
  const { frequency, lagDays, source } = command;
  if (indicator.frequency === frequency && indicator.lagDays === lagDays) return [];
  const errors = lagFaults(lagDays);
  if (errors.length > 0) throw new Rejection('lag_invalid', { lagDays }, errors);
  return [{ type: 'CadenceSet', frequency, lagDays, source, on: today }];
}

export function linkIndicator(indicator: Indicator, { link }: Of<'LinkIndicator'>): IndicatorEvent[] {
  return indicator.links.some(each => isSame(each, link)) ? [] : [{ type: 'IndicatorLinked', link }];
}

/** A baseline is a fact of the document: another figure for the same period would rewrite where everything began. */
export function recordBaseline(indicator: Indicator, command: Of<'RecordBaseline'>): IndicatorEvent[] {
  const { period, value, source } = command;
  const errors = figureFaults({ period, value }, '');
  if (errors.length > 0) throw new Rejection('figure_invalid', {}, errors);
  const known = indicator.baselines.find(each => each.period === period);
  if (known?.value === value) return [];
  if (known) throw new Rejection('baseline_recorded_already', { period, value: known.value });
  return [{ type: 'BaselineRecorded', period, value, source }];
}

/** The figure that a relative target is held against; statistics are revised, so a later one replaces it. */
export function recordComparator(
  indicator: Indicator,
  command: Of<'RecordComparator'>,
  { today }: Context,
): IndicatorEvent[] {
  const { period, value, source } = command;
  const errors = figureFaults({ period, value }, '');
  if (errors.length > 0) throw new Rejection('figure_invalid', {}, errors);
  if (indicator.comparators.some(each => isSame(each, { period, value, source }))) return [];
  return [{ type: 'ComparatorRecorded', period, value, source, on: today }];
}

/** Whether the command repeats what was once defined. What changed or was added later does not make it another one. */
function saysNothingNew(indicator: Indicator, command: Of<'DefineIndicator'>): boolean {
  const { plan, code, measure, source, direction, kind, annualOnly, original } = indicator;
  const before = { plan, code, measure, source, direction, kind, annualOnly, ...original };
  const now = Object.fromEntries(Object.keys(before).map(key => [key, command[key as keyof typeof before]]));
  const hasTarget = (target: Of<'DefineIndicator'>['targets'][number]) =>
    indicator.targets.some(
      version => version.version === 1 && version.plan === plan && isSame({ ...version, ...target }, version),
    );
  return (
    isSame(before, now) &&
    command.links.every(link => indicator.links.some(each => isSame(each, link))) &&
    command.baselines.every(baseline => indicator.baselines.some(each => isSame(each, baseline))) &&
    command.targets.every(hasTarget)
  );
}

function faultsOf(command: Of<'DefineIndicator'>): FieldError[] {
  const periods = command.baselines.map(({ period }) => period);
  return [
    ...command.baselines.flatMap((baseline, index) => figureFaults(baseline, `/baselines/${index}`)),
    ...periods.flatMap((period, index) =>
      periods.indexOf(period) === index
        ? []
        : [{ pointer: `/baselines/${index}/period`, code: 'stated_twice' }],
    ),
    ...horizonFaults(command.targets, '/targets'),
    ...lagFaults(command.lagDays),
  ];
}

function figureFaults({ period, value }: { period: string; value: number }, at: string): FieldError[] {
  return [
    ...(isPeriod(period) ? [] : [{ pointer: `${at}/period`, code: 'not_a_period' }]),
    ...(Number.isFinite(value) ? [] : [{ pointer: `${at}/value`, code: 'not_a_number' }]),
  ];
}

function lagFaults(lagDays: number): FieldError[] {
  const fits = Number.isInteger(lagDays) && lagDays >= 0 && lagDays <= 3660;
  return fits ? [] : [{ pointer: '/lagDays', code: 'lag_invalid' }];
}

function refuseNobody(units: readonly string[]): void {
  if (units.length > 0) return;
  throw new Rejection('unit_needed', {}, [{ pointer: '/units', code: 'unit_needed' }]);
}
