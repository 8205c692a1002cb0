import { type Queryable } from './reading.js';
import { type Seal } from './seal.js';
import { instantOf } from './instants.js';

interface SealRow {
  number: number;
  from_position: string;
  to_position: string;
  root: Buffer;
  previous: Buffer;
  micros: string;
  epoch: string;
  public_key: Buffer;
  next_key: Buffer;
  signature: Buffer;
}

const columns = `number, from_position, to_position, root, previous,
  (extract(epoch FROM recorded_at) * 1000000)::bigint AS micros, epoch, public_key, next_key, signature`;

/** All seals of the log, in the order of their numbers. */
export async function readSeals(db: Queryable): Promise<Seal[]> {
  const { rows } = await db.query<SealRow>(`SELECT ${columns} FROM public.seals ORDER BY number`);
  return rows.map(sealOf);
}

export async function lastSeal(db: Queryable): Promise<Seal | null> {
  const { rows } = await db.query<SealRow>(
    `SELECT ${columns} FROM public.seals ORDER BY number DESC LIMIT 1`,
  );
  return rows[0] ? sealOf(rows[0]) : null;
}

/** Adds a seal; false when another of its number was first. */
export async function insertSeal(db: Queryable, seal: Seal): Promise<boolean> {
  const { rowCount } = await db.query(
    `INSERT INTO public.seals (number, from_position, to_position, root, previous, recorded_at, epoch, public_key, next_key,
       signature) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
    [
      ...[seal.number, seal.from, seal.to, Buffer.from(seal.root, 'hex'), Buffer.from(seal.previous, 'hex')],
      ...[seal.recordedAt, seal.epoch],
      ...[seal.publicKey, seal.nextKey, seal.signature].map(text => Buffer.from(text, 'base64url')),
    ],
  );
  return rowCount === 1;
}

function sealOf(row: SealRow): Seal {
  return {
    format: 'seal/1',
    number: row.number,
    from: Number(row.from_position),
    to: Number(row.to_position),
    root: row.root.toString('hex'),
    previous: row.previous.toString('hex'),
    recordedAt: instantOf(row.micros),
    epoch: row.epoch,
    publicKey: row.public_key.toString('base64url'),
    nextKey: row.next_key.toString('base64url'),
    signature: row.signature.toString('base64url'),
  };
}
