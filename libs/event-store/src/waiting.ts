import { type Queryable } from './reading.js';
import { type SubscriptionFailure } from './subscription-table.js';

/** A subscription did not reach a position in time. */
export class SubscriptionBehind extends Error {
  override readonly name = 'SubscriptionBehind';

  constructor(
    readonly subscription: string,
    readonly position: number,
    readonly wanted: number,
  ) {
    super(`${subscription} is at ${position}, not yet at ${wanted}`);
  }
}

/** A subscription has stopped on an event that it cannot process. */
export class SubscriptionStopped extends Error {
  override readonly name = 'SubscriptionStopped';

  constructor(
    readonly subscription: string,
    readonly failure: SubscriptionFailure,
  ) {
    super(`${subscription} stopped at ${failure.position}: ${failure.reason}`);
  }
}

interface Waiter {
  readonly name: string;
  readonly wanted: number;
  readonly deadline: number;
  resolve(): void;
  reject(error: unknown): void;
}

type Place = { name: string; position: string; failure: SubscriptionFailure | null };

const pollMillis = { first: 2, most: 25 };

/** Whoever waits for a subscription: told at once where it runs in this process, else by one look for all of them. */
export class Waiting {
  private readonly waiters = new Set<Waiter>();
  private looking = false;
  private pause: number = pollMillis.first;

  constructor(private readonly db: Queryable) {}

  /** A runner of this process has committed up to a position. */
  reached(name: string, position: number): void {
    for (const waiter of this.waiters)
      if (waiter.name === name && waiter.wanted <= position) this.settle(waiter).resolve();
  }

  /** Resolves once the newest version of a subscription has reached a position, in whatever process it runs. */
  wait(name: string, wanted: number, timeoutMillis: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiters.add({ name, wanted, deadline: performance.now() + timeoutMillis, resolve, reject });
      this.pause = pollMillis.first;
      if (!this.looking) void this.look();
    });
  }

  private async look(): Promise<void> {
    this.looking = true;
    while (this.waiters.size > 0) {
      const asked = [...this.waiters];
      try {
        const places = await this.places(asked);
        asked.forEach(waiter => this.judge(waiter, places.get(waiter.name)));
      } catch (error) {
        asked.forEach(waiter => this.settle(waiter).reject(error));
      }
      await new Promise(resolve => setTimeout(resolve, this.waiters.size > 0 ? this.pause : 0));
      this.pause = Math.min(this.pause * 2, pollMillis.most);
    }
    this.looking = false;
  }

  private async places(asked: readonly Waiter[]): Promise<Map<string, Place>> {
    const { rows } = await this.db.query<Place>({
      name: 'subscription-places',
      text: `SELECT DISTINCT ON (name) name, position, failure FROM public.subscriptions
             WHERE name = ANY ($1) ORDER BY name, version DESC`,
      values: [[...new Set(asked.map(({ name }) => name))]],
    });
    return new Map(rows.map(row => [row.name, row]));
  }

  private judge(waiter: Waiter, place: Place | undefined): void {
    const { name, wanted, deadline } = waiter;
    const position = Number(place?.position ?? 0);
    if (position >= wanted) this.settle(waiter).resolve();
    else if (place?.failure) this.settle(waiter).reject(new SubscriptionStopped(name, place.failure));
    else if (performance.now() >= deadline)
      this.settle(waiter).reject(new SubscriptionBehind(name, position, wanted));
  }

  private settle(waiter: Waiter): Waiter {
    this.waiters.delete(waiter);
    return waiter;
  }
}
