import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** A receiver of webhooks that notes each one, with whether its signature was right. */
export interface WebhookSink {
  readonly url: string;
  readonly secret: string;
  readonly received: readonly { id: string; signed: boolean; body: { data: SinkData } }[];
  /** What it answers; 204 at first. */
  status: number;
  close(): Promise<void>;
}

type SinkItem = { id: string; stage: string; obligation: string; text: string; sentences: { en: string } };
type SinkData = { recipient: string; reminders: SinkItem[] };

export async function webhookSink(): Promise<WebhookSink> {
  const secret = `whsec_${Buffer.from('a secret of the specs, 32 bytes.').toString('base64')}`;
  const webhook = new Webhook(secret);
  const received: { id: string; signed: boolean; body: { data: SinkData } }[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', chunk => (text += chunk));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      const id = headers['webhook-id'] ?? '';
      received.push({ id, signed: isSigned(webhook, text, headers), body: JSON.parse(text) });
      response.writeHead(sink.status).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sink: WebhookSink = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    secret,
    received,
    status: 204,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return sink;
}

function isSigned(webhook: Webhook, text: string, headers: Record<string, string>): boolean {
  try {
    webhook.verify(text, headers);
    return true;
  } catch {
    return false; // the spec says which it wants
  }
}
