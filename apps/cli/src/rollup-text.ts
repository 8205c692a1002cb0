import { type Edition, type EditionRow } from '@duban/rollup';
import { table } from './terminal/width.js';

const heading = ['edition', 'title', 'tasks', 'red', 'amber', 'green', 'on time', 'cut', 'digest'];
const shortDigest = 12;

/** The editions of a quarter side by side, and what each asks to be decided first. */
export function editionsText(rows: readonly EditionRow[]): string {
  const decisions = rows.flatMap(({ body }) => decisionLines(body));
  const asked = decisions.length > 0 ? ['', 'To be decided:', table(decisions)] : [];
  return [table([heading, ...rows.map(row)]), ...asked].join('\n');
}

function row({ id, body, cutoffOn, contentDigest }: EditionRow): string[] {
  const { tasks, byLight } = body.counts;
  const { rate, numerator, denominator } = body.duties.delivery;
  const onTime = rate === null ? '-' : `${rate} % (${numerator} of ${denominator})`;
  const lights = ['red', 'amber', 'green'].map(colour => String(byLight[colour] ?? 0));
  return [id, body.title, String(tasks), ...lights, onTime, cutoffOn, contentDigest.slice(0, shortDigest)];
}

function decisionLines({ names, decisions }: Edition): string[][] {
  return decisions.map(({ kind, subject, title, units, since }) => [
    `  ${kind}`,
    subject,
    title,
    units.map(unit => names[unit] ?? unit).join('、'),
    since ? `since ${since}` : '',
  ]);
}
