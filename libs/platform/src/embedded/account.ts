import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { EmbeddedServerError } from './faults.js';

/** Whom PostgreSQL runs as when we are root, whom it refuses. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

// Existing accounts only: making one would change the machine behind its owner's back.
const candidates = ['postgres', 'nobody'];

/**
 * The account that the server must run as.
 *
 * @param data the data folder: once it exists, its owner goes on owning it
 * @returns null when this process is not root and the server may run as ourselves
 * @throws EmbeddedServerError when we are root and the machine has no account without privileges
 */
export function accountFor(data: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  return ownerOf(data) ?? existingAccount();
}

function ownerOf(data: string): Account | null {
  const stats = statSync(data, { throwIfNoEntry: false });
  return stats && stats.uid !== 0 ? { name: `uid ${stats.uid}`, uid: stats.uid, gid: stats.gid } : null;
}

function existingAccount(): Account {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of candidates) {
    const [, , uid, gid] = lines.find(line => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (Number(uid) > 0 && Number(gid) > 0) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw new EmbeddedServerError(
    'PostgreSQL does not run as root, and this machine has no account `postgres` or `nobody`: start Duban as another account, or set DATABASE_URL.',
  );
}

/** Whether an account may pass through every folder down to this one: the home of root, for one, is closed to others. */
export function canEnter(folder: string, account: Account): boolean {
  return mayExecute(folder, account) && (dirname(folder) === folder || canEnter(dirname(folder), account));
}

/** Whether the mode bits let the account run this file, or pass through this folder. */
export function mayExecute(path: string, { uid, gid }: Account): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return false;
  const mask = stats.uid === uid ? 0o100 : stats.gid === gid ? 0o010 : 0o001;
  return (stats.mode & mask) !== 0;
}
