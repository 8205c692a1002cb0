import { type Pool } from 'pg';
import { isContention } from './connections.js';
import { inTransaction } from './transaction.js';

/** Beyond so many positions the open partition is cut although no quarter has ended: a cut looks through all its rows. */
export const mostOpenPositions = 500_000;

// While a cut looks through the rows, appends wait: not for long.
const longestCut = '1500ms';
const attempts = 8;
const pauseMillis = 100;

/**
 * Ends the open partition of `events` at the head and opens the next behind it.
 * @returns the last position of the partition that was ended; null when it is empty, or when whoever reads the events
 * did not let go of them in time: then a later attempt will do.
 */
export async function cutLog(pool: Pool): Promise<number | null> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      return await cutOnce(pool);
    } catch (error) {
      if (!isContention(error)) {
        if (isTooLong(error)) return null;
        throw error;
      }
      await new Promise(resolve => setTimeout(resolve, pauseMillis * attempt));
    }
  }
  return null;
}

async function cutOnce(pool: Pool): Promise<number | null> {
  let cut: number | null = null;
  await inTransaction(pool, async tx => {
    await tx.query(`SET LOCAL statement_timeout = '${longestCut}'`);
    const { rows } = await tx.query<{ position: string | null }>('SELECT public.cut_events() AS position');
    cut = rows[0]?.position ? Number(rows[0].position) : null;
    return true;
  });
  return cut;
}

/** How many positions the open partition holds. */
export async function openPositions(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(
    'SELECT h.position - o.first + 1 AS count FROM public.log_head h, public.open_events_partition() o',
  );
  return Number(rows[0]?.count ?? 0);
}

const isTooLong = (error: unknown) => error instanceof Error && 'code' in error && error.code === '57014';
