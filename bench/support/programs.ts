import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** Where a client program of PostgreSQL lies: on the PATH or where Debian keeps it; null when nowhere. */
export function findProgram(name: string): string | null {
  const kept = '/usr/lib/postgresql';
  const versions = existsSync(kept)
    ? readdirSync(kept).sort((one, other) => Number(other) - Number(one))
    : [];
  const folders = [
    ...versions.map(version => join(kept, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ];
  return folders.map(folder => join(folder, name)).find(path => existsSync(path)) ?? null;
}

/** What such a program finds its server by. */
export function environmentFor(databaseUrl: string): NodeJS.ProcessEnv {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  return {
    ...process.env,
    PGHOST: hostname,
    PGPORT: port || '5432',
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: pathname.slice(1),
  };
}

/** Runs a program to its end; what it printed. */
export async function runProgram(
  path: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const { stdout } = await promisify(execFile)(path, args, { env });
  return stdout;
}
