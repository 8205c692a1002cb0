import { randomBytes } from 'node:crypto';
import { type Pool } from 'pg';
import { checkText } from './json.js';
import { Rejection } from './decider.js';
import {
  keyBytes,
  MasterKeyMissing,
  MasterKeys,
  type MasterKeySource,
  unwrapKey,
  wrapKey,
} from './master-keys.js';
import { type SubjectKey } from './sealer.js';

type KeyRow = { subject: string; wrapped_key: Buffer | null; master: string | null };

/** For so long a process goes on with a key that another one may have destroyed. */
const cacheMillis = 5000;
const mostCached = 10_000;
const longestSubject = 400; // characters; the name of its stream must hold it
const mostTurns = 5;

/** The keys of the subjects: made when first needed, kept wrapped, remembered for five seconds, destroyed for good. */
export class SubjectKeys {
  private readonly cache = new Map<string, { readonly key: SubjectKey; readonly until: number }>();
  private readonly masters: MasterKeys;
  private erasures = 0;

  constructor(
    private readonly db: Pick<Pool, 'query'>,
    source: MasterKeySource,
  ) {
    this.masters = new MasterKeys(source);
  }

  /**
   * Can every key that was not destroyed be opened? To be asked at start.
   * @throws MasterKeyMissing; MasterKeyWrong
   */
  async check(): Promise<void> {
    const current = await this.current();
    await this.masters.read(current === null);
    const { rows } = await this.db.query<{ master: string }>(
      'SELECT DISTINCT master FROM public.subject_keys WHERE master IS NOT NULL',
    );
    for (const fingerprint of new Set([...(current ? [current] : []), ...rows.map(({ master }) => master)]))
      await this.masters.find(fingerprint);
  }

  /** The master key that new keys are wrapped in; null before the first. */
  private async current(): Promise<string | null> {
    const { rows } = await this.db.query<{ fingerprint: string }>(
      'SELECT fingerprint FROM public.master_key',
    );
    return rows[0]?.fingerprint ?? null;
  }

  private async first(): Promise<string> {
    const [first = ''] = (await this.masters.read(true)).keys();
    const { rows } = await this.db.query<{ kept: string }>('SELECT public.keep_master_key($1) AS kept', [
      first,
    ]);
    return rows[0]?.kept ?? first;
  }

  /** What is remembered of a subject; undefined when it must be loaded first. */
  known(subject: string): SubjectKey | undefined {
    const found = this.cache.get(subject);
    return found && found.until > performance.now() ? found.key : undefined;
  }

  /** The keys of those subjects that have or had one. */
  async load(subjects: Iterable<string>): Promise<Map<string, SubjectKey>> {
    const { erasures } = this;
    const { rows } = await this.db.query<KeyRow>({
      name: 'subject-keys',
      text: 'SELECT subject, wrapped_key, master FROM public.subject_keys WHERE subject = ANY ($1)',
      values: [[...subjects]],
    });
    const keys = new Map<string, SubjectKey>();
    for (const row of rows) keys.set(row.subject, await this.unwrap(row));
    // Read before an erasure in this process, a key must not be remembered after it.
    if (erasures === this.erasures) keys.forEach((key, subject) => this.remember(subject, key));
    return keys;
  }

  /** Makes the keys of those subjects that never had one, then loads all. */
  async make(subjects: readonly string[], now: string): Promise<Map<string, SubjectKey>> {
    for (const subject of subjects) checkSubject(subject);
    for (let turn = 0; turn < mostTurns; turn++) {
      const keys = await this.load(subjects);
      const missing = subjects.filter(subject => !keys.has(subject));
      if (missing.length === 0) return keys;
      await this.add(missing, now);
    }
    throw new Error('the master key changed again and again while keys were made');
  }

  // Of two processes that make the same key, the first one's stands; none is wrapped in a master key of yesterday.
  private async add(subjects: readonly string[], now: string): Promise<void> {
    const fingerprint = (await this.current()) ?? (await this.first());
    const master = await this.masters.find(fingerprint);
    for (const subject of subjects) {
      const wrapped = wrapKey(master, subject, randomBytes(keyBytes));
      await this.db.query('SELECT public.add_subject_key($1, $2, $3, $4)', [
        subject,
        wrapped,
        fingerprint,
        now,
      ]);
    }
  }

  /** Destroys a key, or the possibility of one; false when that was done before. */
  async destroy(subject: string, now: string): Promise<boolean> {
    checkSubject(subject);
    const { rows } = await this.db.query<{ destroyed: boolean }>(
      'SELECT public.destroy_subject_key($1, $2) AS destroyed',
      [subject, now],
    );
    this.erasures += 1;
    this.remember(subject, null);
    return rows[0]?.destroyed ?? false;
  }

  /**
   * Wraps all keys in another master key, which must be among those that the source gives; again after a crash goes on
   * where it ended. Processes that know only the old one ask the source for the new one when they meet it.
   */
  async rewrap(to: string): Promise<number> {
    const master = await this.masters.find(to);
    const from = (await this.current()) ?? (await this.first());
    await this.db.query('SELECT public.change_master_key($1, $2)', [from, to]);
    let done = 0;
    for (
      let page = await this.wrappedElsewhere(to);
      page.length > 0;
      page = await this.wrappedElsewhere(to)
    ) {
      for (const row of page) {
        const key = await this.unwrap(row);
        if (!key) continue;
        const wrapped = wrapKey(master, row.subject, key);
        const values = [row.subject, row.wrapped_key, wrapped, to];
        await this.db.query('SELECT public.rewrap_subject_key($1, $2, $3, $4)', values);
        done += 1;
      }
    }
    return done;
  }

  private async wrappedElsewhere(than: string): Promise<KeyRow[]> {
    const { rows } = await this.db.query<KeyRow>(
      'SELECT subject, wrapped_key, master FROM public.subject_keys WHERE master <> $1 ORDER BY subject LIMIT 500',
      [than],
    );
    return rows;
  }

  private async unwrap({ subject, wrapped_key: wrapped, master }: KeyRow): Promise<SubjectKey> {
    if (!wrapped || master === null) return null;
    const key = unwrapKey(await this.masters.find(master), subject, wrapped);
    if (!key)
      throw new MasterKeyMissing(`the key of ${subject} is not what was wrapped in the master key ${master}`);
    return key;
  }

  private remember(subject: string, key: SubjectKey): void {
    this.cache.delete(subject);
    this.cache.set(subject, { key, until: performance.now() + cacheMillis });
    const [oldest] = this.cache.keys();
    if (this.cache.size > mostCached && oldest !== undefined) this.cache.delete(oldest);
  }
}

/** The subject itself, if a stream can be named after it. */
export function checkSubject(subject: string): string {
  checkText(subject, '/subject');
  if (subject.length > 0 && subject.length <= longestSubject) return subject;
  throw new Rejection('subject_invalid', { longest: longestSubject });
}
