import pg from 'pg';

/** All databases begin so: on a server that is somebody else's, nothing else is touched. */
export const prefix = 'duban_bench_';

/** The URL of a database of this name on the same server. */
export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${prefix}${database}`;
  return url.href;
}

/** A client of one database, connected; `options` as in `-c name=value`. */
export async function connect(serverUrl: string, database: string, options?: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl(serverUrl, database), options });
  await client.connect();
  return client;
}

/** Lends `work` so many clients and closes them afterwards. */
export async function withClients<T>(
  serverUrl: string,
  database: string,
  count: number,
  work: (clients: readonly pg.Client[]) => Promise<T>,
  options?: string,
): Promise<T> {
  const clients = await Promise.all(
    Array.from({ length: count }, () => connect(serverUrl, database, options)),
  );
  try {
    return await work(clients);
  } finally {
    await Promise.all(clients.map(client => client.end()));
  }
}
