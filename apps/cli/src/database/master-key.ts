import { type Configuration } from '@duban/platform';
import { join } from 'node:path';

/** The file with the master key: the one that is named, or one beside the embedded database. */
export function masterKeyOf({ masterKeyFile, databaseUrl, home }: Configuration): { masterKeyFile?: string } {
  if (masterKeyFile) return { masterKeyFile };
  return databaseUrl ? {} : { masterKeyFile: join(home, 'master-key') };
}
