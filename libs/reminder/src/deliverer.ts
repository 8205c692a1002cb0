import { isOfDay } from '@duban/ledger';
import { type Pool } from 'pg';
import { type Channel, type DigestBody, type Item } from './channels.js';
import { mayBeReminded } from './ladder.js';
import { type LiveObligations } from './live-obligations.js';
import { type ReminderParts } from './parts.js';
import { type Ordered, record, recordsOf } from './record.js';
import { type Addressed, type Digest, type Fate, type Subject, type TextCode } from './reminder-model.js';
import { sentenceOf } from './texts.js';

/** What became of a digest; `none` when it was settled before. */
export type DeliveryResult = Exclude<Fate, 'issued'> | 'none';

type Claimed = { recipient: string; day: string; ordinal: number; attempts: number; body: DigestBody | null };
type Message = Subject & Addressed & { id: string; dueOn: string; overdueWorkdays: number; text: TextCode };
type Sending = Claimed & {
  id: string;
  now: string;
  standing: readonly Message[];
  settled: readonly Message[];
};

type Lines = { error(line: string): void };

/** How often a digest is tried before it is given up. */
export type DelivererOptions = { channels: readonly Channel[]; mostAttempts: number; lines: Lines };

/**
 * Sends digests. What was sent is recorded after it was sent, so a process that dies in between sends again: under the
 * same id, with the same words. What is recorded is never sent again. Each digest under way holds one connection and
 * needs a second one: so many at a time that the pool has room for both.
 */
export class Deliverer {
  constructor(
    private readonly parts: ReminderParts,
    private readonly live: LiveObligations,
    private readonly options: DelivererOptions,
  ) {}

  /** @throws whatever a channel throws, as long as it is to be tried again; Error when it is being sent right now */
  async deliver(id: string): Promise<DeliveryResult> {
    const done = await withLock(this.parts.pool, `deliver ${id}`, () => this.deliverAlone(id));
    if (done === null) throw new Error(`Digest ${id} is being sent by somebody else`);
    return done;
  }

  private async deliverAlone(id: string): Promise<DeliveryResult> {
    const claimed = await this.claim(id);
    if (!claimed) return 'none';
    const now = await this.parts.clock.now();
    const sending = { ...claimed, id, now, ...(await this.lookAgain(id, now)) };
    const { standing, settled } = sending;
    if (standing.length + settled.length === 0) return this.close(id, 'superseded');
    if (standing.length === 0) return this.finish(sending, 'superseded');
    return this.send(sending);
  }

  /** From here on nothing more is put into the digest. */
  private async claim(id: string): Promise<Claimed | null> {
    const { rows } = await this.parts.pool.query<Claimed>({
      name: 'delivery_claim',
      text: `UPDATE delivery SET state = 'sending', attempts = attempts + 1
             WHERE id = $1 AND state IN ('pending', 'sending')
             RETURNING recipient, day::text AS day, ordinal, attempts, body`,
      values: [id],
    });
    return rows[0] ?? null;
  }

  /** What was done, extended, suspended or exempted since it was issued is not sent. */
  private async lookAgain(id: string, now: string): Promise<{ standing: Message[]; settled: Message[] }> {
    const messages = await this.messagesOf(id);
    const records = await recordsOf(this.parts.pool, [
      ...new Set(messages.map(({ obligation }) => obligation)),
    ]);
    const open = messages.filter(message =>
      records.get(message.obligation)?.messages.some(each => isSame(each, message) && each.fate === 'issued'),
    );
    const standing: Message[] = [];
    const settled: Message[] = [];
    for (const message of open) {
      const duties = await this.live.of(message.plan, now);
      const obligation = duties?.byId.get(message.obligation);
      const stands =
        duties &&
        obligation &&
        isOfDay(obligation.due, message.dueVersion) &&
        mayBeReminded(obligation, duties.today);
      (stands ? standing : settled).push(message);
    }
    return { standing, settled };
  }

  private async messagesOf(id: string): Promise<Message[]> {
    const { rows } = await this.parts.pool.query<Message>({
      name: 'delivery_messages',
      text: `SELECT id, obligation, plan, kind, subject, title, period, holders, stage, due_version AS "dueVersion",
               recipient, due_on::text AS "dueOn", overdue_workdays AS "overdueWorkdays", text
             FROM reminder WHERE delivery = $1 AND fate = 'issued' ORDER BY overdue_workdays DESC, due_on, id`,
      values: [id],
    });
    return rows;
  }

  private async send(sending: Sending): Promise<DeliveryResult> {
    const body = sending.body ?? (await this.keepBody(sending));
    try {
      for (const channel of this.options.channels) await channel.send(body);
    } catch (error) {
      return this.failed(sending, error instanceof Error ? error : new Error(String(error)));
    }
    return this.finish(sending, 'delivered');
  }

  private async keepBody({ id, recipient, day, ordinal, now, standing }: Sending): Promise<DigestBody> {
    const data = { delivery: id, recipient, day, ordinal, reminders: standing.map(itemOf) };
    const body: DigestBody = { type: 'reminder.digest', timestamp: now, data };
    await this.parts.pool.query('UPDATE delivery SET body = $2 WHERE id = $1', [id, JSON.stringify(body)]);
    return body;
  }

  private async failed(sending: Sending, error: Error): Promise<DeliveryResult> {
    const { id, attempts, recipient } = sending;
    await this.parts.pool.query('UPDATE delivery SET last_error = $2 WHERE id = $1', [
      id,
      error.message.replaceAll('\0', ''),
    ]);
    if (attempts < this.options.mostAttempts) throw error;
    this.options.lines.error(
      `Digest ${id} to ${recipient} given up after ${attempts} attempts: ${error.message}`,
    );
    return this.finish(sending, 'failed');
  }

  private async finish(sending: Sending, fate: Exclude<Fate, 'issued'>): Promise<DeliveryResult> {
    const { id, day, ordinal, attempts, now, standing, settled } = sending;
    const digest = { delivery: id, day, ordinal };
    const channels = this.options.channels.map(({ name }) => name);
    await record(
      this.parts,
      [
        ...standing.map(message => outcome(message, digest, fate === 'failed' ? { attempts } : { channels })),
        ...settled.map(message => superseded(message, digest)),
      ],
      now,
    );
    return this.close(id, fate);
  }

  /** The subscription says the same from the events; saying it here spares others the wait. */
  private async close(id: string, fate: Exclude<Fate, 'issued'>): Promise<DeliveryResult> {
    await this.parts.pool.query(
      `UPDATE delivery SET state = $2 WHERE id = $1 AND state IN ('pending', 'sending')`,
      [id, fate],
    );
    return fate;
  }
}

function outcome(
  message: Message,
  digest: Digest,
  how: { attempts: number } | { channels: string[] },
): Ordered {
  const about = { ...addressOf(message), ...digest };
  return {
    obligation: message.obligation,
    command:
      'attempts' in how
        ? { type: 'RecordFailure', ...about, attempts: how.attempts }
        : { type: 'RecordDelivery', ...about, channels: how.channels },
  };
}

function superseded(message: Message, digest: Digest): Ordered {
  const command = { type: 'SupersedeReminder' as const, ...addressOf(message), ...digest, reason: 'settled' };
  return { obligation: message.obligation, command };
}

function addressOf({ stage, dueVersion, recipient }: Addressed): Addressed {
  return { stage, dueVersion, recipient };
}

function itemOf(message: Message): Item {
  return { ...message, sentences: { zh: sentenceOf(message, 'zh'), en: sentenceOf(message, 'en') } };
}

function isSame(a: Addressed, b: Addressed): boolean {
  return a.stage === b.stage && a.dueVersion === b.dueVersion && a.recipient === b.recipient;
}

/** Runs the work unless somebody else holds the key (then null). Postgres frees the key when its holder dies. */
async function withLock<T>(pool: Pool, key: string, work: () => Promise<T>): Promise<T | null> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const { rows } = await client.query<{ held: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held',
      [key],
    );
    if (!rows[0]?.held) return null;
    try {
      return await work();
    } finally {
      await client
        .query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [key])
        .catch((error: Error) => (broken = error));
    }
  } finally {
    client.release(broken);
  }
}
