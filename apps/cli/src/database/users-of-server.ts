import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Which commands are at work on the embedded server of a folder: one file each, named by the process. A server that a
 * command started is stopped by the last of them; one that `up` or `demo` runs is left alone.
 */
export class UsersOfServer {
  private readonly users: string;
  private readonly pidsFile: string;
  private readonly startedMark: string;

  constructor(home: string) {
    this.users = join(home, 'commands');
    this.pidsFile = join(home, 'pids.json');
    this.startedMark = join(this.users, 'started');
  }

  /** To be called before the server is looked for, so that nobody stops it meanwhile. */
  enter(): void {
    mkdirSync(this.users, { recursive: true });
    writeFileSync(this.ownFile, '');
  }

  /** Notes that no supervisor but a command started the server. */
  noteStarted(): void {
    writeFileSync(this.startedMark, '');
  }

  /** Leaves; true when the server is to be stopped now. */
  leave(): boolean {
    rmSync(this.ownFile, { force: true });
    if (!existsSync(this.startedMark) || this.others().some(isAlive)) return false;
    rmSync(this.startedMark, { force: true });
    return !this.isSupervised();
  }

  /** Whether `up` or `demo` runs on this folder. */
  isSupervised(): boolean {
    if (!existsSync(this.pidsFile)) return false;
    const { supervisor } = JSON.parse(readFileSync(this.pidsFile, 'utf8')) as { supervisor: number };
    return isAlive(supervisor);
  }

  private get ownFile(): string {
    return join(this.users, String(process.pid));
  }

  private others(): number[] {
    return readdirSync(this.users)
      .filter(name => /^\d+$/.test(name))
      .map(Number);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // alive, and somebody else's
  }
}
