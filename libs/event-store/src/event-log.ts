import { type AppendConnection } from './append-connection.js';
import { type AppendItem, fitting, type Group, groupOf } from './append-group.js';
import { appendStatement, lostStatement } from './append-statement.js';
import { codeOf } from './connections.js';
import { instantOf } from './instants.js';
import { type StreamCache } from './stream-cache.js';

export interface Appended {
  readonly position: number;
  readonly recordedAt: string;
}

/** Where the head stood before a group was appended, and when that was. */
type Written = { position: string; micros: string };

/** The one statement that writes. It is never part of a caller's transaction, for it locks out all other writers. */
export class EventLog {
  constructor(
    private readonly connection: Pick<AppendConnection, 'query'>,
    private readonly cache: StreamCache,
  ) {}

  /**
   * Appends every item whose streams still stand where they were read and whose key is new; the others are null, and so
   * are those that build upon them or contradict an earlier one. What is appended is appended by one statement and one commit.
   * @param folds how often states had been folded anew when those were read that the items lead on from
   */
  async append(items: readonly AppendItem[], folds: number): Promise<readonly (Appended | null)[]> {
    const answers = new Map<AppendItem, Appended>();
    let stale = 0;
    for (let rest = fitting(items); rest.length > 0;) {
      const group = groupOf(rest);
      const tried = await this.write(group, folds);
      if ('written' in tried) {
        const { position, micros } = tried.written;
        const recordedAt = instantOf(micros);
        rest.forEach((item, nth) =>
          answers.set(item, { position: Number(position) + group.offsets[nth]!, recordedAt }),
        );
        break;
      }
      const lost = await this.lostOf(group, folds);
      if (!lost) break;
      // Nobody was first: what it leads on from was committed while it waited for the head, after its snapshot.
      if (lost.size === 0 && (stale += 1) > mostStale) throw tried.failed;
      rest = rest.filter((_, nth) => !lost.has(group.bundles[nth]!));
    }
    return items.map(item => answers.get(item) ?? null);
  }

  private async write(group: Group, folds: number): Promise<{ written: Written } | { failed: unknown }> {
    try {
      const { rows } = await this.connection.query<Written>(appendStatement(group, folds));
      return rows[0] ? { written: rows[0] } : { failed: new Error('the states were folded anew meanwhile') };
    } catch (error) {
      if (!isConflict.has(codeOf(error))) throw error;
      return { failed: error };
    }
  }

  /** The bundles that somebody else was before; null when states have been folded anew, which loses all of them. */
  private async lostOf(group: Group, folds: number): Promise<Set<number> | null> {
    const { rows } = await this.connection.query<{ folds: number; lost: number[] }>(lostStatement(group));
    const { folds: found, lost } = rows[0]!;
    // Compared with what was sent: the cache may have been told meanwhile of a fold that came after this append.
    if (found === folds) return new Set(lost);
    this.cache.isOutdated(found);
    return null;
  }
}

/** So often an append is sent again whose snapshot was older than what it leads on from. */
const mostStale = 5;

/** A unique key that exists already; an update that missed a stream, told by a division by zero. */
const isConflict: ReadonlySet<string> = new Set(['23505', '22012']);
