import { type KeyObject } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isThere, writeOnce } from './key-file.js';
import { createSealKey, readSealKey } from './seal.js';

/** The file of the key that seals cannot be read, or holds something else. */
export class SealKeyUnusable extends Error {
  override readonly name = 'SealKeyUnusable';
}

/** The private key that signs seals, in a file that only its owner may read: PKCS #8 in PEM. */
export class SealKeyFile {
  constructor(readonly path: string) {}

  /** @throws SealKeyUnusable */
  async read(): Promise<KeyObject> {
    try {
      return readSealKey(await readFile(this.path, 'utf8'));
    } catch (error) {
      throw unusable(this.path, error);
    }
  }

  /**
   * The key, made now if there is none. Of several that start at once one makes it, and all get the same.
   * @throws SealKeyUnusable
   */
  async ensure(): Promise<KeyObject> {
    try {
      if (!(await isThere(this.path))) {
        await mkdir(dirname(this.path), { recursive: true });
        await writeOnce(this.path, createSealKey());
      }
    } catch (error) {
      throw unusable(this.path, error);
    }
    return this.read();
  }
}

function unusable(path: string, error: unknown): SealKeyUnusable {
  const { code = 'ERR_' } = error as NodeJS.ErrnoException;
  const reason = code.startsWith('ERR_') ? 'it holds no Ed25519 key in PEM' : code;
  return new SealKeyUnusable(`the key that seals cannot be used: ${path} (${reason})`);
}
