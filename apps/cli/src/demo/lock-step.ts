import { type LogHead, SubscriptionBehind } from '@duban/event-store';
import { type SimulatedClock } from '@duban/platform';
import { jobIdOf, type Queues, RunError } from '@duban/queue';
import { sweepJob } from '@duban/reminder';
import { type Core } from '@duban/supervision';
import { atHour, type Day } from '@duban/calendar';
import { setTimeout as delay } from 'node:timers/promises';
import { isAway, patiently } from './patience.js';

/** What follows the log in the worker; a day is over when all of them have seen its last event. */
const followers = ['obligations', 'deliveries', 'rollups'];

// Messages go out from nine o'clock on: whatever happens on a day of the demo happens at ten.
const hourOfDay = 10;
const waitMs = 15_000;
const drainMs = { look: 8, most: 60, resweep: 2500, patience: 120_000 };

/** Moves the days: nobody begins one before the worker has done all that follows from the one before. */
export class LockStep {
  private sweeps = 0;
  private settledAt = -1;

  constructor(
    private readonly core: Core,
    private readonly clock: SimulatedClock,
    private readonly queues: Queues,
    private readonly run: string,
  ) {}

  /** It is ten o'clock of that day; a day that was begun before stays. */
  async begin(day: Day): Promise<void> {
    await patiently(() => this.clock.moveTo(atHour(day, hourOfDay, this.core.calendar.zone)));
  }

  /** Whether the worker has something to remind of by ten o'clock of that day. */
  async hasDue(day: Day): Promise<boolean> {
    const by = atHour(day, hourOfDay, this.core.calendar.zone);
    const { rows } = await patiently(() =>
      this.core.pool.query<{ due: boolean }>(
        'SELECT EXISTS (SELECT 1 FROM obligation WHERE next_at <= $1) AS due',
        [by],
      ),
    );
    return rows[0]?.due ?? false;
  }

  /** Everything that follows from the day: read models in step, reminders recorded and delivered, editions out. */
  async finish(day: Day): Promise<void> {
    await this.catchUp();
    if (await this.hasDue(day)) {
      await this.sweep();
      await this.catchUp();
    }
    await this.drain();
  }

  /** Waits until the worker has seen all events that there are. */
  async catchUp(): Promise<void> {
    for (;;) {
      const { position } = await this.head();
      if (position === this.settledAt) return;
      for (const name of followers) {
        await patiently(
          () => this.core.events.waitFor(name, position, waitMs),
          error => error instanceof SubscriptionBehind || isAway(error),
        );
      }
      this.settledAt = position;
    }
  }

  private head(): Promise<LogHead> {
    return patiently(() => this.core.events.head());
  }

  /** A sweep whose end was not heard of, because somebody was killed or the queue was flushed, is asked for again. */
  private async sweep(): Promise<void> {
    await patiently(
      async () => {
        this.sweeps += 1;
        const jobId = jobIdOf('sweep', this.run, String(this.sweeps));
        await this.queues.run(sweepJob, {}, { jobId, timeoutMs: waitMs });
      },
      error => error instanceof RunError || isAway(error) || isQueueAway(error),
    );
  }

  private async drain(): Promise<void> {
    const deadline = performance.now() + drainMs.patience;
    let sweepAt = performance.now() + drainMs.resweep;
    for (let pause = drainMs.look; ; pause = Math.min(pause * 2, drainMs.most)) {
      const pending = await this.pending();
      if (pending === 0) return this.catchUp();
      const now = performance.now();
      if (now > deadline) throw new Error(`${pending} deliveries and editions are still not out`);
      if (now > sweepAt) {
        await this.sweep(); // brings back what a lost queue no longer knows
        sweepAt = performance.now() + drainMs.resweep;
      }
      await delay(pause);
    }
  }

  private async pending(): Promise<number> {
    const { rows } = await patiently(() => this.core.pool.query<{ count: number }>(pendingText));
    return rows[0]?.count ?? 0;
  }
}

// What the worker still has to do: digests to deliver, editions of closed quarters to publish, corrections to note.
const pendingText = `
  SELECT (SELECT count(*) FROM delivery WHERE state IN ('pending', 'sending'))
       + (SELECT count(*) FROM edition_correction WHERE NOT noted)
       + (SELECT count(*) FROM streams s
          WHERE s.category = 'round' AND s.state ->> 'kind' = 'quarter' AND s.state ->> 'status' = 'closed'
            AND NOT EXISTS (SELECT 1 FROM edition e WHERE e.kind = 'published'
                            AND e.plan = s.plan AND e.period = s.state ->> 'period')) AS count`;

// ioredis and BullMQ have errors of their own for a server that is away.
function isQueueAway(error: unknown): boolean {
  return (
    error instanceof Error && /ECONN|Connection is closed|max retries/i.test(`${error.name} ${error.message}`)
  );
}
