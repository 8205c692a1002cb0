import { appendOneByOne } from './create-event-store.js';
import { type EventStoreMigration } from './migration.js';

// Nothing is looked up before it is written: a unique key that exists already, or an update that misses a stream, takes
// back all that this call has written, and only then is it asked who stood in the way. The caller sends the others again.
// `folds` counts how often states were folded anew in place: who remembers states of before must read them again.
// In READ COMMITTED each statement of a function has a snapshot of its own, so what is met after the head is locked is
// what all earlier appends have left, and nobody can change it meanwhile.
const appendWritten = append({ declares: '', isCreated: '', isChanged: '', compares: '' });

/** The function, with what is particular to it. */
function append({
  declares,
  isCreated,
  isChanged,
  compares,
}: Record<keyof typeof comparing, string>): string {
  return `
CREATE OR REPLACE FUNCTION public.append_events(
  now timestamptz, known_folds integer,
  key_bundle integer[], key_actor text[], key_name text[], key_body text[], key_response jsonb[], key_offset integer[],
  stream_bundle integer[], stream_id text[], stream_expected integer[], stream_previous bytea[],
  stream_version integer[], stream_hash bytea[], stream_state jsonb[], stream_first integer[], stream_last integer[],
  event_stream text[], event_version integer[], event_id uuid[], event_type text[], event_schema smallint[],
  event_data jsonb[], event_meta jsonb[], event_on date[], event_hash bytea[],
  added integer, created integer, changed integer, answered integer
) RETURNS TABLE (start bigint, recorded_micros bigint, folds integer, lost integer[]) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  head public.log_head;
  micros bytea;
  matched bigint;${declares}
BEGIN
  BEGIN
    UPDATE public.log_head
    SET position = position + added, recorded_at = CASE WHEN added > 0 THEN greatest(recorded_at, now) ELSE recorded_at END
    WHERE id = 1 RETURNING * INTO STRICT head;
    head.position := head.position - added;
    start := head.position;
    folds := head.folds;
    IF folds <> known_folds THEN RAISE unique_violation; END IF;
    recorded_micros := (extract(epoch FROM head.recorded_at) * 1000000)::bigint;
    micros := int8send(recorded_micros);
    IF added > 0 THEN
      INSERT INTO public.events
      SELECT head.position + e.nr, e.stream, e.version, e.id, e.type, e.schema, e.data, e.meta, e.effective_on,
        head.recorded_at, e.hash, sha256(e.hash || int8send(head.position + e.nr) || micros)
      FROM unnest(event_stream, event_version, event_id, event_type, event_schema, event_data, event_meta, event_on,
        event_hash) WITH ORDINALITY AS e (stream, version, id, type, schema, data, meta, effective_on, hash, nr);
    END IF;
    IF created > 0 THEN
      INSERT INTO public.streams (id, category, version, hash, state, first_position, last_position)
      SELECT w.id, split_part(w.id, '-', 1), w.version, w.hash, w.state, head.position + w.first, head.position + w.last
      FROM unnest(stream_id, stream_expected, stream_version, stream_hash, stream_state, stream_first, stream_last)
        AS w (id, expected, version, hash, state, first, last)
      WHERE w.expected = 0${isCreated};
    END IF;
    IF changed > 0 THEN
      UPDATE public.streams s
      SET version = w.version, hash = w.hash, state = w.state, last_position = head.position + w.last
      FROM unnest(stream_id, stream_expected, stream_previous, stream_version, stream_hash, stream_state, stream_last)
        AS w (id, expected, previous, version, hash, state, last)
      WHERE s.id = w.id AND s.version = w.expected AND s.hash = w.previous AND w.expected > 0${isChanged};
      GET DIAGNOSTICS matched = ROW_COUNT;
      IF matched <> changed THEN RAISE unique_violation; END IF;
    END IF;${compares}
    IF answered > 0 THEN
      INSERT INTO public.idempotency (actor, key, body_hash, response, position, recorded_at)
      SELECT k.actor, k.name, k.body, k.response, head.position + k.nr, head.recorded_at
      FROM unnest(key_actor, key_name, key_body, key_response, key_offset) AS k (actor, name, body, response, nr);
    END IF;
  EXCEPTION WHEN unique_violation THEN
    SELECT array_agg(l.bundle) INTO lost FROM (
      SELECT w.bundle
      FROM unnest(stream_bundle, stream_id, stream_expected, stream_previous) AS w (bundle, id, expected, previous)
      LEFT JOIN public.streams s ON s.id = w.id
      WHERE coalesce(s.version, 0) <> w.expected OR s.hash <> w.previous
      UNION ALL
      SELECT k.bundle
      FROM unnest(key_bundle, key_actor, key_name) AS k (bundle, actor, name)
      JOIN public.idempotency i ON i.actor = k.actor AND i.key = k.name
    ) l;
    IF lost IS NULL AND folds = known_folds THEN RAISE; END IF;
  END;
  RETURN NEXT;
END $$;`;
}

// A stream that was read and not written comes as a row whose version is the one expected: it must stand there still.
const comparing = {
  declares: `
  compared integer := cardinality(stream_id) - created - changed;`,
  isCreated: ' AND w.version > 0',
  isChanged: ' AND w.version > w.expected',
  compares: `
    IF compared > 0 THEN
      SELECT count(*) INTO matched
      FROM unnest(stream_id, stream_expected, stream_previous, stream_version) AS w (id, expected, previous, version)
      LEFT JOIN public.streams s ON s.id = w.id
      WHERE w.version = w.expected AND coalesce(s.version, 0) = w.expected AND (s.id IS NULL OR s.hash = w.previous);
      IF matched <> compared THEN RAISE unique_violation; END IF;
    END IF;`,
};

// Names are compared byte by byte: that is faster than by the rules of a language, and the same on every server.
const names = `
ALTER TABLE public.streams ALTER COLUMN id TYPE text COLLATE "C";
ALTER TABLE public.events ALTER COLUMN stream TYPE text COLLATE "C";
ALTER TABLE public.idempotency ALTER COLUMN actor TYPE text COLLATE "C", ALTER COLUMN key TYPE text COLLATE "C";`;

/**
 * Many commands in one append: all that is sent is written, or nothing and who stood in the way is named. The index over
 * the state goes, for with it every update of a stream rewrites all its indexes.
 */
export const appendInGroups: EventStoreMigration = {
  name: 'AppendInGroups1700000010000',
  up: `
DROP FUNCTION public.append_events;
${names}
ALTER TABLE public.log_head ADD COLUMN folds integer NOT NULL DEFAULT 0;
${appendWritten}
DROP INDEX public.streams_by_plan;`,
  down: `
CREATE INDEX streams_by_plan ON public.streams (category, (state ->> 'plan'));
DROP FUNCTION public.append_events;
ALTER TABLE public.log_head DROP COLUMN folds;
${appendOneByOne}`,
};

/** What a command was decided on is compared when it is written, also where nothing is written to it. */
export const compareWhatWasRead: EventStoreMigration = {
  name: 'CompareWhatWasRead1700000014000',
  up: append(comparing),
  down: appendWritten,
};
