import { type Pool } from 'pg';
import { binaryArray, binaryColumn, integer, text } from './binary-array.js';
import { checkText, type Json, sha256, toJson } from './json.js';
import { LazyEvent, pageColumns, type PageRow } from './lazy-event.js';
import { LogDamaged, type LogReader } from './reading.js';
import { type Progress } from './rebuild.js';
import { type Folding } from './verify-streams.js';

export interface StatesOptions {
  onProgress?(progress: Progress): void;
}

export interface StatesRebuilt {
  readonly streams: number;
  readonly events: number;
  /** The streams whose stored state was not the fold of their events. */
  readonly replaced: number;
  readonly seconds: number;
  readonly eventsPerSecond: number;
  /** Over the states as they were and as they are, in the order of streams. */
  readonly digests: { readonly before: string; readonly after: string };
}

type Current = { id: string; version: number; state: unknown; folding: Folding | undefined };

interface Folded {
  readonly id: string;
  readonly version: number;
  readonly state: Json;
}

const pageSize = 1000; // what lives longer than one of them is copied by the garbage collector
const mostMoves = 20;

const eventsText = `SELECT ${pageColumns(column => (column === 'data' ? column : 'NULL'))} FROM public.events
  WHERE (stream, version) > ($1, $2) ORDER BY stream, version LIMIT ${pageSize}`;
const asText = { rowMode: 'array', types: { getTypeParser: () => (value: string) => value } } as const;

// Only a stream that still stands where it was read is compared: others are read again. A state is mostly spelt as it was
// when it was written, so it is taken apart only where it is not.
const compareText = `
  WITH pair AS (
    SELECT n.id, n.version, s.version AS now, n.state AS after,
      CASE WHEN s.state::text = n.state THEN n.state
        WHEN coalesce(s.state, 'null')::jsonb = n.state::jsonb THEN n.state
        ELSE coalesce(s.state, 'null')::text END AS before
    FROM unnest($1::text[], $2::integer[], $3::text[]) AS n (id, version, state)
    LEFT JOIN public.streams s ON s.id = n.id
  ), replaced AS (
    UPDATE public.streams s SET state = p.after::json FROM pair p
    WHERE p.before <> p.after AND s.id = p.id AND s.version = p.version RETURNING s.id
  )
  SELECT (SELECT count(*) FROM replaced) AS replaced,
    array_agg(id) FILTER (WHERE now IS DISTINCT FROM version) AS moved,
    sha256(convert_to(string_agg(id || ' ' || before, E'\\n' ORDER BY id), 'UTF8')) AS before,
    sha256(convert_to(string_agg(id || ' ' || after, E'\\n' ORDER BY id), 'UTF8')) AS after
  FROM pair`;

type Compared = { replaced: string; moved: string[] | null; before: Buffer; after: Buffer };

/**
 * Folds every stream of the categories anew, from its events alone, and puts the fold where another stood. Streams are
 * read one after the other, so it needs no more memory than the largest; appends go on meanwhile.
 */
export async function rebuildStates(
  pool: Pool,
  reader: LogReader,
  folds: Readonly<Record<string, Folding>>,
  { onProgress }: StatesOptions = {},
): Promise<StatesRebuilt> {
  const started = performance.now();
  const { position: total } = await reader.head();
  const found = { streams: 0, events: 0, replaced: 0 };
  const nothing: Uint8Array = Buffer.alloc(32);
  let digests = { before: nothing, after: nothing };
  const rate = () => Math.round(found.events / Math.max((performance.now() - started) / 1000, 0.001));
  const compare = async (streams: readonly Folded[]) => {
    const { replaced, moved, before, after } = await compareStates(pool, streams);
    found.streams += streams.length;
    found.replaced += Number(replaced);
    digests = { before: sha256(digests.before, before), after: sha256(digests.after, after) };
    for (const stream of moved ?? []) found.replaced += await foldAlone(pool, reader, folds, stream);
  };
  let comparing: Promise<void> = Promise.resolve();
  for await (const { events, streams } of foldedPages(pool, reader, folds)) {
    await comparing;
    found.events += events;
    comparing = streams.length > 0 ? compare(streams) : Promise.resolve();
    comparing.catch(() => undefined); // awaited before the next, and at the end
    onProgress?.({ done: Math.min(found.events, total), total, eventsPerSecond: rate() });
  }
  await comparing;
  // Other processes remember the states that were: they are told to read them again.
  if (found.replaced > 0) await pool.query('UPDATE public.log_head SET folds = folds + 1');
  const seconds = (performance.now() - started) / 1000;
  const spelled = (digest: Uint8Array) => Buffer.from(digest).toString('hex');
  const { before, after } = digests;
  return {
    ...found,
    seconds,
    eventsPerSecond: rate(),
    digests: { before: spelled(before), after: spelled(after) },
  };
}

/** Pages of events in the order of streams, each with the streams that end in it. */
async function* foldedPages(
  pool: Pool,
  reader: LogReader,
  folds: Readonly<Record<string, Folding>>,
): AsyncGenerator<{ events: number; streams: Folded[] }> {
  let current: Current = { id: '', version: 0, state: null, folding: undefined };
  let next: Promise<PageRow[]> | null = readAfter(pool, '', 0);
  while (next) {
    const rows: PageRow[] = await next;
    const last = rows.at(-1);
    next = last && rows.length === pageSize ? readAfter(pool, last[1] ?? '', Number(last[2])) : null;
    next?.catch(() => undefined); // awaited by the next turn
    const streams: Folded[] = [];
    for (const row of rows) {
      const id = row[1] ?? '';
      if (current.id !== id) {
        if (current.folding) streams.push(finished(current));
        const folding: Folding | undefined = folds[id.slice(0, id.indexOf('-'))];
        current = { id, version: 0, state: folding?.initial, folding };
      }
      current.version = Number(row[2]);
      if (current.folding)
        current.state = current.folding.evolve(current.state, new LazyEvent(row, reader).event);
    }
    if (!next && current.folding) streams.push(finished(current));
    yield { events: rows.length, streams };
  }
}

async function readAfter(pool: Pool, stream: string, version: number): Promise<PageRow[]> {
  const { rows } = await pool.query<PageRow & unknown[]>({
    name: 'events-by-stream',
    text: eventsText,
    values: [stream, version],
    ...asText,
  });
  return rows;
}

const finished = ({ id, version, state }: Current): Folded => ({
  id: checkText(id, '/stream'),
  version,
  state: toJson(state ?? null),
});

async function compareStates(pool: Pool, streams: readonly Folded[]): Promise<Compared> {
  const { rows } = await pool.query<Compared>({
    name: 'compare-states',
    text: compareText,
    values: [
      binaryColumn(text, streams, ({ id }) => id),
      binaryColumn(integer, streams, ({ version }) => version),
      binaryArray(
        text,
        streams.map(({ state }) => JSON.stringify(state)),
      ),
    ],
  });
  const [row] = rows;
  if (!row) throw new Error('the comparison gave no answer');
  return row;
}

/** A stream that was written to meanwhile. */
async function foldAlone(
  pool: Pool,
  reader: LogReader,
  folds: Readonly<Record<string, Folding>>,
  stream: string,
): Promise<number> {
  const folding = folds[stream.slice(0, stream.indexOf('-'))];
  for (let moves = 0; folding && moves < mostMoves; moves++) {
    const events = await reader.readStream(stream);
    const state = events.reduce<unknown>((known, { event }) => folding.evolve(known, event), folding.initial);
    const folded = { id: stream, version: events.length, state: toJson(state ?? null) };
    const { replaced, moved } = await compareStates(pool, [folded]);
    if (!moved) return Number(replaced);
  }
  throw new LogDamaged(`the row of ${stream} does not stand where its events do`, 0);
}
