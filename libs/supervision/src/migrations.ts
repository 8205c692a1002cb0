import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What units have filled in but not handed in. Drafts are no facts: they may be lost and are never replayed. */
class CreateSubmissionDrafts1700000004000 implements MigrationInterface {
  readonly name = 'CreateSubmissionDrafts1700000004000';

  async up(queries: QueryRunner): Promise<void> {
    await queries.query(
      'CREATE TABLE submission_draft (id text PRIMARY KEY, body jsonb NOT NULL, saved_at timestamptz NOT NULL)',
    );
    await queries.query('GRANT SELECT, INSERT, UPDATE, DELETE ON submission_draft TO duban_app');
  }

  async down(queries: QueryRunner): Promise<void> {
    await queries.query('DROP TABLE submission_draft');
  }
}

/**
 * The streams of a plan are found by an index over a column that never changes: one over the state would make every
 * update of a stream rewrite all its indexes.
 */
class IndexStreamsByPlan1700000010500 implements MigrationInterface {
  readonly name = 'IndexStreamsByPlan1700000010500';

  async up(queries: QueryRunner): Promise<void> {
    await queries.query(
      `ALTER TABLE streams ADD COLUMN plan text COLLATE "C" GENERATED ALWAYS AS (state ->> 'plan') STORED`,
    );
    await queries.query('CREATE INDEX streams_by_plan ON streams (category, plan)');
  }

  async down(queries: QueryRunner): Promise<void> {
    await queries.query('ALTER TABLE streams DROP COLUMN plan');
  }
}

export const supervisionMigrations = [CreateSubmissionDrafts1700000004000, IndexStreamsByPlan1700000010500];
