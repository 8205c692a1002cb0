import { type Pool } from 'pg';
import { randomUUID } from 'node:crypto';
import { isConnectionFailure, isContention } from './connections.js';
import { type LogPage, readPage } from './log-pages.js';
import { type LogWatch } from './log-watch.js';
import { LogDamaged, type LogReader, type StoredEvent } from './reading.js';
import { defaultAttempts, defaultBatch, type Subscription, wordsOf } from './subscription.js';
import {
  addDeadLetter,
  advance,
  ensureSubscription,
  type Lease,
  leaseRenewalMillis,
  recordFailure,
  releaseLease,
  takeLease,
} from './subscription-table.js';
import { inTransaction } from './transaction.js';
import { type Waiting } from './waiting.js';
import { wantedEvents } from './wanted-events.js';

const retryMillis = { first: 50, most: 5000 };
/** How often it is asked whether another runner's lease has ended, or a failure was cleared. */
const leaseWaitMillis = 250;

/** What a runner works with; all runners of a process share them. */
export interface RunnerParts {
  readonly pool: Pool;
  readonly reader: LogReader;
  readonly watch: LogWatch;
  readonly waiting: Waiting;
}

/** Follows the log on behalf of one subscription, in order, until stopped. */
export class SubscriptionRunner {
  private readonly id = randomUUID();
  private lease: Lease | null = null;
  private ensured = false;
  private renewAt = 0;
  private caughtUpAt = -1;
  /** The page after the one under way, being read meanwhile. */
  private ahead: { after: number; limit: number; page: Promise<LogPage> } | null = null;
  /** So many events are taken one by one, to find the one that a page failed on. */
  private singly = 0;
  /** How often the event at hand has failed alone. */
  private failures = 0;
  private stopping = false;
  private poked = false;
  private wake: (() => void) | null = null;
  private loop: Promise<void> | null = null;

  constructor(
    readonly subscription: Subscription,
    private readonly parts: RunnerParts,
  ) {}

  start(): this {
    this.stopping = false;
    if (this.loop) return this;
    this.parts.watch.join();
    this.loop = this.run();
    return this;
  }

  /** Finishes the page under way and gives the lease back. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake?.();
    if (!this.loop) return;
    await this.loop;
    this.loop = null;
    await this.parts.watch.leave();
  }

  /** Something has changed: look at once. */
  poke(): void {
    this.poked = true;
    this.wake?.();
  }

  private get key() {
    return { name: this.subscription.name, version: this.subscription.version ?? 1 };
  }

  private async run(): Promise<void> {
    let retry = retryMillis.first;
    while (!this.stopping) {
      try {
        await this.step();
        retry = retryMillis.first;
      } catch (error) {
        // The database is away or busy. Whether the last commit arrived is read from it when the lease is taken anew.
        this.subscription.onError?.(error, this.lease?.position ?? null);
        this.lease = null;
        await this.rest(retry);
        retry = Math.min(retry * 2, retryMillis.most);
      }
    }
    await this.release();
  }

  /** One look at the log, or one wait until there is something to see. */
  private async step(): Promise<void> {
    const { watch } = this.parts;
    // A lease of another session looks abandoned: it is taken anew as soon as there is a new session.
    if (this.lease && watch.session !== null && this.lease.session !== watch.session) this.lease = null;
    this.lease ??= await this.take();
    const { lease } = this;
    if (!lease) return this.rest(leaseWaitMillis);
    if (watch.position <= lease.position) return this.idle(lease);
    await this.process(lease);
    await this.tell();
  }

  /** Those who wait hear of it last: by then everybody else has. */
  private async tell(): Promise<void> {
    const { watch, waiting } = this.parts;
    if (!this.lease) return;
    const { position } = this.lease;
    if (watch.position <= position && this.caughtUpAt < position) {
      await this.subscription.onCaughtUp?.(position);
      this.caughtUpAt = position;
    }
    waiting.reached(this.key.name, position);
  }

  private async take(): Promise<Lease | null> {
    if (!this.ensured) await ensureSubscription(this.parts.pool, this.key);
    this.ensured = true;
    this.renewAt = Date.now() + leaseRenewalMillis;
    return takeLease(this.parts.pool, this.key, { id: this.id, session: this.parts.watch.session });
  }

  private async idle(lease: Lease): Promise<void> {
    const { pool, watch } = this.parts;
    if (watch.position === lease.position) await this.tell();
    if (Date.now() >= this.renewAt) {
      this.renewAt = Date.now() + leaseRenewalMillis;
      if (!(await advance(pool, this.key, lease, lease.position))) this.lease = null;
      return;
    }
    if (this.poked || this.stopping) {
      this.poked = false;
      return;
    }
    // Before the first look nobody knows whether this is the end.
    const seen = watch.position < lease.position ? lease.position - 1 : lease.position;
    await watch.beyond(seen, Math.max(this.renewAt - Date.now(), 1), wake => (this.wake = wake));
    this.wake = null;
  }

  private async process(lease: Lease): Promise<void> {
    let size = 1;
    try {
      const page = await this.next(lease);
      size = page.to - page.after;
      if (size === 0) return await this.checkEnd(lease);
      this.readAhead(page, lease);
      const done = await this.apply(lease, page);
      this.lease = done ? { ...lease, position: page.to } : null;
      this.singly = Math.max(this.singly - 1, 0);
      this.failures = 0;
    } catch (error) {
      this.ahead = null;
      if (isConnectionFailure(error) || isContention(error)) throw error;
      this.subscription.onError?.(error, lease.position + 1);
      await this.judge(lease, size, error);
    }
  }

  private async next(lease: Lease): Promise<LogPage> {
    const limit = this.limitAt(lease.position, lease);
    const { ahead } = this;
    this.ahead = null;
    if (ahead?.after === lease.position && ahead.limit === limit) return ahead.page;
    return this.read(lease.position, limit);
  }

  private read(after: number, limit: number): Promise<LogPage> {
    const { reader, pool } = this.parts;
    const { types } = this.subscription;
    return readPage(reader, pool, { after, limit, ...(types ? { types } : {}) });
  }

  // A page is history or it is news, never both.
  private limitAt(position: number, { mark }: Lease): number {
    if (this.singly > 0) return 1;
    const { batch = defaultBatch } = this.subscription;
    return position < mark ? Math.min(batch, mark - position) : batch;
  }

  private readAhead({ to }: LogPage, lease: Lease): void {
    if (this.singly > 0 || this.stopping || this.parts.watch.position <= to) return;
    const limit = this.limitAt(to, lease);
    const page = this.read(to, limit);
    page.catch(() => undefined); // who asks for the page is told
    this.ahead = { after: to, limit, page };
  }

  /** Nothing where something was said to be: the log was cut, or it was exchanged for an older one. */
  private async checkEnd({ position }: Lease): Promise<void> {
    const head = await this.parts.reader.head();
    if (head.position > position)
      throw new LogDamaged(`event ${position + 1} is missing: the head is at ${head.position}`, position + 1);
    this.parts.watch.correct(head.position);
  }

  // The position moves first: a second runner waits for this row, then finds it moved and does nothing.
  private async apply(lease: Lease, { events, to }: LogPage): Promise<boolean> {
    const wanted: readonly StoredEvent[] = wantedEvents(this.subscription, events);
    return inTransaction(
      this.parts.pool,
      async tx => {
        if (!(await advance(tx, this.key, lease, to))) return false;
        if (wanted.length > 0) await this.subscription.handle(wanted, tx, { replaying: to <= lease.mark });
        return true;
      },
      // Lost in a crash, effects and position are lost together and come again; the log itself is always durable.
      'SET LOCAL synchronous_commit = off',
    );
  }

  /** A page is taken one by one; an event is tried again, then it is left out or stops the subscription. */
  private async judge(lease: Lease, size: number, error: unknown): Promise<void> {
    const { onPoison = 'stop', attempts = defaultAttempts } = this.subscription;
    if (error instanceof LogDamaged) return this.fail(lease, error, error.position);
    if (size > 1) {
      this.singly = size;
      return;
    }
    this.failures += 1;
    if (this.failures < attempts) return this.rest(retryMillis.first * this.failures);
    await (onPoison === 'skip' ? this.leaveOut(lease, error) : this.fail(lease, error, lease.position + 1));
    this.failures = 0;
  }

  private async leaveOut(lease: Lease, error: unknown): Promise<void> {
    const position = lease.position + 1;
    const letter = { position, ...wordsOf(error) };
    const done = await inTransaction(this.parts.pool, async tx => {
      if (!(await advance(tx, this.key, lease, position))) return false;
      await addDeadLetter(tx, this.key, letter, this.failures);
      return true;
    });
    this.lease = done ? { ...lease, position } : null;
    this.singly = Math.max(this.singly - 1, 0);
  }

  private async fail(lease: Lease, error: unknown, position: number): Promise<void> {
    await recordFailure(this.parts.pool, this.key, lease, { position, ...wordsOf(error) });
    this.singly = 0;
    this.lease = null;
  }

  private async release(): Promise<void> {
    const { lease } = this;
    this.lease = null;
    this.ahead = null;
    if (!lease) return;
    try {
      await releaseLease(this.parts.pool, this.key, lease);
    } catch (error) {
      this.subscription.onError?.(error, lease.position); // the lease ends by itself
    }
  }

  private async rest(millis: number): Promise<void> {
    if (!this.poked && !this.stopping) {
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, millis);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.wake = null;
    this.poked = false;
  }
}
