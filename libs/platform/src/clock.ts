import { type Pool } from 'pg';

/** Where all time comes from. Each request and job reads it once, at the edge, and passes it on. */
export interface Clock {
  /** This instant in UTC with milliseconds, such as `2023-07-14T16:00:00.000Z`. */
  now(): Promise<string>;
}

/** The clock of the machine. */
export class SystemClock implements Clock {
  private last = { millis: NaN, now: Promise.resolve('') };

  now(): Promise<string> {
    const millis = Date.now();
    // Requests of one millisecond are told the same: it is written out once.
    if (millis !== this.last.millis)
      this.last = { millis, now: Promise.resolve(new Date(millis).toISOString()) };
    return this.last.now;
  }
}

/** A clock that shows what it was set to, for specs. */
export class FixedClock implements Clock {
  private instant: string;

  /** @throws RangeError when the text is no instant */
  constructor(instant: string) {
    this.instant = isoInstant(instant);
  }

  now(): Promise<string> {
    return Promise.resolve(this.instant);
  }

  /** @throws RangeError when the text is no instant */
  set(instant: string): void {
    this.instant = isoInstant(instant);
  }
}

/** The table of {@link SimulatedClock}, for a migration. One row at most: a ledger has one time. */
export const simulatedClockTable =
  'create table if not exists simulated_clock (id smallint primary key check (id = 1), now timestamptz not null)';

/** The time of a simulated ledger: a row that all its processes read and only the demonstration moves. */
export class SimulatedClock implements Clock {
  constructor(private readonly pool: Pick<Pool, 'query'>) {}

  /** @throws Error when the time of this ledger was never set */
  async now(): Promise<string> {
    const { rows } = await this.pool.query<{ now: Date }>('select now from simulated_clock where id = 1');
    if (!rows[0]) throw new Error('This ledger has no simulated time: simulated_clock is empty.');
    return rows[0].now.toISOString();
  }

  /**
   * Sets the time, which never goes back: a repeated day finds it later already and leaves it.
   *
   * @returns the instant that now holds
   * @throws RangeError when the text is no instant
   */
  async moveTo(instant: string): Promise<string> {
    const { rows } = await this.pool.query<{ now: Date }>(
      `insert into simulated_clock (id, now) values (1, $1)
       on conflict (id) do update set now = greatest(simulated_clock.now, excluded.now) returning now`,
      [isoInstant(instant)],
    );
    return rows[0]!.now.toISOString();
  }
}

/** Whether this ledger's time is simulated: the table exists and its row is set. */
export async function hasSimulatedTime(pool: Pick<Pool, 'query'>): Promise<boolean> {
  const { rows } = await pool.query<{ there: boolean }>(
    `select to_regclass('simulated_clock') is not null as there`,
  );
  if (!rows[0]?.there) return false;
  const { rowCount } = await pool.query('select 1 from simulated_clock where id = 1');
  return rowCount === 1;
}

function isoInstant(text: string): string {
  const instant = new Date(text);
  // A text without a zone would mean another instant on another machine.
  if (Number.isNaN(instant.getTime()) || !/(Z|[+-]\d{2}:\d{2})$/.test(text)) {
    throw new RangeError(`${text} is no instant such as 2023-07-14T16:00:00.000Z`);
  }
  return instant.toISOString();
}
