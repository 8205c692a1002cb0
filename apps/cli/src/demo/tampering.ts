import { EventStore } from '@duban/event-store';
import { deciders } from '@duban/ledger';
import { createPool } from '@duban/platform';
import { migrate } from '@duban/schema';
import { type Pool } from 'pg';

/** `clean`: faults of the untouched copy. `edited`: the position that was changed. `found`: the first fault after that. */
export type Tampering = {
  clean: number;
  edited: number;
  found: { position: number; kind: string } | null;
};

const pageSize = 2000;

/**
 * Copies the ledger into a second database, edits one row there as its superuser, lets the verification find it, and
 * drops the copy. The ledger itself is only read.
 */
export async function tamperWithCopy(url: string): Promise<Tampering> {
  const name = `duban_copy_${process.pid}`;
  const copyUrl = new URL(url);
  copyUrl.pathname = `/${name}`;
  const source = createPool(url, { applicationName: 'duban-demo-copy', max: 1 });
  try {
    await source.query(`DROP DATABASE IF EXISTS ${name}`);
    await source.query(`CREATE DATABASE ${name}`);
    try {
      return await inCopy(source, copyUrl.href);
    } finally {
      await source.query(`DROP DATABASE ${name} WITH (FORCE)`);
    }
  } finally {
    await source.end();
  }
}

async function inCopy(source: Pool, url: string): Promise<Tampering> {
  await migrate(url);
  const copy = createPool(url, { applicationName: 'duban-demo-copy', max: 1 });
  const store = new EventStore({ connection: { connectionString: url }, role: 'duban_app' });
  try {
    await copyLedger(source, copy);
    const clean = await store.verify({ refold: deciders });
    const edited = await editOne(copy);
    const { faults } = await store.verify({ refold: deciders });
    const [first] = faults;
    return {
      clean: clean.faults.length,
      edited,
      found: first ? { position: first.position, kind: first.kind } : null,
    };
  } finally {
    await store.close();
    await copy.end();
  }
}

async function copyLedger(source: Pool, copy: Pool): Promise<void> {
  for (let after = 0; ;) {
    const { rows } = await source.query<{ page: string | null; last: number | null }>(
      `SELECT jsonb_agg(to_jsonb(e) ORDER BY position)::text AS page, max(position) AS last
       FROM (SELECT * FROM events WHERE position > $1 ORDER BY position LIMIT ${pageSize}) e`,
      [after],
    );
    const [row] = rows;
    if (!row?.page || row.last === null) break;
    await copy.query('INSERT INTO events SELECT * FROM jsonb_populate_recordset(NULL::events, $1::jsonb)', [
      row.page,
    ]);
    after = row.last;
  }
  const { rows } = await source.query<{ streams: string; position: number; at: string }>(
    `SELECT (SELECT jsonb_agg(to_jsonb(s))::text FROM streams s) AS streams, position, recorded_at::text AS at FROM log_head`,
  );
  const { streams = '[]', position = 0, at = 'epoch' } = rows[0] ?? {};
  // By name: columns that are computed from others take no value.
  const columns = 'id, category, version, hash, state, first_position, last_position';
  await copy.query(
    `INSERT INTO streams (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::streams, $1::jsonb)`,
    [streams],
  );
  await copy.query('UPDATE log_head SET position = $1, recorded_at = $2', [position, at]);
}

/** A figure made better in the middle of the record; its position. */
async function editOne(copy: Pool): Promise<number> {
  const { rows } = await copy.query<{ position: number }>(
    `UPDATE events SET data = jsonb_set(data, '{percent}', '100')
     WHERE position = (SELECT position FROM events WHERE type = 'ProgressReported' ORDER BY position
                       OFFSET (SELECT count(*) / 2 FROM events WHERE type = 'ProgressReported') LIMIT 1)
     RETURNING position`,
  );
  if (rows[0]) return rows[0].position;
  const { rows: others } = await copy.query<{ position: number }>(
    `UPDATE events SET data = jsonb_set(data, '{on}', '"1999-01-01"')
     WHERE position = (SELECT max(position) / 2 FROM events) RETURNING position`,
  );
  return others[0]?.position ?? 0;
}
