import { type Result } from './results.js';
import { type Judgement } from './judging.js';

const whole = (value: number) => Math.round(value).toLocaleString('en-US');
const millis = (value: number | null) => (value === null ? '-' : value.toFixed(2));

/** The measured cases, one a row. */
export function resultRows(results: readonly Result[]): string[][] {
  const head = [
    'scenario',
    'impl',
    'callers',
    'batch',
    'a second',
    'lowest to highest',
    'p50 ms',
    'p99 ms',
    'MB',
  ];
  const rows = results.map(each => [
    each.scenario,
    [each.impl, each.variant].filter(Boolean).join(' '),
    String(each.callers),
    String(each.batch),
    whole(each.rate),
    `${whole(each.lowest)} to ${whole(each.highest)}`,
    millis(each.p50),
    millis(each.p99),
    each.rss === null ? '-' : whole(each.rss),
  ]);
  return [head, ...rows];
}

const units = { rate: '/s', p99: ' ms', rss: ' MB' } as const;

/** The targets beside what was measured, one a row. */
export function judgementRows(judgements: readonly Judgement[]): string[][] {
  const rows = judgements.map(({ target, figure, verdict }) => {
    const { what, against, measure = 'rate', least, moon } = target;
    const unit = against === undefined ? units[measure] : ' ×';
    const shown = (value: number) => `${value < 10 ? value.toFixed(2) : whole(value)}${unit}`;
    // Rounded to our disadvantage, so that what just falls short also looks so.
    const step = figure < 10 ? 100 : 1;
    const measured = (measure === 'rate' ? Math.floor(figure * step) : Math.ceil(figure * step)) / step;
    const sign = measure === 'rate' ? '' : '≤ ';
    return [what, `${sign}${shown(least)}`, `${sign}${shown(moon)}`, shown(measured), verdict];
  });
  return [['what', 'at least', 'the moon', 'measured', ''], ...rows];
}

/** Columns of equal width for a terminal. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const widths = widthsOf(rows);
  return rows
    .map(row => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map(line => line.trimEnd())
    .join('\n');
}

/** The same as a Markdown table, the way prettier writes it. */
export function markdownTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = widthsOf([head, ...rows]).map(width => Math.max(width, 3));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

function widthsOf(rows: readonly (readonly string[])[]): number[] {
  const columns = Math.max(...rows.map(row => row.length));
  return Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map(row => row[column]?.length ?? 0)),
  );
}
