import { digestOfSeal, nameOfKey, type Seal } from '@duban/event-store';
import { type KeyObject } from 'node:crypto';
import { type Pool } from 'pg';
import { eventHash, genesisHash, sealLeaf } from '../../libs/event-store/src/chain.js';
import { MerkleTree } from '../../libs/event-store/src/merkle.js';
import { type EventRow, eventColumns } from '../../libs/event-store/src/reading.js';
import { noSeal, signSeal } from '../../libs/event-store/src/seal.js';
import { insertSeal, readSeals } from '../../libs/event-store/src/seal-table.js';

/** Somebody who may write to every table, knows how the chains are made, and takes care that all fits. */
export class Forger {
  constructor(
    readonly owner: Pool,
    readonly key: KeyObject,
  ) {}

  async run(statement: string): Promise<void> {
    await this.owner.query(statement);
  }

  /** Cuts the log after a position; heads, states and answers as they were then are left to no trace. */
  async cutAfter(position: number): Promise<void> {
    await this.run(`
      DELETE FROM events WHERE position > ${position};
      DELETE FROM streams WHERE first_position > ${position};
      UPDATE log_head SET position = ${position}, recorded_at = coalesce((SELECT max(recorded_at) FROM events), 'epoch')`);
    await this.rehash();
    await this.run(`UPDATE streams s SET state = jsonb_build_object('plan', '004', 'count', s.version,
      'by', (SELECT jsonb_agg(e.data -> 'by' ORDER BY e.version) FROM events e WHERE e.stream = s.id))`);
  }

  /** Computes all hashes and leaves anew, and what the streams' rows tell of their events. */
  async rehash(): Promise<void> {
    const { rows } = await this.owner.query<EventRow>(
      `SELECT ${eventColumns} FROM events ORDER BY events.position`,
    );
    const tails = new Map<string, Buffer>();
    for (const {
      stream,
      version,
      event_id,
      type,
      schema,
      data,
      meta,
      effective_on,
      position,
      micros,
    } of rows) {
      const envelope = { stream, version, event_id, type, schema, data, meta, effective_on };
      const hash = eventHash(tails.get(stream) ?? genesisHash, envelope);
      tails.set(stream, hash);
      const leaf = sealLeaf(hash, Number(position), BigInt(micros));
      await this.owner.query('UPDATE events SET hash = $2, seal_leaf = $3 WHERE position = $1', [
        position,
        hash,
        leaf,
      ]);
    }
    for (const [stream, hash] of tails) {
      await this.owner.query(
        `UPDATE streams SET hash = $2, version = e.version, first_position = e.first, last_position = e.last
         FROM (SELECT max(version) AS version, min(position) AS first, max(position) AS last FROM events WHERE stream = $1) e
         WHERE id = $1`,
        [stream, hash],
      );
    }
  }

  /** Makes all seals anew over what the events tell now, signed by the forger. */
  async reseal(): Promise<void> {
    const old = await readSeals(this.owner);
    await this.run('DELETE FROM seals');
    for (const { from, to } of old) await this.addSeal(from, to);
  }

  /** Adds a seal of the forger's behind the last one. */
  async addSeal(from: number, to: number): Promise<Seal> {
    const last = (await readSeals(this.owner)).at(-1);
    const { rows } = await this.owner.query<{ seal_leaf: Buffer }>(
      'SELECT seal_leaf FROM events WHERE position BETWEEN $1 AND $2 ORDER BY position',
      [from, to],
    );
    const { rows: heads } = await this.owner.query<{ epoch: string }>('SELECT epoch FROM log_head');
    const tree = new MerkleTree();
    rows.forEach(({ seal_leaf: leaf }) => tree.add(leaf));
    const seal = signSeal(
      {
        ...{ format: 'seal/1', number: (last?.number ?? 0) + 1, from, to, root: tree.root().toString('hex') },
        previous: last ? digestOfSeal(last) : noSeal,
        recordedAt: '2023-07-15T01:02:03.004Z',
        epoch: heads[0]?.epoch ?? '',
        publicKey: nameOfKey(this.key),
        nextKey: nameOfKey(this.key),
      },
      this.key,
    );
    await insertSeal(this.owner, seal);
    return seal;
  }
}
