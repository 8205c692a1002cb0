import { spawn } from 'node:child_process';
import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Binaries } from './binaries.js';
import { identity, serverEnvironment } from './cluster.js';
import { diskFull, EmbeddedServerError, faultOf } from './faults.js';
import { type Home } from './home.js';
import { isRunning, processesIn, signal, until, worksIn } from './processes.js';

const logLimitBytes = 10 * 1024 * 1024;

/** The first process of the server, as its own pid file names it. */
export interface Postmaster {
  pid: number;
  port: number;
}

/**
 * The living server of this data folder.
 *
 * @returns null when the pid file is missing or empty, or its number belongs to nobody, to a zombie or to a stranger
 */
export function livingPostmaster(home: Home): Postmaster | null {
  const lines = pidFile(home)?.split('\n') ?? [];
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && worksIn(pid, home.data) ? { pid, port } : null;
}

function pidFile(home: Home): string | null {
  const path = join(home.data, 'postmaster.pid');
  return statSync(path, { throwIfNoEntry: false }) ? readFileSync(path, 'utf8') : null;
}

/**
 * Clears what a server that died by force left behind: backends that still hold its shared memory, and a pid file
 * that PostgreSQL would not dare to remove itself because its number is a zombie's or somebody else's by now.
 * Only to be called under the start lock, when no postmaster lives.
 */
export async function clearRemains(home: Home): Promise<void> {
  await endOrphans(home);
  rmSync(join(home.data, 'postmaster.pid'), { force: true });
}

async function endOrphans({ data }: Home): Promise<void> {
  for (const name of ['SIGQUIT', 'SIGKILL'] as const) {
    processesIn(data).forEach(pid => signal(pid, name));
    if (await until(() => processesIn(data).length === 0, 5000)) return;
  }
}

/**
 * Starts the server, detached: a Ctrl-C in the terminal reaches Node alone, which stops the database last.
 *
 * @returns its pid, and a look at whether it gave up and why
 */
export function launch(
  home: Home,
  { postgres }: Binaries,
  port: number,
  settings: Readonly<Record<string, string>>,
) {
  const log = openLog(home);
  const from = fstatSync(log).size;
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...settings,
  };
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(postgres, ['-D', home.data, '-p', String(port), ...options], {
    ...identity(home),
    cwd: home.folder,
    env: serverEnvironment,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  let failure: Error | null = null;
  child.once('error', error => (failure = error));
  const gaveUp = () =>
    failure ?? (child.exitCode !== null || child.signalCode !== null ? reasonIn(home, from) : null);
  return { pid: child.pid ?? 0, gaveUp };
}

function openLog({ logFile }: Home): number {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > logLimitBytes) renameSync(logFile, `${logFile}.1`);
  return openSync(logFile, 'a', 0o600);
}

// A disk without room cannot take the log line that would say so.
function reasonIn(home: Home, from: number): EmbeddedServerError {
  const said = readFileSync(home.logFile).subarray(from).toString('utf8');
  const { bavail, bsize } = statfsSync(home.folder);
  if (!said.includes('FATAL') && bavail * bsize < 1024 * 1024) return diskFull(home.folder);
  return faultOf(said, home.folder);
}

/**
 * Stops the server: at once for clients, cleanly for the data; harder when it does not obey within a minute.
 * Only to be called under the start lock.
 *
 * @throws EmbeddedServerError when it outlives even that
 */
export async function stopPostmaster(home: Home): Promise<void> {
  for (const [name, patienceMs] of [
    ['SIGINT', 60_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5000],
  ] as const) {
    const living = livingPostmaster(home);
    if (living) signal(living.pid, name);
    if (!living || (await until(() => !isRunning(living.pid), patienceMs))) return endOrphans(home);
  }
  throw new EmbeddedServerError(`The embedded database in ${home.folder} could not be stopped.`);
}
