import { type Calendar } from '@duban/calendar';
import { type EventStore } from '@duban/event-store';
import { type LedgerReader } from '@duban/ledger';
import { type Actor, type Clock } from '@duban/platform';
import { type Pool } from 'pg';

/** What everything here works with; the core of the application fits. */
export type ReminderParts = {
  pool: Pool;
  events: EventStore;
  reader: LedgerReader;
  clock: Clock;
  calendar: Calendar;
};

/** Who reminds: the record names a machine, since nobody pressed a button. */
export const reminderActor: Actor = { id: 'system:reminders', kind: 'machine', role: 'scheduler' };
