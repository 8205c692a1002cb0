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
  private hasStarted = false;

  constructor(private readonly home: string) {
    this.users = join(home, 'commands');
    this.pidsFile = join(home, 'pids.json');
    this.startedMark = join(this.users, 'started');
  }

  /** To be called before the server is looked for, so that nobody stops it meanwhile; again once its folder is there. */
  enter(): void {
    // Not recursively: Node never comes back from that in a place such as /proc.
    for (const folder of [this.home, this.users])
      whereWritable(() => existsSync(folder) || mkdirSync(folder));
    whereWritable(() => writeFileSync(this.ownFile, ''));
  }

  /** Notes that no supervisor but a command started the server. */
  noteStarted(): void {
    this.hasStarted = true;
    whereWritable(() => writeFileSync(this.startedMark, ''));
  }

  /** Leaves; true when the server is to be stopped now. */
  leave(): boolean {
    whereWritable(() => rmSync(this.ownFile, { force: true }));
    const isOurs = this.hasStarted || existsSync(this.startedMark);
    if (!isOurs || this.others().some(isAlive)) return false;
    this.hasStarted = false;
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
    if (!existsSync(this.users)) return [];
    return readdirSync(this.users)
      .filter(name => /^\d+$/.test(name))
      .map(Number);
  }
}

const unwritable = new Set(['ENOENT', 'EEXIST', 'EROFS', 'ENOSPC', 'EDQUOT', 'EACCES', 'EPERM']);

// Where nothing can be written, a server that runs can still be used; one that must start says what is wrong.
function whereWritable(write: () => unknown): void {
  try {
    write();
  } catch (error) {
    if (!unwritable.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // alive, and somebody else's
  }
}
