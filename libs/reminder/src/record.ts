import { type Calendar, dayOf } from '@duban/calendar';
import { commandFor, type StreamCommand } from '@duban/event-store';
import { type Context, metaOf } from '@duban/platform';
import { type Pool } from 'pg';
import { reminderActor, type ReminderParts } from './parts.js';
import { type ReminderCommand, type ReminderRecord, streamOf } from './reminder-model.js';
import { reminderDecider } from './reminder-rules.js';

/** One command about the messages of one obligation. */
export type Ordered = { obligation: string; command: ReminderCommand };

// Whoever writes to such a stream meanwhile settles or acknowledges a message: the order does not matter.
const mostRaces = 20;

/** Records what is said about many obligations at once, all or nothing; how many events that were. */
export async function record(
  { events, calendar }: Pick<ReminderParts, 'events' | 'calendar'>,
  ordered: readonly Ordered[],
  now: string,
  { actor = reminderActor, channel = 'worker' }: { actor?: Context['actor']; channel?: string } = {},
): Promise<number> {
  const [first] = ordered;
  if (!first) return 0;
  const context = contextOf(now, calendar, actor);
  const steps = ordered.map(({ obligation, command }): StreamCommand<Context> =>
    commandFor(reminderDecider, streamOf(obligation), command),
  );
  const meta = metaOf({ actor, channel }, first.command.type);
  const { results } = await events.handleMany(steps, context, {
    meta,
    now,
    effectiveOn: context.today,
    commutes: true,
    retries: mostRaces,
  });
  return results.reduce((sum, { events }) => sum + events.length, 0);
}

/** What was said about these obligations so far, as recorded a moment ago; those never spoken of are missing. */
export async function recordsOf(
  pool: Pick<Pool, 'query'>,
  obligations: readonly string[],
): Promise<Map<string, ReminderRecord>> {
  const { rows } = await pool.query<{ id: string; state: ReminderRecord }>({
    name: 'reminder_records',
    text: 'SELECT id, state FROM streams WHERE id = ANY ($1::text[])',
    values: [obligations.map(streamOf)],
  });
  return new Map(rows.map(({ id, state }) => [id.slice(streamOf('').length), state]));
}

function contextOf(now: string, calendar: Calendar, actor: Context['actor']): Context {
  return { now, today: dayOf(now, calendar.zone), calendar, actor };
}
