import pg from 'pg';
import { databaseUrl } from './database.js';
import { eventData, eventMeta, eventType } from './payload.js';
import { loadPeer } from './peers.js';
import { type Server } from './server.js';

export const emmett = '@event-driven-io/emmett-postgresql';
const template = 'emmett_template';

/** What is used of Emmett's event store. */
export interface EmmettStore {
  appendToStream(stream: string, events: readonly object[]): Promise<unknown>;
  consumer(options: object): EmmettConsumer;
  readonly schema: { migrate(): Promise<unknown> };
  close(): Promise<void>;
}
export interface EmmettConsumer {
  reactor(options: object): unknown;
  start(): Promise<void>;
  close(): Promise<void>;
}
interface EmmettModule {
  getPostgreSQLEventStore(connectionString: string, options?: object): EmmettStore;
}

export const emmettEvent = (n: number) => ({ type: eventType, data: eventData(n), metadata: eventMeta() });

/** A template database with Emmett's tables. */
export async function prepareEmmett(server: Server): Promise<void> {
  const { getPostgreSQLEventStore } = await loadPeer<EmmettModule>(emmett, 'dist/index.js');
  await server.fresh(template);
  const store = getPostgreSQLEventStore(databaseUrl(server.url, template));
  await store.schema.migrate();
  await store.close();
}

export const freshEmmett = (server: Server, database: string) => server.fresh(database, template);

/** Lends `work` a store on a pool of so many connections. */
export async function withEmmett<T>(
  serverUrl: string,
  database: string,
  connections: number,
  work: (store: EmmettStore) => Promise<T>,
): Promise<T> {
  const { getPostgreSQLEventStore } = await loadPeer<EmmettModule>(emmett, 'dist/index.js');
  const url = databaseUrl(serverUrl, database);
  const pool = new pg.Pool({ connectionString: url, max: connections });
  const store = getPostgreSQLEventStore(url, {
    schema: { autoMigration: 'None' },
    connectionOptions: { pool },
  });
  try {
    return await work(store);
  } finally {
    await store.close();
    await pool.end();
  }
}
