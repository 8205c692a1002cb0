import { type Calendar, type Day, endOfDay } from '@duban/calendar';
import { type Verification } from '@duban/event-store';
import { type Obligation, obligationsOf, type ObligationKind, type PlanLedger } from '@duban/ledger';
import { type Core } from '@duban/supervision';
import { type Acknowledged, type ApiClient } from '../api-client.js';
import { patiently } from '../patience.js';
import { type Race } from '../run-year.js';
import { type WebhookSink } from '../webhook-sink.js';

/** What the checks look at. */
export type Evidence = {
  core: Core;
  client: ApiClient;
  sink: WebhookSink;
  races: readonly Race[];
  acknowledged: readonly Acknowledged[];
  verification: Verification;
  databaseUrl: string;
};

/** Something the demo promises, by name. It is looked for in the record and at the sink, not in what was sent. */
export type Check = {
  name: string;
  /** The plan that it is about; null: any. */
  plan: string | null;
  /** Only a demo that comes to this day shows it. */
  from: Day;
  /** What is not as promised; none when all is well. */
  faults: (record: Record) => Promise<string[]>;
};

/** The record with the questions that checks ask of it. */
export class Record {
  private readonly ledgers = new Map<string, Promise<PlanLedger>>();

  constructor(readonly evidence: Evidence) {}

  get calendar(): Calendar {
    return this.evidence.core.calendar;
  }

  /** The ledger of a plan as it stands now. */
  ledger(plan: string): Promise<PlanLedger> {
    return this.kept(plan, () => this.evidence.core.reader.planLedger(plan));
  }

  /** The ledger as it was known when the day was over. */
  ledgerOn(plan: string, day: Day): Promise<PlanLedger> {
    const { events, reader } = this.evidence.core;
    return this.kept(`${plan} ${day}`, async () => {
      const position = await events.positionAt(endOfDay(day, this.calendar.zone));
      return (await reader.ledgersAt(position, plan)).ledger(plan);
    });
  }

  /** The one obligation of that kind, as the ledger of the day tells it. */
  async obligation(
    ledger: PlanLedger,
    day: Day,
    kind: ObligationKind,
    subject: string,
    holder?: string,
  ): Promise<Obligation> {
    const found = obligationsOf(ledger, day, this.calendar).find(
      each =>
        each.kind === kind &&
        each.subject === subject &&
        (holder === undefined || each.named.includes(holder)),
    );
    if (!found) throw new Error(`There is no obligation ${kind} of ${subject} on ${day}`);
    return Promise.resolve(found);
  }

  private kept(key: string, load: () => Promise<PlanLedger | null>): Promise<PlanLedger> {
    const known = this.ledgers.get(key);
    if (known) return known;
    const loading = patiently(load).then(ledger => {
      if (!ledger) throw new Error(`There is no plan ${key}`);
      return ledger;
    });
    this.ledgers.set(key, loading);
    return loading;
  }
}

/** A fault when what was found is not what was promised, compared as JSON. */
export function expecting(what: string, found: unknown, promised: unknown): string[] {
  const [one, other] = [JSON.stringify(found), JSON.stringify(promised)];
  return one === other ? [] : [`${what}: ${one ?? 'nothing'}, not ${other ?? 'nothing'}`];
}
