import { type Day, dayOf, previousPeriod } from '@duban/calendar';
import { Rejection } from '@duban/event-store';
import { obligationsOf, type PlanLedger } from '@duban/ledger';
import { closedAt, logDigest, warningsOn } from './edition-record.js';
import { contentDigest } from './digests.js';
import { editionOf } from './edition.js';
import { type Edition } from './edition-model.js';
import { foldedFrom, ledgerAt } from './ledger-at.js';
import { type RollupParts } from './parts.js';

/** Which quarter of which plan, and up to where the log counts. */
export type Cut = { round: string; cutoff: number };

export type Computed = {
  edition: Edition;
  cutoffOn: Day;
  contentDigest: string;
  inputDigest: string;
};

type How = { fromEvents?: boolean; earlier?: (round: string) => Promise<Edition | null> };

/** `004:2023Q2` → plan `004`, period `2023Q2`. */
export function partsOf(round: string): { plan: string; period: string } {
  const colon = round.lastIndexOf(':');
  return { plan: round.slice(0, colon), period: round.slice(colon + 1) };
}

/** Computes editions from the record; the same cut always gives the same edition. */
export class EditionComputer {
  constructor(private readonly parts: RollupParts) {}

  /**
   * @param how `fromEvents`: trust no stored fold. `earlier`: where the edition of the quarter before may stand already.
   * @throws Rejection `not_found` when the plan or its round was not known at the cut
   */
  async compute({ round, cutoff }: Cut, { fromEvents = false, earlier }: How = {}): Promise<Computed> {
    const { plan, period } = partsOf(round);
    const before = await this.cutBefore({ round, cutoff });
    const known =
      before && ((await earlier?.(before.round)) ?? (await this.alone(before, fromEvents)).edition);
    const { edition, cutoffOn } = await this.alone({ round, cutoff }, fromEvents, known);
    if (edition.plan !== plan || edition.period !== period) throw new Rejection('not_found', { what: round });
    return {
      edition,
      cutoffOn,
      contentDigest: contentDigest(edition),
      inputDigest: await logDigest(this.parts.pool, cutoff),
    };
  }

  /** Only what was closed before this cut is the quarter before: what is published when makes no difference. */
  private async cutBefore({ round, cutoff }: Cut): Promise<Cut | null> {
    const { plan, period } = partsOf(round);
    const before = `${plan}:${previousPeriod(period)}`;
    const closed = await closedAt(this.parts.pool, before);
    return closed !== null && closed < cutoff ? { round: before, cutoff: closed } : null;
  }

  private async alone(
    { round, cutoff }: Cut,
    fromEvents: boolean,
    earlier: Edition | null = null,
  ): Promise<{ edition: Edition; cutoffOn: Day }> {
    const { pool, calendar } = this.parts;
    const { plan, period } = partsOf(round);
    const ledger = await (fromEvents ? foldedFrom : ledgerAt)(this.parts, plan, cutoff);
    if (!ledger?.rounds.has(round)) throw new Rejection('not_found', { what: round });
    const cutoffOn = await this.cutoffDay(ledger, round, cutoff);
    const obligations = obligationsOf(ledger, cutoffOn, calendar).map(({ id }) => id);
    const warnings = await warningsOn(pool, obligations, cutoff);
    return { cutoffOn, edition: editionOf(ledger, { period, cutoffOn, warnings, earlier }, calendar) };
  }

  /** The day the round was closed; of an open one the day on which the last event of the cut was recorded. */
  private async cutoffDay({ rounds }: PlanLedger, round: string, cutoff: number): Promise<Day> {
    const closedOn = rounds.get(round)?.closedOn;
    if (closedOn) return closedOn;
    const [last] = await this.parts.events.readLog(cutoff - 1, 1);
    return dayOf(last?.recordedAt ?? (await this.parts.clock.now()), this.parts.calendar.zone);
  }
}
