import { type AppendConnection } from './append-connection.js';
import { type AppendItem, type Group, groupOf } from './append-group.js';
import {
  binaryArray,
  bytea,
  date,
  type ElementType,
  integer,
  jsonb,
  smallint,
  text,
  uuid,
} from './binary-array.js';
import { instantOf } from './instants.js';
import { type StreamCache } from './stream-cache.js';

export interface Appended {
  readonly position: number;
  readonly recordedAt: string;
}

type Row = { start: string; micros: string; folds: number; lost: number[] | null };

/** The one statement that writes. It is never part of a caller's transaction, for it locks out all other writers. */
export class EventLog {
  constructor(
    private readonly connection: Pick<AppendConnection, 'query'>,
    private readonly cache: StreamCache,
  ) {}

  /**
   * Appends every item whose streams still stand where they were read and whose key is new; the others are null, and so
   * are those that build upon them. What is appended is appended by one statement and one commit.
   * @param folds how often states had been folded anew when those were read that the items lead on from
   */
  async append(items: readonly AppendItem[], folds: number): Promise<readonly (Appended | null)[]> {
    const answers = new Map<AppendItem, Appended>();
    for (let rest = items; rest.length > 0;) {
      const group = groupOf(rest);
      const { rows } = await this.connection.query<Row>({
        name: 'append',
        text: appendText,
        values: columnsOf(group, folds),
      });
      const { start, micros, folds: found, lost } = rows[0]!;
      // Compared with what was sent: the cache may have been told meanwhile of a fold that came after this append.
      if (found !== folds) {
        this.cache.isOutdated(found);
        break;
      }
      if (!lost) {
        const recordedAt = instantOf(micros);
        rest.forEach((item, nth) =>
          answers.set(item, { position: Number(start) + group.offsets[nth]!, recordedAt }),
        );
        break;
      }
      rest = rest.filter((_, nth) => !lost.includes(group.bundles[nth]!));
    }
    return items.map(item => answers.get(item) ?? null);
  }
}

const parameterTypes = [
  ...['timestamptz', 'integer'],
  ...['integer[]', 'text[]', 'text[]', 'text[]', 'jsonb[]', 'integer[]'],
  ...[
    'integer[]',
    'text[]',
    'integer[]',
    'bytea[]',
    'integer[]',
    'bytea[]',
    'jsonb[]',
    'integer[]',
    'integer[]',
  ],
  ...['text[]', 'integer[]', 'uuid[]', 'text[]', 'smallint[]', 'jsonb[]', 'jsonb[]', 'date[]', 'bytea[]'],
  ...['integer', 'integer', 'integer', 'integer'],
];
const appendText = `
SELECT start, recorded_micros AS micros, folds, lost
FROM public.append_events(${parameterTypes.map((type, index) => `$${index + 1}::${type}`).join(', ')})`;

// In the order of the parameters of append_events.
function columnsOf({ now, keys, streams, events }: Group, folds: number): unknown[] {
  const written = streams.filter(({ version, expected }) => version > expected);
  const created = written.filter(({ expected }) => expected === 0).length;
  return [
    now,
    folds,
    column(integer, keys, ({ bundle }) => bundle),
    column(text, keys, ({ actor }) => actor),
    column(text, keys, ({ key }) => key),
    column(text, keys, ({ bodyHash }) => bodyHash),
    column(jsonb, keys, ({ response }) => response),
    column(integer, keys, ({ offset }) => offset),
    column(integer, streams, ({ bundle }) => bundle),
    column(text, streams, ({ stream }) => stream),
    column(integer, streams, ({ expected }) => expected),
    column(bytea, streams, ({ previous }) => previous),
    column(integer, streams, ({ version }) => version),
    column(bytea, streams, ({ hash }) => hash),
    column(jsonb, streams, ({ state }) => state),
    column(integer, streams, ({ first }) => first),
    column(integer, streams, ({ last }) => last),
    column(text, events, ({ stream }) => stream),
    column(integer, events, ({ version }) => version),
    column(uuid, events, ({ event }) => event.id),
    column(text, events, ({ event }) => event.type),
    column(smallint, events, ({ event }) => event.schema),
    column(jsonb, events, ({ event }) => event.data),
    column(jsonb, events, ({ event }) => event.meta),
    column(date, events, ({ event }) => event.day),
    column(bytea, events, ({ event }) => event.hash),
    events.length,
    created,
    written.length - created,
    keys.length,
  ];
}

function column<T, R>(type: ElementType<T>, rows: readonly R[], value: (row: R) => T): Buffer {
  return binaryArray(type, rows.map(value));
}
