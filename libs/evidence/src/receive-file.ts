import { Problem } from '@duban/platform';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ReceivedFile, storageProblem } from './evidence-storage.js';

/** `bytes`: the largest file; `reserve`: what must stay free on the disk, for it may hold the database, too. */
export type ReceivingLimits = { bytes: number; reserve: number };

/**
 * Writes what comes in to a file in the folder and hashes it on the way: the whole is never in memory. What does not come
 * to its end leaves nothing behind.
 * @throws Problem `evidence_too_large`, `evidence_empty`, `evidence_interrupted`, `evidence_storage_full`,
 * `evidence_storage_unavailable`
 */
export async function receiveFile(
  source: Readable,
  folder: string,
  { bytes, reserve }: ReceivingLimits,
): Promise<ReceivedFile> {
  const path = join(folder, randomUUID());
  const hash = createHash('sha256');
  let size = 0;
  async function* counted(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > bytes) throw new Problem('evidence_too_large', { mostBytes: bytes });
      hash.update(chunk);
      yield chunk;
    }
  }
  await mustHaveRoom(folder, reserve);
  try {
    // Opened first: a stream that is destroyed while it opens its file would make it after it was removed.
    const file = await open(path, 'wx', 0o600);
    await pipeline(source, counted, file.createWriteStream({ flush: true }));
    if (size === 0) throw new Problem('evidence_empty');
    return { path, sha256: hash.digest('hex'), size };
  } catch (error) {
    await rm(path, { force: true });
    throw faultOf(error);
  }
}

async function mustHaveRoom(folder: string, reserve: number): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize < reserve) throw new Problem('evidence_storage_full');
  } catch (error) {
    throw storageProblem(error);
  }
}

// A sender that goes away in the middle is no fault of ours.
function faultOf(error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  const isBroken = code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ABORT_ERR';
  return isBroken && syscall === undefined ? new Problem('evidence_interrupted') : storageProblem(error);
}

const dayMillis = 86_400_000;

/** Removes what a process that was killed left in the folder; a file of today may still be coming in. */
export async function clearAbandoned(folder: string, now = Date.now()): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  let removed = 0;
  for (const name of names) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }));
    if (now - mtimeMs < dayMillis) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}
