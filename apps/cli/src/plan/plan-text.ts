import { cut, table } from '../terminal/width.js';
import { type IndicatorLine, type PlanDocument, type RoundLine, type TaskLine } from './plan-document.js';

type Colour = TaskLine['light'];

// A sign beside the colour: not everybody sees colours, and a pipe has none.
const signs: Readonly<Record<Colour, string>> = {
  red: '● red',
  amber: '◐ amber',
  green: '○ green',
  grey: '· grey',
  none: '  -',
};
const titleWidth = 44;
const unitsWidth = 40;

/** The ledger of a plan for the terminal: head, tasks by section, indicators, rounds. */
export function planText(document: PlanDocument): string {
  const { tasks, indicators, rounds, findings } = document;
  return [
    headOf(document),
    `Tasks (${tasks.length})\n${tasksText(document)}`,
    `Indicators (${indicators.length})\n${table(indicators.map(indicatorRow))}`,
    `Rounds (${rounds.length})\n${table(rounds.map(roundRow))}`,
    ...(findings.length > 0 ? [`${findings.length} findings in the document: --json shows them.`] : []),
  ].join('\n\n');
}

function headOf({ code, title, period, office, state, issuedOn, judgedOn }: PlanDocument): string {
  const when = issuedOn ? `issued ${issuedOn}` : state;
  return `${code} ${title}\n${period.from} – ${period.to} · ${office.name} · ${when} · lights of ${judgedOn}`;
}

function tasksText({ sections, tasks }: PlanDocument): string {
  const of = (section: string | null) => tasks.filter(task => task.section === section);
  const groups = [
    ...sections.map(({ code, title }) => ({ heading: `${code} ${title}`, tasks: of(code) })),
    { heading: '', tasks: tasks.filter(({ section }) => !sections.some(({ code }) => code === section)) },
  ].filter(group => group.tasks.length > 0);
  return groups
    .map(({ heading, tasks: lines }) => `${heading}\n${indented(table(lines.map(taskRow)))}`)
    .join('\n');
}

function taskRow({ code, title, due, state, light, reason, units }: TaskLine): string[] {
  const leads = units.lead.map(({ name, presumed }) => (presumed ? `${name}?` : name));
  return [
    code,
    cut(title, titleWidth),
    cut(leads.join('、') || 'nobody', unitsWidth),
    due ? `${due.on}${due.basis === 'presumed' ? '?' : ''}` : 'no date',
    state,
    signs[light],
    reason,
  ];
}

function indicatorRow(line: IndicatorLine): string[] {
  const { code, name, unit, targets, actual, light, reason, providers } = line;
  const stated = targets.map(({ horizon, bound, floor, stretch }) =>
    stretch === null ? `${horizon} ${bound}${floor}` : `${horizon} ${bound}${floor}(${stretch})`,
  );
  return [
    code,
    cut(name, titleWidth),
    cut(stated.join(' '), unitsWidth),
    unit,
    actual === null ? '-' : String(actual),
    cut(providers.map(each => each.name).join('、') || 'nobody', unitsWidth),
    signs[light],
    reason,
  ];
}

function roundRow({ period, kind, dueOn, state, backfill, evidence, summary, scope }: RoundLine): string[] {
  const wants = [
    backfill ? 'back-fill' : '',
    evidence ? 'evidence' : '',
    summary ? 'summary' : '',
    scope ? `only ${scope.join(' ')}` : '',
  ].filter(word => word !== '');
  return [period, kind, `due ${dueOn}`, state, wants.join(', ')];
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}
