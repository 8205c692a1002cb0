import { type Configuration } from '@duban/platform';
import { createCore } from '@duban/supervision';
import { operator } from '../database/open-ledger.js';

/** A ledger without any key could not be entered: its first start makes one for the administrator. Null afterwards. */
export async function firstKey(
  configuration: Configuration & { databaseUrl: string },
): Promise<string | null> {
  const core = await createCore(configuration, 'duban-cli');
  try {
    const keys = await core.access.list(operator(), { limit: 1 });
    if (keys.length > 0) return null;
    const key = { holder: 'person:admin', kind: 'person', role: 'admin' } as const;
    return (await core.access.issue(operator(), key)).token;
  } finally {
    await core.close();
  }
}
