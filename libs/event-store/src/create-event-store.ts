// One row hands out positions: its lock orders all appends, so position order is commit order and has no holes.
const tables = `
CREATE TABLE public.log_head (
  id smallint PRIMARY KEY CHECK (id = 1),
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  epoch uuid NOT NULL
) WITH (fillfactor = 10);
INSERT INTO public.log_head VALUES (1, 0, 'epoch', gen_random_uuid());

CREATE TABLE public.streams (
  id text PRIMARY KEY,
  category text NOT NULL,
  version integer NOT NULL,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  state jsonb,
  first_position bigint NOT NULL,
  last_position bigint NOT NULL
) WITH (fillfactor = 85);
CREATE INDEX streams_by_plan ON public.streams (category, (state ->> 'plan'));

CREATE TABLE public.events (
  position bigint NOT NULL,
  stream text NOT NULL,
  version integer NOT NULL,
  event_id uuid NOT NULL,
  type text NOT NULL,
  schema smallint NOT NULL,
  data jsonb NOT NULL,
  meta jsonb NOT NULL,
  effective_on date NOT NULL,
  recorded_at timestamptz NOT NULL,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  seal_leaf bytea NOT NULL CHECK (octet_length(seal_leaf) = 32),
  PRIMARY KEY (position)
) PARTITION BY RANGE (position);
CREATE TABLE public.events_from_1 PARTITION OF public.events FOR VALUES FROM (1) TO (MAXVALUE);
CREATE UNIQUE INDEX events_by_stream ON public.events (stream, version, position);

CREATE TABLE public.idempotency (
  actor text NOT NULL,
  key text NOT NULL,
  body_hash text NOT NULL,
  response jsonb,
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (actor, key)
);

CREATE TABLE public.subscriptions (
  name text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  position bigint NOT NULL DEFAULT 0,
  runner uuid,
  term bigint NOT NULL DEFAULT 0,
  lease_until timestamptz,
  failed_position bigint,
  failure jsonb,
  PRIMARY KEY (name, version)
) WITH (fillfactor = 50);`;

// The head is locked before anything else is looked at. In READ COMMITTED each statement of a function has a snapshot
// of its own, so what is compared afterwards is what all earlier appends have left, and nobody can change it meanwhile.
// An item is a set of streams that are written together or not at all. Losers are missing from the result.
export const appendOneByOne = `
CREATE FUNCTION public.append_events(
  item_now timestamptz[], item_actor text[], item_key text[], item_body text[], item_response jsonb[],
  stream_item integer[], stream_id text[], stream_expected integer[], stream_previous bytea[],
  stream_version integer[], stream_hash bytea[], stream_state jsonb[],
  event_stream integer[], event_version integer[], event_id uuid[], event_type text[], event_schema smallint[],
  event_data jsonb[], event_meta jsonb[], event_on date[], event_hash bytea[]
) RETURNS TABLE (won_item integer, last_position bigint, recorded_micros bigint) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  head public.log_head;
  won integer[];
BEGIN
  SELECT * INTO STRICT head FROM public.log_head WHERE id = 1 FOR UPDATE;

  WITH answer AS (
    SELECT i.nr::integer AS item,
      i.key IS NULL OR (row_number() OVER (PARTITION BY i.actor, i.key ORDER BY i.nr) = 1 AND NOT EXISTS (
        SELECT 1 FROM public.idempotency d WHERE d.actor = i.actor AND d.key = i.key)) AS fresh
    FROM unnest(item_actor, item_key) WITH ORDINALITY AS i (actor, key, nr)
  ), lost AS (
    SELECT n.item
    FROM (
      SELECT w.*, row_number() OVER (PARTITION BY w.id ORDER BY w.nr) AS turn
      FROM unnest(stream_item, stream_id, stream_expected, stream_previous)
        WITH ORDINALITY AS w (item, id, expected, previous, nr)
    ) n LEFT JOIN public.streams s ON s.id = n.id
    WHERE n.turn > 1 OR coalesce(s.version, 0) <> n.expected OR (s.hash IS NOT NULL AND s.hash <> n.previous)
  )
  SELECT array_agg(a.item) INTO won FROM answer a WHERE a.fresh AND a.item NOT IN (SELECT l.item FROM lost l);
  IF won IS NULL THEN RETURN; END IF;

  RETURN QUERY WITH item AS (
    SELECT i.*, i.nr::integer AS item, greatest(head.recorded_at, max(i.now) OVER (ORDER BY i.nr)) AS at
    FROM unnest(item_now, item_actor, item_key, item_body, item_response)
      WITH ORDINALITY AS i (now, actor, key, body, response, nr)
    WHERE i.nr = ANY (won)
  ), stream AS (
    SELECT s.*, i.at
    FROM unnest(stream_item, stream_id, stream_version, stream_hash, stream_state)
      WITH ORDINALITY AS s (item, id, version, hash, state, nr) JOIN item i ON i.item = s.item
  ), event AS (
    SELECT e.*, s.id AS stream, s.item, s.at, head.position + row_number() OVER (ORDER BY e.nr) AS position
    FROM unnest(event_stream, event_version, event_id, event_type, event_schema, event_data, event_meta, event_on,
      event_hash) WITH ORDINALITY AS e (stream_nr, version, id, type, schema, data, meta, effective_on, hash, nr)
    JOIN stream s ON s.nr = e.stream_nr
  ), written AS (
    INSERT INTO public.events
    SELECT e.position, e.stream, e.version, e.id, e.type, e.schema, e.data, e.meta, e.effective_on, e.at, e.hash,
      sha256(e.hash || int8send(e.position) || int8send((extract(epoch FROM e.at) * 1000000)::bigint))
    FROM event e
  ), range AS (
    SELECT e.stream_nr, min(e.position) AS first, max(e.position) AS last FROM event e GROUP BY e.stream_nr
  ), folded AS (
    INSERT INTO public.streams AS t (id, category, version, hash, state, first_position, last_position)
    SELECT s.id, split_part(s.id, '-', 1), s.version, s.hash, s.state, r.first, r.last
    FROM stream s JOIN range r ON r.stream_nr = s.nr
    ON CONFLICT (id) DO UPDATE SET version = excluded.version, hash = excluded.hash, state = excluded.state,
      last_position = excluded.last_position
  ), result AS (
    SELECT i.item, i.at, coalesce(max(e.position), head.position) AS last
    FROM item i LEFT JOIN event e ON e.item = i.item GROUP BY i.item, i.at
  ), answered AS (
    INSERT INTO public.idempotency (actor, key, body_hash, response, position, recorded_at)
    SELECT i.actor, i.key, i.body, i.response, r.last, i.at
    FROM item i JOIN result r ON r.item = i.item WHERE i.key IS NOT NULL
  ), moved AS (
    UPDATE public.log_head SET position = head.position + (SELECT count(*) FROM event),
      recorded_at = coalesce((SELECT max(e.at) FROM event e), head.recorded_at)
    WHERE id = 1
  )
  SELECT r.item, r.last, (extract(epoch FROM r.at) * 1000000)::bigint FROM result r ORDER BY r.item;
END $$;`;

// recorded_at never falls along the log and positions have no holes: so a binary search needs the primary key alone.
const positionAt = `
CREATE FUNCTION public.position_at(instant timestamptz) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
  low bigint := 0;
  high bigint;
  middle bigint;
BEGIN
  SELECT position INTO STRICT high FROM public.log_head WHERE id = 1;
  WHILE low < high LOOP
    middle := (low + high + 1) / 2;
    IF (SELECT recorded_at <= instant FROM public.events WHERE position = middle) THEN
      low := middle;
    ELSE
      high := middle - 1;
    END IF;
  END LOOP;
  RETURN low;
END $$;`;

// Roles belong to the whole server: another database may be creating the same one right now.
const role = `
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'duban_app') THEN
    CREATE ROLE duban_app NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  RAISE NOTICE 'role duban_app was created by another session';
END $$;
DO $$ BEGIN
  IF NOT pg_has_role('duban_app', CASE WHEN current_setting('server_version_num')::integer >= 160000
    THEN 'SET' ELSE 'MEMBER' END) THEN
    GRANT duban_app TO CURRENT_USER;
  END IF;
END $$;
GRANT USAGE ON SCHEMA public TO duban_app;
GRANT SELECT, INSERT ON public.events, public.idempotency TO duban_app;
GRANT SELECT, INSERT, UPDATE ON public.streams, public.subscriptions TO duban_app;
GRANT SELECT, UPDATE ON public.log_head TO duban_app;`;

/**
 * The tables, functions and grants that the store began with. `down` leaves the role, which other databases of the
 * server may share.
 */
export const createEventStore = {
  name: 'CreateEventStore1700000001000',
  up: [tables, appendOneByOne, positionAt, role].join('\n'),
  down: `
DROP FUNCTION public.position_at;
DROP FUNCTION public.append_events;
DROP TABLE public.subscriptions, public.idempotency, public.events, public.streams, public.log_head;`,
} as const;
