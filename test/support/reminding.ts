import {
  type Channel,
  Deliverer,
  type DeliveryResult,
  deliveriesSubscription,
  ObligationTable,
  obligationsSubscription,
  Sweeper,
  type SweepResult,
  webhookChannel,
} from '@duban/reminder';
import { type Subscription, type SubscriptionRunner } from '@duban/event-store';
import { type Core } from '@duban/supervision';
import { type SupervisedLedger, supervisedLedger } from './supervised-ledger.js';
import { type WebhookSink, webhookSink } from './webhook-sink.js';

export const subscriptionsOf = (core: Core): [Subscription, Subscription] => [
  obligationsSubscription(core, new ObligationTable(core)),
  deliveriesSubscription(() => undefined),
];

/** What a worker does, step by step and without a queue: so that a spec says when. */
export class Reminding {
  readonly errors: string[] = [];
  private runners: SubscriptionRunner[] = [];

  private constructor(
    readonly ledger: SupervisedLedger,
    readonly sink: WebhookSink,
  ) {}

  /** On a ledger of its own, or on one that is there already. */
  static async begin(ledger?: SupervisedLedger): Promise<Reminding> {
    const reminding = new Reminding(ledger ?? (await supervisedLedger()), await webhookSink());
    reminding.runners = subscriptionsOf(reminding.core).map(each =>
      reminding.core.events.subscribe(each).start(),
    );
    return reminding;
  }

  get core(): Core {
    return this.ledger.core;
  }

  /** Follows the log for the rows of obligations. */
  get obligations(): SubscriptionRunner {
    return this.runners[0]!;
  }

  async caughtUp(): Promise<void> {
    const { events } = this.core;
    const { position } = await events.head();
    for (const name of ['obligations', 'deliveries']) await events.waitFor(name, position, 20_000);
  }

  async sweep(): Promise<SweepResult> {
    await this.caughtUp();
    const result = await this.sweepAs(this.core);
    await this.caughtUp();
    return result;
  }

  sweepAs(core: Core): Promise<SweepResult> {
    return new Sweeper(core, new ObligationTable(core)).sweep();
  }

  /** Gives up after three attempts. */
  delivererOf(core: Core = this.core, channels: readonly Channel[] = [webhookChannel(this.sink)]): Deliverer {
    const lines = { error: (line: string) => void this.errors.push(line) };
    return new Deliverer(core, new ObligationTable(core).live, { channels, mostAttempts: 3, lines });
  }

  async deliverAll(): Promise<DeliveryResult[]> {
    const open = await this.rows<{ id: string }>(
      `SELECT id FROM delivery WHERE state IN ('pending', 'sending') ORDER BY id`,
    );
    const deliverer = this.delivererOf();
    const results = await Promise.all(open.map(({ id }) => deliverer.deliver(id)));
    await this.caughtUp();
    return results;
  }

  async rows<Row extends object>(text: string): Promise<Row[]> {
    return (await this.ledger.owner.query<Row>(text)).rows;
  }

  /** Messages about due tasks, by day, subject and recipient. */
  reminders(): Promise<{ subject: string; stage: string; recipient: string; fate: string }[]> {
    return this.rows(
      `SELECT subject, stage, recipient, fate FROM reminder WHERE kind = 'task_due'
       ORDER BY issued_on, subject, recipient`,
    );
  }

  async told(): Promise<string[]> {
    return (await this.reminders()).map(
      ({ subject, stage, recipient }) => `${subject} ${stage} ${recipient}`,
    );
  }

  async end(): Promise<void> {
    await this.ledger.close();
    await this.sink.close();
  }
}
