import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** One reminder as it arrived. */
export type ReceivedReminder = {
  id: string;
  obligation: string;
  kind: string;
  subject: string;
  period: string | null;
  stage: string;
  recipient: string;
  day: string;
};

/** The receiver of the reminders: checks each signature, and takes a digest that comes again for what it is, a repeat. */
export class WebhookSink {
  readonly received = new Map<string, readonly ReceivedReminder[]>();
  /** Digests that came more than once, with how often more. */
  readonly repeated = new Map<string, number>();
  badSignatures = 0;
  readonly secret: string;
  private readonly webhook: Webhook;
  private readonly server: Server;

  private constructor(seed: number) {
    this.secret = `whsec_${createHash('sha256').update(`duban demo ${seed} webhook`).digest('base64')}`;
    this.webhook = new Webhook(this.secret);
    this.server = createServer((request, response) => {
      this.take(request).then(
        status => response.writeHead(status).end(),
        () => response.destroy(),
      );
    });
  }

  static async open(seed: number): Promise<WebhookSink> {
    const sink = new WebhookSink(seed);
    await new Promise<void>((resolve, reject) => {
      sink.server.once('error', reject);
      sink.server.listen(0, '127.0.0.1', resolve);
    });
    return sink;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/reminders`;
  }

  /** Every reminder once, whatever was repeated. */
  get reminders(): ReceivedReminder[] {
    return [...this.received.values()].flat();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>(resolve => this.server.close(() => resolve()));
  }

  private async take(request: IncomingMessage): Promise<number> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    try {
      this.webhook.verify(text, headers);
    } catch {
      this.badSignatures += 1; // asserted to be none at the end of the year
      return 401;
    }
    this.keep(headers['webhook-id'] ?? '', text);
    return 204;
  }

  private keep(id: string, text: string): void {
    if (this.received.has(id)) {
      this.repeated.set(id, (this.repeated.get(id) ?? 0) + 1);
      return;
    }
    const { data } = JSON.parse(text) as {
      data: { day: string; recipient: string; reminders: Omit<ReceivedReminder, 'day' | 'recipient'>[] };
    };
    const { day, recipient, reminders } = data;
    this.received.set(
      id,
      reminders.map(({ id, obligation, kind, subject, period, stage }) => ({
        ...{ id, obligation, kind, subject, period, stage, recipient, day },
      })),
    );
  }
}
