import { type EventStore, type StreamAppend } from '@duban/event-store';
import { withClients } from '../support/database.js';
import { type Options } from '../support/options.js';
import { newStream } from '../support/payload.js';
import { foldOf, progressDecider, reported } from '../support/progress.js';
import { type Server } from '../support/server.js';
import { appendOptions, openStore, storeDatabase } from '../support/store.js';

/** A log of ours that several scenarios read; none of them writes to it. */
export const logDatabase = 'log';

// A thousand neighbouring events belong to a hundred streams, each of which gets its ten in turn with the others.
const neighbours = 100;
const eventsOfStream = 10;
const block = neighbours * eventsOfStream;

/** How many events a log has, for so many wished for: whole blocks of a thousand. */
export const eventsIn = ({ events }: Options): number => Math.ceil(events / block) * block;

/** The streams that they belong to. */
export const streamsIn = (options: Options): number => eventsIn(options) / eventsOfStream;

/** Ten events for the nth stream, and how they are folded. */
export interface Histories {
  eventsOf(nth: number): StreamAppend['events'];
  readonly fold: StreamAppend['evolve'];
}

const progress: Histories = {
  eventsOf: nth => Array.from({ length: eventsOfStream }, (_, version) => reported(nth + version)),
  fold: foldOf(progressDecider),
};

export async function prepareLog(server: Server, options: Options): Promise<void> {
  if (server.has(logDatabase)) return;
  await storeDatabase(server, logDatabase);
  await fillLog(server, logDatabase, options, progress);
}

/** Fills a log through the store, and leaves it as it is some time after writing. */
export async function fillLog(
  server: Server,
  database: string,
  options: Options,
  histories: Histories,
): Promise<void> {
  const store = openStore(server.url, database);
  try {
    for (let nth = 0; nth < streamsIn(options); nth += neighbours) await appendBlock(store, nth, histories);
  } finally {
    await store.close();
  }
  await settle(server, database);
}

async function appendBlock(store: EventStore, first: number, { eventsOf, fold }: Histories): Promise<void> {
  const streams = Array.from({ length: neighbours }, (_, index) => ({
    ...{ stream: newStream(), events: eventsOf(first + index), evolve: fold },
  }));
  for (let version = 0; version < eventsOfStream; version++) {
    const turn = streams.map(each => ({
      ...each,
      expected: version,
      events: each.events.slice(version, version + 1),
    }));
    const appended = await store.append(turn, appendOptions());
    if ('conflict' in appended) throw appended.conflict;
  }
}

/** The first reader of new rows marks them as committed, and would pay for all who read after it. */
export async function settle(server: Server, database: string): Promise<void> {
  await withClients(server.url, database, 1, ([owner]) => owner!.query('VACUUM (ANALYZE)'));
  await server.query('CHECKPOINT');
}
