import { type StoredEvent, type Subscription } from '@duban/event-store';
import { type PoolClient } from 'pg';
import { deliveryId, type Fate, reminderId, type ReminderEvent } from './reminder-model.js';

type Of<Type extends ReminderEvent['type']> = Extract<ReminderEvent, { type: Type }>;
type Settled = Of<'ReminderDelivered'> | Of<'ReminderFailed'> | Of<'ReminderSuperseded'>;
type Recorded<E> = { event: E; obligation: string; position: number; at: string };
type Told = { id: string; recipient: string; day: string };

const fates: Readonly<Record<Settled['type'], Fate>> = {
  ReminderDelivered: 'delivered',
  ReminderFailed: 'failed',
  ReminderSuperseded: 'superseded',
};
const types = ['ReminderIssued', 'ReminderAcknowledged', ...Object.keys(fates)];

/**
 * Keeps `reminder` and `delivery`: what was issued is put into the digest of its recipient and day, and how a digest
 * fared is read from its events. `onPending` is told when there may be something to send, after the commit.
 */
export function deliveriesSubscription(onPending: () => void): Subscription {
  return {
    name: 'deliveries',
    batch: 2000,
    types,
    tables: { tables: [{ name: 'reminder' }, { name: 'delivery' }], carry: carrySending },
    onCaughtUp: () => onPending(),
    handle: async (events, tx) => {
      await addReminders(ofType<Of<'ReminderIssued'>>(events, ['ReminderIssued']), tx);
      await settle(ofType<Settled>(events, Object.keys(fates)), tx);
      await acknowledge(ofType<Of<'ReminderAcknowledged'>>(events, ['ReminderAcknowledged']), tx);
    },
  };
}

/**
 * How far the sending has come is in no event: which digest a message waits in, whether somebody has begun to send it, how
 * often that was tried, and with which words. A digest that began anew would say other words under the same id.
 */
async function carrySending(tx: PoolClient): Promise<void> {
  await tx.query(`
    INSERT INTO delivery SELECT * FROM public.delivery WHERE state IN ('pending', 'sending')
    ON CONFLICT (id) DO UPDATE SET state = excluded.state`);
  await tx.query(`
    UPDATE delivery d SET attempts = o.attempts, last_error = o.last_error, body = o.body
    FROM public.delivery o WHERE o.id = d.id`);
  await tx.query(`
    UPDATE reminder r SET delivery = o.delivery
    FROM public.reminder o WHERE o.id = r.id AND r.fate = 'issued' AND o.fate = 'issued'`);
  await tx.query(`
    DELETE FROM delivery d WHERE d.state = 'pending' AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.delivery = d.id)
      AND NOT EXISTS (SELECT 1 FROM public.delivery o WHERE o.id = d.id)`);
}

function ofType<E extends ReminderEvent>(
  events: readonly StoredEvent[],
  wanted: readonly string[],
): Recorded<E>[] {
  return events
    .filter(({ type }) => wanted.includes(type))
    .map(({ event, stream, position, recordedAt }) => ({
      event: event as unknown as E,
      obligation: stream.slice(stream.indexOf('-') + 1),
      position,
      at: recordedAt,
    }));
}

async function addReminders(
  issued: readonly Recorded<Of<'ReminderIssued'>>[],
  tx: PoolClient,
): Promise<void> {
  const rows = issued.flatMap(({ event, obligation, position, at }) =>
    event.recipients.map(recipient => ({
      ...event,
      ...{ recipient, obligation, position, at },
      id: reminderId(obligation, { ...event, recipient }),
    })),
  );
  if (rows.length === 0) return;
  const { rows: added } = await tx.query<Told>(insertText, [JSON.stringify(rows)]);
  if (added.length > 0) await addToDigests(added, tx);
}

const insertText = `
  INSERT INTO reminder (id, obligation, plan, kind, subject, title, period, holders, stage, stage_kind, due_on, due_version,
    recipient, overdue_workdays, policy, skipped, text, issued_on, issued_at, position, fate)
  SELECT r.id, r.obligation, r.plan, r.kind, r.subject, r.title, r.period, r.holders, r.stage, r."stageKind", r."dueOn",
    r."dueVersion", r.recipient, r."overdueWorkdays", r.policy, r.skipped, r.text, r."on", r.at, r.position, 'issued'
  FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, obligation uuid, plan text, kind text, subject text, title text,
    period text, holders text[], stage text, "stageKind" text, "dueOn" date, "dueVersion" integer, recipient text,
    "overdueWorkdays" integer, policy text, skipped text[], text text, "on" date, at timestamptz, position bigint)
  ON CONFLICT DO NOTHING
  RETURNING id, recipient, issued_on::text AS day`;

/**
 * A digest takes more as long as nobody has begun to send it; after that the next one begins. The rows are locked, so
 * that who begins to send sees all that was put into it.
 */
async function addToDigests(added: readonly Told[], tx: PoolClient): Promise<void> {
  const keys = [...new Map(added.map(each => [keyOf(each), each])).values()];
  const { rows } = await tx.query<Told & { ordinal: number; state: string }>(
    `SELECT d.id, d.recipient, d.day::text AS day, d.ordinal, d.state
     FROM delivery d JOIN unnest($1::text[], $2::date[]) AS k (recipient, day) USING (recipient, day)
     ORDER BY d.recipient, d.day, d.ordinal FOR UPDATE OF d`,
    [keys.map(({ recipient }) => recipient), keys.map(({ day }) => day)],
  );
  const last = new Map(rows.map(row => [keyOf(row), row]));
  const begun: { id: string; recipient: string; day: string; ordinal: number }[] = [];
  const digestOf = new Map<string, string>();
  for (const { recipient, day } of keys) {
    const open = last.get(keyOf({ recipient, day }));
    const ordinal = (open?.ordinal ?? 0) + (open?.state === 'pending' ? 0 : 1);
    const id = deliveryId(recipient, day, ordinal);
    digestOf.set(keyOf({ recipient, day }), id);
    if (open?.state !== 'pending') begun.push({ id, recipient, day, ordinal });
  }
  await addDeliveries(begun, tx);
  await tx.query(
    `UPDATE reminder r SET delivery = d.delivery
     FROM unnest($1::uuid[], $2::uuid[]) AS d (id, delivery) WHERE r.id = d.id`,
    [added.map(({ id }) => id), added.map(each => digestOf.get(keyOf(each)))],
  );
}

async function addDeliveries(
  rows: readonly { id: string; recipient: string; day: string; ordinal: number }[],
  tx: PoolClient,
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO delivery (id, recipient, day, ordinal, state)
     SELECT r.id, r.recipient, r.day, r.ordinal, 'pending'
     FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, recipient text, day date, ordinal integer)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  );
}

/** The event names its digest: replayed, a message is found in the digest in which it went out. */
async function settle(settled: readonly Recorded<Settled>[], tx: PoolClient): Promise<void> {
  if (settled.length === 0) return;
  const digests = new Map(
    settled.map(({ event: { delivery, recipient, day, ordinal } }) => [
      delivery,
      { id: delivery, recipient, day, ordinal },
    ]),
  );
  await addDeliveries([...digests.values()], tx);
  const rows = settled.map(({ event, obligation, at }) => ({
    id: reminderId(obligation, event),
    fate: fates[event.type],
    delivery: event.delivery,
    at,
  }));
  await tx.query(
    `UPDATE reminder r SET fate = s.fate, delivery = s.delivery, settled_at = s.at
     FROM jsonb_to_recordset($1::jsonb) AS s (id uuid, fate text, delivery uuid, at timestamptz) WHERE r.id = s.id`,
    [JSON.stringify(rows)],
  );
  await tx.query(closeText, [[...digests.keys()], channelsIn(settled)]);
}

// A digest is done when each of its messages is: delivered if any was, else failed if any was.
const closeText = `
  UPDATE delivery d SET state = s.state, delivered_at = s.delivered_at,
    channels = CASE WHEN s.state = 'delivered' THEN $2::text[] ELSE d.channels END
  FROM (
    SELECT delivery, max(settled_at) FILTER (WHERE fate = 'delivered') AS delivered_at,
      CASE WHEN bool_or(fate = 'delivered') THEN 'delivered' WHEN bool_or(fate = 'failed') THEN 'failed'
        ELSE 'superseded' END AS state
    FROM reminder WHERE delivery = ANY ($1::uuid[]) GROUP BY delivery HAVING bool_and(fate <> 'issued')
  ) s WHERE d.id = s.delivery`;

function channelsIn(settled: readonly Recorded<Settled>[]): string[] {
  const last = settled.findLast(({ event }) => event.type === 'ReminderDelivered')?.event;
  return last?.type === 'ReminderDelivered' ? [...last.channels] : [];
}

async function acknowledge(
  acknowledged: readonly Recorded<Of<'ReminderAcknowledged'>>[],
  tx: PoolClient,
): Promise<void> {
  if (acknowledged.length === 0) return;
  const rows = acknowledged.map(({ event, obligation, at }) => ({
    id: reminderId(obligation, event),
    by: event.by,
    at,
  }));
  await tx.query(
    `UPDATE reminder r SET acknowledged_at = a.at, acknowledged_by = a.by
     FROM jsonb_to_recordset($1::jsonb) AS a (id uuid, by text, at timestamptz) WHERE r.id = a.id`,
    [JSON.stringify(rows)],
  );
}

function keyOf({ recipient, day }: { recipient: string; day: string }): string {
  return `${day} ${recipient}`;
}
