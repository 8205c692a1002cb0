import { decrypt, encrypt } from './sealed-token.js';
import { sha256 } from './json.js';

/** The key in which those of the subjects are wrapped is not there. */
export class MasterKeyMissing extends Error {
  override readonly name = 'MasterKeyMissing';
}

/** The key that was given is not the one in which those of the subjects are wrapped. */
export class MasterKeyWrong extends Error {
  override readonly name = 'MasterKeyWrong';
}

/** Bytes of a master key and of a subject's key. */
export const keyBytes = 32;

/** Tells master keys apart and says nothing about them. */
export function fingerprintOf(master: Uint8Array): string {
  return sha256('duban master key', master).toString('hex').slice(0, 16);
}

/** A subject's key as it is stored: bound to its subject, of no use without the master key. */
export function wrapKey(master: Uint8Array, subject: string, key: Uint8Array): Buffer {
  return encrypt(master, contextOf(subject), key);
}

/** The subject's key; null when this master key did not wrap it for this subject. */
export function unwrapKey(master: Uint8Array, subject: string, wrapped: Buffer): Buffer | null {
  return decrypt(master, contextOf(subject), wrapped);
}

const contextOf = (subject: string) => ['subject key', subject];

/**
 * Gives the master keys that can be had now: one, or two while the one is exchanged for the other. `isFirst` when nothing
 * was ever wrapped in one, and only then may it make one.
 */
export type MasterKeySource = (isFirst: boolean) => Promise<readonly Uint8Array[]>;

/** The master keys that this process knows; one that it does not know is looked for anew at the source. */
export class MasterKeys {
  private known = new Map<string, Uint8Array>();

  constructor(private readonly source: MasterKeySource) {}

  /** All that can be had now, by fingerprint. */
  async read(isFirst = false): Promise<ReadonlyMap<string, Uint8Array>> {
    const keys = await this.source(isFirst);
    const short = keys.find(key => key.length !== keyBytes);
    if (short) throw new MasterKeyWrong(`a master key has ${keyBytes} bytes, not ${short.length}`);
    if (keys.length === 0) throw new MasterKeyMissing('no master key was given');
    this.known = new Map(keys.map(key => [fingerprintOf(key), key]));
    return this.known;
  }

  /** @throws MasterKeyWrong when it is none that can be had */
  async find(fingerprint: string): Promise<Uint8Array> {
    const key = this.known.get(fingerprint) ?? (await this.read()).get(fingerprint);
    if (key) return key;
    const given = [...this.known.keys()].join(', ');
    throw new MasterKeyWrong(
      `the keys of the subjects are wrapped in the master key ${fingerprint}, and what was given is ${given}`,
    );
  }
}
