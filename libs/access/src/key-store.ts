import { addDays, type Calendar, type Day, dayOf } from '@duban/calendar';
import { type EventStore } from '@duban/event-store';
import { type Actor, type Clock, metaOf, Problem } from '@duban/platform';
import { type Pool } from 'pg';
import { type KeyAttributes, type KeyCommand, keyDecider } from './key.js';
import { isSameHash, makeToken, readToken } from './key-token.js';
import { assertMay } from './scope.js';

/** What a key is issued with. A unit's key names its unit; an office's and a leader's the plans they are granted. */
export type NewKey = Pick<KeyAttributes, 'holder' | 'kind' | 'role'> & Partial<KeyAttributes>;

/** `token` is shown this once and kept nowhere. */
export type IssuedKey = { id: string; token: string };

export type ListedKey = KeyAttributes & {
  id: string;
  createdAt: string;
  revokedAt: string | null;
  lastUsedOn: string | null;
};

/** Who a token belongs to, and by which key. */
export type Identity = { key: string; actor: Actor };

/** Who issues or revokes a key, and by which door; a request of the application layer fits. */
type Asking = { actor: Actor; channel: string; requestId?: string };

type KeyRow = Omit<ListedKey, 'createdAt' | 'expiresAt' | 'revokedAt'> & {
  hash: Buffer;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
};

type Parts = {
  pool: Pool;
  events: EventStore;
  clock: Clock;
  calendar: Calendar;
  /** From which day another unit answers for this one; null while it answers for itself. */
  passedOn: (unit: string) => Promise<Day | null>;
};

// The key of a unit that has become another reads so long (duties §8); that it no longer writes is for the services.
const daysToRead = 30;

type Cached = { row: KeyRow | null; passedOn: Day | null; until: number };

// A revoked key dies within this time in every process.
const cachedMillis = 5000;
const mostCached = 10_000;
const nothing: Cached = { row: null, passedOn: null, until: 0 };

const columns = `id, hash, holder, kind, role, unit, units, plans, created_at AS "createdAt", expires_at AS "expiresAt",
  revoked_at AS "revokedAt", last_used_on AS "lastUsedOn"`;

/** Issues, recognises and revokes API keys. */
export class KeyStore {
  private readonly cache = new Map<string, Cached>();
  private changes = 0;

  constructor(private readonly parts: Parts) {}

  /**
   * Issues a key and records it. The same `secret` (a demonstration's own) gives the same key again.
   * @throws Rejection `forbidden_role`, `validation_failed`
   */
  async issue(asking: Asking, key: NewKey, secret?: string): Promise<IssuedKey> {
    assertMay(asking.actor, 'key.manage');
    const { id, token, hash } = makeToken(secret);
    const { holder, kind, role, unit = null, units = null, plans = null, expiresAt = null } = key;
    const attributes = { holder, kind, role, unit, units, plans, expiresAt };
    // Recorded first: a key that works was never given away unseen.
    const now = await this.record(asking, id, { type: 'IssueKey', ...attributes });
    await this.parts.pool.query(
      `INSERT INTO api_key (id, hash, holder, kind, role, unit, units, plans, expires_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`,
      [id, hash, holder, kind, role, unit, units, plans, expiresAt, now],
    );
    this.forget(id);
    return { id, token };
  }

  /** Ends a key at once in this process, within five seconds in others. @throws Rejection `not_found` */
  async revoke(asking: Asking, id: string): Promise<void> {
    assertMay(asking.actor, 'key.manage');
    const now = await this.parts.clock.now();
    // Revoked first: should recording fail, the key is dead and the call can be repeated.
    await this.parts.pool.query('UPDATE api_key SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1', [
      id,
      now,
    ]);
    this.forget(id);
    await this.record(asking, id, { type: 'RevokeKey' });
  }

  /** Keys after `after` in the order of their ids, without anything secret. @throws Rejection `forbidden_role` */
  async list(
    { actor }: Asking,
    { after = '', limit = 200 }: { after?: string; limit?: number } = {},
  ): Promise<ListedKey[]> {
    assertMay(actor, 'key.manage');
    const { rows } = await this.parts.pool.query<KeyRow>(
      `SELECT ${columns} FROM api_key WHERE id > $1 ORDER BY id LIMIT $2`,
      [after, limit],
    );
    return rows.map(({ hash: _, createdAt, expiresAt, revokedAt, ...row }) => ({
      ...row,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt?.toISOString() ?? null,
      revokedAt: revokedAt?.toISOString() ?? null,
    }));
  }

  /** Whose token this is, or null when it is none of ours, expired or revoked. */
  async authenticate(token: string): Promise<Actor | null> {
    try {
      return (await this.identify(token)).actor;
    } catch (error) {
      if (error instanceof Problem) return null;
      throw error;
    }
  }

  /** The same with the key's id. @throws Problem `unauthenticated`, `key_expired`, `key_revoked` */
  async identify(token: string): Promise<Identity> {
    const sent = readToken(token);
    const { row, passedOn } = sent ? await this.found(sent.id) : nothing;
    if (!sent || !row || !isSameHash(row.hash, sent.hash)) throw new Problem('unauthenticated');
    if (row.revokedAt) throw new Problem('key_revoked');
    const now = await this.parts.clock.now();
    const today = dayOf(now, this.parts.calendar.zone);
    if (row.expiresAt && row.expiresAt.toISOString() <= now) throw new Problem('key_expired');
    if (passedOn !== null && today >= addDays(passedOn, daysToRead)) throw new Problem('key_expired');
    await this.noteUse(row, today);
    return { key: row.id, actor: actorOf(row) };
  }

  private forget(id: string): void {
    this.changes += 1;
    this.cache.delete(id);
  }

  private async found(id: string): Promise<Cached> {
    const cached = this.cache.get(id);
    if (cached && cached.until > performance.now()) return cached;
    const { changes } = this;
    const { rows } = await this.parts.pool.query<KeyRow>({
      name: 'api_key',
      text: `SELECT ${columns} FROM api_key WHERE id = $1`,
      values: [id],
    });
    const row = rows[0] ?? null;
    if (this.cache.size >= mostCached) this.cache.clear(); // ids that somebody makes up must not fill the memory
    const passedOn = row?.role === 'unit' && row.unit ? await this.parts.passedOn(row.unit) : null;
    const found = { row, passedOn, until: performance.now() + cachedMillis };
    // What was read before a key was revoked must not be remembered after.
    if (this.changes === changes) this.cache.set(id, found);
    return found;
  }

  private async noteUse(row: KeyRow, today: string): Promise<void> {
    if (row.lastUsedOn !== null && row.lastUsedOn >= today) return;
    row.lastUsedOn = today;
    await this.parts.pool.query(
      'UPDATE api_key SET last_used_on = $2 WHERE id = $1 AND (last_used_on IS NULL OR last_used_on < $2)',
      [row.id, today],
    );
  }

  private async record(
    { actor, channel, requestId }: Asking,
    id: string,
    command: KeyCommand,
  ): Promise<string> {
    const { events, clock, calendar } = this.parts;
    const now = await clock.now();
    const today = dayOf(now, calendar.zone);
    const meta = metaOf({ actor, channel, ...(requestId && { requestId }) }, command.type);
    await events.handle(
      keyDecider,
      `access-${id}`,
      command,
      { now, today, calendar, actor },
      {
        meta,
        now,
        effectiveOn: today,
      },
    );
    return now;
  }
}

function actorOf({ holder, kind, role, unit, units, plans }: KeyRow): Actor {
  return { id: holder, kind, role, ...(unit && { unit }), ...(units && { units }), ...(plans && { plans }) };
}
