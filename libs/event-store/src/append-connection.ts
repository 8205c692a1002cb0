import { type Pool, type PoolClient, type QueryConfig, type QueryResult, type QueryResultRow } from 'pg';

/**
 * The connection that appends, one for the process and kept: what is sent while a statement is under way waits in the
 * server and not here. A connection that breaks fails what was sent over it, and the next query opens another.
 */
export class AppendConnection {
  private client: Promise<PoolClient> | null = null;

  constructor(private readonly pool: Pool) {}

  async query<R extends QueryResultRow>(query: QueryConfig): Promise<QueryResult<R>> {
    const client = await (this.client ??= this.open());
    return client.query<R>(query);
  }

  async close(): Promise<void> {
    const client = this.client;
    this.client = null;
    (await client?.catch(() => null))?.release();
    await this.pool.end();
  }

  private open(): Promise<PoolClient> {
    const opening = this.pool.connect();
    const giveUp = () => {
      if (this.client !== opening) return false;
      this.client = null;
      return true;
    };
    opening.then(
      client => client.once('error', error => giveUp() && client.release(error)),
      () => giveUp(),
    );
    return opening;
  }
}
