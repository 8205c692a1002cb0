import { type Pool, type PoolClient } from 'pg';
import { v4 } from 'uuid';
import { isConnectionFailure, isContention } from './connections.js';
import { LogDamaged, type LogReader, type StoredEvent } from './reading.js';
import {
  advance,
  ensureSubscription,
  type Lease,
  leaseRenewalMillis,
  recordFailure,
  releaseLease,
  type SubscriptionFailure,
  takeLease,
} from './subscription-table.js';
import { inTransaction } from './transaction.js';
import { type Wanted, wantedEvents } from './wanted-events.js';

/** What follows the log: a read model, an outbox, a process. */
export interface Subscription extends Wanted {
  readonly name: string;
  /** Counted up when what it computes changes, default 1: a new version starts from the first event. */
  readonly version?: number;
  /** The most events of one transaction, default 500. */
  readonly batch?: number;
  /** Writes the effects of events through `tx` and nothing else: they and the position are committed together. */
  handle(events: readonly StoredEvent[], tx: PoolClient): Promise<void>;
  /** Told each time the end of the log was reached. */
  onCaughtUp?(position: number): void | Promise<void>;
  /** Told of every failure, also of those that are retried. */
  onError?(error: unknown, position: number | null): void;
}

const defaultBatch = 500;
const pollMillis = { first: 25, most: 250 };
const retryMillis = { first: 50, most: 5000 };
/** How often it is asked whether another runner's lease has ended, or a failure was cleared. */
const leaseWaitMillis = 500;

/** Follows the log on behalf of one subscription, in order, until stopped. */
export class SubscriptionRunner {
  private readonly runner = v4();
  private lease: Lease | null = null;
  private ensured = false;
  private renewAt = 0;
  private caughtUpAt = -1;
  /** So many events are taken one by one, to find the one that a page failed on. */
  private singly = 0;
  private pause: number = pollMillis.first;
  private stopping = false;
  private poked = false;
  private wake: (() => void) | null = null;
  private loop: Promise<void> | null = null;

  constructor(
    readonly subscription: Subscription,
    private readonly pool: Pool,
    private readonly reader: LogReader,
  ) {}

  start(): this {
    this.stopping = false;
    this.loop ??= this.run();
    return this;
  }

  /** Finishes the page under way and gives the lease back. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake?.();
    await this.loop;
    this.loop = null;
  }

  /** There may be something new: look at once. */
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
        const delay = await this.step();
        retry = retryMillis.first;
        if (delay > 0) await this.sleep(delay);
      } catch (error) {
        // The database is away or busy. Whether the last commit arrived is read from it when the lease is taken anew.
        this.subscription.onError?.(error, this.lease?.position ?? null);
        this.lease = null;
        await this.sleep(retry);
        retry = Math.min(retry * 2, retryMillis.most);
      }
    }
    await this.release();
  }

  /** One look at the log; how long to wait before the next, in milliseconds. */
  private async step(): Promise<number> {
    this.lease ??= await this.take();
    if (!this.lease) return leaseWaitMillis;
    const { position: head } = await this.reader.head();
    if (head <= this.lease.position) return this.idle(this.lease);
    this.pause = pollMillis.first;
    await this.process(this.lease);
    return 0;
  }

  private async take(): Promise<Lease | null> {
    if (!this.ensured) await ensureSubscription(this.pool, this.key);
    this.ensured = true;
    this.renewAt = Date.now() + leaseRenewalMillis;
    return takeLease(this.pool, this.key, this.runner);
  }

  private async idle(lease: Lease): Promise<number> {
    if (this.caughtUpAt < lease.position) {
      await this.subscription.onCaughtUp?.(lease.position);
      this.caughtUpAt = lease.position;
    }
    if (Date.now() >= this.renewAt) {
      this.renewAt = Date.now() + leaseRenewalMillis;
      if (!(await advance(this.pool, this.key, lease, lease.position))) this.lease = null;
    }
    const delay = this.pause;
    this.pause = Math.min(this.pause * 2, pollMillis.most);
    return delay;
  }

  private async process(lease: Lease): Promise<void> {
    let page: readonly StoredEvent[] = [];
    try {
      page = await this.reader.readLog(
        lease.position,
        this.singly > 0 ? 1 : (this.subscription.batch ?? defaultBatch),
      );
      const to = lease.position + page.length;
      this.lease = (await this.apply(lease, page, to)) ? { ...lease, position: to } : null;
      this.singly = Math.max(this.singly - 1, 0);
    } catch (error) {
      if (isConnectionFailure(error) || isContention(error)) throw error;
      this.subscription.onError?.(error, lease.position + 1);
      if (page.length > 1) this.singly = page.length;
      else await this.fail(lease, error);
    }
  }

  // The position moves first: a second runner waits for this row, then finds it moved and does nothing.
  private async apply(lease: Lease, page: readonly StoredEvent[], to: number): Promise<boolean> {
    const wanted = wantedEvents(this.subscription, page);
    return inTransaction(this.pool, async tx => {
      // Lost in a crash, effects and position are lost together and come again; the log itself is always durable.
      await tx.query('SET LOCAL synchronous_commit = off');
      if (!(await advance(tx, this.key, lease, to))) return false;
      if (wanted.length > 0) await this.subscription.handle(wanted, tx);
      return true;
    });
  }

  private async fail(lease: Lease, error: unknown): Promise<void> {
    await recordFailure(this.pool, this.key, lease, failureOf(error, lease.position + 1));
    this.singly = 0;
    this.lease = null;
  }

  private async release(): Promise<void> {
    const { lease } = this;
    this.lease = null;
    if (!lease) return;
    try {
      await releaseLease(this.pool, this.key, lease);
    } catch (error) {
      this.subscription.onError?.(error, lease.position); // the lease ends by itself
    }
  }

  private async sleep(millis: number): Promise<void> {
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

function failureOf(error: unknown, position: number): SubscriptionFailure {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  const at = error instanceof LogDamaged ? error.position : position;
  return { position: at, reason: message.replaceAll('\0', ''), error: name };
}
