import pg from 'pg';
import { EventStore, eventStoreMigration } from '../src/index.js';

/** A database of its own with the store's tables, and a superuser's pool to look and to tamper with. */
export interface StoreDatabase {
  readonly url: string;
  readonly superuser: pg.Pool;
  /** Another process, as it were: pools of its own, the role of the application. */
  open(): EventStore;
  close(): Promise<void>;
}

let databases = 0;
const adminUrl = process.env.EVENT_STORE_TEST_URL ?? 'postgresql://postgres@127.0.0.1:55815/postgres';

export async function storeDatabase(): Promise<StoreDatabase> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  const name = `store_${process.pid}_${(databases += 1)}`;
  await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(adminUrl);
  url.pathname = name;
  const superuser = new pg.Pool({ connectionString: url.href, max: 3 });
  superuser.on('error', () => undefined);
  await superuser.query(eventStoreMigration.up);
  const stores: EventStore[] = [];
  return {
    url: url.href,
    superuser,
    open: () => {
      const store = new EventStore({ connection: { connectionString: url.href }, role: 'duban_app' });
      stores.push(store);
      return store;
    },
    close: async () => {
      await Promise.all(stores.map(store => store.close()));
      await superuser.end();
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}
