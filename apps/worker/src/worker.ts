import { type SubscriptionRunner } from '@duban/event-store';
import { type Logger, LoggerFactory } from '@duban/platform';
import { createQueues, type Queues } from '@duban/queue';
import { DeliveryRelay, ObligationTable, sweepJob } from '@duban/reminder';
import { RollupRelay } from '@duban/rollup';
import { type Core } from '@duban/supervision';
import { type Pool } from 'pg';
import { handlersOf } from './handlers.js';
import { sealJob } from './sealing.js';
import { subscriptionsOf } from './subscriptions.js';

// BullMQ carries no interval longer than a minute; a sweep with nothing due is one indexed query.
const longestSweepSeconds = 60;
const sealSeconds = 60;
const relayMillis = 2000;
const heartbeatMillis = 60_000;
const drainMillis = 6000;

/**
 * Follows the log, works on the queues and sees to it that nothing waiting is forgotten. Whatever it holds in memory may
 * be lost at any moment: what is due and what is to be sent stands in Postgres.
 */
export class DutyWorker {
  private readonly runners: SubscriptionRunner[] = [];
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly relay: DeliveryRelay;
  private readonly rollups: RollupRelay;
  private relaying: Promise<void> | null = null;
  private again = false;
  private stopping = false;

  private constructor(
    private readonly core: Core,
    private readonly queues: Queues,
    private readonly log: Logger,
  ) {
    this.relay = new DeliveryRelay(core.pool, core.events, queues);
    this.rollups = new RollupRelay(core, queues);
  }

  /** Starts to work; the core stays the caller's to close. */
  static async start(core: Core): Promise<DutyWorker> {
    const { configuration } = core;
    const { databaseUrl, redisUrl, nodeEnv, logLevel } = configuration;
    const logs = new LoggerFactory(logLevel, nodeEnv === 'production' ? 'json' : 'pretty');
    const log = logs.named('worker');
    const queues = await createQueues({
      ...(redisUrl ? { redisUrl } : {}),
      ...(databaseUrl ? { databaseUrl } : {}),
      // A demonstration may share a Redis with a ledger in use.
      prefix: core.simulated ? 'duban-demo' : 'duban',
      onFault: (fault, where) => log.warn(`${where}: ${fault.message}`),
    });
    const worker = new DutyWorker(core, queues, log);
    try {
      await worker.begin(logs);
    } catch (error) {
      await worker.stop();
      throw error;
    }
    return worker;
  }

  /** Takes no more work, finishes what it can in a few seconds, and leaves the rest to the next one. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.timers.forEach(timer => clearInterval(timer));
    await this.queues.close({ drainMs: drainMillis });
    await Promise.all(this.runners.map(runner => runner.stop()));
    await this.relaying;
  }

  private async begin(logs: LoggerFactory): Promise<void> {
    const { core, queues } = this;
    const table = new ObligationTable(core);
    const onPending = () => this.relaySoon();
    for (const subscription of subscriptionsOf(core, { table, queues, onPending, log: this.log })) {
      this.runners.push(core.events.subscribe(subscription).start());
    }
    await queues.startWorkers(
      handlersOf(core, { table, relay: this.relay, rollups: this.rollups, queues, logs }),
    );
    // In a simulated ledger the demonstration says when to sweep, in step with its days.
    if (!core.simulated) {
      const seconds = Math.min(core.configuration.sweepSeconds, longestSweepSeconds);
      await queues.every(sweepJob, seconds, 'sweep');
    }
    await queues.every(sealJob, sealSeconds, 'seal');
    this.timers.push(
      setInterval(() => this.relaySoon(), relayMillis),
      setInterval(() => void this.heartbeat(), heartbeatMillis),
    );
    this.log.log(`working: queues on ${queues.backend}${core.simulated ? ', clock simulated' : ''}`);
  }

  /** One at a time; asked again meanwhile, it looks again. */
  private relaySoon(): void {
    this.again = true;
    this.relaying ??= this.relayAll().finally(() => (this.relaying = null));
  }

  private async relayAll(): Promise<void> {
    while (this.again && !this.stopping) {
      this.again = false;
      try {
        await this.relay.enqueue();
        await this.rollups.enqueue();
      } catch (error) {
        // The queue or the database is away: the next tick of the timer tries again.
        this.log.warn(`digests and editions wait: ${messageOf(error)}`);
      }
    }
  }

  private async heartbeat(): Promise<void> {
    try {
      const statuses = await this.core.events.subscriptionStatus();
      const places = statuses.map(({ name, lag, failure }) => `${name} ${failure ? 'stopped' : `-${lag}`}`);
      this.log.log(`alive: ${places.join(', ')}; ${await waiting(this.core.pool)} digests wait`);
    } catch (error) {
      this.log.warn(`alive, but the database is away: ${messageOf(error)}`);
    }
  }
}

async function waiting(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*) AS count FROM delivery WHERE state IN ('pending', 'sending')`,
  );
  return rows[0]?.count ?? 0;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
