import { freePort, Supervisor } from '@duban/platform';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server under measurement, in a process of its own. */
export interface ServerProcess {
  readonly port: number;
  /** Its resident memory in megabytes at the moment; null where the system does not tell. */
  rssMb(): number | null;
  stop(): Promise<void>;
}

/**
 * Starts a program as `duban up` starts the API: by the same supervisor, in production, with the same environment. Limits
 * per minute are lifted by their setting. @param profile a folder for its CPU profile
 */
export async function startServer(
  path: string,
  databaseUrl: string,
  profile: string | null,
): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'duban-bench-'));
  const port = await freePort();
  const supervisor = new Supervisor({ folder, databaseUrl, log: said => process.stderr.write(`${said}\n`) });
  const stop = async () => {
    await supervisor.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const env = {
    ...{ NODE_ENV: 'production', LOG_LEVEL: 'warn', HOST: '127.0.0.1', PORT: String(port) },
    RATE_LIMIT_PER_MINUTE: '1000000',
  };
  const flags = profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  await supervisor.run({ name: 'server', path, flags, env, logFile: join(folder, 'server.log') });
  return { port, rssMb: () => rssMbOf(pidIn(folder)), stop };
}

function pidIn(folder: string): number {
  const pids = JSON.parse(readFileSync(join(folder, 'pids.json'), 'utf8')) as {
    children: Record<string, number>;
  };
  return pids.children['server'] ?? 0;
}

function rssMbOf(pid: number): number | null {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null; // not Linux, or between two processes
  }
}
