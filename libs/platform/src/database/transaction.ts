import { type Pool, type PoolClient } from 'pg';

/**
 * Runs `work` in one transaction: committed when it returns, rolled back when it throws.
 *
 * @returns what `work` gives back, after the commit is durable
 * @throws whatever `work` or the commit throws; a connection that cannot even roll back is thrown away
 * @example const rows = await withTransaction(pool, client => client.query('insert …'));
 */
export async function withTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((rollbackError: Error) => (broken = rollbackError));
    throw error;
  } finally {
    client.release(broken);
  }
}
