import { appendOneByOne } from './create-event-store.js';
import { type EventStoreMigration } from './migration.js';

// Names are compared byte by byte: that is faster than by the rules of a language, and the same on every server.
const names = `
ALTER TABLE public.streams ALTER COLUMN id TYPE text COLLATE "C";
ALTER TABLE public.events ALTER COLUMN stream TYPE text COLLATE "C";
ALTER TABLE public.idempotency ALTER COLUMN actor TYPE text COLLATE "C", ALTER COLUMN key TYPE text COLLATE "C";`;

// `folds` counts how often states were folded anew in place: who remembers states of before must read them again.
const folds = 'ALTER TABLE public.log_head ADD COLUMN folds integer NOT NULL DEFAULT 0;';

// The key comes first, for many keys are one actor's: comparing that would tell nothing.
const keys = `
ALTER TABLE public.idempotency DROP CONSTRAINT idempotency_pkey, ADD PRIMARY KEY (key, actor);`;
const keysBefore = `
ALTER TABLE public.idempotency DROP CONSTRAINT idempotency_pkey, ADD PRIMARY KEY (actor, key);`;

// What nobody looks into by SQL is kept as the text that it came as: to take JSON apart costs more than to store it. The
// lengths of hashes are `verify`'s to find: a CHECK is read anew by every statement.
const columns = `
ALTER TABLE public.events ALTER COLUMN meta TYPE json, DROP CONSTRAINT events_hash_check, DROP CONSTRAINT events_seal_leaf_check;
ALTER TABLE public.streams ALTER COLUMN state TYPE json, DROP CONSTRAINT streams_hash_check;
ALTER TABLE public.idempotency ALTER COLUMN response TYPE json;`;
const columnsBefore = `
ALTER TABLE public.idempotency ALTER COLUMN response TYPE jsonb;
ALTER TABLE public.streams ALTER COLUMN state TYPE jsonb, ADD CHECK (octet_length(hash) = 32);
ALTER TABLE public.events ALTER COLUMN meta TYPE jsonb,
  ADD CHECK (octet_length(hash) = 32), ADD CHECK (octet_length(seal_leaf) = 32);`;

/**
 * Many commands in one append, by a statement that the store sends (`append-statement.ts`) in place of a function. The
 * index over the state goes, for with it every update of a stream rewrites all its indexes.
 */
export const appendInGroups: EventStoreMigration = {
  name: 'AppendInGroups1700000010000',
  up: `
DROP FUNCTION public.append_events;
${names}
${folds}
DROP INDEX public.streams_by_plan;
${keys}${columns}`,
  down: `
${keysBefore}${columnsBefore}
CREATE INDEX streams_by_plan ON public.streams (category, (state ->> 'plan'));
ALTER TABLE public.log_head DROP COLUMN folds;
${appendOneByOne}`,
};

/**
 * What a command was decided on is compared when it is written, also where nothing is written to it. A function of its own
 * has a snapshot of its own, so what it meets after the head is locked is what all earlier appends have left.
 */
export const compareWhatWasRead: EventStoreMigration = {
  name: 'CompareWhatWasRead1700000014000',
  up: `
CREATE FUNCTION public.streams_stand(stream_id text[], stream_expected integer[], stream_previous bytea[])
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RETURN NOT EXISTS (
    SELECT FROM unnest(stream_id, stream_expected, stream_previous) AS w (id, expected, previous)
    LEFT JOIN public.streams s ON s.id = w.id
    WHERE coalesce(s.version, 0) <> w.expected OR s.hash <> w.previous
  );
END $$;`,
  down: 'DROP FUNCTION public.streams_stand;',
};
