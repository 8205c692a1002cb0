import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { canonicalJson, sha256 } from './json.js';

/** What is signed: a segment of the log, by its Merkle root. Hashes are hexadecimal, keys base64url of 32 bytes. */
export interface SealBody {
  readonly format: 'seal/1';
  /** From 1, without gaps. */
  readonly number: number;
  /** The first position, one after the last seal's `to`. */
  readonly from: number;
  /** The last position; `from - 1` where a seal only names a new key. */
  readonly to: number;
  /** The Merkle root over `seal_leaf` of all positions: see `MerkleTree`. */
  readonly root: string;
  /** `digestOfSeal` of the seal before it; zeros for the first. */
  readonly previous: string;
  /** When the event at `to` was recorded. */
  readonly recordedAt: string;
  /** Which log this is. */
  readonly epoch: string;
  /** The key that signed this seal. */
  readonly publicKey: string;
  /** The key that will sign the next one: the same, unless this seal hands over to another. */
  readonly nextKey: string;
}

/** `signature` is the Ed25519 signature (RFC 8032) of the canonical JSON (RFC 8785) of all other members, base64url. */
export interface Seal extends SealBody {
  readonly signature: string;
}

/** What the first seal follows. */
export const noSeal = '0'.repeat(64);

export function signSeal(body: SealBody, key: KeyObject): Seal {
  return { ...body, signature: sign(null, signedText(body), key).toString('base64url') };
}

/** Whether the key that the seal names has signed all that it says. */
export function isSignedAsSaid({ signature, ...body }: Seal): boolean {
  try {
    return verify(null, signedText(body), publicKeyFrom(body.publicKey), Buffer.from(signature, 'base64url'));
  } catch {
    return false; // the key that it names is none; there is no other way to ask
  }
}

const signedText = (body: SealBody) => Buffer.from(canonicalJson({ ...body }));

/** sha256 of the canonical JSON of a seal, its signature included. */
export function digestOfSeal(seal: Seal): string {
  return sha256(canonicalJson({ ...seal })).toString('hex');
}

/** A new key, as PKCS #8 in PEM. */
export function createSealKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The private key in a PEM text. @throws Error for anything but an Ed25519 key */
export function readSealKey(pem: string): KeyObject {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key');
  return key;
}

/** How seals name a key, given its private or public half. */
export function nameOfKey(key: KeyObject): string {
  const half = key.type === 'private' ? createPublicKey(key) : key;
  return half.export({ format: 'jwk' }).x ?? '';
}

const publicKeyFrom = (name: string) =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: name }, format: 'jwk' });
