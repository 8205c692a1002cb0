import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { accountFor, canEnter, type Account } from './account.js';
import { faultOf } from './faults.js';

/** Where one embedded server keeps what it needs. All paths are absolute and free of links. */
export interface Home {
  folder: string;
  data: string;
  passwordFile: string;
  portFile: string;
  logFile: string;
  account: Account | null;
}

// Outside the project, for a project that lies where no other account may go. /var/tmp outlives a restart, /tmp may not.
const publicFolders = ['/var/lib', '/var/tmp', '/tmp'];

/**
 * Makes the folder and decides where the data lies: inside it, or, when the account that PostgreSQL runs as cannot
 * enter it, in a folder outside that the file `place` in it names from then on.
 *
 * @throws EmbeddedServerError when the folder cannot be made or written to
 */
export function prepareHome(folder: string): Home {
  try {
    makeFolder(resolve(folder));
    return homeIn(realpathSync(folder));
  } catch (error) {
    throw faultOf(error, folder);
  }
}

/** Makes a folder and those above it. Node's own recursive mkdir says ENOENT on a read-only disk, not EROFS. */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // another starter was faster
  }
}

function homeIn(folder: string): Home {
  const home = layout(placeOf(folder) ?? folder);
  const account = accountFor(home.data);
  if (!account || canEnter(home.folder, account)) return { ...home, account };
  return { ...layout(claimPlace(folder, account)), account };
}

function placeOf(folder: string): string | null {
  const file = join(folder, 'place');
  if (!existsSync(file)) return null;
  const place = readFileSync(file, 'utf8').trim();
  return existsSync(place) ? place : null;
}

// Of two first starters, one names the place: a link appears with its whole content, and only once.
function claimPlace(folder: string, account: Account): string {
  const place = makePlace(account);
  const [file, draft] = [join(folder, 'place'), join(folder, `place-${basename(place)}`)];
  writeFileSync(draft, place);
  if (placeOf(folder) === null) rmSync(file, { force: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    rmdirSync(place);
  } finally {
    rmSync(draft);
  }
  return readFileSync(file, 'utf8').trim();
}

// A random name: a project folder that was deleted and made anew must not meet the data of its forerunner.
function makePlace(account: Account): string {
  const base = publicFolders.find(folder => canEnter(folder, account)) ?? '/tmp';
  const parent = join(base, 'duban');
  mkdirSync(parent, { recursive: true });
  chmodSync(parent, 0o711);
  const place = mkdtempSync(join(parent, 'server-'));
  chmodSync(place, 0o711);
  return realpathSync(place);
}

function layout(folder: string): Omit<Home, 'account'> {
  return {
    folder,
    data: join(folder, 'data'),
    passwordFile: join(folder, 'password'),
    portFile: join(folder, 'port'),
    logFile: join(folder, 'server.log'),
  };
}
