import { type MigrationInterface, type QueryRunner } from 'typeorm';

// `edition_correction` and `rollup_request` are what is still to be done, kept where no queue can lose it.
const tables = `
CREATE TABLE edition (
  id text PRIMARY KEY,
  plan text NOT NULL,
  period text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('draft', 'provisional', 'published')),
  n integer,
  cutoff_position bigint NOT NULL,
  cutoff_on date NOT NULL,
  body jsonb NOT NULL,
  content_digest text NOT NULL,
  input_digest text NOT NULL,
  computed_at timestamptz NOT NULL,
  published_at timestamptz,
  CHECK ((kind = 'published') = (n IS NOT NULL) AND (n IS NULL) = (published_at IS NULL)),
  UNIQUE (plan, period, n)
);
CREATE INDEX edition_period ON edition (period, plan);

CREATE TABLE edition_correction (
  cause text PRIMARY KEY,
  round text NOT NULL,
  position bigint NOT NULL,
  body jsonb NOT NULL,
  noted boolean NOT NULL DEFAULT false
);
CREATE INDEX edition_correction_open ON edition_correction (position) WHERE NOT noted;

CREATE TABLE rollup_request (
  round text PRIMARY KEY,
  cutoff_position bigint NOT NULL,
  requested_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON edition, edition_correction, rollup_request TO duban_app;`;

class CreateEditions1700000006000 implements MigrationInterface {
  readonly name = 'CreateEditions1700000006000';

  async up(queries: QueryRunner): Promise<void> {
    await queries.query(tables);
  }

  async down(queries: QueryRunner): Promise<void> {
    await queries.query('DROP TABLE rollup_request, edition_correction, edition');
  }
}

/** The tables of this library; after the event store's own, which makes the role. */
export const rollupMigrations = [CreateEditions1700000006000];
