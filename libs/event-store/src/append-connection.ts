import { type Pool, type PoolClient, type QueryConfig, type QueryResult, type QueryResultRow } from 'pg';

/**
 * The connection that appends, one for the process and kept: what is sent while a statement is under way waits in the
 * server and not here. A connection that breaks fails what was sent over it, and the next query opens another.
 */
export class AppendConnection {
  private client: Promise<PoolClient> | null = null;

  /** @param isBroken whether an error says that nothing more can be sent over a connection */
  constructor(
    private readonly pool: Pool,
    private readonly isBroken: (error: unknown) => boolean,
  ) {}

  async query<R extends QueryResultRow>(query: QueryConfig): Promise<QueryResult<R>> {
    const opening = (this.client ??= this.open());
    const client = await opening;
    try {
      return await client.query<R>(query);
    } catch (error) {
      // The end of the connection may be heard of later than its last error.
      if (this.isBroken(error) && this.giveUp(opening)) client.release(true);
      throw error;
    }
  }

  async close(): Promise<void> {
    const client = this.client;
    this.client = null;
    (await client?.catch(() => null))?.release();
    await this.pool.end();
  }

  private open(): Promise<PoolClient> {
    const opening = this.pool.connect();
    opening.then(
      client => client.once('error', error => this.giveUp(opening) && client.release(error)),
      () => this.giveUp(opening),
    );
    return opening;
  }

  /** Whether it was the one in use. */
  private giveUp(opening: Promise<PoolClient>): boolean {
    if (this.client !== opening) return false;
    this.client = null;
    return true;
  }
}
