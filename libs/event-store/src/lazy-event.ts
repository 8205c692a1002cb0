import { instantOf } from './instants.js';
import { type JsonObject } from './json.js';
import { type FlatEvent, type LogReader, type StoredEvent } from './reading.js';

/** The columns of a page, in the order in which `LazyEvent` takes them, all as text. `wide` is what few readers need. */
export const pageColumns = (
  wide: (column: string) => string,
) => `position, stream, version, event_id, type, schema,
  effective_on::text, ${['data', 'meta', "(date_part('epoch', recorded_at) * 1000000)::bigint", 'hash'].map(wide).join(', ')}`;

/** Where `meta` stands in a row. */
export const metaColumn = 8;

/** A row of `pageColumns`; what is wide is null where it was not asked for. */
export type PageRow = readonly (string | null)[];

/**
 * A stored event that parses what is asked of it: most projections look at a few members of most events, and parsing
 * all of them would cost more than reading them.
 */
export class LazyEvent implements StoredEvent {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly id: string;
  readonly type: string;
  readonly schema: number;
  readonly effectiveOn: string;
  private known: FlatEvent | null = null;
  private parsed: JsonObject | null = null;

  constructor(
    private readonly row: PageRow,
    private readonly reader: LogReader,
  ) {
    this.position = Number(row[0]);
    this.stream = row[1] ?? '';
    this.version = Number(row[2]);
    this.id = row[3] ?? '';
    this.type = row[4] ?? '';
    this.schema = Number(row[5]);
    this.effectiveOn = row[6] ?? '';
  }

  get data(): JsonObject {
    return (this.parsed ??= JSON.parse(this.row[7] ?? '{}') as JsonObject);
  }

  get meta(): JsonObject {
    return JSON.parse(this.row[metaColumn] ?? '{}') as JsonObject;
  }

  get recordedAt(): string {
    return instantOf(this.row[9] ?? '0');
  }

  get hash(): Buffer {
    return Buffer.from((this.row[10] ?? '').slice(2), 'hex'); // after \x
  }

  get event(): FlatEvent {
    const { type, schema } = this;
    this.known ??= this.reader.flat(type, schema, this.data, this.effectiveOn);
    return this.known ?? this.whole().event; // which says why there is none
  }

  get unreadable(): Error | undefined {
    return this.reader.isNewer(this.type, this.schema) ? this.whole().unreadable : undefined;
  }

  private whole(): StoredEvent {
    const { position, id, effectiveOn, stream, version, type, schema, data, meta, hash } = this;
    const named = { position: String(position), event_id: id, effective_on: effectiveOn };
    const row = { ...named, stream, version, type, schema, data, meta, hash, seal_leaf: hash };
    return this.reader.stored({ ...row, micros: this.row[9] ?? '0' });
  }
}
