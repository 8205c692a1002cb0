import { type Language } from '@duban/platform';
import { Webhook } from 'standardwebhooks';
import { type Addressed, type Subject, type TextCode } from './reminder-model.js';

/** One message inside a digest, as receivers see it. */
export type Item = Omit<Subject, 'holders'> &
  Addressed & {
    id: string;
    holders: readonly string[];
    dueOn: string;
    overdueWorkdays: number;
    text: TextCode;
    sentences: Record<Language, string>;
  };

/** What one recipient is told at once. Kept as it was first tried, so that a repeat says the same. */
export type DigestBody = {
  type: 'reminder.digest';
  timestamp: string;
  data: { delivery: string; recipient: string; day: string; ordinal: number; reminders: readonly Item[] };
};

/** A way to reach recipients. Rejects when the message may not have arrived; it is then sent again. */
export interface Channel {
  readonly name: string;
  send(body: DigestBody): Promise<void>;
}

type Lines = { log(line: string): void };

/** One line per digest in the log: who is told of how many things, and the gravest of them. */
export function logChannel(lines: Lines): Channel {
  return {
    name: 'log',
    send({ data: { recipient, day, reminders, delivery } }) {
      const [first] = reminders;
      const more = reminders.length > 1 ? ` (+${reminders.length - 1})` : '';
      lines.log(`${day} → ${recipient}: ${first?.sentences.zh ?? ''}${more} [${delivery}]`);
      return Promise.resolve();
    },
  };
}

const webhookTimeoutMs = 10_000;

/**
 * Posts each digest, signed as Standard Webhooks asks for. `webhook-id` is the digest's own: a receiver that has seen
 * it before has been sent a repeat and answers 2xx.
 */
export function webhookChannel({ url, secret }: { url: string; secret: string }): Channel {
  const webhook = new Webhook(secret);
  return {
    name: 'webhook',
    async send(body) {
      const id = body.data.delivery;
      const text = JSON.stringify(body);
      const sentAt = new Date(); // the receiver compares it with its own wall clock, whatever the ledger's time is
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(webhookTimeoutMs),
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
          'webhook-signature': webhook.sign(id, sentAt, text),
        },
        body: text,
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`The webhook answered ${response.status}`);
    },
  };
}
