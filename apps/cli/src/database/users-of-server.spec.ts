import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsersOfServer } from './users-of-server.js';

let home: string;
let users: UsersOfServer;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'duban-users-'));
  users = new UsersOfServer(home);
});
afterEach(() => rmSync(home, { recursive: true }));

// Of a process that has ended: nobody else has its number so soon.
const gone = spawnSync(process.execPath, ['--version']).pid;
const another = (pid: number) => writeFileSync(join(home, 'commands', String(pid)), '');

describe('the embedded server of a folder', () => {
  it('is stopped by the command that started it', () => {
    users.enter();
    users.noteStarted();
    expect(users.leave()).toBe(true);
    users.enter();
    expect(users.leave()).toBe(false); // the next one finds no mark
  });

  it('is left alone by a command that found it running', () => {
    users.enter();
    expect(users.leave()).toBe(false);
  });

  it('is left to another command that is at work, but not to one that died', () => {
    users.enter();
    users.noteStarted();
    another(process.ppid);
    expect(users.leave()).toBe(false);
    rmSync(join(home, 'commands', String(process.ppid)));
    another(gone);
    users.enter();
    expect(users.leave()).toBe(true);
  });

  it('is left to a supervisor that has come meanwhile, but not to one that died', () => {
    for (const [supervisor, isStopped] of [
      [process.ppid, false],
      [gone, true],
    ] as const) {
      mkdirSync(home, { recursive: true });
      writeFileSync(join(home, 'pids.json'), JSON.stringify({ supervisor }));
      users.enter();
      users.noteStarted();
      expect(users.leave()).toBe(isStopped);
    }
  });
});
