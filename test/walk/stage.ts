import { type Day } from '@duban/calendar';
import { SimulatedClock } from '@duban/platform';
import { createQueues, type Queues } from '@duban/queue';
import { type Core } from '@duban/supervision';
import { type Api, createApi } from '../../apps/api/src/app.js';
import { LockStep } from '../../apps/cli/src/demo/lock-step.js';
import { DutyWorker } from '../../apps/worker/src/worker.js';
import { type SupervisedLedger, supervisedLedger } from '../support/supervised-ledger.js';
import { type WebhookSink, webhookSink } from '../support/webhook-sink.js';
import { type KeyOrder } from './people.js';

// What comes back is looked into field by field: what is not there fails the spec.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Body = any;
export type Answer = { status: number; body: Body };

/** One digest as the receiver got it. */
export type Digest = {
  recipient: string;
  day: Day;
  reminders: readonly {
    stage: string;
    kind: string;
    subject: string;
    period: string | null;
    holders: string[];
  }[];
};

const mostRows = 200;

/** The product as it runs, in one process: the API over HTTP, the worker on its queues, a receiver of its messages. */
export class Stage {
  private readonly tokens = new Map<string, string>();
  private heard = 0;

  private constructor(
    readonly ledger: SupervisedLedger,
    readonly core: Core,
    private readonly api: Api,
    private readonly base: string,
    private readonly worker: DutyWorker,
    private readonly queues: Queues,
    private readonly sink: WebhookSink,
    private readonly step: LockStep,
  ) {}

  static async open(): Promise<Stage> {
    const [ledger, sink] = [await supervisedLedger(), await webhookSink()];
    const environment = { LOG_LEVEL: 'error', RATE_LIMIT_PER_MINUTE: '1000000' };
    const core = await ledger.open(environment);
    const api = await createApi(core);
    await api.app.listen(0, '127.0.0.1');
    const worker = await DutyWorker.start(
      await ledger.open({ ...environment, WEBHOOK_URL: sink.url, WEBHOOK_SECRET: sink.secret }),
    );
    const queues = await createQueues({
      databaseUrl: ledger.url,
      prefix: 'duban-demo', // that of a simulated ledger, as the worker has it
      onFault: () => undefined,
    });
    const step = new LockStep(ledger.core, new SimulatedClock(ledger.owner), queues, 'walk');
    return new Stage(ledger, core, api, await api.app.getUrl(), worker, queues, sink, step);
  }

  /** Remembers the key of somebody who may issue keys. */
  trust(who: string, token: string): void {
    this.tokens.set(who, token);
  }

  /** The operator issues a key over HTTP; from then on `who` speaks with it. */
  async issueKey(who: string, order: KeyOrder): Promise<void> {
    const { status, body } = await this.send('admin', 'POST', '/v1/keys', order);
    if (status !== 201) throw new Error(`no key for ${who}: ${JSON.stringify(body)}`);
    this.tokens.set(who, (body as { token: string }).token);
  }

  async send(who: string, method: string, path: string, body?: unknown): Promise<Answer> {
    const token = this.tokens.get(who);
    if (!token) throw new Error(`${who} has no key`);
    const response = await fetch(`${this.base}${encodeURI(path)}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  }

  /** What is there for this reader. */
  async get(who: string, path: string): Promise<Body> {
    const { status, body } = await this.send(who, 'GET', path);
    if (status !== 200) throw new Error(`GET ${path} as ${who}: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  /** All pages of a list. */
  async list(who: string, path: string): Promise<Body[]> {
    const rows: Body[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Body = await this.get(
        who,
        `${path}${path.includes('?') ? '&' : '?'}limit=${mostRows}${cursor}`,
      );
      rows.push(...page.items);
      cursor = page.next === null ? null : `&cursor=${page.next}`;
    }
    return rows;
  }

  begin(day: Day): Promise<void> {
    return this.step.begin(day);
  }

  /** The worker does all that follows from the day; what it sent since the last time. */
  async finish(day: Day): Promise<Digest[]> {
    await this.step.finish(day);
    const sent = this.sink.received.slice(this.heard);
    this.heard = this.sink.received.length;
    return sent.map(({ signed, body }) => {
      if (!signed) throw new Error('a message came without a good signature');
      return body.data as unknown as Digest;
    });
  }

  async close(): Promise<void> {
    await this.queues.close();
    await this.worker.stop();
    await this.api.app.close();
    await this.ledger.close();
    await this.sink.close();
  }
}
