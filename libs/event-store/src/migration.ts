/** One step of the store's tables. The name is kept by whoever runs it, so that no step runs twice; it ends in its number. */
export interface EventStoreMigration {
  readonly name: string;
  readonly up: string;
  readonly down: string;
}
