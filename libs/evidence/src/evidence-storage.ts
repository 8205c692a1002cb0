import { createHash } from 'node:crypto';
import { Problem } from '@duban/platform';
import { type Readable } from 'node:stream';

/** A file that came in whole: where it lies for now, and what it is. */
export type ReceivedFile = { path: string; sha256: string; size: number };

/** Where files are kept, each under the hash of its bytes. */
export interface EvidenceStorage {
  readonly kind: 'folder' | 'bucket';
  /** What an operator is told: a folder or an address. */
  readonly place: string;
  /** Keeps a received file, whole or not at all; the same content again changes nothing. @throws Problem */
  put(file: ReceivedFile): Promise<void>;
  /** The bytes as they are kept; see `verified`. @throws Problem `evidence_missing`, `evidence_storage_unavailable` */
  open(sha256: string): Promise<Readable>;
  /** Removes the bytes; what is not there is removed already. @throws Problem */
  remove(sha256: string): Promise<void>;
  /** Tries whether something can be kept. @throws Problem that says why not */
  probe(): Promise<void>;
}

/**
 * The bytes, as long as they are what the hash says: the last of them are given only when all have been seen, so that
 * nobody takes a damaged file for a whole one.
 * @throws Problem `evidence_damaged`
 */
export async function* verified(bytes: Readable, sha256: string): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let held: Buffer | null = null;
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    hash.update(chunk);
    if (held) yield held;
    held = chunk;
  }
  if (hash.digest('hex') !== sha256) throw new Problem('evidence_damaged', { sha256 });
  if (held) yield held;
}

const noRoom = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What a file system refused, as the caller is told. */
export function storageProblem(error: unknown): unknown {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  if (syscall === undefined || code === undefined) return error;
  return new Problem(noRoom.has(code) ? 'evidence_storage_full' : 'evidence_storage_unavailable', {
    reason: code,
  });
}
