import { appendInGroups, compareWhatWasRead } from './append-in-groups.js';
import { createEventStore } from './create-event-store.js';
import { extendSubscriptions } from './extend-subscriptions.js';
import { type EventStoreMigration } from './migration.js';
import { sealFields } from './seal-fields.js';
import { sealSegments } from './seal-segments.js';

/**
 * The tables, functions and grants of the store, step by step, as SQL for the application's migrations, in the schema
 * `public`. The role `duban_app` may read and add events, never change or remove them.
 */
export const eventStoreMigrations: readonly EventStoreMigration[] = [
  createEventStore,
  appendInGroups,
  extendSubscriptions,
  sealSegments,
  sealFields,
  compareWhatWasRead,
];
