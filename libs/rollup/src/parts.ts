import { type Calendar, dayOf } from '@duban/calendar';
import { type EventStore } from '@duban/event-store';
import { type LedgerReader } from '@duban/ledger';
import { type Actor, type Clock, type Context } from '@duban/platform';
import { type Pool } from 'pg';

/** What everything here works with; the core of the application fits. */
export type RollupParts = {
  pool: Pool;
  events: EventStore;
  reader: LedgerReader;
  clock: Clock;
  calendar: Calendar;
};

/** Who publishes: the record names a machine, since the round was closed by somebody and the rest follows. */
export const rollupActor: Actor = { id: 'system:rollups', kind: 'machine', role: 'scheduler' };

/** now, today, calendar and actor for a decision about editions. */
export async function contextOf({ clock, calendar }: RollupParts): Promise<Context> {
  const now = await clock.now();
  return { now, today: dayOf(now, calendar.zone), calendar, actor: rollupActor };
}

/** What every event of this library says about its origin, and when. */
export function recordingOf({ now, today, actor }: Context, command: string) {
  const meta = { actor: actor.id, kind: actor.kind, role: actor.role, command, channel: 'worker' };
  // Whoever else publishes or notes meanwhile says the same: the order does not matter.
  return { meta, now, effectiveOn: today, commutes: true, retries: 20 };
}
