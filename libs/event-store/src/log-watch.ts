import { randomInt } from 'node:crypto';
import { type Pool, type PoolClient } from 'pg';

/** Sessions of runners hold an advisory lock of this class, so that others can tell whether they are there. */
export const sessionLockClass = 0x64_75_62;

// Somebody who waits hears of an append of another process after the longest pause at the latest.
const pollMillis = { first: 5, most: 25 };
const retryMillis = { first: 50, most: 1000 };

/**
 * Watches the end of the log for all subscriptions of a process: one connection, one row looked at, often while
 * something happens and 25 times a second while nothing does. That connection is also the sign of life of the process:
 * when it dies, however it dies, its advisory lock is gone, and its leases are free.
 */
export class LogWatch {
  /** The last position that is known to be there. */
  position = -1;
  /** The key of the advisory lock that this process holds; null while it holds none. */
  session: number | null = null;
  private readonly waiting = new Set<() => void>();
  private users = 0;
  private loop: Promise<void> | null = null;
  private wake: (() => void) | null = null;
  private pause: number = pollMillis.first;

  /** @param pool gives the one connection; nobody else may use it */
  constructor(
    private readonly pool: Pick<Pool, 'connect'>,
    private readonly onError: (error: unknown) => void = () => undefined,
  ) {}

  join(): void {
    this.users += 1;
    this.loop ??= this.run();
  }

  /** The last one out closes the connection. */
  async leave(): Promise<void> {
    this.users -= 1;
    if (this.users > 0) return;
    this.wake?.();
    await this.loop;
  }

  /** There is something at this position: whoever waits need not wait for the next look. */
  notice(position: number): void {
    if (position <= this.position) return;
    this.position = position;
    this.pause = pollMillis.first;
    this.wakeAll();
  }

  /** The log turned out to end before what was noticed: it was restored from a backup, say. */
  correct(position: number): void {
    this.position = position;
  }

  /** Resolves when the log goes beyond a position, when `signal` is called, or after so many milliseconds. */
  beyond(position: number, millis: number, onWaiting: (signal: () => void) => void): Promise<void> {
    if (this.position > position) return Promise.resolve();
    return new Promise(resolve => {
      const done = () => {
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve();
      };
      const look = () => this.position > position && done();
      const timer = setTimeout(done, millis);
      this.waiting.add(look);
      onWaiting(done);
    });
  }

  private async run(): Promise<void> {
    let retry = retryMillis.first;
    while (this.users > 0) {
      try {
        const client = await this.pool.connect();
        try {
          await this.hold(client);
          retry = retryMillis.first;
          await this.poll(client);
        } finally {
          this.session = null;
          client.release(true); // closed, not given back: its lock must not outlive its use
        }
      } catch (error) {
        this.onError(error);
        await this.sleep(retry);
        retry = Math.min(retry * 2, retryMillis.most);
      }
    }
    this.loop = null; // at once: whoever joins from here on begins anew
  }

  private async hold(client: PoolClient): Promise<void> {
    const session = randomInt(1, 2 ** 31);
    await client.query('SELECT pg_advisory_lock($1, $2)', [sessionLockClass, session]);
    this.session = session;
  }

  private async poll(client: PoolClient): Promise<void> {
    while (this.users > 0) {
      const { rows } = await client.query<{ position: string }>(headStatement);
      const position = Number(rows[0]?.position ?? 0);
      if (position > this.position) this.notice(position);
      else this.pause = Math.min(this.pause * 2, pollMillis.most);
      await this.sleep(this.pause);
    }
  }

  private wakeAll(): void {
    for (const look of [...this.waiting]) look();
  }

  private async sleep(millis: number): Promise<void> {
    if (this.users === 0) return;
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, millis);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = null;
  }
}

const headStatement = { name: 'watch-head', text: 'SELECT position FROM public.log_head WHERE id = 1' };
