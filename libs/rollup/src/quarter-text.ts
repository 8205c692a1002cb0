import { type Quarter, type QuarterItem, type QuarterPlan } from './quarter.js';
import { type Tally } from './edition-model.js';
import { isTold, saidChange } from './sentences.js';

const mostLines = 40;
const mostItems = 9;
const mostInstructions = 3;

/**
 * The quarter as one screen of a terminal: at most 40 lines of `width` columns, Chinese characters counted as two. The
 * first plan in full, the others in a line each.
 */
export function renderQuarterText(quarter: Quarter, { width = 100 }: { width?: number } = {}): string {
  const [first, ...others] = quarter.plans;
  if (!first) return `${quarter.title.en} · no edition yet`;
  const below = others.length > 0 ? ['', 'other plans', ...others.map(plan => `  ${summary(plan)}`)] : [];
  const head = heading(quarter, first);
  const questions = decisions(quarter, first);
  const room = mostLines - head.length - questions.length - below.length;
  const lines = [
    ...head,
    ...questions,
    ...exceptions(first, Math.min(mostItems, Math.floor((room - 3) / 2))),
    ...below,
  ];
  return lines
    .slice(0, mostLines)
    .map(line => fitted(line, width))
    .join('\n');
}

function heading({ title, period }: Quarter, plan: QuarterPlan): string[] {
  const { counts, delivery, reporting } = plan;
  const edition = plan.n === null ? 'PROVISIONAL' : `edition ${plan.n}`;
  const marks = plan.watermarks.includes('backfill') ? ' · BACK-FILLED: nothing was owed' : '';
  return [
    `${title.en} · ${plan.plan} ${plan.title}`,
    `${period} · ${edition} · facts known by ${plan.cutoffOn}${marks}`,
    '',
    `  tasks      ${lights(counts.byLight)}   of ${counts.tasks}`,
    `  figures    ${lights(counts.indicatorsByLight)}   of ${counts.indicators}`,
    `  delivered  ${rate(delivery)}`,
    `  reported   ${rate(reporting)}`,
    ...restatement(plan),
    ...later(plan),
    ...plan.instructions.slice(0, mostInstructions).map(({ code, dueOn, answers }) => {
      const open = answers.filter(({ on }) => on === null).map(({ unit }) => unit);
      return `  instruction on ${code}, due ${dueOn}: ${open.length > 0 ? `no answer of ${open.join('、')}` : 'answered'}`;
    }),
    ...(plan.closing && plan.closing.accepted.length > 0
      ? [
          `  closed over: ${plan.closing.accepted.map(({ en }) => en).join(', ')} (${plan.closing.reason ?? ''})`,
        ]
      : []),
  ];
}

function restatement({ restated }: QuarterPlan): string[] {
  return restated ? [`  restates edition ${restated.of}: ${restated.reason}`] : [];
}

const mostCorrections = 3;

/** What was corrected or finished one by one, what else came late as a number. */
function later({ corrections, counters: { late, pending } }: QuarterPlan): string[] {
  if (corrections.length === 0) return [];
  const told = corrections.filter(isTold);
  const left = told.length - mostCorrections;
  const parts = [
    ...told.slice(0, mostCorrections).map(correction => `${correction.subject} ${saidChange(correction)}`),
    ...(left > 0 ? [`${left} more`] : []),
    ...(pending > 0 ? [`${pending} to be confirmed`] : []),
    ...(late > 0 ? [`${late} came late`] : []),
  ];
  return [`  changed since this edition: ${parts.join('; ')}`];
}

function decisions({ asked, furtherAsked }: Quarter, first: QuarterPlan): string[] {
  if (asked.length === 0) return [];
  const more = furtherAsked > 0 ? ` (and ${furtherAsked} more)` : '';
  return [
    '',
    `to decide${more}`,
    ...asked.map(({ plan, code, title, units, asks }, index) => {
      const named = plan === first.plan ? code : `${plan}/${code}`;
      return `  ${index + 1}. ${named} ${title} · ${units.join('、')}: ${asks.en}`;
    }),
  ];
}

function exceptions({ items }: QuarterPlan, room: number): string[] {
  if (items.length === 0) return ['', 'nothing red or amber'];
  const shown = items.slice(0, Math.max(1, room));
  const left = items.length - shown.length;
  return [
    '',
    'what is red or amber, and why',
    ...shown.flatMap(told),
    ...(left > 0 ? [`  … and ${left} more`] : []),
  ];
}

function told(item: QuarterItem): string[] {
  const sign = item.colour === 'red' ? '✖' : '▲';
  const since = item.sinceThen.map(({ on, en }) => `${shortDay(on)} ${en}`).join('; ');
  const last = item.warned.latest.at(-1);
  const facts = [
    last ? `warned ${item.warned.count}×, last ${shortDay(last.on)} ${last.to.en}` : '',
    item.blockedBy.length > 0 ? `blocked: ${item.blockedBy.join('; ')}` : '',
    since ? `since then: ${since}` : '',
  ].filter(fact => fact !== '');
  return [
    `  ${sign} ${item.isNew ? 'NEW ' : ''}${item.code} ${item.title} · ${item.units.join('、')}: ${item.reason.en}${item.amount ? ` ${item.amount}` : ''}`,
    ...(facts.length > 0 ? [`      ${facts.join(' · ')}`] : []),
  ];
}

function summary({ plan, title, counts, delivery, reporting, decisions: asked, n }: QuarterPlan): string {
  const state = n === null ? ' provisional' : '';
  const share = [delivery, reporting].map(tally => (tally.rate === null ? '–' : `${tally.rate}%`)).join(' ');
  const questions = asked.length > 0 ? ` · ${asked.length} to decide` : '';
  return `${plan}${state} ${lights(counts.byLight)} · delivered, reported in time ${share}${questions} · ${title}`;
}

function lights(byLight: Readonly<Record<string, number>>): string {
  const of = (colour: string) => String(byLight[colour] ?? 0).padStart(2);
  return `✖ ${of('red')} red  ▲ ${of('amber')} amber  ● ${of('green')} green  ○ ${of('grey')} grey`;
}

function rate({
  rate: share,
  numerator,
  denominator,
  openOverdue,
  extended,
  tolled,
  awaiting,
  waived,
  returned,
}: Tally): string {
  if (share === null) return 'nothing was due';
  const beside = Object.entries({
    'open and overdue': openOverdue,
    extended,
    returned,
    tolled,
    awaiting,
    waived,
  })
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`);
  return `${share}% in time: ${numerator} of ${denominator}${beside.length > 0 ? ` (${beside.join(', ')})` : ''}`;
}

/** `2023-07-09` → 9 Jul. */
function shortDay(day: string): string {
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  return `${Number(day.slice(8))} ${months[Number(day.slice(5, 7)) - 1] ?? ''}`;
}

const isWide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u;

/** How many columns a text takes in a terminal. */
export function columns(text: string): number {
  return [...text].reduce((sum, character) => sum + (isWide.test(character) ? 2 : 1), 0);
}

/** The text cut to the width, with a mark where something is left out. */
function fitted(text: string, width: number): string {
  if (columns(text) <= width) return text;
  let taken = '';
  for (const character of text) {
    if (columns(taken + character) > width - 1) break;
    taken += character;
  }
  return `${taken}…`;
}
