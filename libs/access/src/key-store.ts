import { addDays, type Calendar, type Day, dayOf } from '@duban/calendar';
import { type EventStore } from '@duban/event-store';
import { type Actor, type Clock, metaOf, Problem } from '@duban/platform';
import { type Pool } from 'pg';
import { isOpen } from './grants.js';
import { holderStream } from './holder-access.js';
import { type GrantedRole, type HolderAccess } from './holder-model.js';
import { type KeyAttributes, type KeyCommand, keyDecider } from './key.js';
import { isSameHash, makeToken, readToken } from './key-token.js';
import { Remembered } from './remembered.js';
import { actorOf, delegateOf, delegationOn, grantsOn } from './rights.js';
import { assertMay } from './scope.js';

/**
 * What a key is issued with. A unit's key names its unit, an office's and a leader's their plans, unless the holder is
 * granted them.
 */
export type NewKey = Pick<KeyAttributes, 'holder' | 'kind' | 'role'> & Partial<KeyAttributes>;

/** `token` is shown this once and kept nowhere. */
export type IssuedKey = { id: string; token: string };

export type ListedKey = KeyAttributes & {
  id: string;
  createdAt: string;
  revokedAt: string | null;
  lastUsedOn: string | null;
};

type Moment = { now: string; today: Day };

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

/** The key of a unit that has become another reads so long (duties §8); that it no longer writes is for the services. */
export const daysToRead = 30;

const columns = `id, hash, holder, kind, role, unit, units, plans, created_at AS "createdAt", expires_at AS "expiresAt",
  revoked_at AS "revokedAt", last_used_on AS "lastUsedOn"`;

/** Issues, recognises and revokes API keys, and knows in whose name somebody may act. */
export class KeyStore {
  private readonly keys = new Remembered(id => this.keyBy('id', id));
  private readonly keysOf = new Remembered(holder => this.keyBy('holder', holder));
  private readonly holders = new Remembered(holder => this.accessOf(holder));
  private readonly passedOn: Remembered<Day | null>;

  constructor(private readonly parts: Parts) {
    this.passedOn = new Remembered(parts.passedOn);
  }

  /**
   * Issues a key and records it. The same `secret` (a demonstration's own) gives the same key again.
   * @throws Rejection `forbidden_role`, `validation_failed`
   */
  async issue(asking: Asking, key: NewKey, secret?: string): Promise<IssuedKey> {
    assertMay(asking.actor, 'key.manage');
    const { id, token, hash } = makeToken(secret);
    const { holder, kind, role, unit = null, units = null, plans = null, expiresAt = null } = key;
    const attributes = { holder, kind, role, unit, units, plans, expiresAt };
    const granted = await this.isGranted(holder, role);
    // Recorded first: a key that works was never given away unseen.
    const now = await this.record(asking, id, { type: 'IssueKey', granted, ...attributes });
    await this.parts.pool.query(
      `INSERT INTO api_key (id, hash, holder, kind, role, unit, units, plans, expires_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`,
      [id, hash, holder, kind, role, unit, units, plans, expiresAt, now],
    );
    this.keys.forget(id);
    this.keysOf.forget(holder);
    return { id, token };
  }

  /** Ends a key at once in this process, within five seconds in others. @throws Rejection `not_found` */
  async revoke(asking: Asking, id: string): Promise<void> {
    assertMay(asking.actor, 'key.manage');
    const now = await this.parts.clock.now();
    // Revoked first: should recording fail, the key is dead and the call can be repeated.
    const { rows } = await this.parts.pool.query<Pick<KeyRow, 'holder'>>(
      'UPDATE api_key SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1 RETURNING holder',
      [id, now],
    );
    this.keys.forget(id);
    for (const { holder } of rows) this.keysOf.forget(holder);
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

  /**
   * The same with the key's id. `inNameOf` says in whose name the holder wants to act: a machine's word counts, a person
   * needs a delegation.
   * @throws Problem `unauthenticated`, `key_expired`, `key_revoked`, `not_delegated`
   */
  async identify(token: string, inNameOf: () => string | undefined = () => undefined): Promise<Identity> {
    const sent = readToken(token);
    const [row] = sent ? await this.keys.of(sent.id) : [];
    if (!sent || !row || !isSameHash(row.hash, sent.hash)) throw new Problem('unauthenticated');
    if (row.revokedAt) throw new Problem('key_revoked');
    const now = await this.parts.clock.now();
    const today = dayOf(now, this.parts.calendar.zone);
    if (isExpired(row, now)) throw new Problem('key_expired');
    const access = await this.holders.of(row.holder);
    const own = actorOf(row, grantsOn(access, row.role, today));
    if (await this.hasPassedOn(own, today)) throw new Problem('key_expired');
    await this.noteUse(row, today);
    const name = inNameOf();
    return { key: row.id, actor: name === undefined ? own : await this.actingFor(name, own, { now, today }) };
  }

  /** What is known of a holder's grants and delegations has changed: at once in this process, within five seconds in others. */
  forgetHolder(holder: string): void {
    this.holders.forget(holder);
  }

  /** Whether somebody has a role as a person today, by a key or by a grant. */
  async holds(holder: string, role: GrantedRole, unit: string | null): Promise<boolean> {
    const now = await this.parts.clock.now();
    const today = dayOf(now, this.parts.calendar.zone);
    return (
      delegateOf({ delegate: '', role, unit }, holder, await this.holdings(holder, { now, today }, role)) !==
      null
    );
  }

  private async actingFor(giver: string, own: Actor, at: Moment): Promise<Actor> {
    if (own.kind === 'machine') return { ...own, actingFor: giver };
    const delegation = delegationOn(await this.holders.of(giver), own.id, at.today);
    const actor =
      delegation && delegateOf(delegation, giver, await this.holdings(giver, at, delegation.role));
    if (!actor || (await this.hasPassedOn(actor, at.today))) throw new Problem('not_delegated', { giver });
    return actor;
  }

  private async holdings(holder: string, { now, today }: Moment, role: Actor['role']) {
    const [keys, access] = await Promise.all([this.keysOf.of(holder), this.holders.of(holder)]);
    return {
      keys: keys.filter(row => !row.revokedAt && !isExpired(row, now)),
      grants: grantsOn(access, role, today),
    };
  }

  private async isGranted(holder: string, role: Actor['role']): Promise<boolean> {
    const today = dayOf(await this.parts.clock.now(), this.parts.calendar.zone);
    const access = await this.accessOf(holder);
    return (access?.grants ?? []).some(each => each.role === role && isOpen(each, each.revokedOn, today));
  }

  private async hasPassedOn({ role, unit }: Actor, today: Day): Promise<boolean> {
    const on = role === 'unit' && unit ? await this.passedOn.of(unit) : null;
    return on !== null && today >= addDays(on, daysToRead);
  }

  private async keyBy(column: 'id' | 'holder', value: string): Promise<KeyRow[]> {
    const { rows } = await this.parts.pool.query<KeyRow>({
      name: `api_key_by_${column}`,
      text: `SELECT ${columns} FROM api_key WHERE ${column} = $1`,
      values: [value],
    });
    return rows;
  }

  private async accessOf(holder: string): Promise<HolderAccess | null> {
    return (await this.parts.events.load<HolderAccess>(holderStream(holder)))?.state ?? null;
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

const isExpired = ({ expiresAt }: KeyRow, now: string) =>
  expiresAt !== null && expiresAt.toISOString() <= now;
