import { randomBytes } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sight, until } from './processes.js';

type Holder = { pid: number; startedAt: string } | 'free';

/**
 * A lock between processes, made of numbered files: `<name>.1`, `<name>.2`, … Whoever creates the number after the
 * highest holds it. The highest file is never removed, only emptied, so that two who both find a dead holder
 * cannot both succeed it: removing a dead holder's file and creating one's own would leave that window.
 */
export class StartLock {
  constructor(
    private readonly folder: string,
    private readonly name = 'lock',
  ) {}

  /**
   * Takes the lock at once, or not at all.
   *
   * @returns what gives it back, or the process that holds it
   */
  tryTake(): { release: () => void } | { heldBy: number } {
    const highest = this.highest();
    const holder = highest === 0 ? 'free' : this.holderOf(highest);
    if (holder !== 'free' && isAlive(holder)) return { heldBy: holder.pid };
    return this.claim(highest + 1) ?? this.tryTake();
  }

  /**
   * Waits for the lock.
   *
   * @throws Error when another living process holds it longer than `timeoutMs`
   */
  async take(timeoutMs: number): Promise<{ release: () => void }> {
    let answer = this.tryTake();
    await until(() => 'release' in answer || 'release' in (answer = this.tryTake()), timeoutMs);
    if ('release' in answer) return answer;
    throw new Error(`Process ${answer.heldBy} has been at work in ${this.folder} for ${timeoutMs / 1000} s.`);
  }

  private claim(number: number): { release: () => void } | null {
    const seen = sight(process.pid);
    if (!this.write({ pid: process.pid, startedAt: seen?.startedAt ?? '' }, number)) return null;
    // Someone may have gone through this number and a higher one since we looked: the highest counts.
    if (this.highest() !== number) {
      removeIfThere(this.path(number)); // whoever took the higher one may have removed ours already
      return null;
    }
    for (const older of this.numbers().filter(each => each < number)) removeIfThere(this.path(older));
    let held = true;
    return {
      release: () => {
        if (held) truncateSync(this.path(number)); // an empty file is free, and a full disk cannot prevent it
        held = false;
      },
    };
  }

  // A link appears with its whole content or not at all, and not where a file already is.
  private write(holder: Exclude<Holder, 'free'>, number: number): boolean {
    const draft = this.draft(holder);
    try {
      linkSync(draft, this.path(number));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    } finally {
      unlinkSync(draft);
    }
  }

  private draft(holder: Exclude<Holder, 'free'>): string {
    const path = join(this.folder, `${this.name}-draft-${randomBytes(8).toString('hex')}`);
    writeFileSync(path, JSON.stringify(holder), { mode: 0o644 });
    return path;
  }

  private highest(): number {
    return Math.max(0, ...this.numbers());
  }

  private numbers(): number[] {
    return readdirSync(this.folder)
      .filter(file => file.startsWith(`${this.name}.`) && /^\d+$/.test(file.slice(this.name.length + 1)))
      .map(file => Number(file.slice(this.name.length + 1)));
  }

  // A file that is gone, emptied or torn has no living holder; the next number decides who comes after it.
  private holderOf(number: number): Holder {
    try {
      return JSON.parse(readFileSync(this.path(number), 'utf8')) as Holder;
    } catch (error) {
      if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return 'free';
      throw error;
    }
  }

  private path(number: number): string {
    return join(this.folder, `${this.name}.${number}`);
  }
}

function isAlive({ pid, startedAt }: { pid: number; startedAt: string }): boolean {
  const seen = sight(pid);
  return seen !== null && !seen.zombie && seen.startedAt === startedAt;
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
