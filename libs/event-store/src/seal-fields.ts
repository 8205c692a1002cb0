// Whoever works as `duban_app` reads the keys, wrapped as they are, and changes them by these functions alone. Each
// locks what it decides on, so that of an erasure and a new key, or a new key and a new master, one comes first.
const tables = `
CREATE TABLE public.subject_keys (
  subject text PRIMARY KEY,
  wrapped_key bytea,
  master text,
  created_at timestamptz NOT NULL,
  destroyed_at timestamptz,
  CHECK ((wrapped_key IS NULL) = (destroyed_at IS NOT NULL)),
  CHECK ((wrapped_key IS NULL) = (master IS NULL))
);
CREATE TABLE public.master_key (
  id smallint PRIMARY KEY CHECK (id = 1),
  fingerprint text NOT NULL
);`;

const functions = `
CREATE FUNCTION public.keep_master_key(first_master text) RETURNS text
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  INSERT INTO public.master_key (id, fingerprint) VALUES (1, first_master) ON CONFLICT DO NOTHING;
  SELECT fingerprint FROM public.master_key WHERE id = 1;
$$;

CREATE FUNCTION public.change_master_key(from_master text, to_master text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  UPDATE public.master_key SET fingerprint = to_master WHERE id = 1 AND fingerprint = from_master;
  RETURN FOUND;
END $$;

CREATE FUNCTION public.add_subject_key(of_subject text, wrapped bytea, by_master text, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM 1 FROM public.master_key WHERE id = 1 AND fingerprint = by_master FOR SHARE;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO public.subject_keys (subject, wrapped_key, master, created_at)
  VALUES (of_subject, wrapped, by_master, at) ON CONFLICT DO NOTHING;
  RETURN true;
END $$;

CREATE FUNCTION public.rewrap_subject_key(of_subject text, from_wrapped bytea, to_wrapped bytea, by_master text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  UPDATE public.subject_keys SET wrapped_key = to_wrapped, master = by_master
  WHERE subject = of_subject AND wrapped_key = from_wrapped
    AND EXISTS (SELECT 1 FROM public.master_key WHERE id = 1 AND fingerprint = by_master);
  RETURN FOUND;
END $$;

CREATE FUNCTION public.destroy_subject_key(of_subject text, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  INSERT INTO public.subject_keys AS k (subject, created_at, destroyed_at) VALUES (of_subject, at, at)
  ON CONFLICT (subject) DO UPDATE SET wrapped_key = NULL, master = NULL, destroyed_at = at
    WHERE k.destroyed_at IS NULL;
  RETURN FOUND;
END $$;`;

const names = [
  'keep_master_key(text)',
  'change_master_key(text, text)',
  'add_subject_key(text, bytea, text, timestamptz)',
  'rewrap_subject_key(text, bytea, bytea, text)',
  'destroy_subject_key(text, timestamptz)',
].map(name => `public.${name}`);

const grants = `
GRANT SELECT ON public.subject_keys, public.master_key TO duban_app;
${names.map(name => `REVOKE ALL ON FUNCTION ${name} FROM PUBLIC; GRANT EXECUTE ON FUNCTION ${name} TO duban_app;`).join('\n')}`;

/** The keys that personal fields are sealed with, one for each subject, and which master key wraps them. */
export const sealFields = {
  name: 'SealFields1700000013000',
  up: [tables, functions, grants].join('\n'),
  down: `
${names.map(name => `DROP FUNCTION ${name};`).join('\n')}
DROP TABLE public.subject_keys, public.master_key;`,
} as const;
