import { type Pool } from 'pg';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { hasSimulatedTime, SimulatedClock, simulatedClockTable } from './clock.js';
import { createPool } from './database/pool.js';

describe('a simulated clock', () => {
  let database: TestDatabase;
  let pool: Pool;

  beforeAll(async () => {
    database = await testDatabase({ empty: true });
    pool = createPool(database.url, { applicationName: 'clock-spec', max: 1 });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it('is not there before its table is, nor before it is set', async () => {
    expect(await hasSimulatedTime(pool)).toBe(false);
    await pool.query(simulatedClockTable);
    expect(await hasSimulatedTime(pool)).toBe(false);
    await expect(new SimulatedClock(pool).now()).rejects.toThrow('has no simulated time');
  });

  it('shows what it was moved to, in every process, and never goes back', async () => {
    const clock = new SimulatedClock(pool);
    expect(await clock.moveTo('2023-07-14T16:00:00.123Z')).toBe('2023-07-14T16:00:00.123Z');
    expect(await clock.moveTo('2023-07-13T16:00:00.000Z')).toBe('2023-07-14T16:00:00.123Z');
    expect(await new SimulatedClock(pool).now()).toBe('2023-07-14T16:00:00.123Z');
    expect(await hasSimulatedTime(pool)).toBe(true);
  });
});
