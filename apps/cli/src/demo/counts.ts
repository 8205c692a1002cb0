import { deciders } from '@duban/ledger';
import { type Core } from '@duban/supervision';
import { type Verification } from '@duban/event-store';

/** What the year came to. The same seed number gives the same counts on every server. */
export type Counts = {
  tasks: number;
  events: number;
  byType: Record<string, number>;
  reminders: number;
  digests: number;
  editions: number;
  verifiedChains: number;
  faults: number;
};

/** Counts the record and walks every chain of it. */
export async function countAll(core: Core): Promise<{ counts: Counts; verification: Verification }> {
  const verification = await core.events.verify({ refold: deciders });
  const { rows: types } = await core.pool.query<{ type: string; count: number }>(
    'SELECT type, count(*) AS count FROM events GROUP BY type ORDER BY type',
  );
  const byType = Object.fromEntries(types.map(({ type, count }) => [type, count]));
  const { rows } = await core.pool.query<{ tasks: number; reminders: number; digests: number }>(
    `SELECT (SELECT count(*) FROM streams WHERE category = 'task') AS tasks,
            (SELECT count(*) FROM reminder) AS reminders,
            (SELECT count(*) FROM delivery) AS digests`,
  );
  const { tasks = 0, reminders = 0, digests = 0 } = rows[0] ?? {};
  const counts = {
    ...{ tasks, events: verification.events, byType, reminders, digests },
    editions: byType['EditionPublished'] ?? 0,
    verifiedChains: verification.streams,
    faults: verification.faults.length,
  };
  return { counts, verification };
}
