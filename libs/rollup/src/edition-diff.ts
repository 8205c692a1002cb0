import {
  type Edition,
  type IndicatorLine,
  type RankLine,
  type TaskLine,
  type Tally,
  type UnitLine,
} from './edition-model.js';
import { distinct } from './order.js';

type Shown = string | number | null;

/** One thing that two editions of a quarter say differently; null where one of them does not speak of it. */
export type DiffLine = {
  kind: 'plan' | 'task' | 'indicator' | 'unit' | 'rank';
  subject: string;
  title: string;
  field: string;
  from: Shown;
  to: Shown;
};

type Fields = Readonly<Record<string, Shown>>;
type Rows = ReadonlyMap<string, { title: string; fields: Fields }>;

/**
 * What the second edition says otherwise than the first: counts, tasks, indicators, units, places; in the order of the
 * document. Days up to which things are late go on by themselves and are no difference.
 */
export function diffOf(from: Edition, to: Edition): DiffLine[] {
  return [
    ...compared('plan', planRows(from), planRows(to)),
    ...compared('task', rowsOf(from.tasks, taskFields), rowsOf(to.tasks, taskFields)),
    ...compared('indicator', rowsOf(from.indicators, figureFields), rowsOf(to.indicators, figureFields)),
    ...compared('unit', unitRows(from.units), unitRows(to.units)),
    ...compared('rank', rankRows(from), rankRows(to)),
  ];
}

function compared(kind: DiffLine['kind'], from: Rows, to: Rows): DiffLine[] {
  return [...new Set([...from.keys(), ...to.keys()])].flatMap(subject => {
    const [before, after] = [from.get(subject), to.get(subject)];
    const title = (after ?? before)?.title ?? subject;
    const fields = distinct([...Object.keys(before?.fields ?? {}), ...Object.keys(after?.fields ?? {})]);
    return fields.flatMap(field => {
      const [was, is] = [before?.fields[field] ?? null, after?.fields[field] ?? null];
      return was === is ? [] : [{ kind, subject, title, field, from: was, to: is }];
    });
  });
}

function rowsOf<Line extends { id: string; title: string }>(
  lines: readonly Line[],
  fieldsOf: (line: Line) => Fields,
): Rows {
  return new Map(lines.map(line => [line.id, { title: line.title, fields: fieldsOf(line) }]));
}

function planRows({ plan, title, counts, duties, closing }: Edition): Rows {
  const fields = {
    ...prefixed('light', counts.byLight),
    ...prefixed('figures', counts.indicatorsByLight),
    ...tallyFields('delivery', duties.delivery),
    ...tallyFields('reporting', duties.reporting),
    closedOver: closing?.accepted.join(', ') ?? null,
  };
  return new Map([[plan, { title, fields }]]);
}

function taskFields({ light, status, percent, dueOn, leads }: TaskLine): Fields {
  return { light: light.colour, reason: light.reason, status, percent, dueOn, leads: leads.join(', ') };
}

function figureFields({ actual, planned, target, light, attainment, marks }: IndicatorLine): Fields {
  return {
    actual,
    planned: planned?.value ?? null,
    target: target?.current ?? null,
    light: light.colour,
    reason: light.reason,
    ratio: attainment?.ratio ?? null,
    marks: marks.join(', '),
  };
}

function unitRows(units: readonly UnitLine[]): Rows {
  return new Map(
    units.map(({ unit, name, delivery, reporting }) => [
      unit,
      {
        title: name,
        fields: { ...tallyFields('delivery', delivery), ...tallyFields('reporting', reporting) },
      },
    ]),
  );
}

function rankRows({ ranking }: Edition): Rows {
  const lines = (ranking?.tables ?? []).flatMap(
    ({ ranked, tooFew }): (RankLine & { rank: number | null })[] => [
      ...ranked,
      ...tooFew.map(line => ({ ...line, rank: null })),
    ],
  );
  return new Map(
    lines.map(({ unit, name, rank, rate, n }) => [unit, { title: name, fields: { rank, rate, n } }]),
  );
}

function tallyFields(area: string, { rate, numerator, denominator, openOverdue }: Tally): Fields {
  return prefixed(area, { rate, numerator, denominator, openOverdue });
}

function prefixed(name: string, fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [`${name}.${field}`, value]));
}
