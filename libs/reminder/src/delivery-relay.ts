import { jobIdOf, type Queues } from '@duban/queue';
import { type Pool } from 'pg';
import { type EventStore } from '@duban/event-store';
import { deliverJob } from './jobs.js';

const mostAtOnce = 1000;
const abreast = 16;
const trustMillis = 3000;

/**
 * Puts the digests that wait in Postgres on the queue. A digest has one job, whose id is made from its own, so adding it
 * again does nothing while that job is there and brings it back after a flush.
 */
export class DeliveryRelay {
  private readonly added = new Map<string, number>();
  private epoch: string | null = null;

  constructor(
    private readonly pool: Pick<Pool, 'query'>,
    private readonly events: Pick<EventStore, 'head'>,
    private readonly queues: Pick<Queues, 'add'>,
  ) {}

  /** How many were put there. Those added within the last three seconds are trusted to be there, unless `all` are wanted. */
  async enqueue({ all = false } = {}): Promise<number> {
    const { rows } = await this.pool.query<{ id: string }>({
      name: 'delivery_open',
      text: `SELECT id FROM delivery WHERE state IN ('pending', 'sending') ORDER BY day, id LIMIT ${mostAtOnce}`,
    });
    this.epoch ??= (await this.events.head()).epoch;
    const now = performance.now();
    for (const [id, at] of this.added) if (now - at > trustMillis) this.added.delete(id);
    const wanted = rows.filter(({ id }) => all || !this.added.has(id));
    for (let from = 0; from < wanted.length; from += abreast) {
      await Promise.all(wanted.slice(from, from + abreast).map(({ id }) => this.add(id)));
    }
    return wanted.length;
  }

  private async add(delivery: string): Promise<void> {
    // Another ledger on the same server may have had a digest of this id: the epoch tells the two apart.
    const jobId = jobIdOf('deliver', this.epoch ?? '', delivery);
    await this.queues.add(deliverJob, { delivery }, { jobId, attempts: mostAttempts });
    this.added.set(delivery, performance.now());
  }
}

/** How often a digest is tried before it is given up: over about two minutes, each pause twice the one before. */
export const mostAttempts = 8;
