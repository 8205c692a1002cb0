import { EventStore, eventStoreMigrations, type StoreOptions } from '@duban/event-store';
import pg from 'pg';
import { testDatabase } from './database.js';

/** A database with nothing but the store's tables, and the owner's pool to look and to tamper with. */
export interface StoreDatabase {
  readonly owner: pg.Pool;
  /** Connects as the owner. */
  readonly url: string;
  /** Another process, as it were: pools of its own, the role of the application. */
  open(options?: Partial<StoreOptions>): EventStore;
  /** Cuts every connection but the owner's; how many there were. */
  cut(): Promise<number>;
  close(): Promise<void>;
}

export async function storeDatabase(): Promise<StoreDatabase> {
  const database = await testDatabase({ empty: true });
  const owner = new pg.Pool({ connectionString: database.url, max: 3, application_name: 'owner' });
  owner.on('error', () => undefined); // a connection may still be closing when its database is dropped
  for (const { up } of eventStoreMigrations) await owner.query(up);
  const stores: EventStore[] = [];
  return {
    owner,
    url: database.url,
    open: options => {
      const store = new EventStore({
        connection: { connectionString: database.url },
        role: 'duban_app',
        ...options,
      });
      stores.push(store);
      return store;
    },
    cut: async () => {
      const { rowCount } = await owner.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name <> 'owner' AND backend_type = 'client backend'`,
      );
      return rowCount ?? 0;
    },
    close: async () => {
      await Promise.all(stores.map(store => store.close()));
      await owner.end();
      await database.drop();
    },
  };
}
