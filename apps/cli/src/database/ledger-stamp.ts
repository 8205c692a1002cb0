import { hasSimulatedTime } from '@duban/platform';
import { type Pool } from 'pg';
import { CliFault } from '../terminal/failure.js';

type Queryable = Pick<Pool, 'query'>;

/** Whether a demonstration made this ledger, also one that ended before it set its clock. */
export async function isSimulated(pool: Queryable): Promise<boolean> {
  const { rowCount } = await pool.query(`SELECT 1 FROM ledger_stamp WHERE clock = 'simulated'`);
  return rowCount === 1 || (await hasSimulatedTime(pool));
}

/**
 * Marks a ledger as one of real time, once and for ever.
 * @throws CliFault `ledger_is_simulated`: real and simulated facts must never stand in one record
 */
export async function stampSystemClock(pool: Queryable): Promise<void> {
  await pool.query(
    `INSERT INTO ledger_stamp (id, clock, created_at) SELECT 1, 'system', now()
     WHERE NOT EXISTS (SELECT 1 FROM simulated_clock) ON CONFLICT (id) DO NOTHING`,
  );
  if (await isSimulated(pool)) throw new CliFault('ledger_is_simulated');
}
