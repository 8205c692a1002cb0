import { type Pool, type PoolClient } from 'pg';
import { canonicalJson, type Json, toJson } from './json.js';
import { type EventRow, eventColumns, type LogReader } from './reading.js';
import { inTransaction } from './transaction.js';
import { type Fault, type MissingVersion } from './verify-faults.js';

/** The part of a decider that refolds its streams. */
export interface Folding {
  readonly initial: unknown;
  evolve(state: unknown, event: { type: string }): unknown;
}

export interface StreamFindings {
  readonly streams: number;
  readonly faults: readonly Fault[];
  readonly missing: readonly MissingVersion[];
}

type StreamRow = {
  id: string;
  category: string;
  version: number;
  hash: Buffer;
  state: Json;
  first_position: string;
  last_position: string;
};
type EventsTail = { stream: string; version: number; hash: Buffer; first: string; last: string };

const pageSize = 500;

/** Compares each stream's row with its events: version, hash, positions, and the state where the category has a fold. */
export async function checkStreams(
  pool: Pool,
  reader: LogReader,
  refold: Readonly<Record<string, Folding>>,
): Promise<StreamFindings> {
  const findings = { streams: 0, faults: [] as Fault[], missing: [] as MissingVersion[] };
  let last = '';
  for (let more = true; more;) {
    // One snapshot for the rows and their events: appends go on meanwhile.
    await inTransaction(pool, async tx => {
      await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const rows = await streamPage(tx, last);
      const tails = await tailsOf(tx, rows);
      rows.forEach(row => checkHead(row, tails.get(row.id), findings));
      findings.faults.push(...(await checkStates(tx, reader, rows, refold)));
      findings.streams += rows.length;
      last = rows.at(-1)?.id ?? '';
      more = rows.length === pageSize;
      return true;
    });
  }
  findings.faults.push(...(await orphans(pool)));
  return findings;
}

async function streamPage(tx: PoolClient, after: string): Promise<StreamRow[]> {
  const { rows } = await tx.query<StreamRow>(
    'SELECT * FROM public.streams WHERE id > $1 ORDER BY id LIMIT $2',
    [after, pageSize],
  );
  return rows;
}

async function tailsOf(tx: PoolClient, rows: readonly StreamRow[]): Promise<Map<string, EventsTail>> {
  const { rows: tails } = await tx.query<EventsTail>(
    `SELECT stream, max(version) AS version, (array_agg(hash ORDER BY version DESC, position))[1] AS hash,
       min(position) AS first, max(position) AS last
     FROM public.events WHERE stream = ANY ($1) GROUP BY stream`,
    [rows.map(({ id }) => id)],
  );
  return new Map(tails.map(tail => [tail.stream, tail]));
}

function checkHead(
  row: StreamRow,
  tail: EventsTail | undefined,
  found: { faults: Fault[]; missing: MissingVersion[] },
) {
  const stored = tail?.version ?? 0;
  for (let version = stored + 1; version <= row.version; version++) {
    found.missing.push({
      stream: row.id,
      version,
      after: Number(tail?.last ?? 0),
      before: Number.MAX_SAFE_INTEGER,
    });
  }
  if (!tail || stored < row.version) return;
  const wrong = [
    row.version !== stored && `version ${row.version}, the events reach ${stored}`,
    !row.hash.equals(tail.hash) && 'another hash than the last event',
    (row.first_position !== tail.first || row.last_position !== tail.last) &&
      'other positions than its events',
    row.category !== row.id.split('-', 1)[0] && `category ${row.category}`,
  ].filter(text => text !== false);
  if (wrong.length === 0) return;
  found.faults.push({
    position: Number(tail.last),
    stream: row.id,
    kind: 'head_differs',
    message: `the stream's row has ${wrong.join('; ')}`,
  });
}

async function checkStates(
  tx: PoolClient,
  reader: LogReader,
  rows: readonly StreamRow[],
  refold: Readonly<Record<string, Folding>>,
): Promise<Fault[]> {
  const folded = rows.filter(row => refold[row.category]);
  if (folded.length === 0) return [];
  const { rows: events } = await tx.query<EventRow>(
    `SELECT ${eventColumns} FROM public.events WHERE stream = ANY ($1) ORDER BY stream, version`,
    [folded.map(({ id }) => id)],
  );
  const states = new Map<string, unknown>();
  const foldings = new Map(folded.map(row => [row.id, refold[row.category]]));
  for (const row of events) {
    const folding = foldings.get(row.stream);
    const before = states.has(row.stream) ? states.get(row.stream) : folding?.initial;
    states.set(row.stream, folding?.evolve(before, reader.stored(row).event));
  }
  const differ = folded.filter(row => spelled(states.get(row.id)) !== spelled(row.state));
  return differ.map(row => ({
    position: Number(row.last_position),
    stream: row.id,
    kind: 'state_differs',
    message: 'the stored state is not the fold of the events',
  }));
}

const spelled = (state: unknown) => canonicalJson(toJson(state ?? null));

async function orphans(pool: Pool): Promise<Fault[]> {
  const { rows } = await pool.query<{ stream: string; position: string }>(
    `SELECT stream, min(position) AS position FROM public.events e
     WHERE NOT EXISTS (SELECT 1 FROM public.streams s WHERE s.id = e.stream) GROUP BY stream ORDER BY 2 LIMIT 1000`,
  );
  return rows.map(({ stream, position }) => ({
    position: Number(position),
    stream,
    kind: 'head_differs',
    message: 'the stream has events and no row',
  }));
}
