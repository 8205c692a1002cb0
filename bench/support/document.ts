import { readFileSync, writeFileSync } from 'node:fs';
import { type Result } from './results.js';
import { judgementRows, markdownTable, resultRows } from './table.js';
import { type Judgement } from './judging.js';

const begin = '<!-- figures of npm run bench: begin -->';
const end = '<!-- figures of npm run bench: end -->';

/**
 * Writes the tables between the two marks of a document anew, and leaves the rest of it alone.
 * @throws Error when the marks are missing
 */
export function writeFigures(
  file: string,
  judgements: readonly Judgement[],
  results: readonly Result[],
): void {
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    between(text, `${markdownTable(judgementRows(judgements))}\n\n${markdownTable(resultRows(results))}`),
  );
}

/** The text with other figures between its marks. */
export function between(text: string, figures: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The document needs the lines ${begin} and ${end}.`);
  return `${text.slice(0, from + begin.length)}\n\n${figures}\n\n${text.slice(to)}`;
}
