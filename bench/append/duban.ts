import { type Json, VersionConflict } from '@duban/event-store';
import { closedLoop } from '../support/measure.js';
import { eventData, eventType, newStream } from '../support/payload.js';
import { type BenchCase } from '../support/scenario.js';
import { type Server } from '../support/server.js';
import { appendOptions, openStore } from '../support/store.js';

export const template = 'append_template';
const database = 'append';

/** What is kept of a stream: the fold that is written with each event. */
export interface Progress {
  readonly status: string;
  readonly percent: number;
  readonly dueOn: string;
  readonly reports: number;
}

export type Reported = { type: typeof eventType } & ReturnType<typeof eventData>;

export function evolve(state: Progress | null, { status, percent, dueOn }: Reported): Progress {
  return { status, percent, dueOn, reports: (state?.reports ?? 0) + 1 };
}

const reported = (n: number): Reported => ({ type: eventType, ...eventData(n) });

export const freshStore = (server: Server) => server.fresh(database, template);

/**
 * Events to a new stream per call, with all that the store promises: gapless, chained, folded, one key per append.
 * The callers are loops in the process of the store, as the requests of an API are: what they cost is a few objects.
 */
export function appendCase(callers: number, batch: number): BenchCase {
  return {
    impl: 'duban',
    callers,
    batch,
    before: freshStore,
    run: async ({ serverUrl, options }) => {
      const store = openStore(serverUrl, database);
      const call = async (_: number, nth: number) => {
        const events = Array.from({ length: batch }, (_, index) => reported(nth + index));
        const stream = {
          ...({ stream: newStream(), expected: 'none', events } as const),
          evolve: (state: Json, event: unknown) => ({
            ...evolve(state as Progress | null, event as Reported),
          }),
        };
        const result = await store.append([stream], appendOptions());
        if ('conflict' in result) throw new VersionConflict(stream.stream, 'none');
      };
      try {
        return await closedLoop({ ...options, callers, units: batch, call });
      } finally {
        await store.close();
      }
    },
  };
}
