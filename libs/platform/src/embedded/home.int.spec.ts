import { execFileSync } from 'node:child_process';
import {
  cpSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { binariesFor, installedBinaries } from './binaries.js';
import { serverEnvironment } from './cluster.js';
import { startEmbedded } from './embedded-server.js';
import { prepareHome } from './home.js';

const isRoot = process.getuid?.() === 0;
let outer: string;

beforeEach(() => (outer = mkdtempSync(join(tmpdir(), 'duban-home-')))); // 0700: closed to all other accounts
afterEach(() => rmSync(outer, { recursive: true }));

describe(isRoot ? 'under a closed home of root' : 'under a closed home of our own', () => {
  const folder = () => join(outer, 'project', 'server');
  const place = () => (isRoot ? readFileSync(join(folder(), 'place'), 'utf8') : folder());

  it('the server runs, finds its data again, and belongs to an account without privileges', async () => {
    const first = await startEmbedded({ folder: folder() });
    await first.stop();
    const second = await startEmbedded({ folder: folder() });
    expect(second).toMatchObject({ url: first.url, folder: folder(), reused: false });
    const uid = Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${second.pid}/status`, 'utf8'))![1]);
    expect(uid).toBeGreaterThan(0);
    expect(statSync(join(place(), 'data')).uid).toBe(uid);
    await second.stop();
    if (isRoot) {
      expect(place().startsWith(outer)).toBe(false);
      rmSync(place(), { recursive: true });
    }
  });
});

describe('the programs of PostgreSQL', () => {
  // The package as an install without scripts leaves it: no links between the libraries.
  function bareInstall(): string {
    const native = join(outer, 'package', 'native');
    cpSync(installedBinaries().native, native, {
      recursive: true,
      filter: path => !lstatSync(path).isSymbolicLink(),
    });
    return native;
  }

  function versionSaid(postgres: string, account: { uid: number; gid: number } | null): string {
    const identity = account ? { uid: account.uid, gid: account.gid } : {};
    return execFileSync(postgres, ['--version'], {
      ...identity,
      cwd: '/',
      env: serverEnvironment,
      encoding: 'utf8',
    });
  }

  it('start although their links are missing', () => {
    chmodSync(outer, 0o755);
    const native = bareInstall();
    expect(existsSync(join(native, 'lib', 'libpq.so.5'))).toBe(false);
    const home = prepareHome(join(outer, 'server'));
    const { postgres } = binariesFor(home, { native, version: '18.4' });
    expect(postgres).toBe(join(native, 'bin', 'postgres'));
    expect(versionSaid(postgres, home.account)).toMatch(/PostgreSQL\) 18/);
  });

  it('are copied where the account that runs them could not reach or mend them', () => {
    const native = bareInstall();
    chmodSync(outer, 0o755);
    chmodSync(join(outer, 'package'), isRoot ? 0o700 : 0o755);
    chmodSync(join(native, 'lib'), 0o555);
    const home = prepareHome(join(outer, 'server'));
    const { postgres } = binariesFor(home, { native, version: '18.4' });
    expect([basename(dirname(dirname(postgres))), dirname(dirname(dirname(postgres)))]).toEqual([
      'native-18.4',
      home.folder,
    ]);
    expect(versionSaid(postgres, home.account)).toMatch(/PostgreSQL\) 18/);
    chmodSync(join(native, 'lib'), 0o755);
  });
});
