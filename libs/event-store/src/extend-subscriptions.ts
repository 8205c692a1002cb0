import { type EventStoreMigration } from './migration.js';

/**
 * Whose session holds a lease, the events that were left out, and what operators did about subscriptions. The
 * application adds to the record of both and can change neither.
 */
export const extendSubscriptions: EventStoreMigration = {
  name: 'RebuildBeside1700000012000',
  up: `
ALTER TABLE public.subscriptions ADD COLUMN session integer;

CREATE TABLE public.dead_letters (
  name text NOT NULL,
  version integer NOT NULL,
  position bigint NOT NULL,
  error text NOT NULL,
  reason text NOT NULL,
  attempts integer NOT NULL,
  left_out_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (name, version, position)
);

CREATE TABLE public.subscription_actions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  version integer NOT NULL,
  action text NOT NULL CHECK (action IN ('resume', 'skip', 'rebuild')),
  position bigint NOT NULL,
  by text NOT NULL,
  reason text,
  done_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX subscription_actions_of ON public.subscription_actions (name, id);
GRANT SELECT, INSERT ON public.dead_letters, public.subscription_actions TO duban_app;`,
  down: `
DROP TABLE public.subscription_actions, public.dead_letters;
ALTER TABLE public.subscriptions DROP COLUMN session;`,
};
