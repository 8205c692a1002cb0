import { isConnectionFailure, isContention, QueueFull } from '@duban/event-store';
import { setTimeout as delay } from 'node:timers/promises';

const patienceMs = 120_000;
const pauseMs = { first: 50, most: 1000 };

/** Does it again while the database is away: it is started anew within seconds, and all that is done here may be repeated. */
export async function patiently<T>(
  work: () => Promise<T>,
  isPassing: (error: unknown) => boolean = isAway,
): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (let pause = pauseMs.first; ; pause = Math.min(pause * 2, pauseMs.most)) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || performance.now() > deadline) throw error;
      await delay(pause);
    }
  }
}

/** Whether the database is away for a while, or others stood in the way or were first in the queue. */
export function isAway(error: unknown): boolean {
  return isConnectionFailure(error) || isContention(error) || error instanceof QueueFull;
}
