import { migrate, schemaVersion } from '@duban/schema';
import { withDatabase } from '../database/open-database.js';
import { type Terminal } from '../terminal/terminal.js';

/** Runs what is missing; several at once wait for each other. */
export async function migrateDatabase(terminal: Terminal): Promise<void> {
  const ran = await withDatabase(terminal, ({ configuration }) => migrate(configuration.databaseUrl));
  terminal.data({ schemaVersion, ran }, () =>
    ran.length === 0 ? `Up to date (${schemaVersion}).` : ran.map(name => `ran ${name}`).join('\n'),
  );
}
