import { type EventStoreMigration, eventStoreMigrations } from '@duban/event-store';
import { simulatedClockTable } from '@duban/platform';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What time a ledger runs on: stamped once, when it is made, so that production never opens a simulated one. */
class CreateClock1700000001500 implements MigrationInterface {
  readonly name = 'CreateClock1700000001500';

  async up(queries: QueryRunner): Promise<void> {
    await queries.query(simulatedClockTable);
    await queries.query(`
      CREATE TABLE ledger_stamp (
        id smallint PRIMARY KEY CHECK (id = 1),
        clock text NOT NULL CHECK (clock IN ('system', 'simulated')),
        created_at timestamptz NOT NULL
      )`);
    await queries.query('GRANT SELECT, INSERT, UPDATE, DELETE ON simulated_clock, ledger_stamp TO duban_app');
  }

  async down(queries: QueryRunner): Promise<void> {
    await queries.query('DROP TABLE ledger_stamp, simulated_clock');
  }
}

function migrationOf({ name, up, down }: EventStoreMigration): new () => MigrationInterface {
  return class implements MigrationInterface {
    readonly name = name;

    async up(queries: QueryRunner): Promise<void> {
      await queries.query(up);
    }

    async down(queries: QueryRunner): Promise<void> {
      await queries.query(down);
    }
  };
}

export const groundMigrations = [CreateClock1700000001500, ...eventStoreMigrations.map(migrationOf)];
