import { Problem } from '@duban/platform';
import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Readable } from 'node:stream';
import { type EvidenceStorage, type ReceivedFile, storageProblem } from './evidence-storage.js';

/**
 * Files in a folder, `ab/cd/abcd…`. A file appears under its address by one renaming, after its bytes are on the disk: a
 * crash leaves it whole or not there. Several processes may use the folder at once.
 */
export class LocalStorage implements EvidenceStorage {
  readonly kind = 'folder';

  constructor(readonly place: string) {}

  async put({ path, sha256 }: ReceivedFile): Promise<void> {
    const target = this.pathOf(sha256);
    await told(async () => {
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await rename(path, target);
      // The names of new folders are kept in those above them.
      const [leaf, above] = [dirname(target), dirname(dirname(target))];
      for (const folder of [leaf, above, this.place]) await keepNames(folder);
    });
  }

  async open(sha256: string): Promise<Readable> {
    return told(async () => {
      try {
        return (await open(this.pathOf(sha256), 'r')).createReadStream();
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT')
          throw new Problem('evidence_missing', { sha256 });
        throw error;
      }
    });
  }

  async remove(sha256: string): Promise<void> {
    const target = this.pathOf(sha256);
    await told(() => rm(target, { force: true }));
  }

  async probe(): Promise<void> {
    const path = join(this.place, `probe-${randomUUID()}`);
    await told(async () => {
      await mkdir(this.place, { recursive: true, mode: 0o700 });
      await writeFile(path, '');
      await rm(path);
    });
  }

  private pathOf(sha256: string): string {
    return join(this.place, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }
}

async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storageProblem(error);
  }
}

async function keepNames(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
