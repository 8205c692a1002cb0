import { type EventStore } from '@duban/event-store';
import { type DisturbedServer } from './disturbed-server.js';
import { type History, type LoggedEvent } from './history.js';
import { tally } from './tally.js';

/** The part of a history that stands in the database, as its owner reads it, past the store. */
export async function readStored(
  server: DisturbedServer,
  database: string,
): Promise<Pick<History, 'head' | 'log' | 'streams' | 'kept' | 'effects' | 'counted'>> {
  const read = <Row extends object>(text: string) => server.query<Row>(database, text);
  const [heads, log, streams, kept, effects, counted] = [
    await read<{ head: number }>('SELECT position::int AS head FROM log_head'),
    await read<LoggedEvent>(
      `SELECT position::int, stream, version, event_id AS id, data ->> 'op' AS op, (data ->> 'nth')::int AS nth,
         (data ->> 'count')::int AS count, data ->> 'after' AS after FROM events ORDER BY position`,
    ),
    await read<History['streams'][number]>(
      `SELECT id, version, (state ->> 'count')::int AS count, state ->> 'last' AS last FROM streams`,
    ),
    await read<History['kept'][number]>(`SELECT response ->> 'op' AS op, position::int FROM idempotency`),
    await read<History['effects'][number]>('SELECT position::int, id FROM effects ORDER BY nth'),
    await read<History['counted'][number]>('SELECT stream, events::int FROM counted'),
  ];
  return { head: heads[0]?.head ?? -1, log, streams, kept, effects, counted };
}

/** What the store itself finds wrong, when it walks its chains and folds its streams anew. */
export async function faultsFoundBy(store: EventStore): Promise<string[]> {
  const refold = { hot: tally, warm: tally, cold: tally };
  const { position } = await store.checkHead();
  const { events, faults } = await store.verify({ refold });
  return [
    ...(events === position ? [] : [`verify walked ${events} of ${position} events`]),
    ...faults.map(
      ({ kind, stream, position: at, message }) => `verify: ${kind} at ${at} of ${stream}: ${message}`,
    ),
  ];
}
