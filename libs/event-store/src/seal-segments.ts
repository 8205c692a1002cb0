import { type EventStoreMigration } from './migration.js';

// Each fact of a seal stands once; what is signed is put together from these columns.
const table = `
CREATE TABLE public.seals (
  number integer PRIMARY KEY CHECK (number > 0),
  from_position bigint NOT NULL CHECK (from_position > 0),
  to_position bigint NOT NULL CHECK (to_position >= from_position - 1),
  root bytea NOT NULL CHECK (octet_length(root) = 32),
  previous bytea NOT NULL CHECK (octet_length(previous) = 32),
  recorded_at timestamptz NOT NULL,
  epoch uuid NOT NULL,
  public_key bytea NOT NULL CHECK (octet_length(public_key) = 32),
  next_key bytea NOT NULL CHECK (octet_length(next_key) = 32),
  signature bytea NOT NULL CHECK (octet_length(signature) = 64)
);
GRANT SELECT, INSERT ON public.seals TO duban_app;`;

// Postgres cannot change the bounds of a partition, only take it out and put it back. Putting it back looks through its
// rows, which is why the open partition is kept small: see mostOpenPositions. Under the head lock nothing is appended
// meanwhile, and all that the partition holds is at or below the head. Who reads for long (a rebuild) keeps the table
// locked: then this gives up at once rather than letting appends wait behind it.
const cut = `
CREATE FUNCTION public.cut_events() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET lock_timeout = '250ms' AS $$
DECLARE
  head bigint;
  part record;
BEGIN
  SELECT position INTO STRICT head FROM public.log_head WHERE id = 1 FOR UPDATE;
  LOCK TABLE ONLY public.events IN ACCESS EXCLUSIVE MODE;
  SELECT o.name, o.first INTO STRICT part FROM public.open_events_partition() o;
  IF part.first > head THEN RETURN NULL; END IF;
  EXECUTE format('ALTER TABLE public.events DETACH PARTITION public.%I', part.name);
  EXECUTE format('ALTER TABLE public.events ATTACH PARTITION public.%I FOR VALUES FROM (%s) TO (%s)',
    part.name, part.first, head + 1);
  EXECUTE format('CREATE TABLE public.%I PARTITION OF public.events FOR VALUES FROM (%s) TO (MAXVALUE)',
    'events_from_' || head + 1, head + 1);
  RETURN head;
END $$;
REVOKE ALL ON FUNCTION public.cut_events() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.cut_events() TO duban_app;`;

// The first position of the open partition stands in its bounds.
const open = `
CREATE FUNCTION public.open_events_partition() RETURNS TABLE (name name, first bigint) LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT c.relname, substring(pg_get_expr(c.relpartbound, c.oid) FROM $re$FROM \\('(\\d+)'\\)$re$)::bigint
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = 'public.events'::regclass AND pg_get_expr(c.relpartbound, c.oid) LIKE '%TO (MAXVALUE)'
$$;`;

/** The table of seals, and the cut of the open partition. `down` leaves the partitions that were cut. */
export const sealSegments: EventStoreMigration = {
  name: 'SealSegments1700000011000',
  up: [table, open, cut].join('\n'),
  down: `
DROP FUNCTION public.cut_events;
DROP FUNCTION public.open_events_partition;
DROP TABLE public.seals;`,
};
