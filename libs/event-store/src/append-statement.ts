import { type QueryConfig } from 'pg';
import { type Group, type GroupStream } from './append-group.js';
import {
  binaryColumn,
  bytea,
  date,
  type ElementType,
  integer,
  json,
  jsonb,
  smallint,
  text,
  uuid,
} from './binary-array.js';

/** One column of what is written, sent as an array; its name is the one that the statement knows it by. */
interface Column<R> {
  readonly name: string;
  readonly type: string;
  pack(rows: readonly R[]): Buffer;
}

const column = <R, T>(name: string, type: ElementType<T>, value: (row: R) => T): Column<R> => ({
  name,
  type: `${type.name}[]`,
  pack: rows => binaryColumn(type, rows, value),
});

const eventColumns: readonly Column<Group['events'][number]>[] = [
  column('stream', text, ({ stream }) => stream),
  column('version', integer, ({ version }) => version),
  column('id', uuid, ({ id }) => id),
  column('type', text, ({ type }) => type),
  column('schema', smallint, ({ schema }) => schema),
  column('data', jsonb, ({ data }) => data),
  column('meta', json, ({ meta }) => meta),
  column('effective_on', date, ({ day }) => day),
  column('hash', bytea, ({ hash }) => hash),
];
const comparedColumns: readonly Column<GroupStream>[] = [
  column('id', text, ({ stream }) => stream),
  column('expected', integer, ({ expected }) => expected),
  column('previous', bytea, ({ previous }) => previous),
];
const createdColumns: readonly Column<GroupStream>[] = [
  column('id', text, ({ stream }) => stream),
  column('version', integer, ({ version }) => version),
  column('hash', bytea, ({ hash }) => hash),
  column('state', json, ({ state }) => state),
  column('last', integer, ({ last }) => last),
  column('first', integer, ({ first }) => first),
];
const changedColumns: readonly Column<GroupStream>[] = [
  ...createdColumns.slice(0, -1),
  ...comparedColumns.slice(1),
];
const keyColumns: readonly Column<Group['keys'][number]>[] = [
  column('actor', text, ({ actor }) => actor),
  column('name', text, ({ key }) => key),
  column('body', text, ({ bodyHash }) => bodyHash),
  column('response', json, ({ response }) => response),
  column('nr', integer, ({ offset }) => offset),
];

/** What a group consists of; which of these parts there are makes the text of its statement. */
interface Parts {
  readonly events: Group['events'];
  readonly created: readonly GroupStream[];
  readonly changed: readonly GroupStream[];
  /** Read and not written: they must stand where they were read. */
  readonly compared: readonly GroupStream[];
  readonly keys: Group['keys'];
}

function partsOf({ events, keys, streams }: Group): Parts {
  const written = streams.filter(({ version, expected }) => version > expected);
  return {
    events,
    created: written.filter(({ expected }) => expected === 0),
    changed: written.filter(({ expected }) => expected > 0),
    compared: streams.filter(({ version, expected }) => version === expected),
    keys,
  };
}

/**
 * The statement that appends a group: all of it, or nothing. It answers with the head's position before and the time of
 * the events in microseconds; with no row when states were folded anew since; and with an error when somebody was first:
 * a unique key that exists already, or a division by zero when an update or a comparison missed a stream.
 */
export function appendStatement(group: Group, folds: number): QueryConfig {
  const parts = partsOf(group);
  const { events, created, changed, compared, keys } = parts;
  const written = [events, created, changed, keys, compared]
    .map(rows => (rows.length > 0 ? '1' : '0'))
    .join('');
  let known = texts.get(written);
  if (!known) texts.set(written, (known = textFor(parts)));
  return {
    name: `append-${written}`,
    text: known,
    values: [
      events.length,
      group.now,
      folds,
      ...packed(eventColumns, events),
      ...packed(createdColumns, created),
      ...packed(changedColumns, changed),
      ...packed(keyColumns, keys),
      ...(changed.length > 0 ? [changed.length] : []),
      ...packed(comparedColumns, compared),
    ],
  };
}

const texts = new Map<string, string>();

const packed = <R>(columns: readonly Column<R>[], rows: readonly R[]): Buffer[] =>
  rows.length > 0 ? columns.map(({ pack }) => pack(rows)) : [];

// The head is locked before anything else is written, for all the rest is made of its row. The snapshot may be older than
// the lock; that does no harm: a unique key sees what is committed now, and so does an update, which looks again at a row
// that others have changed. Nothing is looked up before it is written: whoever was first makes the whole statement fail.
function textFor({ events, created, changed, compared, keys }: Parts): string {
  let used = 3; // added, now, folds
  const next = ({ type }: { type: string }) => `$${(used += 1)}::${type}`;
  const rowsOf = <R>(columns: readonly Column<R>[], more = '') =>
    `(SELECT ${columns.map(each => `unnest(${next(each)}) AS ${each.name}`).join(', ')}${more}) w`;
  const writes: string[] = [];
  if (events.length > 0) writes.push(writeEvents(rowsOf(eventColumns, nth)));
  if (created.length > 0) writes.push(createStreams(rowsOf(createdColumns)));
  if (changed.length > 0) writes.push(changeStreams(rowsOf(changedColumns)));
  if (keys.length > 0) writes.push(keepAnswers(rowsOf(keyColumns)));
  const answer = ['h.position', 'h.micros'];
  if (changed.length > 0) answer.push(must(`(SELECT count(*) FROM changed) = ${next({ type: 'integer' })}`));
  if (compared.length > 0) answer.push(must(`public.streams_stand(${comparedColumns.map(next).join(', ')})`));
  return `WITH ${[moveHead, ...writes].join(', ')} SELECT ${answer.join(', ')} FROM head h`;
}

const must = (condition: string) => `1 / (${condition})::integer`;

const moveHead = `head AS (
  UPDATE public.log_head
  SET position = position + $1::integer,
    recorded_at = CASE WHEN $1::integer > 0 THEN greatest(recorded_at, $2::timestamptz) ELSE recorded_at END
  WHERE id = 1 AND folds = $3::integer
  RETURNING position - $1::integer AS position, recorded_at, (extract(epoch FROM recorded_at) * 1000000)::bigint AS micros
)`;
const nth = ', generate_series(1, $1::integer) AS nr';
const writeEvents = (rows: string) => `event AS (
  INSERT INTO public.events
  SELECT h.position + w.nr, w.stream, w.version, w.id, w.type, w.schema, w.data, w.meta, w.effective_on, h.recorded_at, w.hash,
    sha256(w.hash || int8send(h.position + w.nr) || int8send(h.micros))
  FROM head h, ${rows}
)`;
const createStreams = (rows: string) => `created AS (
  INSERT INTO public.streams (id, category, version, hash, state, first_position, last_position)
  SELECT w.id, split_part(w.id, '-', 1), w.version, w.hash, w.state, h.position + w.first, h.position + w.last
  FROM head h, ${rows}
)`;
const changeStreams = (rows: string) => `changed AS (
  UPDATE public.streams s
  SET version = w.version, hash = w.hash, state = w.state, last_position = h.position + w.last
  FROM head h, ${rows}
  WHERE s.id = w.id AND s.version = w.expected AND s.hash = w.previous RETURNING 1
)`;
const keepAnswers = (rows: string) => `answered AS (
  INSERT INTO public.idempotency (actor, key, body_hash, response, position, recorded_at)
  SELECT w.actor, w.name, w.body, w.response, h.position + w.nr, h.recorded_at
  FROM head h, ${rows}
)`;

/** Asks which bundles of a group somebody else was before, and how often states have been folded anew. */
export function lostStatement({ keys, streams }: Group): QueryConfig {
  return {
    name: 'append-lost',
    text: lostText,
    values: [...lostStreams.map(({ pack }) => pack(streams)), ...lostKeys.map(({ pack }) => pack(keys))],
  };
}

const bundle = column('bundle', integer, (row: { bundle: number }) => row.bundle);
const lostStreams: readonly Column<GroupStream>[] = [bundle, ...comparedColumns];
const lostKeys: readonly Column<Group['keys'][number]>[] = [bundle, ...keyColumns.slice(0, 2)];
const lostText = `SELECT h.folds, array(
  SELECT w.bundle FROM unnest($1::integer[], $2::text[], $3::integer[], $4::bytea[]) AS w (bundle, id, expected, previous)
  LEFT JOIN public.streams s ON s.id = w.id
  WHERE coalesce(s.version, 0) <> w.expected OR s.hash <> w.previous
  UNION ALL
  SELECT k.bundle FROM unnest($5::integer[], $6::text[], $7::text[]) AS k (bundle, actor, name)
  JOIN public.idempotency i ON i.actor = k.actor AND i.key = k.name
) AS lost FROM public.log_head h`;
