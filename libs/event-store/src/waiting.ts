import { setTimeout as delay } from 'node:timers/promises';
import { type Queryable } from './reading.js';
import { readStatus, type SubscriptionFailure } from './subscription-table.js';

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

const pollMillis = { first: 5, most: 50 };

/** Resolves once the newest version of a subscription has reached a position, in whatever process it runs. */
export async function waitFor(
  db: Queryable,
  name: string,
  position: number,
  timeoutMillis: number,
): Promise<void> {
  const deadline = performance.now() + timeoutMillis;
  for (let pause = pollMillis.first; ; pause = Math.min(pause * 2, pollMillis.most)) {
    const [status] = await readStatus(db, name);
    if (status && status.position >= position) return;
    if (status?.failure) throw new SubscriptionStopped(name, status.failure);
    if (performance.now() >= deadline) throw new SubscriptionBehind(name, status?.position ?? 0, position);
    await delay(pause);
  }
}
