import { type PoolClient } from 'pg';
import { copyRows } from './copy-rows.js';
import { type Json, type JsonObject } from './json.js';
import { type LogReader } from './reading.js';
import { chainColumns, chainHash, type ChainRow, dayOf, placeLeaf, rowOf } from './row-hashes.js';
import { SeenPositions } from './seen-positions.js';
import { mostFaults } from './verify-faults.js';
import {
  checkHead,
  checkState,
  checkStreams,
  type EventsTail,
  type Folding,
  headColumns,
  headOf,
  noteOrphan,
  refoldOne,
  type StreamFindings,
} from './verify-streams.js';

/** A part of a verification: the streams whose name falls into it, along some positions. Plain data: it crosses threads. */
export interface Share {
  /** Which of how many shares; streams are dealt out by a hash of their names. */
  readonly nth: number;
  readonly of: number;
  readonly from: number;
  readonly to: number;
  /** The only stream to look at. */
  readonly stream?: string;
  /** Are the streams' rows to be compared? Only where all their events are looked at. */
  readonly withHeads: boolean;
}

/** What a share has found, before it is named. Plain data, too. */
export interface ShareFindings {
  readonly events: number;
  readonly seen: Uint8Array;
  /** Positions that more than one row has. */
  readonly twice: readonly number[];
  /** The streams whose chain does not hold. */
  readonly suspects: readonly string[];
  /** The positions of rows whose seal does not fit. */
  readonly misplaced: readonly number[];
  readonly heads: StreamFindings;
}

/** What a share is checked with. */
export interface ShareTools {
  readonly client: PoolClient;
  readonly reader: LogReader;
  readonly refold: Readonly<Record<string, Folding>>;
  onEvents(events: number): void;
}

const positionsAtOnce = 20_000;

/** Walks the chains of the share's streams, looks whether each seal fits, and compares the streams' rows with their events. */
export async function verifyShare(share: Share, tools: ShareTools): Promise<ShareFindings> {
  const walk = new ShareWalk(share, tools);
  const step = share.stream === undefined ? positionsAtOnce : share.to; // an index leads to the events of one stream
  for (let after = share.from - 1; after < share.to; after += step) {
    const to = Math.min(after + step, share.to);
    if (share.from > 1) await walk.recall(after, to);
    await walk.read(after, to);
  }
  return walk.findings(share.withHeads ? await walk.compareHeads() : noHeads);
}

const noHeads: StreamFindings = { streams: 0, faults: [], missing: [] };

// Hashes as strings of one byte per character: a third of what a million Buffers would take.
type Tail = { -readonly [Key in keyof EventsTail]: EventsTail[Key] } & { state: unknown };

const genesis = '\0'.repeat(32);

class ShareWalk {
  private readonly tails = new Map<string, Tail>();
  private readonly suspects = new Set<string>();
  private readonly misplaced: number[] = [];
  private readonly seen: SeenPositions;
  private events = 0;

  constructor(
    private readonly share: Share,
    private readonly tools: ShareTools,
  ) {
    this.seen = new SeenPositions(share.from, share.to);
  }

  async read(after: number, to: number): Promise<void> {
    const select = `SELECT ${chainColumns} FROM public.events
      WHERE position > ${after} AND position <= ${to} AND ${this.mine('stream')} ORDER BY position`;
    const rows = await copyRows(this.tools.client, select, fields => this.check(rowOf(fields)));
    this.events += rows;
    this.tools.onEvents(rows);
  }

  /** The events before the range are taken as they are. */
  async recall(after: number, to: number): Promise<void> {
    const select = `SELECT DISTINCT ON (stream) stream, version, hash FROM public.events
      WHERE position < ${this.share.from} AND stream IN (SELECT stream FROM public.events
        WHERE position > ${after} AND position <= ${to} AND ${this.mine('stream')})
      ORDER BY stream, version DESC`;
    await copyRows(this.tools.client, select, fields => {
      const [stream, version, hash] = [fields.text(), fields.int4(), fields.bytes()];
      if (!this.tails.has(stream)) this.tails.set(stream, { version, hash, first: 0, last: 0, state: null });
    });
  }

  private check(row: ChainRow): void {
    this.seen.add(row.position);
    if (placeLeaf(row) !== row.leaf && this.misplaced.length < mostFaults) this.misplaced.push(row.position);
    const tail = this.tails.get(row.stream);
    const data = JSON.parse(row.data) as JsonObject;
    if (!this.suspects.has(row.stream)) {
      const follows =
        row.version === (tail?.version ?? 0) + 1 && chainHash(tail?.hash ?? genesis, row, data) === row.hash;
      if (!follows) this.suspects.add(row.stream);
    }
    const folding = this.folding(row.stream);
    const state = folding ? this.evolve(folding, tail ? tail.state : folding.initial, row, data) : null;
    if (!tail) {
      const { position, version, hash } = row;
      this.tails.set(row.stream, { version, hash, first: position, last: position, state });
      return;
    }
    tail.last = row.position;
    tail.state = state;
    if (row.version <= tail.version) return;
    tail.version = row.version;
    tail.hash = row.hash;
  }

  private folding(stream: string): Folding | undefined {
    if (!this.share.withHeads) return undefined;
    return this.tools.refold[stream.slice(0, stream.indexOf('-'))];
  }

  private evolve(folding: Folding, before: unknown, row: ChainRow, data: JsonObject): unknown {
    const { type, schema } = row;
    return refoldOne(folding, before, () => this.tools.reader.flat(type, schema, data, dayOf(row.day)));
  }

  /** The rows of streams that moved on since the walk began are compared afterwards, with all their events. */
  async compareHeads(): Promise<StreamFindings> {
    const { client, reader, refold } = this.tools;
    const found: StreamFindings = { streams: 0, faults: [], missing: [] };
    const moved: string[] = [];
    const known = new Set<string>();
    const select = `SELECT ${headColumns}, state FROM public.streams WHERE ${this.mine('id')}`;
    found.streams = await copyRows(client, select, fields => {
      const head = headOf(fields);
      known.add(head.id);
      if (head.last > this.share.to) return void moved.push(head.id);
      const tail = this.tails.get(head.id);
      checkHead(head, tail, found);
      if (refold[head.category]) checkState(head, stateOf(fields.json()), tail?.state, found);
    });
    this.tails.forEach((tail, stream) => known.has(stream) || noteOrphan(stream, tail, found));
    await checkStreams(client, reader, refold, moved, found);
    return found;
  }

  findings(heads: StreamFindings): ShareFindings {
    return {
      events: this.events,
      seen: this.seen.bits,
      twice: this.seen.twice,
      suspects: [...this.suspects].slice(0, mostFaults),
      misplaced: this.misplaced,
      heads,
    };
  }

  // hashtext may be negative; two's complement without its sign is dealt out as evenly.
  private mine(column: string): string {
    const { nth, of, stream } = this.share;
    if (stream !== undefined) return `${column} = ${this.tools.client.escapeLiteral(stream)}`;
    return of === 1 ? 'true' : `(hashtext(${column}) & 2147483647) % ${of} = ${nth}`;
  }
}

const stateOf = (text: string | undefined): Json => (text === undefined ? null : (JSON.parse(text) as Json));
