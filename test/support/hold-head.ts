import { type StoreDatabase } from './store-database.js';

/** The log's head, held by somebody else: appends wait for it (for two seconds at most), reads do not. */
export interface HeldHead {
  /** Resolves when so many appends wait, or when it is released. */
  waiters(count: number): Promise<void>;
  /** A statement of whoever holds it. */
  query(text: string, values?: unknown[]): Promise<void>;
  /** Commits. */
  release(): Promise<void>;
}

export async function holdHead({ owner }: Pick<StoreDatabase, 'owner'>): Promise<HeldHead> {
  const holder = await owner.connect();
  const ignore = () => undefined; // it may outlive the server when a spec fails
  holder.on('error', ignore);
  await holder.query('BEGIN; SELECT FROM public.log_head FOR UPDATE');
  let isHeld = true;
  const waiting = async () => {
    const { rows } = await owner.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'WITH head AS%'`,
    );
    return rows[0]?.n ?? 0;
  };
  return {
    waiters: async count => {
      while (isHeld && (await waiting()) < count);
    },
    query: async (text, values) => {
      await holder.query(text, values);
    },
    release: async () => {
      isHeld = false;
      await holder.query('COMMIT');
      holder.off('error', ignore);
      holder.release();
    },
  };
}
