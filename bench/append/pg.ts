import { closedLoop } from '../support/measure.js';
import { eventData, eventMeta, eventType, newStream } from '../support/payload.js';
import { type BenchCase } from '../support/scenario.js';
import { connect, withClients } from '../support/database.js';
import { type Server } from '../support/server.js';

export const plainDatabase = 'append_plain';

/** One table with a key for the position and one for the version in the stream: the least that keeps events. */
const table = `CREATE TABLE event (
  position bigserial PRIMARY KEY, stream text NOT NULL, version integer NOT NULL, type text NOT NULL,
  data jsonb NOT NULL, meta jsonb NOT NULL, recorded_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (stream, version))`;

export async function freshTable(server: Server): Promise<void> {
  await server.fresh(plainDatabase);
  const client = await connect(server.url, plainDatabase);
  try {
    await client.query(table);
  } finally {
    await client.end();
  }
}

const insertOne = {
  name: 'one',
  text: 'INSERT INTO event (stream, version, type, data, meta) VALUES ($1, $2, $3, $4, $5)',
};
const insertMany = {
  name: 'many',
  text: `INSERT INTO event (stream, version, type, data, meta) SELECT $1, e.version, $2, e.data, e.meta
         FROM unnest($3::jsonb[], $4::jsonb[]) WITH ORDINALITY AS e (data, meta, version)`,
};

const valuesOfOne = (n: number) => [
  ...[newStream(), 1, eventType],
  ...[JSON.stringify(eventData(n)), JSON.stringify(eventMeta())],
];

function valuesOfMany(n: number, batch: number): unknown[] {
  const numbers = Array.from({ length: batch }, (_, index) => n + index);
  const data = numbers.map(each => JSON.stringify(eventData(each)));
  return [newStream(), eventType, data, numbers.map(() => JSON.stringify(eventMeta()))];
}

/** A prepared INSERT per call through the driver, on as many connections as callers. */
export function insertCase(callers: number, batch: number): BenchCase {
  return {
    impl: 'pg',
    callers,
    batch,
    before: freshTable,
    run: ({ serverUrl, options }) =>
      withClients(serverUrl, plainDatabase, callers, clients =>
        closedLoop({
          ...options,
          callers,
          units: batch,
          call: (caller, nth) =>
            clients[caller]!.query(
              batch === 1
                ? { ...insertOne, values: valuesOfOne(nth) }
                : { ...insertMany, values: valuesOfMany(nth, batch) },
            ),
        }),
      ),
  };
}
