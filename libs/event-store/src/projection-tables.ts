import { type PoolClient } from 'pg';

/** One table that holds nothing but what a projection writes. */
export interface ProjectionTable {
  readonly name: string;
  /** Columns that the events do not decide, such as when to look next: left aside when old and new are compared. */
  readonly aside?: readonly string[];
}

/** What a projection is rebuilt into, and how. */
export interface ProjectionTables {
  /** In the schema `public`, without foreign keys, triggers or views on them. */
  readonly tables: readonly ProjectionTable[];
  /**
   * A statement that folds the events from after position $1 up to and with $2 into the tables, instead of `handle`:
   * where SQL can say it, several times as fast.
   */
  readonly sql?: string;
  /** Fills the empty tables from the states beside the events, instead of replaying: for what is derived, not folded. */
  derive?(tx: PoolClient): Promise<void>;
  /** Takes over what no event says, such as how often was tried: from `public.<table>` into `<table>`. */
  carry?(tx: PoolClient): Promise<void>;
}
