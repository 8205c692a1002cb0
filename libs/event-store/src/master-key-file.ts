import { randomBytes } from 'node:crypto';
import { link, readFile, rename } from 'node:fs/promises';
import { isThere, syncFolder, writeOnce } from './key-file.js';
import {
  fingerprintOf,
  keyBytes,
  MasterKeyMissing,
  type MasterKeySource,
  MasterKeyWrong,
} from './master-keys.js';

/**
 * A master key in a file that only its owner may read: 64 hexadecimal digits. While it is being exchanged, the next
 * one lies beside it as `<file>.next`.
 */
export class MasterKeyFile {
  constructor(readonly path: string) {}

  private get next(): string {
    return `${this.path}.next`;
  }

  /**
   * The key, and the next one where there is one.
   * @throws MasterKeyMissing; MasterKeyWrong when the file holds something else
   */
  async read(): Promise<readonly Buffer[]> {
    const key = await readKey(this.path);
    const next = (await isThere(this.next)) ? [await readKey(this.next)] : [];
    return [key, ...next];
  }

  /** Gives the keys to a store; the first one is made when it is needed. */
  readonly source: MasterKeySource = async isFirst => {
    if (isFirst) await this.ensure();
    return this.read();
  };

  /** Makes a key unless there is one; true when it made it. To be called only where nothing is sealed yet. */
  async ensure(): Promise<boolean> {
    return !(await isThere(this.path)) && writeKey(this.path);
  }

  /** Makes the next key, unless an exchange that was broken off left one; its fingerprint. */
  async prepareNext(): Promise<string> {
    if (!(await isThere(this.next))) await writeKey(this.next);
    return fingerprintOf(await readKey(this.next));
  }

  /** Puts the next key in the place of the old one, which is kept beside it under its fingerprint; its new path. */
  async adoptNext(): Promise<string> {
    const old = `${this.path}.${fingerprintOf(await readKey(this.path))}`;
    if (!(await isThere(old))) await link(this.path, old);
    await rename(this.next, this.path); // at no moment is there none
    await syncFolder(this.path);
    return old;
  }
}

async function readKey(path: string): Promise<Buffer> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new MasterKeyMissing(`the master key cannot be read: ${path} (${error.code ?? error.message})`);
  });
  if (!/^[0-9a-f]{64}\s*$/i.test(text))
    throw new MasterKeyWrong(`${path} holds no master key: it is ${keyBytes * 2} hexadecimal digits`);
  return Buffer.from(text.trim(), 'hex');
}

const writeKey = (path: string) => writeOnce(path, `${randomBytes(keyBytes).toString('hex')}\n`);
