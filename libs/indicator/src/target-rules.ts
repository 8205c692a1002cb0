import { refuseBareMachine } from '@duban/actor';
import { type Day, isPeriod, parsePeriod, periodEnd } from '@duban/calendar';
import { isSame, Rejection } from '@duban/event-store';
import type { Context } from '@duban/platform';
import { decimalsOf, exact, rounded } from './decimals.js';
import type {
  Indicator,
  IndicatorCommand,
  IndicatorEvent,
  Target,
  TargetVersion,
} from './indicator-model.js';
import { isBetterLow, reaches } from './reaching.js';
import { refuseWithoutReason } from './refusals.js';
import { isFlow, kindOf, periodTargets, targetFor } from './targets.js';
import { actualFor } from './values.js';

type Of<Type extends IndicatorCommand['type']> = Extract<IndicatorCommand, { type: Type }>;
type Change = Of<'ReviseTarget'>['changes'][number];

/** A target for a horizon that has none; what has one is revised. */
export function setTarget(
  indicator: Indicator,
  command: Of<'SetTarget'>,
  { today }: Context,
): IndicatorEvent[] {
  const { target, plan = indicator.plan } = command;
  refuseHorizon(target.horizon, '/target/horizon');
  const known = versionOf(indicator, plan, target.horizon)?.original;
  if (known && isSame({ ...known, ...target }, known)) return [];
  if (known) throw new Rejection('target_set_already', { horizon: target.horizon });
  refuseOver(target.horizon, today);
  const version = {
    ...target,
    plan,
    version: 1,
    setOn: today,
    reason: null,
    paper: null,
    easedAfterMiss: false,
  };
  refuseInconsistent({ ...indicator, targets: [...indicator.targets, version] }, plan, [target], today);
  return [{ type: 'TargetSet', plan, target, on: today }];
}

/**
 * Changes the targets of the named horizons by a decision. Periods that are over are not touched; parts of the year
 * stay as they are unless given, and must not exceed the year or, for a cumulative flow, fall.
 */
export function reviseTarget(
  indicator: Indicator,
  command: Of<'ReviseTarget'>,
  context: Context,
): IndicatorEvent[] {
  const { plan = indicator.plan, reason, paper } = command;
  const { today } = context;
  refuseBareMachine(context.actor);
  refuseTwice(command.changes.map(({ horizon }) => horizon));
  const changes = command.changes.flatMap(change => {
    const current = versionOf(indicator, plan, change.horizon)?.current;
    if (!current) throw new Rejection('target_not_found', { horizon: change.horizon });
    const { horizon, floor, stretch } = change;
    if (current.floor === floor && current.stretch === stretch) return [];
    return [{ horizon, from: current.floor, floor, stretch }];
  });
  if (changes.length === 0) return [];
  refuseWithoutReason(reason);
  if (!paper) throw new Rejection('paper_needed', {}, [{ pointer: '/paper', code: 'paper_needed' }]);
  for (const { horizon } of changes) refuseOver(horizon, today);
  refuseInconsistent(withChanges(indicator, plan, changes), plan, changes, today, indicator);
  const easedAfterMiss = changes.some(change => easesAfterMiss(indicator, plan, change, today));
  return [{ type: 'TargetRevised', plan, changes, reason, paper, easedAfterMiss, on: today }];
}

/** Field errors of horizons that are none or stand twice; pointers begin with `at`. */
export function horizonFaults(targets: readonly Target[], at: string) {
  return targets.flatMap(({ horizon }, index) => {
    const pointer = `${at}/${index}/horizon`;
    if (!isHorizon(horizon)) return [{ pointer, code: 'not_a_horizon' }];
    const isFirst = targets.findIndex(each => each.horizon === horizon) === index;
    return isFirst ? [] : [{ pointer, code: 'stated_twice' }];
  });
}

/** The target of exactly this horizon: a year's own, not the yearly one that stands in for it. */
function versionOf(indicator: Indicator, plan: string, horizon: string) {
  const history = targetFor(indicator, plan, horizon);
  return history?.original.horizon === horizon ? history : null;
}

function withChanges(indicator: Indicator, plan: string, changes: readonly Change[]): Indicator {
  const versions = changes.flatMap(({ horizon, floor, stretch }) => {
    const current = versionOf(indicator, plan, horizon)?.current;
    return current ? [{ ...current, floor, stretch, version: current.version + 1 }] : [];
  });
  return { ...indicator, targets: [...indicator.targets, ...versions] };
}

function refuseInconsistent(
  after: Indicator,
  plan: string,
  changes: readonly { horizon: string }[],
  today: Day,
  before: Indicator = after,
): void {
  for (const year of yearsOf(after, plan, changes)) {
    const whole = targetFor(after, plan, year)?.current;
    if (!whole || isBetterLow(after.direction, whole.bound) || after.direction === 'about') continue;
    const parts = periodTargets(after, plan, year).filter(
      part => periodEnd(part.horizon) >= today && kindOf(after, part) === kindOf(after, whole),
    );
    const tooHigh = parts.find(({ floor }) => floor > whole.floor);
    const falling = kindOf(after, whole) === 'flow_cumulative' ? fallingIn(parts) : undefined;
    const horizon = (tooHigh ?? falling)?.horizon;
    if (horizon === undefined) continue;
    const proposal = proposalFor(before, after, plan, year, parts);
    throw new Rejection('target_inconsistent', { year, target: whole.floor, horizon, proposal });
  }
}

function yearsOf(indicator: Indicator, plan: string, changes: readonly { horizon: string }[]): string[] {
  const horizons = changes.some(({ horizon }) => horizon === 'yearly')
    ? indicator.targets.filter(each => each.plan === plan).map(({ horizon }) => horizon)
    : changes.map(({ horizon }) => horizon);
  return [...new Set(horizons.filter(horizon => horizon !== 'yearly').map(horizon => horizon.slice(0, 4)))];
}

function fallingIn(parts: readonly TargetVersion[]): TargetVersion | undefined {
  return parts.find((part, index) => index > 0 && part.floor < (parts[index - 1]?.floor ?? part.floor));
}

/**
 * What would fit, as `horizon=value`: the rest of the old plan stretched or shrunk to the new year's target, given
 * figures kept as far as they fit. Figures have as many decimals as those they come from.
 */
function proposalFor(
  before: Indicator,
  after: Indicator,
  plan: string,
  year: string,
  parts: readonly TargetVersion[],
): string[] {
  const target = targetFor(after, plan, year)?.current.floor ?? 0;
  const old = targetFor(before, plan, year)?.current.floor ?? target;
  const first = parts[0]?.horizon;
  const ended = periodTargets(before, plan, year).filter(
    ({ horizon }) => first && periodEnd(horizon) < periodEnd(first),
  );
  const start = ended.at(-1)?.floor ?? 0;
  const decimals = Math.max(...[target, ...parts.map(({ floor }) => floor)].map(decimalsOf));
  let least = -Infinity;
  return parts.map(({ horizon, floor, kind }) => {
    const planned = targetFor(before, plan, horizon)?.current.floor ?? floor;
    const scaled = old === start ? target : start + ((planned - start) * (target - start)) / (old - start);
    const wanted = planned === floor ? scaled : floor;
    const fitting = Math.min(target, rounded(wanted, decimals) ?? target);
    least =
      kindOf(after, { kind }) === 'flow_cumulative' ? Math.min(target, Math.max(least, fitting)) : fitting;
    return `${horizon}=${exact(least)}`;
  });
}

/** Asking for less once the plan's own figure for the latest period that is over was missed. */
function easesAfterMiss(
  indicator: Indicator,
  plan: string,
  change: Change & { from: number },
  today: Day,
): boolean {
  const current = versionOf(indicator, plan, change.horizon)?.current;
  if (!current || change.floor === change.from) return false;
  const sense = { direction: indicator.direction };
  if (reaches(change.floor, change.from, sense)) return false;
  const kind = kindOf(indicator, current);
  const ended = indicator.targets
    .filter(each => each.plan === plan && each.horizon !== 'yearly' && kindOf(indicator, each) === kind)
    .map(({ horizon }) => horizon)
    .filter(horizon => periodEnd(horizon) < today && isOnTheWay(kind, horizon, change.horizon));
  const outcomes = [...new Set(ended)]
    .sort((a, b) => (periodEnd(a) < periodEnd(b) ? -1 : 1))
    .flatMap(horizon => metAt(indicator, plan, horizon));
  if (indicator.direction !== 'maintain') return outcomes.at(-1) === false;
  return outcomes.includes(false) || brokenStandard(indicator, current, today);
}

/** A flow starts anew each year; a level goes on from year to year. */
function isOnTheWay(kind: ReturnType<typeof kindOf>, period: string, horizon: string): boolean {
  return horizon === 'yearly' || !isFlow(kind) || parsePeriod(period).year === parsePeriod(horizon).year;
}

function metAt(indicator: Indicator, plan: string, horizon: string): boolean[] {
  const target = targetFor(indicator, plan, horizon, { on: periodEnd(horizon) })?.current;
  const actual = actualFor(indicator, horizon);
  if (!target || actual === null) return [];
  return [reaches(actual, target.floor, { direction: indicator.direction, bound: target.bound })];
}

function brokenStandard(indicator: Indicator, { horizon, floor, bound }: TargetVersion, today: Day): boolean {
  return Object.keys(indicator.observations).some(period => {
    const inside = horizon === 'yearly' || parsePeriod(period).year === parsePeriod(horizon).year;
    const actual = actualFor(indicator, period);
    if (!inside || actual === null || periodEnd(period) > today) return false;
    return !reaches(actual, floor, { direction: 'maintain', bound });
  });
}

function refuseTwice(horizons: readonly string[]): void {
  horizons.forEach((horizon, index) => {
    refuseHorizon(horizon, `/changes/${index}/horizon`);
    if (horizons.indexOf(horizon) === index) return;
    throw new Rejection('stated_twice', { horizon }, [
      { pointer: `/changes/${index}/horizon`, code: 'stated_twice' },
    ]);
  });
}

function refuseHorizon(horizon: string, pointer: string): void {
  if (!isHorizon(horizon))
    throw new Rejection('not_a_horizon', { horizon }, [{ pointer, code: 'not_a_horizon' }]);
}

function refuseOver(horizon: string, today: Day): void {
  if (horizon !== 'yearly' && periodEnd(horizon) < today) {
    throw new Rejection('target_period_over', { horizon, endedOn: periodEnd(horizon) });
  }
}

function isHorizon(text: string): boolean {
  return text === 'yearly' || isPeriod(text);
}
