import {
  EventStore,
  type EventStoreMigration,
  eventStoreMigrations,
  type HandleManyOptions,
} from '@duban/event-store';
import { randomUUID } from 'node:crypto';
import { eventMeta } from './payload.js';
import { connect, databaseUrl } from './database.js';
import { type Server } from './server.js';

/** The store as the product uses it: the role of the application, everything as it comes. */
export function openStore(serverUrl: string, database: string): EventStore {
  return new EventStore({
    connection: { connectionString: databaseUrl(serverUrl, database), application_name: 'duban-bench' },
    role: 'duban_app',
  });
}

/** Makes a database with the tables of the store and nothing in them. */
export async function storeDatabase(server: Server, database: string): Promise<void> {
  await server.fresh(database);
  const owner = await connect(server.url, database);
  try {
    for (const { up } of eventStoreMigrations satisfies readonly EventStoreMigration[]) await owner.query(up);
  } finally {
    await owner.end();
  }
}

/** What comes with an append: metadata, the times, and a key of its own, as every command over HTTP has one. */
export function appendOptions(): HandleManyOptions {
  const key = randomUUID();
  return {
    meta: eventMeta(),
    now: new Date().toISOString(),
    effectiveOn: '2023-06-30',
    idempotency: { actor: 'liaison', key, bodyHash: key },
  };
}
