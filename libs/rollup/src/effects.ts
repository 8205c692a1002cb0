import { type Correction, type Effect } from '@duban/bulletin';
import { type Edition } from './edition-model.js';
import { distinct } from './order.js';

// More than 5 %: one twentieth.
const share = 20;

/**
 * What a correction comes to in an edition that does not know of it, held against the edition as it would be now: whether
 * it changes a light (its own, or of a task that is judged by it), a place of the units concerned, or more than 5 % of a
 * figure. What comes to nothing of that obliges nobody.
 */
export function effectsOf(
  { subject }: Pick<Correction, 'subject'>,
  published: Edition,
  now: Edition,
): Effect[] {
  return [
    ...(isSameLight(subject, published, now) ? [] : (['light'] as const)),
    ...(isSamePlace(subject, published, now) ? [] : (['rank'] as const)),
    ...(isAlmostSame(figureIn(published, subject), figureIn(now, subject)) ? [] : (['figure'] as const)),
  ];
}

function isSameLight(subject: string, published: Edition, now: Edition): boolean {
  const touched = distinct([subject, ...judgedBy(published, subject), ...judgedBy(now, subject)]);
  return touched.every(id => colourIn(published, id) === colourIn(now, id));
}

/** Tasks whose light says that this indicator is behind its plan. */
function judgedBy({ tasks }: Edition, indicator: string): string[] {
  return tasks.filter(({ light }) => light.params.indicator === indicator).map(({ id }) => id);
}

function colourIn({ tasks, indicators }: Edition, id: string): string | null {
  return [...tasks, ...indicators].find(line => line.id === id)?.light.colour ?? null;
}

function isSamePlace(subject: string, published: Edition, now: Edition): boolean {
  return unitsOf(now, subject).every(unit => placeOf(published, unit) === placeOf(now, unit));
}

function unitsOf({ tasks, indicators }: Edition, subject: string): string[] {
  return distinct([
    ...tasks.filter(({ id }) => id === subject).flatMap(({ leads }) => leads),
    ...indicators
      .filter(({ id }) => id === subject)
      .flatMap(({ owners, providers }) => [...owners, ...providers]),
  ]);
}

function placeOf({ ranking }: Edition, unit: string): number | null {
  const lines = (ranking?.tables ?? []).flatMap(({ ranked }) => ranked);
  return lines.find(line => line.unit === unit)?.rank ?? null;
}

function figureIn({ tasks, indicators }: Edition, subject: string): number | null {
  const indicator = indicators.find(({ id }) => id === subject);
  return indicator ? indicator.actual : (tasks.find(({ id }) => id === subject)?.percent ?? null);
}

function isAlmostSame(before: number | null, after: number | null): boolean {
  if (before === null || after === null) return before === after;
  return Number((Math.abs(after - before) * share).toPrecision(12)) <= Math.abs(before);
}
