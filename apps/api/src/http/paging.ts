import { Problem, textFault } from '@duban/platform';
import { Text, WholeInQuery } from './fields.js';

const mostRows = 200;
const usualRows = 50;

/** What every list takes. */
export class PageQuery {
  @Text({ optional: true, max: 1000, about: 'Where the page before this one ended: its `next`.' })
  cursor?: string;

  @WholeInQuery({ min: 1, max: mostRows, optional: true, example: usualRows })
  limit?: number;
}

/** One page of a list. `next` is null on the last one. */
export type Page<Row> = { items: Row[]; next: string | null };

/**
 * Cuts one page out of rows in the order of their keys. The cursor holds the last key seen, not a number of rows: what
 * is added or removed meanwhile neither repeats nor hides another row.
 * @throws Problem `validation_failed` for a cursor that we did not give
 */
export function pageOf<Row>(
  rows: Iterable<Row>,
  keyOf: (row: Row) => string,
  { cursor, limit = usualRows }: PageQuery,
): Page<Row> {
  const after = cursor === undefined ? null : keyIn(cursor);
  const left = [...rows]
    .map(row => ({ row, key: keyOf(row) }))
    .filter(({ key }) => after === null || key > after)
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const page = left.slice(0, limit);
  const last = page.at(-1);
  return { items: page.map(({ row }) => row), next: last && left.length > limit ? cursorAt(last.key) : null };
}

/** An opaque cursor behind a key. */
export function cursorAt(key: string): string {
  return Buffer.from(JSON.stringify([key])).toString('base64url');
}

/** The key in a cursor. @throws Problem `validation_failed` */
export function keyIn(cursor: string): string {
  const [key] = parsed(Buffer.from(cursor, 'base64url').toString());
  if (typeof key === 'string' && isText(key) && cursorAt(key) === cursor) return key;
  throw new Problem('validation_failed', {}, [{ pointer: '/cursor', code: 'cursor_invalid' }]);
}

const isText = (key: string) => textFault(key, { max: 1000, blank: true }) === null;

function parsed(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return []; // not ours, and told as such by the caller
  }
}
