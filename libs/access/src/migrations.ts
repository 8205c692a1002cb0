import { type MigrationInterface, type QueryRunner } from 'typeorm';

class CreateApiKeys1700000002000 implements MigrationInterface {
  readonly name = 'CreateApiKeys1700000002000';

  async up(queries: QueryRunner): Promise<void> {
    await queries.query(`
      CREATE TABLE api_key (
        id text PRIMARY KEY,
        hash bytea NOT NULL CHECK (octet_length(hash) = 32),
        holder text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('person', 'machine')),
        role text NOT NULL CHECK (role IN ('office', 'unit', 'leader', 'scheduler', 'auditor', 'admin')),
        unit text,
        units text[],
        plans text[],
        created_at timestamptz NOT NULL,
        expires_at timestamptz,
        revoked_at timestamptz,
        last_used_on date
      )`);
    await queries.query('GRANT SELECT, INSERT, UPDATE, DELETE ON api_key TO duban_app');
  }

  async down(queries: QueryRunner): Promise<void> {
    await queries.query('DROP TABLE api_key');
  }
}

/** Somebody who acts for another acts by the keys of that person. */
class FindKeysByHolder1700000015000 implements MigrationInterface {
  readonly name = 'FindKeysByHolder1700000015000';

  async up(queries: QueryRunner): Promise<void> {
    await queries.query('CREATE INDEX api_key_holder ON api_key (holder)');
  }

  async down(queries: QueryRunner): Promise<void> {
    await queries.query('DROP INDEX api_key_holder');
  }
}

/** The table of keys; after the event store's own, which makes the role. */
export const accessMigrations = [CreateApiKeys1700000002000, FindKeysByHolder1700000015000];
