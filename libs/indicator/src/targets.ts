import { covers, type Day, elapsedShare, parsePeriod, type Period, periodEnd } from '@duban/calendar';
import { requiredLevel } from './attainment.js';
import { exact } from './decimals.js';
import type { Indicator, Kind, TargetVersion } from './indicator-model.js';
import { wholeThings } from './plausibility.js';

/** One plan's target for one horizon; both are the same version unless it was revised. */
export type TargetHistory = {
  original: TargetVersion;
  current: TargetVersion;
  versions: readonly TargetVersion[];
};

/**
 * What should stand at the period's end. `basis`: `stated` in the plan, `derived` by the straight line of the year
 * (T × elapsed share, cumulative flows only), `standard` that holds in every period (保持), `required` by a growth rate.
 */
export type Planned = {
  value: number;
  basis: 'stated' | 'derived' | 'standard' | 'required';
  derived: boolean;
  target: TargetVersion;
};

type At = { on?: Day; version?: 'original' | 'current' };

/**
 * The target of a plan for a horizon, or null. A year without one of its own has the plan's `yearly` one (每年).
 * `on`: revisions after this day do not count; the original always does, however late the plan was entered.
 */
export function targetFor(
  indicator: Indicator,
  plan: string,
  horizon: string,
  { on }: { on?: Day } = {},
): TargetHistory | null {
  const all = indicator.targets.filter(target => target.plan === plan && target.horizon === horizon);
  const versions = all.filter(({ version, setOn }) => version === 1 || on === undefined || setOn <= on);
  const [original] = versions;
  const current = versions.at(-1);
  if (original && current) return { original, current, versions };
  return /^\d{4}$/.test(horizon) ? targetFor(indicator, plan, 'yearly', { on }) : null;
}

/**
 * The planned value at the period's end, or null where the plan says nothing about it. By default as the targets stood
 * at that end: a later revision never touches a period that is over.
 */
export function plannedFor(indicator: Indicator, plan: string, period: Period, at: At = {}): Planned | null {
  const { year } = parsePeriod(period);
  const standing: At = { on: at.on ?? periodEnd(period), version: at.version };
  const own = statedFor(indicator, plan, period, standing);
  const ofYear = pick(targetFor(indicator, plan, String(year), standing), standing);
  if (indicator.direction === 'maintain') {
    const standard = ofYear ?? own;
    return standard && planned(standard, standard.floor, 'standard');
  }
  const stated = own ?? (isYearEnd(period) ? ofYear : null);
  if (stated) return ofStated(indicator, stated, period);
  // An annual figure has no way through the year to be held against.
  if (!ofYear || indicator.annualOnly || !isFlow(kindOf(indicator, ofYear))) return null;
  return planned(ofYear, onTheLine(indicator, ofYear.floor, elapsedShare(period)), 'derived');
}

/** The straight line of the year; of whole things (one alliance a year) only whole ones: a quarter of one is not late. */
function onTheLine({ measure }: Indicator, target: number, elapsed: number): number {
  const reached = exact(target * elapsed);
  return wholeThings.includes(measure) && Number.isInteger(target) ? Math.floor(reached) : reached;
}

/**
 * What the target measures: its own kind if it states one (累计 and 新增 in one row), else the indicator's. Growth that
 * is reported as a rate in percent is a ratio like any other; only growth of a level asks for b × (1 + g)ⁿ.
 */
export function kindOf({ kind: own, measure }: Indicator, target: Pick<TargetVersion, 'kind'>): Kind {
  const kind = target.kind ?? own;
  return kind === 'growth' && measure.includes('%') ? 'ratio' : kind;
}

/** The latest value from before the period's year: where the way to the target begins. */
export function baselineFor(indicator: Indicator, period: Period): { period: Period; value: number } | null {
  const before = indicator.baselines.filter(each => parsePeriod(each.period).year < parsePeriod(period).year);
  return before.reduce<{ period: Period; value: number } | null>(
    (latest, each) => (latest && periodEnd(latest.period) >= periodEnd(each.period) ? latest : each),
    null,
  );
}

/** The current targets of a plan for parts of the year, in the order of their ends; ended ones included. */
export function periodTargets(indicator: Indicator, plan: string, year: string): TargetVersion[] {
  const horizons = new Set(
    indicator.targets.filter(each => each.plan === plan).map(({ horizon }) => horizon),
  );
  return [...horizons]
    .filter(horizon => horizon !== 'yearly' && horizon !== year && covers(year, horizon))
    .flatMap(horizon => targetFor(indicator, plan, horizon)?.current ?? [])
    .sort((a, b) => (periodEnd(a.horizon) < periodEnd(b.horizon) ? -1 : 1));
}

export function isFlow(kind: Kind): boolean {
  return kind === 'flow_cumulative' || kind === 'flow_period';
}

function ofStated(indicator: Indicator, target: TargetVersion, period: Period): Planned | null {
  if (kindOf(indicator, target) !== 'growth') return planned(target, target.floor, 'stated');
  const baseline = baselineFor(indicator, period);
  // Growth is stated by the year: within one it asks for nothing yet.
  if (!baseline || !isYearEnd(period)) return null;
  const years = parsePeriod(period).year - parsePeriod(baseline.period).year;
  return planned(target, requiredLevel(baseline.value, target.floor, years), 'required');
}

/** The target stated for this period, or for another one that ends on the same day (Q2 for H1, Q4 for the year). */
function statedFor(indicator: Indicator, plan: string, period: Period, at: At): TargetVersion | null {
  const { year } = parsePeriod(period);
  const exactOne = indicator.targets.some(each => each.plan === plan && each.horizon === period);
  if (exactOne) return pick(targetFor(indicator, plan, period, at), at);
  const same = periodTargets(indicator, plan, String(year)).find(
    each => periodEnd(each.horizon) === periodEnd(period),
  );
  const preferYear = isYearEnd(period) && indicator.targets.some(each => each.horizon === String(year));
  return same && !preferYear ? pick(targetFor(indicator, plan, same.horizon, at), at) : null;
}

function pick(history: TargetHistory | null, { version = 'current' }: At): TargetVersion | null {
  return history?.[version] ?? null;
}

function planned(target: TargetVersion, value: number, basis: Planned['basis']): Planned {
  return { value, basis, derived: basis === 'derived', target };
}

function isYearEnd(period: Period): boolean {
  return elapsedShare(period) === 1;
}
