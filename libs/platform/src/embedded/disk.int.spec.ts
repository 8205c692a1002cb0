import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from './embedded-server.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'duban-disk-'));
  chmodSync(folder, 0o711);
});
afterEach(() => rmSync(folder, { recursive: true }));

// A small disk in memory. Only root may mount one, and not in every container.
function canMount(): boolean {
  const probe = mkdtempSync(join(tmpdir(), 'duban-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe], { stdio: 'ignore' });
    execFileSync('umount', [probe]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(probe, { recursive: true });
  }
}

async function withDisk(size: string, work: (disk: string) => Promise<void>): Promise<void> {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'tmpfs', disk]);
  try {
    await work(disk);
  } finally {
    execFileSync('umount', [disk]);
  }
}

function fill(disk: string): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, 'ballast'), Buffer.alloc(bavail * bsize));
}

if (canMount()) {
  describe('a disk', () => {
    const full = /^The disk that holds \S+ is full: free some space/;

    it('too small for a new database is called full, and nothing half-made stays', () =>
      withDisk('20m', async disk => {
        await expect(startEmbedded({ folder: join(disk, 'server') })).rejects.toThrow(full);
        const { bavail, bsize } = statfsSync(disk);
        expect(bavail * bsize).toBeGreaterThan(19 * 1024 * 1024);
      }));

    it('that is full at a later start is called so, and the server starts once there is room', () =>
      withDisk('120m', async disk => {
        const first = await startEmbedded({ folder: join(disk, 'server') });
        await first.stop();
        fill(disk);
        await expect(startEmbedded({ folder: join(disk, 'server') })).rejects.toThrow(full);
        rmSync(join(disk, 'ballast'));
        const second = await startEmbedded({ folder: join(disk, 'server') });
        expect(second.url).toBe(first.url);
        await second.stop();
      }));

    it('that is read-only is called so', () =>
      withDisk('1m', async disk => {
        execFileSync('mount', ['-o', 'remount,ro', disk]);
        await expect(startEmbedded({ folder: join(disk, 'server') })).rejects.toThrow(
          /^The disk that holds \S+ is read-only/,
        );
      }));
  });
} else {
  it('a folder that may not be written to is named', async () => {
    // The sentences for full and read-only disks are checked in faults.spec.ts where no disk can be mounted.
    chmodSync(folder, 0o555);
    const closed = process.getuid?.() === 0 ? '/proc/duban' : join(folder, 'server');
    await expect(startEmbedded({ folder: closed })).rejects.toThrow(/may not write|did not start/);
    chmodSync(folder, 0o755);
  });
}
