import { type MigrationInterface, type QueryRunner } from 'typeorm';

// `digest` tells whether a derived obligation has changed without comparing it. `next_at`: when the sweep looks at it.
const tables = `
CREATE TABLE obligation (
  id uuid PRIMARY KEY,
  plan text NOT NULL,
  kind text NOT NULL,
  subject text NOT NULL,
  period text,
  holders text[] NOT NULL,
  due_on date NOT NULL,
  state jsonb NOT NULL,
  digest text NOT NULL,
  next_at timestamptz
) WITH (fillfactor = 85);
CREATE INDEX obligation_next ON obligation (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX obligation_plan ON obligation (plan, due_on);

CREATE TABLE delivery (
  id uuid PRIMARY KEY,
  recipient text NOT NULL,
  day date NOT NULL,
  ordinal integer NOT NULL,
  state text NOT NULL CHECK (state IN ('pending', 'sending', 'delivered', 'superseded', 'failed')),
  attempts integer NOT NULL DEFAULT 0,
  last_error text,
  body jsonb,
  channels text[] NOT NULL DEFAULT '{}',
  delivered_at timestamptz,
  UNIQUE (recipient, day, ordinal)
);
CREATE INDEX delivery_open ON delivery (day, id) WHERE state IN ('pending', 'sending');

CREATE TABLE reminder (
  id uuid PRIMARY KEY,
  obligation uuid NOT NULL,
  plan text NOT NULL,
  kind text NOT NULL,
  subject text NOT NULL,
  title text NOT NULL,
  period text,
  holders text[] NOT NULL,
  stage text NOT NULL,
  stage_kind text NOT NULL CHECK (stage_kind IN ('reminder', 'escalation')),
  due_on date NOT NULL,
  due_version integer NOT NULL,
  recipient text NOT NULL,
  overdue_workdays integer NOT NULL,
  policy text NOT NULL,
  skipped text[] NOT NULL,
  text text NOT NULL,
  issued_on date NOT NULL,
  issued_at timestamptz NOT NULL,
  position bigint NOT NULL,
  delivery uuid,
  fate text NOT NULL CHECK (fate IN ('issued', 'delivered', 'failed', 'superseded')),
  settled_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text,
  UNIQUE (obligation, due_version, stage, recipient)
);
CREATE INDEX reminder_delivery ON reminder (delivery);
CREATE INDEX reminder_list ON reminder (issued_on, id);

-- What the rows of obligation were derived for: another day, calendar or policy may change them without any event.
CREATE TABLE obligation_basis (
  id smallint PRIMARY KEY CHECK (id = 1),
  day date NOT NULL,
  rules text NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON obligation, delivery, reminder, obligation_basis TO duban_app;`;

class CreateReminders1700000005000 implements MigrationInterface {
  readonly name = 'CreateReminders1700000005000';

  async up(queries: QueryRunner): Promise<void> {
    await queries.query(tables);
  }

  async down(queries: QueryRunner): Promise<void> {
    await queries.query('DROP TABLE obligation_basis, reminder, delivery, obligation');
  }
}

/** The tables of this library; after the event store's own, which makes the role. */
export const reminderMigrations = [CreateReminders1700000005000];
