import {
  type Day,
  parsePeriod,
  type Period,
  periodEnd,
  periodsOfYear,
  previousPeriod,
} from '@duban/calendar';
import { actualFor, baselineFor, type Indicator, isFlow } from '@duban/indicator';
import {
  type Colour,
  type IndicatorLight,
  type Obligation,
  obligationState,
  type PlanLedger,
} from '@duban/ledger';
import { type AttainmentLine, type Frame, type IndicatorLine, type TargetLine } from './edition-model.js';

/** One line for each indicator: what was to be reached by the period's end, and what was. */
export function indicatorLines(
  ledger: PlanLedger,
  lights: ReadonlyMap<string, IndicatorLight>,
  obligations: readonly Obligation[],
  { cutoffOn, judgedOn }: Frame,
  before: ReadonlyMap<string, Colour>,
): IndicatorLine[] {
  return [...ledger.indicators].flatMap(([id, indicator]) => {
    const judged = lights.get(id);
    if (!judged) return [];
    const owed = obligations.filter(
      ({ kind, subject, period }) => kind === 'value' && subject === id && period === judged.period,
    );
    const { period, actual, planned, light } = judged;
    return [
      {
        id,
        code: indicator.code,
        title: indicator.title,
        measure: indicator.measure,
        owners: indicator.owners,
        providers: indicator.providers,
        period,
        actual,
        planned: planned && { value: planned.value, basis: planned.basis },
        target: targetLine(judged),
        baseline: period === null ? null : baselineFor(indicator, period),
        attainment: attainmentLine(judged),
        change:
          period === null ? { quarter: null, year: null } : changeOf(indicator, period, actual, cutoffOn),
        parts: partsOf(indicator, judged),
        marks: marksOf(judged),
        ...pendingOf(judged),
        availableOn: availableOn(owed, judgedOn),
        light,
        before: before.get(id) ?? null,
      },
    ];
  });
}

function targetLine({ target }: IndicatorLight): TargetLine | null {
  if (!target) return null;
  const { current, original, versions } = target;
  return {
    horizon: current.horizon,
    bound: current.bound,
    current: current.floor,
    original: original.floor,
    stretch: current.stretch,
    easedAfterMiss: versions.some(version => version.easedAfterMiss),
  };
}

function attainmentLine({ attainment }: IndicatorLight): AttainmentLine | null {
  if (!attainment) return null;
  const { ratio, points, progress, judged, verdict, reason, stretch, line, original, rule } = attainment;
  const before = original && {
    ratio: original.ratio,
    points: original.points,
    progress: original.progress,
    planned: original.planned,
    target: original.target,
    verdict: original.verdict,
  };
  return {
    ...{ ratio, points, progress, judged, verdict, reason, stretch, line },
    original: before,
    rule: `attainment@${rule.version}`,
  };
}

/**
 * Against the period of the same kind before, and against the same period a year ago. A year's figure has no quarter before
 * it, and a flow begins anew with the year.
 */
function changeOf(
  indicator: Indicator,
  period: Period,
  actual: number | null,
  knownOn: Day,
): IndicatorLine['change'] {
  const { kind, year, index } = parsePeriod(period);
  const past = (of: Period | undefined) => (of === undefined ? null : valueAt(indicator, of, knownOn));
  const goesOn = kind !== 'year' && (index > 1 || !isFlow(indicator.kind));
  const last = goesOn ? previousPeriod(period) : undefined;
  const yearAgo = periodsOfYear(year - 1, kind)[index - 1];
  return { quarter: difference(actual, past(last)), year: difference(actual, past(yearAgo)) };
}

function valueAt(indicator: Indicator, period: Period, knownOn: Day): number | null {
  const reported = actualFor(indicator, period, knownOn);
  if (reported !== null) return reported;
  const end = periodEnd(period);
  return indicator.baselines.find(each => periodEnd(each.period) === end)?.value ?? null;
}

function difference(now: number | null, then: number | null): number | null {
  // Decimal fractions subtracted as doubles would show digits that nobody reported.
  return now === null || then === null ? null : Number((now - then).toPrecision(12));
}

function partsOf({ providers, providerMode }: Indicator, { figure }: IndicatorLight): IndicatorLine['parts'] {
  if (!figure || providerMode === 'one_of' || providers.length < 2) return null;
  return { in: figure.parts.length, of: figure.parts.length + figure.absent.length, absent: figure.absent };
}

function marksOf({ figure }: IndicatorLight): IndicatorLine['marks'] {
  if (!figure || figure.value === null) return [];
  return [
    ...(figure.confirmed ? [] : (['unconfirmed'] as const)),
    ...(figure.corrected ? (['corrected'] as const) : []),
    ...(figure.selfReviewed ? (['selfReviewed'] as const) : []),
  ];
}

/** What was corrected and does not count yet: shown beside the figure that was accepted (duties §9). */
function pendingOf({ figure }: IndicatorLight): Pick<IndicatorLine, 'pending'> {
  const pending = figure?.pending?.map(({ unit, from, to, on }) => ({ unit, from, to, on }));
  return pending ? { pending } : {};
}

function availableOn(owed: readonly Obligation[], day: Day): Day | null {
  const awaited = owed.filter(({ handedIn }) => handedIn === null);
  return awaited.find(each => obligationState(each, day) === 'awaiting_publication')?.availableOn ?? null;
}
