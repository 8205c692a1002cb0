import { type EventStore, type StoredEvent, type Subscription } from '@duban/event-store';
import { randomUUID } from 'node:crypto';
import { type PoolClient } from 'pg';
import { pageSize } from '../log/scan.js';
import { withClients } from '../support/database.js';
import { type Server } from '../support/server.js';

const table = `
DROP TABLE IF EXISTS progress;
CREATE TABLE progress (stream text PRIMARY KEY, status text NOT NULL, percent integer NOT NULL, due_on date NOT NULL,
  reports integer NOT NULL, version integer NOT NULL) WITH (fillfactor = 80);
GRANT SELECT, INSERT, UPDATE, DELETE ON progress TO duban_app;`;

/** An empty table for the projection, as its owner. */
export async function freshProjection(server: Pick<Server, 'url'>, database: string): Promise<void> {
  await withClients(server.url, database, 1, ([owner]) => owner!.query(table));
}

const upsert = {
  name: 'progress',
  text: `INSERT INTO progress AS p (stream, status, percent, due_on, reports, version)
         SELECT * FROM unnest($1::text[], $2::text[], $3::integer[], $4::date[], $5::integer[], $6::integer[])
         ON CONFLICT (stream) DO UPDATE SET status = excluded.status, percent = excluded.percent,
           due_on = excluded.due_on, reports = p.reports + excluded.reports, version = excluded.version
         WHERE p.version < excluded.version`,
};

/** A read model as the product has them: each page is folded in memory, then written by one statement. */
export function progressProjection(name: string): Omit<Subscription, 'onCaughtUp'> {
  return { name, batch: pageSize, handle: project };
}

async function project(events: readonly StoredEvent[], tx: PoolClient): Promise<void> {
  const rows = new Map<string, [string, string, number, string, number, number]>();
  for (const { stream, version, event } of events) {
    const reports = (rows.get(stream)?.[4] ?? 0) + 1;
    const { status, percent, dueOn } = event;
    rows.set(stream, [stream, String(status), Number(percent), String(dueOn), reports, version]);
  }
  const columns = [0, 1, 2, 3, 4, 5].map(column => [...rows.values()].map(row => row[column]));
  await tx.query({ ...upsert, values: columns });
}

/** Runs a new subscription from the first event until it has caught up; how many events it was given. */
export async function catchUp(store: EventStore): Promise<number> {
  const name = `progress-${randomUUID()}`;
  let runner: ReturnType<EventStore['subscribe']> | null = null;
  try {
    return await new Promise<number>((resolve, reject) => {
      const subscription = { ...progressProjection(name), onCaughtUp: resolve, onError: reject };
      runner = store.subscribe(subscription).start();
    });
  } finally {
    await (runner as ReturnType<EventStore['subscribe']> | null)?.stop();
  }
}
