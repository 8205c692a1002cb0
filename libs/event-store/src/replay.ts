import { type Pool, type PoolClient } from 'pg';
import { isConnectionFailure, isContention } from './connections.js';
import { type LogPage, readPage } from './log-pages.js';
import { LogDamaged, type LogReader, type Queryable } from './reading.js';
import { defaultBatch, type Subscription, wordsOf } from './subscription.js';
import { addDeadLetter } from './subscription-table.js';
import { inTransaction } from './transaction.js';
import { wantedEvents } from './wanted-events.js';

/** An event that cannot be processed, and that nobody has allowed to be left out: the rebuild ends, the old stays. */
export class RebuildFailed extends Error {
  override readonly name = 'RebuildFailed';

  constructor(
    readonly subscription: string,
    readonly position: number,
    override readonly cause: unknown,
  ) {
    super(`${subscription} cannot be rebuilt at ${position}: ${wordsOf(cause).reason}`);
  }
}

const sqlStretch = 50_000;
const mostContentions = 10;

/** Replays the log into the tables that `settings` lead to: in short transactions, or inside another one. */
export class Replay {
  private readonly batch: number;

  constructor(
    private readonly subscription: Subscription,
    private readonly reader: LogReader,
    private readonly pool: Pool,
    private readonly settings: string,
  ) {
    const { batch = defaultBatch, tables } = subscription;
    this.batch = tables?.sql ? sqlStretch : batch;
  }

  /** From after one position up to and with another, page by page; `onPage` hears of each. */
  async run(after: number, to: number, onPage: (at: number) => void): Promise<void> {
    const { sql } = this.subscription.tables ?? {};
    let ahead = sql || after >= to ? null : this.read(after, to);
    for (let at = after; at < to;) {
      const end = Math.min(at + this.batch, to);
      const page = ahead ? await ahead : null;
      ahead = ahead && end < to ? this.read(end, to) : null;
      ahead?.catch(() => undefined); // told when it is asked for
      await this.take(at, end, page);
      onPage(end);
      at = end;
    }
  }

  /** The same inside a transaction under way; the caller has set it up. */
  async within(tx: PoolClient, after: number, to: number): Promise<void> {
    for (let at = after; at < to; at = Math.min(at + this.batch, to)) {
      const end = Math.min(at + this.batch, to);
      const page = this.subscription.tables?.sql ? null : await this.read(at, end, tx);
      await this.fold(tx, at, end, page);
    }
  }

  private async read(after: number, to: number, from: Queryable = this.pool): Promise<LogPage> {
    const { types } = this.subscription;
    const limit = Math.min(this.batch, to - after);
    const page = await readPage(this.reader, from, { after, limit, ...(types ? { types } : {}) });
    if (page.to < after + limit) throw new LogDamaged(`event ${page.to + 1} is missing`, page.to + 1);
    return page;
  }

  private async take(after: number, to: number, page: LogPage | null): Promise<void> {
    for (let contentions = 0; ; contentions++) {
      try {
        await this.commit(tx => this.fold(tx, after, to, page));
        return;
      } catch (error) {
        if (isContention(error) && contentions < mostContentions) continue;
        if (error instanceof LogDamaged || isConnectionFailure(error) || !page) throw error;
        if (to > after + 1) return this.takeSingly(page);
        return this.leaveOut(to, error);
      }
    }
  }

  private async takeSingly({ events }: LogPage): Promise<void> {
    for (const event of events) {
      const { position } = event;
      await this.take(position - 1, position, { after: position - 1, to: position, events: [event] });
    }
  }

  private async fold(tx: PoolClient, after: number, to: number, page: LogPage | null): Promise<void> {
    const { tables, handle } = this.subscription;
    if (tables?.sql)
      await tx.query({ name: `fold-${this.subscription.name}`, text: tables.sql, values: [after, to] });
    const wanted = page ? wantedEvents(this.subscription, page.events) : [];
    if (wanted.length > 0) await handle.call(this.subscription, wanted, tx, { replaying: true });
  }

  /** What was left out before, by its policy or by an operator, may be left out again. */
  private async leaveOut(position: number, error: unknown): Promise<void> {
    const { name, version = 1, onPoison } = this.subscription;
    const { rowCount } = await this.pool.query(
      'SELECT 1 FROM public.dead_letters WHERE name = $1 AND position = $2',
      [name, position],
    );
    if (onPoison !== 'skip' && rowCount === 0) throw new RebuildFailed(name, position, error);
    await this.commit(tx => addDeadLetter(tx, { name, version }, { position, ...wordsOf(error) }, 1));
  }

  private commit(work: (tx: PoolClient) => Promise<void>): Promise<boolean> {
    return inTransaction(this.pool, async tx => (await work(tx), true), this.settings);
  }
}
