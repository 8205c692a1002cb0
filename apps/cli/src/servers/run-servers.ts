import { type Configuration, createPool, loadConfiguration, Supervisor } from '@duban/platform';
import { migrate } from '@duban/schema';
import { join } from 'node:path';
import { type KeyFiles, keyFilesOf } from '../database/key-files.js';
import { stampSystemClock } from '../database/ledger-stamp.js';
import { type Terminal } from '../terminal/terminal.js';
import { firstKey } from './first-key.js';
import { assertFree } from './listening.js';

const apps = join(import.meta.dirname, '../../..');

/**
 * Database, migrations, API and worker under one supervisor, until it is told to stop.
 * @throws AlreadyRunning, EmbeddedServerError, ConfigurationError, CliFault; what was started is stopped before
 */
export async function runServers(terminal: Terminal): Promise<void> {
  const configuration = loadConfiguration(process.env);
  const { home, databaseUrl } = configuration;
  const supervisor = new Supervisor({ folder: home, databaseUrl, log: sentence => terminal.say(sentence) });
  supervisor.stopOnSignals();
  try {
    const url = await supervisor.start();
    await assertFree(configuration.port, configuration.host);
    const keyFiles = keyFilesOf(configuration);
    const token = await prepare({ ...configuration, ...keyFiles, databaseUrl: url }, terminal);
    if (await startPrograms(supervisor, keyFiles)) welcome(terminal, configuration, token);
  } catch (error) {
    await supervisor.stop();
    throw error;
  }
  await supervisor.stopped;
  terminal.say('Everything has been stopped.');
}

/** Makes the database fit to work on; the token of the first key when there was none. */
async function prepare(
  configuration: Configuration & { databaseUrl: string },
  terminal: Terminal,
): Promise<string | null> {
  const { databaseUrl } = configuration;
  const ran = await migrate(databaseUrl);
  if (ran.length > 0) terminal.say(`Database ready: ${ran.length} migrations ran.`);
  const pool = createPool(databaseUrl, { applicationName: 'duban-cli', max: 1 });
  try {
    await stampSystemClock(pool);
  } finally {
    await pool.end();
  }
  return firstKey(configuration);
}

/** @returns false when it was told to stop meanwhile */
async function startPrograms(
  supervisor: Supervisor,
  { masterKeyFile, sealKeyFile }: KeyFiles,
): Promise<boolean> {
  // At `info` the API tells every route that it serves: what is said here to people would be lost among them.
  const quiet = { LOG_LEVEL: process.env['LOG_LEVEL'] || 'warn' };
  const env = {
    ...(masterKeyFile && { MASTER_KEY_FILE: masterKeyFile }),
    ...(sealKeyFile && { SEAL_KEY_FILE: sealKeyFile }),
  };
  const started = ['api', 'worker'].map(name =>
    supervisor.run({
      name,
      path: join(apps, name, 'src/main.js'),
      env: { ...env, ...(name === 'api' && quiet) },
    }),
  );
  return (await Promise.all(started)).every(isReady => isReady);
}

function welcome(terminal: Terminal, { host, port }: Configuration, token: string | null): void {
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const url = `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
  terminal.data(
    { url, docs: `${url}/docs`, adminKey: token },
    () => `Duban is up: ${url}   to read: ${url}/docs`,
  );
  if (token) terminal.say('The key of the administrator is shown this once and kept nowhere.');
  terminal.say('Next, in another terminal:');
  if (token) terminal.say(`  export DUBAN_KEY=${token}`);
  terminal.say('  npx duban seed 004 --issue          load a plan that comes with Duban');
  terminal.say('  npx duban plan show 004             look at it');
  terminal.say(`  curl -H "Authorization: Bearer $DUBAN_KEY" ${url}/v1/plans`);
}
