import { LazyEvent, metaColumn, pageColumns, type PageRow } from './lazy-event.js';
import { LogDamaged, type LogReader, largestPage, type Queryable, type StoredEvent } from './reading.js';
import { sealedMember } from './sealer.js';

/** A stretch of the log without holes. */
export interface LogPage {
  /** The position before its first event. */
  readonly after: number;
  /** The position of its last event; equal to `after` at the end of the log. */
  readonly to: number;
  readonly events: readonly StoredEvent[];
}

const text = (columns: string) =>
  `SELECT ${columns} FROM public.events WHERE position > $1 ORDER BY position LIMIT $2`;

const all = { name: 'read-page', text: text(pageColumns(column => column)) };
// What is not asked for is not sent either; its position still shows that there is no hole.
const someTypes = {
  name: 'read-page-types',
  text: text(pageColumns(column => `CASE WHEN type = ANY ($3) THEN ${column} END`)),
};
// Parsing is left to the event, column by column, when it is asked.
const asText = { rowMode: 'array', types: { getTypeParser: () => (value: string) => value } } as const;

/**
 * The next events after a position, at most `limit`. With `types`, others come without what they say.
 * @throws LogDamaged where one is missing: a hole can only mean that somebody removed a row.
 */
export async function readPage(
  reader: LogReader,
  from: Queryable,
  { after, limit, types }: { after: number; limit: number; types?: readonly string[] },
): Promise<LogPage> {
  const values: unknown[] = [after, Math.min(Math.max(limit, 1), largestPage)];
  const { rows } = await from.query<PageRow & unknown[]>(
    types ? { ...someTypes, ...asText, values: [...values, types] } : { ...all, ...asText, values },
  );
  // Sealed fields are opened with keys that are got for the whole page.
  if (rows.some(row => row[metaColumn]?.includes(sealedMember)))
    return wholePage(reader, from, after, rows.length);
  const events = rows.map((row, index) => {
    const expected = after + index + 1;
    if (Number(row[0]) !== expected) {
      const found = row[0] ?? 'nothing';
      throw new LogDamaged(`event ${expected} is missing: ${found} follows ${expected - 1}`, expected);
    }
    return new LazyEvent(row, reader);
  });
  return { after, to: after + events.length, events };
}

async function wholePage(reader: LogReader, from: Queryable, after: number, limit: number): Promise<LogPage> {
  const events = await reader.readLog(after, limit, from);
  return { after, to: after + events.length, events };
}
