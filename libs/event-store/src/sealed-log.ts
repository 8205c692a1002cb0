import { type Pool } from 'pg';
import { cutLog, openPositions } from './cut-log.js';
import { type LogReader } from './reading.js';
import { type Seal } from './seal.js';
import { sealLog, type SealOptions } from './seal-log.js';
import { lastSeal, readSeals } from './seal-table.js';

/** The segments of the log: how they are sealed, and how the table is cut into partitions. */
export class SealedLog {
  constructor(
    private readonly pool: Pool,
    private readonly reader: LogReader,
  ) {}

  /**
   * Seals what came after the last seal, verified first. Appends go on meanwhile.
   * @returns the new seal; null when there is nothing to seal, or somebody else sealed meanwhile
   * @throws SealRefused, or LogDamaged for a segment that was tampered with
   * @example await store.segments.seal({ key: readSealKey(pem) });
   */
  seal(options: SealOptions): Promise<Seal | null> {
    return sealLog(this.pool, this.reader, options);
  }

  /** The seal with the highest number. */
  lastSeal(): Promise<Seal | null> {
    return lastSeal(this.pool);
  }

  /** All seals, in the order of their numbers. */
  seals(): Promise<Seal[]> {
    return readSeals(this.pool);
  }

  /**
   * Ends the open partition of `events` at the head and opens the next behind it; appends wait for as long as the rows of
   * the open partition are looked through.
   * @returns the last position of the partition; null when it is empty, or when readers did not let go of it in time
   */
  cut(): Promise<number | null> {
    return cutLog(this.pool);
  }

  /** How many positions the open partition holds: beyond `mostOpenPositions` it is time to cut. */
  openPositions(): Promise<number> {
    return openPositions(this.pool);
  }
}
