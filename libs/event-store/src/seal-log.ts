import { type KeyObject } from 'node:crypto';
import { type Pool } from 'pg';
import { LogDamaged, type LogHead, type LogReader } from './reading.js';
import {
  digestOfSeal,
  isSignedAsSaid,
  nameOfKey,
  noSeal,
  type Seal,
  type SealBody,
  signSeal,
} from './seal.js';
import { rootOf } from './seal-root.js';
import { insertSeal, lastSeal } from './seal-table.js';
import { instantOf } from './instants.js';
import { verify } from './verify.js';

export interface SealOptions {
  /** The private Ed25519 key: see `readSealKey`. */
  readonly key: KeyObject;
  /** The last position of the segment, default the head. */
  readonly to?: number;
  /** The key that signs from the next seal on, as `nameOfKey` names it; default the same. */
  readonly nextKey?: string;
  /** Seal although the last seal does not name this key, because that one is lost. A verification says so ever after. */
  readonly isKeyLost?: boolean;
}

export type SealRefusal =
  /** The last seal names another key for the next one. */
  | 'key_unknown'
  /** The last seal is not signed by the key that it names. */
  | 'seal_forged'
  /** The last seal is one of another log. */
  | 'other_log';

/** A segment that cannot be sealed, for its seal would not hold. */
export class SealRefused extends Error {
  override readonly name = 'SealRefused';

  constructor(
    readonly reason: SealRefusal,
    message: string,
  ) {
    super(message);
  }
}

const mostRaces = 5;

/**
 * Seals what came after the last seal. The segment is verified first: a seal vouches for what it covers. Appends go on
 * meanwhile, for nothing below the head changes; of two that seal at once, the number lets one win.
 * @returns the new seal; null when there is nothing to seal, or somebody else sealed meanwhile
 * @throws SealRefused, or LogDamaged for a segment that was tampered with
 */
export async function sealLog(pool: Pool, reader: LogReader, options: SealOptions): Promise<Seal | null> {
  for (let race = 1; ; race++) {
    const [last, head] = [await lastSeal(pool), await reader.head()];
    checkLast(last, head, options);
    const from = (last?.to ?? 0) + 1;
    const to = Math.max(Math.min(options.to ?? head.position, head.position), from - 1);
    if (to < from && (options.nextKey === undefined || !last)) return null;
    const body = await bodyOf(pool, reader, { last, from, to, epoch: head.epoch, options });
    const seal = signSeal(body, options.key);
    if (await insertSeal(pool, seal)) return seal;
    // Somebody sealed meanwhile. A key that is to be named must be named, all else is in that seal or the next one.
    if (options.nextKey === undefined) return null;
    if (race === mostRaces) throw new Error('others sealed the log again and again');
  }
}

function checkLast(last: Seal | null, head: LogHead, { key, isKeyLost }: SealOptions): void {
  if (!last) return;
  if (!isSignedAsSaid(last))
    throw new SealRefused('seal_forged', `seal ${last.number} is not signed by the key that it names`);
  if (last.epoch !== head.epoch) throw new SealRefused('other_log', `seal ${last.number} is of another log`);
  if (last.nextKey !== nameOfKey(key) && !isKeyLost) {
    const message = `seal ${last.number} names ${last.nextKey} as the next key, this is ${nameOfKey(key)}`;
    throw new SealRefused('key_unknown', message);
  }
  if (head.position < last.to)
    throw new LogDamaged(
      `seal ${last.number} reaches to ${last.to}, the log to ${head.position}`,
      head.position + 1,
    );
}

interface Segment {
  readonly last: Seal | null;
  readonly from: number;
  readonly to: number;
  readonly epoch: string;
  readonly options: SealOptions;
}

async function bodyOf(pool: Pool, reader: LogReader, segment: Segment): Promise<SealBody> {
  const { last, from, to, epoch, options } = segment;
  const { faults } =
    to < from ? { faults: [] } : await verify(pool, reader, { from, to, withoutSeals: true });
  const [fault] = faults;
  if (fault) throw new LogDamaged(`${fault.kind} at ${fault.position}: ${fault.message}`, fault.position);
  const publicKey = nameOfKey(options.key);
  return {
    format: 'seal/1',
    number: (last?.number ?? 0) + 1,
    from,
    to,
    root: await rootBetween(pool, from, to),
    previous: last ? digestOfSeal(last) : noSeal,
    recordedAt: to < from && last ? last.recordedAt : await recordedAt(pool, to),
    epoch,
    publicKey,
    nextKey: options.nextKey ?? publicKey,
  };
}

async function rootBetween(pool: Pool, from: number, to: number): Promise<string> {
  const client = await pool.connect();
  try {
    const { root, events } = await rootOf(client, from, to);
    if (events !== to - from + 1) throw new LogDamaged(`${from} to ${to} are ${events} events`, from);
    return root;
  } finally {
    client.release();
  }
}

async function recordedAt(pool: Pool, position: number): Promise<string> {
  const { rows } = await pool.query<{ micros: string }>(
    'SELECT (extract(epoch FROM recorded_at) * 1000000)::bigint AS micros FROM public.events WHERE position = $1',
    [position],
  );
  return instantOf(rows[0]?.micros ?? '0');
}
