import { type EventStore } from '@duban/event-store';
import { closedLoop } from '../support/measure.js';
import { newStream } from '../support/payload.js';
import { foldOf, progressDecider, reported } from '../support/progress.js';
import { type BenchCase } from '../support/scenario.js';
import { type Server } from '../support/server.js';
import { appendOptions, openStore, storeDatabase } from '../support/store.js';

const template = 'append_template';
const database = 'append';

export const prepareStore = (server: Server) => storeDatabase(server, template);

const fold = foldOf(progressDecider);
const freshStore = (server: Server) => server.fresh(database, template);

/**
 * Events to a new stream per call, with all that the store promises: gapless, chained, folded, one key per append.
 * The callers are loops in the process of the store, as the requests of an API are: what they cost is a few objects.
 */
export function appendCase(callers: number, batch: number): BenchCase {
  return storeCase({ callers, batch }, store => Promise.resolve(nth => appendNew(store, nth, batch)));
}

async function appendNew(store: EventStore, nth: number, batch: number): Promise<void> {
  const events = Array.from({ length: batch }, (_, index) => reported(nth + index));
  const stream = newStream();
  const result = await store.append([{ stream, expected: 'none', events, evolve: fold }], appendOptions());
  if ('conflict' in result) throw result.conflict;
}

/** Commands on so many streams that exist: loaded, decided, appended; each caller takes any of them. */
export function handleCase(callers: number, streams: number): BenchCase {
  const again = { commutes: true, retries: 50 };
  const call = async (store: EventStore) => {
    const names = await existingStreams(store, streams);
    return (nth: number) => {
      const stream = names[Math.floor(Math.random() * names.length)]!;
      return store.handle(progressDecider, stream, nth, null, { ...appendOptions(), ...again });
    };
  };
  return storeCase({ callers, batch: 1, variant: `on ${streams} streams` }, call);
}

async function existingStreams(store: EventStore, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, () => newStream());
  for (let from = 0; from < count; from += 100) {
    const streams = names.slice(from, from + 100).map(stream => ({
      ...({ stream, expected: 'none', events: [reported(0)], evolve: fold } as const),
    }));
    await store.append(streams, appendOptions());
  }
  return names;
}

function storeCase(
  shape: Pick<BenchCase, 'callers' | 'batch' | 'variant'>,
  callOf: (store: EventStore) => Promise<(nth: number) => Promise<unknown>>,
): BenchCase {
  return {
    impl: 'duban',
    ...shape,
    before: freshStore,
    run: async ({ serverUrl, options }) => {
      const store = openStore(serverUrl, database);
      try {
        const call = await callOf(store);
        const { callers, batch: units } = shape;
        return await closedLoop({ ...options, callers, units, call: (_, nth) => call(nth) });
      } finally {
        await store.close();
      }
    },
  };
}
