import { setTimeout as pause } from 'node:timers/promises';
import { EventStore, type StoredEvent, type Subscription } from '@duban/event-store';
import { type FollowOrder } from './orders.js';
import { wasCut } from './was-cut.js';

/** What a follower notes: the events of a page, or what must not be. */
export type FollowerEntry = { readonly seen: [position: number, id: string][] } | { readonly fault: string };

const page = 40;

/**
 * Reads the log by position in one store and runs the subscription `effects` in another, until both have reached the
 * head that it is given in the end.
 */
export async function follow(
  { url, name }: FollowOrder,
  record: (entry: FollowerEntry) => void,
  head: Promise<number>,
): Promise<void> {
  const open = () =>
    new EventStore({ connection: { connectionString: url }, role: 'duban_app', readConnections: 3 });
  const [reading, running] = [open(), open()];
  const runner = running.subscribe(
    effects(error => record({ fault: `${name}'s subscription: ${String(error)}` })),
  );
  runner.start();
  // Told of every page, it asks for the lease at once when another's has ended, while that one is still at work.
  await tail(reading, record, head, () => runner.poke());
  await waitFor(running, await head);
  await Promise.all([reading.close(), running.close()]);
}

async function tail(
  store: EventStore,
  record: (entry: FollowerEntry) => void,
  end: Promise<number>,
  onPage: () => void,
): Promise<void> {
  let last = 0;
  let goal = Infinity;
  void end.then(head => (goal = head));
  while (last < goal) {
    try {
      const { position: head } = await store.head();
      const events = await store.readLog(last, page);
      if (last + events.length < Math.min(head, last + page))
        record({ fault: `the head was at ${head}, the log ended at ${last + events.length}` });
      if (events.length > 0) record({ seen: events.map(({ position, id }) => [position, id]) });
      else await pause(1); // this is how one follows by position: look again soon
      last += events.length;
      onPage();
    } catch (error) {
      if (wasCut(error)) continue;
      record({ fault: String(error) });
      return;
    }
  }
}

async function waitFor(store: EventStore, head: number): Promise<void> {
  for (;;) {
    try {
      return await store.waitFor('effects', head, 20_000);
    } catch (error) {
      if (!wasCut(error)) throw error;
    }
  }
}

/** Writes a row for each event and counts them per stream: doubles and gaps would show. */
const effects = (onDefect: (error: unknown) => void): Subscription => ({
  name: 'effects',
  batch: 25,
  async handle(events: readonly StoredEvent[], tx) {
    await tx.query('INSERT INTO effects (position, id) SELECT * FROM unnest($1::bigint[], $2::uuid[])', [
      events.map(({ position }) => position),
      events.map(({ id }) => id),
    ]);
    await tx.query(
      `INSERT INTO counted AS c SELECT stream, count(*) FROM unnest($1::text[]) AS stream GROUP BY stream
       ON CONFLICT (stream) DO UPDATE SET events = c.events + excluded.events`,
      [events.map(({ stream }) => stream)],
    );
  },
  onError: error => wasCut(error) || onDefect(error),
});
