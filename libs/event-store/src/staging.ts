import pg from 'pg';
import { type ProjectionTable } from './projection-tables.js';
import { type Queryable } from './reading.js';

/** Where a projection is built anew, and where what it replaces goes before it is dropped. */
export interface Staging {
  readonly schema: string;
  readonly retired: string;
  readonly tables: readonly ProjectionTable[];
}

const longestName = 50; // with its prefix, an identifier of Postgres

/** @throws RangeError for a name that makes no schema. */
export function stagingOf(name: string, tables: readonly ProjectionTable[]): Staging {
  if (Buffer.byteLength(name) > longestName)
    throw new RangeError(`the name ${name} is longer than ${longestName} bytes`);
  return { schema: `rebuild_${name}`, retired: `retired_${name}`, tables };
}

const quoted = (name: string) => pg.escapeIdentifier(name);
export const liveTable = ({ name }: ProjectionTable): string => `public.${quoted(name)}`;
export const stagedTable = ({ schema }: Staging, { name }: ProjectionTable): string =>
  `${quoted(schema)}.${quoted(name)}`;

/**
 * Ends what an unfinished rebuild still does: a server goes on with a statement whose client is dead. Nobody else touches
 * these tables, and the caller holds the right to rebuild.
 */
export async function endLeftovers(owner: Queryable, { schema }: Staging): Promise<void> {
  await owner.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE usename = session_user AND pid <> pg_backend_pid() AND pid IN (
       SELECT l.pid FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
       JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1)`,
    [schema],
  );
}

/** Drops what is left of this rebuild, or of an unfinished one. */
export async function dropStaging(owner: Queryable, { schema, retired }: Staging): Promise<void> {
  await owner.query(`DROP SCHEMA IF EXISTS ${quoted(schema)}, ${quoted(retired)} CASCADE`);
}

/**
 * Empty twins of the live tables: columns, defaults, checks, keys, indexes, storage and grants under the same names.
 * @throws Error for a table that has no simple twin.
 */
export async function createStaging(
  owner: Queryable,
  staging: Staging,
  role: string | undefined,
): Promise<void> {
  const { schema, retired, tables } = staging;
  for (const name of [schema, retired]) await owner.query(`CREATE SCHEMA ${quoted(name)}`);
  if (role) await owner.query(`GRANT USAGE ON SCHEMA ${quoted(schema)} TO ${quoted(role)}`);
  for (const table of tables) {
    await refuseEntangled(owner, table);
    await owner.query(`CREATE TABLE ${stagedTable(staging, table)} (LIKE ${liveTable(table)}
      INCLUDING ALL EXCLUDING INDEXES)`);
    const { rows } = await owner.query<{ statement: string }>(twinText, [schema, table.name]);
    for (const { statement } of rows) await owner.query(statement);
  }
}

// Whatever hangs on a table by its number stays with the old one when the names change hands.
async function refuseEntangled(owner: Queryable, table: ProjectionTable): Promise<void> {
  const { rows } = await owner.query<{ what: string }>(entangledText, [table.name]);
  if (rows.length === 0) return;
  const found = rows.map(({ what }) => what).join(', ');
  throw new Error(`${table.name} cannot be rebuilt beside: it has ${found}`);
}

const entangledText = `
  SELECT 'a foreign key' AS what FROM pg_constraint
  WHERE contype = 'f' AND (conrelid = to_regclass('public.' || quote_ident($1)) OR confrelid = to_regclass('public.' || quote_ident($1)))
  UNION SELECT 'a trigger' FROM pg_trigger WHERE tgrelid = to_regclass('public.' || quote_ident($1)) AND NOT tgisinternal
  UNION SELECT 'a view on it' FROM pg_depend
  WHERE refobjid = to_regclass('public.' || quote_ident($1)) AND classid = 'pg_rewrite'::regclass
  UNION SELECT 'a sequence of its own' FROM pg_depend d JOIN pg_class s ON s.oid = d.objid
  WHERE d.refobjid = to_regclass('public.' || quote_ident($1)) AND d.deptype = 'a' AND s.relkind = 'S'
  UNION SELECT 'row security' FROM pg_class WHERE oid = to_regclass('public.' || quote_ident($1)) AND relrowsecurity
  UNION SELECT 'partitions or no rows of its own' FROM pg_class
  WHERE oid = to_regclass('public.' || quote_ident($1)) AND relkind <> 'r'`;

// Keys and indexes keep their names, which are unique in a schema, so that later migrations find them.
const twinText = `
  WITH live AS (
    SELECT c.*, format('%I.%I', $1::text, $2::text) AS twin FROM pg_class c
    WHERE c.oid = to_regclass('public.' || quote_ident($2))
  )
  SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', twin, k.conname, pg_get_constraintdef(k.oid)) AS statement
  FROM live JOIN pg_constraint k ON k.conrelid = live.oid AND k.contype IN ('p', 'u', 'x')
  UNION ALL
  SELECT replace(pg_get_indexdef(i.indexrelid), format(' ON public.%I ', $2::text), ' ON ' || twin || ' ')
  FROM live JOIN pg_index i ON i.indrelid = live.oid
  WHERE NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
  UNION ALL
  SELECT format('ALTER TABLE %s SET (%s)', twin, array_to_string(reloptions, ', ')) FROM live WHERE reloptions IS NOT NULL
  UNION ALL
  SELECT format('ALTER TABLE %s OWNER TO %I', twin, pg_get_userbyid(relowner)) FROM live
  WHERE pg_get_userbyid(relowner) <> current_user
  UNION ALL
  SELECT format('GRANT %s ON %s TO %s', a.privilege_type, twin,
    CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END)
  FROM live CROSS JOIN aclexplode(live.relacl) a WHERE a.grantee <> live.relowner`;

/** Gives the new tables the names, and the old ones away. Nobody can look meanwhile; it takes a few milliseconds. */
export async function exchangeTables(owner: Queryable, staging: Staging): Promise<void> {
  const { tables, retired } = staging;
  await owner.query(`LOCK TABLE ${tables.map(liveTable).join(', ')} IN ACCESS EXCLUSIVE MODE`);
  const moves = tables.flatMap(table => [
    `ALTER TABLE ${liveTable(table)} SET SCHEMA ${quoted(retired)}`,
    `ALTER TABLE ${stagedTable(staging, table)} SET SCHEMA public`,
  ]);
  await owner.query(moves.join('; '));
}

/** One digest over all rows of tables, whatever their order, without the columns that the events do not decide. */
export async function digestOf(
  owner: Queryable,
  tables: readonly ProjectionTable[],
  place: (table: ProjectionTable) => string,
): Promise<string> {
  const digests: string[] = [];
  for (const table of tables) {
    const { rows: columns } = await owner.query<{ column: string }>(
      `SELECT quote_ident(attname) AS column FROM pg_attribute
       WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attname <> ALL ($2) ORDER BY attnum`,
      [place(table), table.aside ?? []],
    );
    const row = `sha256(convert_to(ROW(${columns.map(({ column }) => `t.${column}`).join(', ')})::text, 'UTF8'))`;
    const { rows } = await owner.query<{ digest: string }>(
      `SELECT encode(sha256(coalesce(string_agg(h, ''::bytea ORDER BY h), ''::bytea)), 'hex') AS digest
       FROM (SELECT ${row} AS h FROM ${place(table)} t) hashed`,
    );
    digests.push(`${table.name} ${rows[0]?.digest ?? ''}`);
  }
  return digests.join(', ');
}
