import { type ClientBase } from 'pg';
import { copyRows } from './copy-rows.js';
import { MerkleTree } from './merkle.js';

/** The Merkle root over the `seal_leaf` of the rows from one position to another, and how many rows there are. */
export async function rootOf(
  client: Pick<ClientBase, 'query'>,
  from: number,
  to: number,
): Promise<{ root: string; events: number }> {
  const tree = new MerkleTree();
  for (let after = from - 1; after < to; after += positionsAtOnce) {
    const last = Math.min(after + positionsAtOnce, to);
    const select = `SELECT seal_leaf FROM public.events WHERE position > ${after} AND position <= ${last} ORDER BY position`;
    await copyRows(client, select, fields => tree.add(Buffer.from(fields.bytes(), 'latin1')));
  }
  return { root: tree.root().toString('hex'), events: tree.entries };
}

const positionsAtOnce = 50_000;
