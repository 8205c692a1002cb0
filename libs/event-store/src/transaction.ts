import { type Pool, type PoolClient } from 'pg';
import { isConnectionFailure } from './connections.js';

/**
 * Runs `work` in a transaction of its own: committed when it returns true, rolled back when it returns false or
 * throws. The result says whether it was committed. `settings` are statements that go with its BEGIN.
 */
export async function inTransaction(
  pool: Pick<Pool, 'connect'>,
  work: (tx: PoolClient) => Promise<boolean>,
  settings = '',
): Promise<boolean> {
  const tx = await pool.connect();
  // A connection may die while no statement is under way; without a listener that would end the process. The next
  // statement, at the latest the commit, then fails.
  let broken: Error | undefined;
  const noteBreak = (error: Error) => (broken = error);
  tx.on('error', noteBreak);
  try {
    await tx.query(`BEGIN; ${settings}`);
    const done = await work(tx);
    await (done ? commit(tx) : tx.query('ROLLBACK'));
    return done;
  } catch (error) {
    await tx.query('ROLLBACK').catch((failure: Error) => (broken = failure));
    if (isConnectionFailure(error)) broken = error as Error;
    throw error;
  } finally {
    tx.off('error', noteBreak);
    tx.release(broken);
  }
}

// COMMIT of a transaction in which a statement failed is a silent rollback, should `work` have swallowed the error.
async function commit(tx: PoolClient): Promise<void> {
  const { command } = await tx.query('COMMIT');
  if (command !== 'COMMIT')
    throw new Error('a statement of the transaction had failed: nothing was committed');
}
