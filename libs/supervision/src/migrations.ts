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

export const supervisionMigrations = [CreateSubmissionDrafts1700000004000];
