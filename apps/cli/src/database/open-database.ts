import { type Configuration, loadConfiguration, startEmbedded } from '@duban/platform';
import { join } from 'node:path';
import { Interrupted } from '../terminal/failure.js';
import { type Terminal } from '../terminal/terminal.js';
import { keyFilesOf } from './key-files.js';
import { UsersOfServer } from './users-of-server.js';

/** The database that a command works on: one that is named, or the embedded one of DUBAN_HOME. */
export type Database = {
  configuration: Configuration & { databaseUrl: string };
  /** True when nobody but this command runs on the embedded server. */
  isOwn: boolean;
};

/**
 * Lends the database to `work`. An embedded server that already runs is used as it is; one that had to be started is
 * stopped again. Ctrl-C ends the work and still stops what was started.
 * @throws ConfigurationError, EmbeddedServerError, Interrupted, and whatever `work` throws
 */
export async function withDatabase<T>(
  terminal: Terminal,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const configuration = loadConfiguration(process.env);
  const { databaseUrl } = configuration;
  if (databaseUrl) return work({ configuration: { ...configuration, databaseUrl }, isOwn: false });
  const users = new UsersOfServer(configuration.home);
  users.enter();
  const server = await startEmbedded({
    folder: join(configuration.home, 'postgres'),
    log: sentence => terminal.say(sentence),
  }).catch((error: unknown) => {
    users.leave();
    throw error;
  });
  users.enter();
  if (!server.reused) users.noteStarted();
  try {
    const own = {
      configuration: { ...configuration, ...keyFilesOf(configuration), databaseUrl: server.url },
      isOwn: !server.reused,
    };
    return await orInterrupted(work(own));
  } finally {
    if (users.leave()) await server.stop();
  }
}

/** The first signal ends the wait, so that what was opened is closed in order; a second one ends the process. */
async function orInterrupted<T>(work: Promise<T>): Promise<T> {
  let onSignal: () => void = () => undefined;
  const interrupted = new Promise<never>((_, reject) => {
    onSignal = () => reject(new Interrupted());
    process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  });
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}
