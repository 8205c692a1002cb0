import { type Correction } from '@duban/bulletin';
import { withTransaction } from '@duban/platform';
import { type Pool } from 'pg';
import { type Computed, type Cut, partsOf } from './edition-computer.js';
import { type EditionRow } from './edition.entity.js';
import { type TaskLine } from './edition-model.js';

const columns = `id, plan, period, kind, n, cutoff_position AS "cutoffPosition", cutoff_on::text AS "cutoffOn", body,
  content_digest AS "contentDigest", input_digest AS "inputDigest", computed_at AS "computedAt",
  published_at AS "publishedAt"`;

/** That a correction which waited counts now, or was refused. `settles`: its cause. */
export type Settlement = { settles: string; outcome: 'counts' | 'refused' };

/** Something that came after an edition and waits to be noted, or was. */
export type KeptFact = { cause: string; round: string; position: number; body: Correction | Settlement };

/** What one published edition says of a task. */
export type PublishedLine = {
  edition: string;
  period: string;
  n: number;
  cutoffOn: string;
  contentDigest: string;
  line: TaskLine;
};

/** The table of editions, and what is still to be done for them. */
export class EditionTable {
  constructor(private readonly pool: Pool) {}

  /** By id: `004:2023Q2/1`, `004:2023Q2/provisional`, `004:2023Q2/draft`. */
  async find(id: string): Promise<EditionRow | null> {
    const { rows } = await this.pool.query<EditionRow>(`SELECT ${columns} FROM edition WHERE id = $1`, [id]);
    return rows[0] ?? null;
  }

  /** The edition that counts for a round: the last one published, else the provisional one. */
  async current(round: string): Promise<EditionRow | null> {
    return (await this.currents([round]))[0] ?? null;
  }

  /** The same for several rounds; those without any are missing. By plan and period. */
  async currents(rounds: readonly string[]): Promise<EditionRow[]> {
    const { rows } = await this.pool.query<EditionRow>({
      name: 'edition_current',
      text: `SELECT DISTINCT ON (plan, period) ${columns} FROM edition
             WHERE plan || ':' || period = ANY ($1::text[]) AND kind <> 'draft'
             ORDER BY plan, period, n DESC NULLS LAST`,
      values: [rounds],
    });
    return rows;
  }

  /** What every published edition of a plan said of one task, in the order of the quarters. */
  async linesOf(plan: string, task: string): Promise<PublishedLine[]> {
    const { rows } = await this.pool.query<PublishedLine>(
      `SELECT edition.id AS edition, period, n, cutoff_on::text AS "cutoffOn", content_digest AS "contentDigest", line
       FROM edition, jsonb_array_elements(body -> 'tasks') AS line
       WHERE plan = $1 AND kind = 'published' AND line ->> 'id' = $2 ORDER BY period, n`,
      [plan, task],
    );
    return rows;
  }

  /** Keeps what was computed; a later cut replaces an earlier one of the same kind. */
  async keep(
    kind: 'draft' | 'provisional',
    { round, cutoff }: Cut,
    computed: Computed,
    now: string,
  ): Promise<void> {
    const { plan, period } = partsOf(round);
    await this.pool.query(
      `INSERT INTO edition (id, plan, period, kind, n, cutoff_position, cutoff_on, body, content_digest, input_digest, computed_at)
       VALUES ($1, $2, $3, $4, NULL, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (id) DO UPDATE SET cutoff_position = excluded.cutoff_position, cutoff_on = excluded.cutoff_on,
         body = excluded.body, content_digest = excluded.content_digest, input_digest = excluded.input_digest,
         computed_at = excluded.computed_at
       WHERE edition.cutoff_position < excluded.cutoff_position`,
      [
        `${round}/${kind}`,
        ...[plan, period, kind, cutoff, computed.cutoffOn, JSON.stringify(computed.edition)],
        ...[computed.contentDigest, computed.inputDigest, now],
      ],
    );
    if (kind === 'provisional')
      await this.pool.query('DELETE FROM rollup_request WHERE round = $1 AND cutoff_position <= $2', [
        round,
        cutoff,
      ]);
  }

  /** The draft becomes edition n; what was provisional goes. Again it changes nothing. */
  async publish(round: string, n: number, publishedAt: string): Promise<void> {
    await withTransaction(this.pool, async tx => {
      await tx.query(
        `INSERT INTO edition (id, plan, period, kind, n, cutoff_position, cutoff_on, body, content_digest, input_digest,
           computed_at, published_at)
         SELECT $1, plan, period, 'published', $2, cutoff_position, cutoff_on, body, content_digest, input_digest,
           computed_at, $3
         FROM edition WHERE id = $4 ON CONFLICT (id) DO NOTHING`,
        [`${round}/${n}`, n, publishedAt, `${round}/draft`],
      );
      await tx.query('DELETE FROM edition WHERE id = ANY ($1::text[])', [
        [`${round}/draft`, `${round}/provisional`],
      ]);
      await tx.query('DELETE FROM rollup_request WHERE round = $1', [round]);
    });
  }

  /** Asks for a provisional edition of an open round; several who ask at once ask for one. */
  async request(round: string, cutoff: number, now: string): Promise<void> {
    await this.pool.query(
      `INSERT INTO rollup_request (round, cutoff_position, requested_at) VALUES ($1, $2, $3)
       ON CONFLICT (round) DO UPDATE SET cutoff_position = greatest(rollup_request.cutoff_position, excluded.cutoff_position)`,
      [round, cutoff, now],
    );
  }

  /** Nobody waits for a provisional edition of this round any more. */
  async answered(round: string): Promise<void> {
    await this.pool.query('DELETE FROM rollup_request WHERE round = $1', [round]);
  }

  /** Closed quarterly rounds without a published edition, with the position at which each was closed. */
  async unpublished(): Promise<Cut[]> {
    const { rows } = await this.pool.query<{ round: string; cutoff: string }>({
      name: 'rounds_unpublished',
      text: `SELECT substr(s.id, 7) AS round, min(e.position) AS cutoff
             FROM streams s JOIN events e ON e.stream = s.id AND e.type = 'RoundClosed'
             WHERE s.category = 'round' AND s.state ->> 'kind' = 'quarter' AND s.state ->> 'status' = 'closed'
               AND NOT EXISTS (SELECT 1 FROM edition d WHERE d.id = substr(s.id, 7) || '/1')
             GROUP BY s.id ORDER BY 1`,
    });
    return rows.map(({ round, cutoff }) => ({ round, cutoff: Number(cutoff) }));
  }

  /** Provisional editions that somebody waits for. */
  async requested(): Promise<Cut[]> {
    const { rows } = await this.pool.query<{ round: string; cutoff: string }>(
      'SELECT round, cutoff_position AS cutoff FROM rollup_request ORDER BY round',
    );
    return rows.map(({ round, cutoff }) => ({ round, cutoff: Number(cutoff) }));
  }

  /** What no event tells of yet, of rounds whose edition is published; in the order of the log. */
  async unnoted(): Promise<KeptFact[]> {
    const { rows } = await this.pool.query<KeptFact>(
      `SELECT c.cause, c.round, c.position, c.body FROM edition_correction c
       WHERE NOT c.noted AND EXISTS (SELECT 1 FROM edition d WHERE d.id = c.round || '/1') ORDER BY c.position, c.cause`,
    );
    return rows.map(row => ({ ...row, position: Number(row.position) }));
  }

  /** Restated editions that are on record and not here: whoever restated them was gone before it could keep them. */
  async unkept(): Promise<{ round: string; n: number }[]> {
    const { rows } = await this.pool.query<{ round: string; n: number }>({
      name: 'editions_unkept',
      text: `SELECT substr(s.id, 8) AS round, (e ->> 'n')::int AS n
             FROM streams s, json_array_elements((s.state -> 'editions')::json) e
             WHERE s.category = 'rollup' AND (e ->> 'n')::int > 1
               AND NOT EXISTS (SELECT 1 FROM edition d WHERE d.id = substr(s.id, 8) || '/' || (e ->> 'n'))
             ORDER BY 1, 2`,
    });
    return rows;
  }

  /** Keeps a restated edition as it is on record. Again it changes nothing. */
  async keepRestated(
    { round, cutoff }: Cut,
    n: number,
    computed: Computed,
    { computedAt, publishedAt }: { computedAt: string; publishedAt: string },
  ): Promise<void> {
    const { plan, period } = partsOf(round);
    await this.pool.query(
      `INSERT INTO edition (id, plan, period, kind, n, cutoff_position, cutoff_on, body, content_digest, input_digest,
         computed_at, published_at)
       VALUES ($1, $2, $3, 'published', $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO NOTHING`,
      [
        `${round}/${n}`,
        ...[plan, period, n, cutoff, computed.cutoffOn, JSON.stringify(computed.edition)],
        ...[computed.contentDigest, computed.inputDigest, computedAt, publishedAt],
      ],
    );
  }

  async noted(causes: readonly string[]): Promise<void> {
    await this.pool.query('UPDATE edition_correction SET noted = true WHERE cause = ANY ($1::text[])', [
      causes,
    ]);
  }

  /** How much is still to be done: editions to publish, compute or keep, corrections to note. */
  async open(): Promise<number> {
    const waiting: (readonly unknown[])[] = await Promise.all([
      this.unpublished(),
      this.requested(),
      this.unkept(),
      this.unnoted(),
    ]);
    return waiting.reduce((sum, { length }) => sum + length, 0);
  }
}
