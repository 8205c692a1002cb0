import { type PublishedEdition, type Restatement } from '@duban/bulletin';
import { type Pool } from 'pg';
import { type Warning } from './edition-model.js';

/** What the record itself says about a round and about the log up to a position. */

type Queryable = Pick<Pool, 'query'>;
const mostStreams = 2000;

/** The position at which the round was closed, or null while it is not. */
export async function closedAt(pool: Queryable, round: string): Promise<number | null> {
  const { rows } = await pool.query<{ position: string | number }>({
    name: 'round_closed_at',
    text: `SELECT position FROM events WHERE stream = 'round-' || $1 AND type = 'RoundClosed' ORDER BY version LIMIT 1`,
    values: [round],
  });
  return rows[0] ? Number(rows[0].position) : null;
}

/** The last restated edition of a round that was on record at the position, or null while there is none. */
export async function restatedBefore(
  pool: Queryable,
  round: string,
  position: number,
): Promise<PublishedEdition | null> {
  const { rows } = await pool.query<{ data: PublishedEdition & Restatement }>({
    name: 'round_restated_before',
    text: `SELECT data FROM events WHERE stream = 'rollup-' || $1 AND type = 'EditionRestated' AND position < $2
           ORDER BY version DESC LIMIT 1`,
    values: [round, position],
  });
  const [found] = rows;
  if (!found) return null;
  const { of, reason, paper, by } = found.data;
  return { ...found.data, restates: { of, reason, paper, by } };
}

/**
 * The sha256 over the leaves of every event up to the position, in order: of this ledger alone, because leaves hold
 * places, times and ids. Whatever was added, removed, moved or rehashed before the position changes it.
 */
export async function logDigest(pool: Queryable, position: number): Promise<string> {
  const { rows } = await pool.query<{ digest: string }>({
    name: 'log_digest',
    text: `SELECT encode(sha256(coalesce(string_agg(seal_leaf, ''::bytea ORDER BY position), ''::bytea)), 'hex') AS digest
           FROM events WHERE position <= $1`,
    values: [position],
  });
  return rows[0]?.digest ?? '';
}

type Issued = {
  stream: string;
  data: { stage: string; stageKind: Warning['kind']; recipients: string[]; on: string };
};

/** The messages about these obligations that were issued up to the position. */
export async function warningsOn(
  pool: Queryable,
  obligations: readonly string[],
  position: number,
): Promise<Warning[]> {
  const found: Warning[] = [];
  for (let from = 0; from < obligations.length; from += mostStreams) {
    const { rows } = await pool.query<Issued>({
      name: 'warnings_issued',
      text: `SELECT stream, data FROM events
             WHERE stream = ANY ($1::text[]) AND type = 'ReminderIssued' AND position <= $2 ORDER BY position`,
      values: [obligations.slice(from, from + mostStreams).map(id => `obligation-${id}`), position],
    });
    for (const { stream, data } of rows) {
      const obligation = stream.slice('obligation-'.length);
      found.push({
        obligation,
        stage: data.stage,
        kind: data.stageKind,
        recipients: data.recipients,
        on: data.on,
      });
    }
  }
  return found;
}
