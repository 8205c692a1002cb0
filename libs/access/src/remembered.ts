// What was revoked dies within this time in every process.
const keptMillis = 5000;
const mostKept = 10_000;

type Kept<T> = { value: T; until: number };

/** What was read of the database lately, by key: a request that comes again costs no query. */
export class Remembered<T> {
  private readonly kept = new Map<string, Kept<T>>();
  private changes = 0;

  constructor(private readonly read: (key: string) => Promise<T>) {}

  /** What is known by this key, at most five seconds old. */
  async of(key: string): Promise<T> {
    const known = this.kept.get(key);
    const now = performance.now();
    if (known && known.until > now) return known.value;
    const { changes } = this;
    const value = await this.read(key);
    if (this.kept.size >= mostKept) this.kept.clear(); // keys that somebody makes up must not fill the memory
    // What was read before something was revoked must not be remembered after.
    if (this.changes === changes) this.kept.set(key, { value, until: now + keptMillis });
    return value;
  }

  /** In this process at once: what is asked next is read anew. */
  forget(key: string): void {
    this.changes += 1;
    this.kept.delete(key);
  }
}
