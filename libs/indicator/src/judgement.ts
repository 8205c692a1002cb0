import { type Day, elapsedShare, type Period, periodEnd } from '@duban/calendar';
import { attain } from './attainment.js';
import { type Attainment, type AttainmentRule, attainmentRule } from './attainment-model.js';
import type { Indicator, TargetVersion } from './indicator-model.js';
import { baselineFor, kindOf, type Planned, plannedFor, targetFor } from './targets.js';
import { actualFor, type Figure, observationOf, standingParts, valueKnownBy, valueOf } from './values.js';

/** One indicator of one plan for one period: the figure, what it is held against, and how far it has come. */
export type IndicatorJudgement = {
  period: Period;
  figure: Figure;
  actual: number | null; // of a flow per period the sum of the year so far
  planned: Planned | null;
  target: TargetVersion | null; // the year's, as it stood at the period's end
  original: TargetVersion | null; // before it was revised, else null
  attainment: Attainment;
};

/**
 * Judges an indicator at the end of a period, against the targets as they stood on that day.
 * `knownBy`: figures as they were known at the end of this day (an edition's cutoff); by default all that is known.
 */
export function judgeIndicator(
  indicator: Indicator,
  plan: string,
  period: Period,
  { knownBy, rule = attainmentRule }: { knownBy?: Day; rule?: AttainmentRule } = {},
): IndicatorJudgement {
  const on = periodEnd(period);
  const ofYear = targetFor(indicator, plan, period.slice(0, 4), { on });
  const planned = plannedFor(indicator, plan, period, { on });
  const target = ofYear?.current ?? null;
  const original = ofYear && ofYear.current.version > 1 ? ofYear.original : null;
  const shaping = target ?? planned?.target;
  const before = plannedFor(indicator, plan, period, { on, version: 'original' });
  const actual = actualFor(indicator, period, knownBy);
  const revised = original !== null || (before !== null && before.value !== planned?.value);
  const attainment = attain(
    {
      kind: shaping ? kindOf(indicator, shaping) : indicator.kind,
      direction: indicator.direction,
      bound: shaping?.bound,
      planned: planned?.value ?? null,
      derived: planned?.derived,
      target: goalOf(indicator, target, planned),
      stretch: target?.stretch,
      baseline: baselineFor(indicator, period)?.value ?? null,
      actual,
      elapsed: elapsedShare(period),
      comparator: comparatorFor(indicator, period),
      tolerance: target?.tolerance,
      annualOnly: indicator.annualOnly,
      evidence: hasEvidence(indicator, period),
      original: revised
        ? { planned: before?.value ?? null, target: goalOf(indicator, ofYear?.original ?? null, before) }
        : null,
    },
    rule,
  );
  const figure =
    knownBy === undefined ? valueOf(indicator, period) : valueKnownBy(indicator, period, knownBy);
  return { period, figure, actual, planned, target, original, attainment };
}

/** The year's target in the figure's own unit: of a growth rate the level that it asks for. */
function goalOf(indicator: Indicator, target: TargetVersion | null, planned: Planned | null): number | null {
  if (!target) return null;
  if (kindOf(indicator, target) !== 'growth') return target.floor;
  return planned?.basis === 'required' ? planned.value : null;
}

/** What a relative figure is held against. One that is stated in percentage points is the difference already. */
function comparatorFor({ comparators, measure }: Indicator, period: Period): number | null {
  const known = comparators.find(each => each.period === period);
  return known?.value ?? (/百分[点點]/.test(measure) ? 0 : null);
}

function hasEvidence(indicator: Indicator, period: Period): boolean {
  const observation = observationOf(indicator, period);
  return observation !== null && standingParts(observation).some(({ evidence }) => evidence.length > 0);
}
