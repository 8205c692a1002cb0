import pg, { type Pool, type PoolClient } from 'pg';
import { setTimeout as delay } from 'node:timers/promises';
import { isConnectionFailure, isContention } from './connections.js';
import { type Operator, recordAction } from './operating.js';
import { LogDamaged, type LogReader, type Queryable } from './reading.js';
import { Replay } from './replay.js';
import {
  createStaging,
  digestOf,
  dropStaging,
  endLeftovers,
  exchangeTables,
  liveTable,
  stagedTable,
  type Staging,
  stagingOf,
} from './staging.js';
import { type Subscription } from './subscription.js';
import { inTransaction } from './transaction.js';

export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly eventsPerSecond: number;
}

export interface RebuildOptions {
  onProgress?(progress: Progress): void;
  /** Compares all rows, old and new, under a lock that keeps writers out for so long. Default: no. */
  readonly compare?: boolean;
  /** Who does it; kept on record. */
  readonly operator?: Operator;
}

export interface Rebuilt {
  readonly name: string;
  readonly events: number;
  /** Up to here the new tables say what the events say: as far as the old ones did. */
  readonly position: number;
  readonly seconds: number;
  readonly eventsPerSecond: number;
  /** How long nobody could look, in milliseconds. */
  readonly blockedMillis: number;
  /** What the tables held before and after, without the columns set aside; null when that was not compared. */
  readonly digests: { readonly before: string; readonly after: string } | null;
}

/** Somebody else is rebuilding it right now. */
export class RebuildUnderWay extends Error {
  override readonly name = 'RebuildUnderWay';

  constructor(readonly subscription: string) {
    super(`${subscription} is being rebuilt by somebody else`);
  }
}

/** What a rebuild works with: connections of the owner of the tables, and the role that projections work as. */
export interface RebuildParts {
  readonly owner: Pool;
  readonly reader: LogReader;
  readonly role: string | undefined;
}

// Readers queue behind whoever waits to exchange the tables: so it does not wait long, but tries again.
const exchangeWait = '50ms';
const swapPatienceMillis = 60_000;
const retryMillis = 100;
/** How many events may be replayed while the running subscription waits. */
const mostAtSwap = 5000;
const mostTriesToCompare = 50;

type Swapped = Pick<Rebuilt, 'position' | 'blockedMillis' | 'digests'>;

/**
 * Builds the tables of a subscription anew beside the live ones, which serve on; then, in one transaction, brings them
 * to the position of the live ones and exchanges the names. What ends in the middle leaves the live ones as they are.
 */
export async function rebuild(
  parts: RebuildParts,
  subscription: Subscription,
  options: RebuildOptions = {},
): Promise<Rebuilt> {
  const { name, tables } = subscription;
  if (!tables) throw new TypeError(`${name} names no tables to rebuild`);
  const staging = stagingOf(name, tables.tables);
  const started = performance.now();
  const lock = await parts.owner.connect();
  try {
    const { rows } = await lock.query<{ free: boolean }>(
      `SELECT pg_try_advisory_lock(hashtext('rebuild'), hashtext($1)) AS free`,
      [name],
    );
    if (!rows[0]?.free) throw new RebuildUnderWay(name);
    await endLeftovers(parts.owner, staging);
    await dropStaging(parts.owner, staging);
    await createStaging(parts.owner, staging, parts.role);
    const swapped = await new Rebuild(parts, subscription, staging, options).run();
    await dropStaging(parts.owner, staging).catch((error: unknown) => {
      if (!isContention(error)) throw error; // whoever still reads the old is left in peace: the next rebuild drops it
    });
    const seconds = (performance.now() - started) / 1000;
    const eventsPerSecond = Math.round(swapped.position / Math.max(seconds, 0.001));
    return { name, events: swapped.position, seconds, eventsPerSecond, ...swapped };
  } finally {
    // The server may see only later that the connection is gone, and who comes next must not meet the lock.
    await lock.query('SELECT pg_advisory_unlock_all()').catch(() => undefined);
    lock.release(true);
  }
}

/** One rebuild, from the empty tables to the exchange. */
class Rebuild {
  private readonly replay: Replay;
  private readonly working: string;
  private readonly started = performance.now();
  private built = 0;
  private derivedAt: number | null = null;
  private mayCompare: boolean;
  private tries = 0;

  constructor(
    private readonly parts: RebuildParts,
    private readonly subscription: Subscription,
    private readonly staging: Staging,
    private readonly options: RebuildOptions,
  ) {
    const role = parts.role ? `SET LOCAL ROLE ${pg.escapeIdentifier(parts.role)};` : '';
    // Statements name no schema: so they find the new tables first, and everything else where it is.
    const path = `SET LOCAL search_path = ${pg.escapeIdentifier(staging.schema)}, public`;
    this.working = `${role} ${path}; SET LOCAL statement_timeout = 0`;
    const settings = `${this.working}; SET LOCAL synchronous_commit = off`;
    this.replay = new Replay(subscription, parts.reader, parts.owner, settings);
    this.mayCompare = options.compare ?? false;
  }

  async run(): Promise<Swapped> {
    await this.derive();
    await this.catchUp();
    for (const table of this.staging.tables)
      await this.parts.owner.query(`ANALYZE ${stagedTable(this.staging, table)}`);
    for (const deadline = performance.now() + swapPatienceMillis; ;) {
      await this.catchUp();
      try {
        const swapped = await this.swap();
        if (swapped) return swapped;
      } catch (error) {
        // Somebody reads for long, a backup say; or something is under way in the other order.
        if (!isContention(error) || performance.now() > deadline) throw error;
      }
      await delay(retryMillis);
    }
  }

  private async derive(): Promise<void> {
    const { derive } = this.subscription.tables ?? {};
    if (!derive) return;
    const mark = await this.mark();
    await inTransaction(this.parts.owner, async tx => (await derive(tx), true), this.working);
    this.built = mark; // what came meanwhile is derived again
    this.derivedAt = mark;
    this.tell(mark, mark);
  }

  /** Up to where the live one has come, and never beyond: what it has not done yet is news, and not for a rebuild. */
  private async catchUp(): Promise<void> {
    for (let mark = await this.mark(); this.built < mark; mark = await this.mark()) {
      await this.replay.run(this.built, mark, at => this.tell(at, mark));
      this.built = mark;
    }
  }

  private async mark(): Promise<number> {
    return (await this.live(this.parts.owner, '')).position;
  }

  private async live(db: Queryable, lock: string): Promise<{ position: number }> {
    const { name, version = 1 } = this.subscription;
    const { rows } = await db.query<{ version: number; position: string }>(
      `SELECT version, position FROM public.subscriptions WHERE name = $1 ORDER BY version DESC ${lock}`,
      [name],
    );
    const [newest] = rows;
    if (newest && newest.version > version)
      throw new Error(`${name} is at version ${newest.version} already, this is ${version}`);
    return { position: Number(newest?.position ?? 0) };
  }

  private async swap(): Promise<Swapped | null> {
    let swapped: Swapped | null = null;
    let askedAt = 0;
    await inTransaction(this.parts.owner, async tx => {
      const { position } = await this.live(tx, 'FOR UPDATE'); // a page under way ends first, the next one waits
      if (position - this.built > mostAtSwap) return false;
      await tx.query(this.working);
      if (!(await this.keepUp(tx, position))) return false;
      if (!(await this.canCompare(tx, position))) return false;
      await tx.query(`LOCK TABLE ${this.staging.tables.map(liveTable).join(', ')} IN EXCLUSIVE MODE`);
      await this.subscription.tables?.carry?.(tx);
      await tx.query(`SET LOCAL ROLE NONE; SET LOCAL search_path = pg_catalog, public`);
      const digests = this.mayCompare ? await this.digests(tx) : null;
      await this.finish(tx, position);
      // Lost in a crash, the exchange and all that followed are lost together: readers need not wait for the disk.
      await tx.query(`SET LOCAL synchronous_commit = off; SET LOCAL lock_timeout = '${exchangeWait}'`);
      askedAt = performance.now();
      await exchangeTables(tx, this.staging);
      swapped = { position, blockedMillis: 0, digests };
      return true;
    });
    return swapped && { ...(swapped as Swapped), blockedMillis: performance.now() - askedAt };
  }

  /** An event that fails here is met again outside, where it is taken alone. */
  private async keepUp(tx: PoolClient, position: number): Promise<boolean> {
    try {
      await this.replay.within(tx, this.built, position);
      return true;
    } catch (error) {
      if (isConnectionFailure(error) || isContention(error) || error instanceof LogDamaged) throw error;
      return false;
    }
  }

  /** What was derived from states may be ahead of the live tables: they are compared when both are at the end. */
  private async canCompare(tx: PoolClient, position: number): Promise<boolean> {
    if (!this.mayCompare || this.derivedAt === null) return true;
    if ((await this.parts.reader.head(tx)).position === position) return true;
    this.tries += 1;
    if (this.tries < mostTriesToCompare) return false;
    this.mayCompare = false; // the log does not stand still
    return true;
  }

  private async digests(tx: PoolClient): Promise<{ before: string; after: string }> {
    const { tables } = this.staging;
    return {
      before: await digestOf(tx, tables, liveTable),
      after: await digestOf(tx, tables, table => stagedTable(this.staging, table)),
    };
  }

  /** The new term sends the running subscription back to read its position; a version before this one ends here. */
  private async finish(tx: PoolClient, position: number): Promise<void> {
    const { name, version = 1 } = this.subscription;
    await tx.query('DELETE FROM public.subscriptions WHERE name = $1 AND version < $2', [name, version]);
    await tx.query(
      `INSERT INTO public.subscriptions AS s (name, version, position, term) VALUES ($1, $2, $3, 1)
       ON CONFLICT (name, version) DO UPDATE SET position = excluded.position, term = s.term + 1, runner = NULL,
         session = NULL, lease_until = NULL, failed_position = NULL, failure = NULL`,
      [name, version, position],
    );
    const { operator } = this.options;
    if (operator) await recordAction(tx, { name, version }, 'rebuild', position, operator);
  }

  private tell(done: number, total: number): void {
    const seconds = Math.max((performance.now() - this.started) / 1000, 0.001);
    this.options.onProgress?.({ done, total, eventsPerSecond: Math.round(done / seconds) });
  }
}
