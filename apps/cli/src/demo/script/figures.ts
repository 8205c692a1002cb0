import { elapsedShare, type Period, periodEnd } from '@duban/calendar';
import { baselineFor, type Indicator, isFlow, kindOf, plannedFor, targetFor } from '@duban/indicator';
import { type Draw, oneOf, wholeFrom } from './draw.js';

// How the year goes for an indicator: ahead of its plan, on it, behind, far behind.
const courses = [
  { share: 0.28, from: 1.03, to: 1.12 },
  { share: 0.47, from: 1.0, to: 1.03 },
  { share: 0.17, from: 0.86, to: 0.97 },
  { share: 0.08, from: 0.55, to: 0.8 },
];
const countedIn = [
  '家',
  '个',
  '個',
  '项',
  '項',
  '件',
  '人',
  '名',
  '户',
  '戶',
  '位',
  '次',
  '场',
  '場',
  '套',
  '有/无',
];

/**
 * A figure as a provider would report it: it follows what the plan asks for by the end of the period, better or worse by
 * the indicator's own course of the year. The same provider is asked about the same period once, and always says the same.
 */
export function figureOf(draw: Draw, indicator: Indicator, period: Period, provider: string): number {
  const whole = wholeFigure(draw, indicator, period);
  const { providers, providerMode } = indicator;
  const isPart = providerMode === 'sum' && providers.length > 1;
  return inMeasure(indicator, isPart ? whole * shareOf(providers, provider) : whole);
}

function wholeFigure(draw: Draw, indicator: Indicator, period: Period): number {
  const name = `${indicator.plan}:${indicator.code}`;
  const course = courseOf(draw, name);
  const wiggle = 1 + (draw(`${name}/${period}`) - 0.5) * 0.01;
  const goal = goalOf(indicator, period);
  if (goal === null) return baselineFor(indicator, period)?.value ?? wholeFrom(draw(`${name}/start`), 3, 40);
  const target = targetFor(indicator, indicator.plan, period.slice(0, 4))?.current ?? null;
  const kind = kindOf(indicator, { kind: target?.kind ?? null });
  switch (indicator.direction) {
    case 'yes_no':
      return course < 0.8 ? 0 : 1;
    case 'rank':
      return goal + (course < 0.97 ? wholeFrom(draw(name), 1, 2) : 0);
    case 'coverage':
      return Math.min(goal, goal * elapsedShare(period) ** 0.4 * course);
    case 'less':
      return lessIsBetter(indicator, period, goal, course);
    case 'maintain':
      return goal * (course < 0.8 ? 0.98 : 1 + (course - 0.8) / 12) * wiggle;
    case 'about':
      return goal * (1 + (course - 1) / 4);
    case 'more':
      if (isFlow(kind)) return goal * course * wiggle;
      return alongTheWay(indicator, period, goal, course);
  }
}

/** What the plan asks for by the period's end, or else by the year's: its own figure or the nearest horizon's. */
function goalOf(indicator: Indicator, period: Period): number | null {
  const planned = plannedFor(indicator, indicator.plan, period)?.value;
  if (planned !== undefined) return planned;
  const year = targetFor(indicator, indicator.plan, period.slice(0, 4))?.current.floor;
  if (year !== undefined) return year;
  return nearestLevel(indicator, period);
}

/** Horizons beyond the year: the level on the straight line from the baseline to the nearest one. */
function nearestLevel(indicator: Indicator, period: Period): number | null {
  const later = indicator.targets
    .filter(({ horizon }) => horizon !== 'yearly' && periodEnd(horizon) > periodEnd(period))
    .sort((a, b) => (periodEnd(a.horizon) < periodEnd(b.horizon) ? -1 : 1))[0];
  if (!later) return indicator.targets.at(-1)?.floor ?? null;
  const years = Number(later.horizon.slice(0, 4)) - 2022;
  const done = (Number(period.slice(0, 4)) - 2023 + elapsedShare(period)) / years;
  const from = baselineFor(indicator, period)?.value ?? later.floor * 0.7;
  return from + (later.floor - from) * done;
}

/** A stock or a ratio climbs from its baseline; a target below the baseline was reached before the year began. */
function alongTheWay(indicator: Indicator, period: Period, goal: number, course: number): number {
  const from = baselineFor(indicator, period)?.value ?? goal * 0.94;
  const stated = plannedFor(indicator, indicator.plan, period)?.basis === 'stated' && !period.endsWith('Q4');
  if (goal <= from) return from * (1 + 0.01 * elapsedShare(period));
  return from + (goal - from) * (stated ? 1 : elapsedShare(period)) * course;
}

function lessIsBetter(indicator: Indicator, period: Period, goal: number, course: number): number {
  const from = baselineFor(indicator, period)?.value ?? goal * 1.05;
  return from < goal ? from : from - (from - goal) * elapsedShare(period) * course;
}

function courseOf(draw: Draw, name: string): number {
  const share = draw(`${name}/course`);
  let below = 0;
  for (const course of courses) {
    below += course.share;
    if (share < below) return course.from + (course.to - course.from) * draw(`${name}/pace`);
  }
  return 1;
}

/** The first provider named manages the most of a joint figure. */
function shareOf(providers: readonly string[], provider: string): number {
  const index = Math.max(providers.indexOf(provider), 0);
  const weights = providers.map((_, place) => providers.length - place);
  return (weights[index] ?? 1) / weights.reduce((a, b) => a + b, 0);
}

/** Things are counted whole; other figures have one decimal more than those they are compared with, two at most. */
function inMeasure({ measure, kind, baselines, targets }: Indicator, value: number): number {
  if (kind === 'yes_no' || kind === 'rank' || countedIn.includes(measure))
    return Math.max(Math.round(value), 0);
  const known = [...baselines.map(each => each.value), ...targets.map(({ floor }) => floor)];
  const decimals = Math.min(Math.max(...known.map(decimalsOf), 0) + 1, 2);
  return Number(value.toFixed(decimals));
}

function decimalsOf(value: number): number {
  return String(value).split('.')[1]?.length ?? 0;
}

const notes = ['按序时推进', '重点项目已开工', '配套政策已出台', '名单已核定', '调度会已召开'] as const;

/** How far a task is, in percent, and a sentence on it. */
export function progressOf(draw: Draw, task: string, period: Period): { percent: number; summary: string } {
  const pace = 0.8 + 0.3 * draw(`${task}/pace`);
  const percent = Math.min(Math.round(elapsedShare(period) * 100 * pace), 100);
  const note = oneOf(draw(`${task}/${period}/note`), notes);
  return { percent, summary: `${note}，完成年度任务的 ${percent}%` };
}
