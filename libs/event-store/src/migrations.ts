import { createEventStore } from './create-event-store.js';

/** One step of the store's tables. The name is kept by whoever runs it, so that no step runs twice; it ends in its number. */
export interface EventStoreMigration {
  readonly name: string;
  readonly up: string;
  readonly down: string;
}

/**
 * The tables, functions and grants of the store, step by step, as SQL for the application's migrations, in the schema
 * `public`. The role `duban_app` may read and add events, never change or remove them.
 */
export const eventStoreMigrations: readonly EventStoreMigration[] = [createEventStore];
