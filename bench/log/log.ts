import { withClients } from '../support/database.js';
import { type Options } from '../support/options.js';
import { eventData, eventType, newStream } from '../support/payload.js';
import { type Server } from '../support/server.js';
import { appendOptions, openStore, storeDatabase } from '../support/store.js';

/** A log of ours that several scenarios read; none of them writes to it. */
export const logDatabase = 'log';

// A thousand neighbouring events belong to a hundred streams, each of which gets ten in turn with the others.
const [neighbours, eventsOfStream] = [100, 10];

/** How many events the log has, for so many wished for: whole blocks of a thousand. */
export const eventsIn = ({ events }: Options): number =>
  Math.ceil(events / neighbours / eventsOfStream) * neighbours * eventsOfStream;

/** Fills the log once in a run, through the store, and leaves it as it is some time after writing. */
export async function prepareLog(server: Server, options: Options): Promise<void> {
  if (server.has(logDatabase)) return;
  await storeDatabase(server, logDatabase);
  const store = openStore(server.url, logDatabase);
  try {
    for (let done = 0; done < eventsIn(options); done += neighbours * eventsOfStream) {
      const streams = Array.from({ length: neighbours }, () => newStream());
      for (let version = 0; version < eventsOfStream; version++) await appendTurn(store, streams, version);
    }
  } finally {
    await store.close();
  }
  await settle(server, logDatabase);
}

async function appendTurn(store: ReturnType<typeof openStore>, streams: readonly string[], version: number) {
  const events = [{ type: eventType, ...eventData(version) }];
  const evolve = (_: unknown, { status, percent, dueOn }: Record<string, unknown>) => ({
    ...{ status: String(status), percent: Number(percent), dueOn: String(dueOn) },
  });
  const appended = await store.append(
    streams.map(stream => ({ stream, expected: version, events, evolve })),
    appendOptions(),
  );
  if ('conflict' in appended) throw appended.conflict;
}

/** The first reader of new rows marks them as committed, and would pay for all who read after it. */
export async function settle(server: Server, database: string): Promise<void> {
  await withClients(server.url, database, 1, ([owner]) => owner!.query('VACUUM (ANALYZE)'));
  await server.query('CHECKPOINT');
}
