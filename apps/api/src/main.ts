import 'reflect-metadata';
import {
  announceReady,
  collectProcessMetrics,
  ConfigurationError,
  followSupervisor,
  keepHeapSmall,
  loadConfiguration,
} from '@duban/platform';
import { createCore } from '@duban/supervision';
import { createApi } from './app.js';

/** Opens the core, serves it, and on a signal answers what is under way before both are closed. */
async function main(): Promise<void> {
  const configuration = loadConfiguration(process.env);
  const { databaseUrl, host, port } = configuration;
  if (!databaseUrl)
    throw new ConfigurationError(['DATABASE_URL is missing: `duban up` starts a database of its own.']);
  const core = await createCore({ ...configuration, databaseUrl }, 'duban-api');
  const { app } = await createApi(core);
  // Instead of Nest's shutdown hooks, which would end the process before the core is closed.
  followSupervisor(async () => {
    await app.close();
    await core.close();
  });
  collectProcessMetrics();
  await app.listen(port, host);
  process.stderr.write(`duban api: ${await app.getUrl()}${core.simulated ? ' (clock: simulated)' : ''}\n`);
  announceReady();
}

try {
  keepHeapSmall();
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof ConfigurationError ? error.message : (error as Error).stack}\n`);
  process.exit(1);
}
