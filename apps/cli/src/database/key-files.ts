import { type Configuration } from '@duban/platform';
import { join } from 'node:path';

export type KeyFiles = { masterKeyFile?: string; sealKeyFile?: string };

/** The files with the master key and with the key that seals: those that are named, or some beside the embedded database. */
export function keyFilesOf({ masterKeyFile, sealKeyFile, databaseUrl, home }: Configuration): KeyFiles {
  const master = masterKeyFile ?? (databaseUrl ? undefined : join(home, 'master-key'));
  const seal = sealKeyFile ?? (databaseUrl ? undefined : join(home, 'seal-key.pem'));
  return { ...(master && { masterKeyFile: master }), ...(seal && { sealKeyFile: seal }) };
}
