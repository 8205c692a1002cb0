import { type Bulletin, type PublishedEdition, streamOf } from '@duban/bulletin';
import { type Day, dayOf, previousPeriod } from '@duban/calendar';
import { Rejection } from '@duban/event-store';
import { obligationsOf, type PlanLedger } from '@duban/ledger';
import { type Paper } from '@duban/platform';
import { roundDecider } from '@duban/round';
import { closedAt, logDigest, restatedBefore, warningsOn } from './edition-record.js';
import { contentDigest } from './digests.js';
import { editionOf } from './edition.js';
import { type Edition, type Restated } from './edition-model.js';
import { countLaterFacts } from './later-facts.js';
import { foldedFrom, ledgerAt } from './ledger-at.js';
import { type RollupParts } from './parts.js';

/** The edition that takes the place of edition `of`, on which day and why. */
export type Restating = { of: number; reason: string; paper: Paper | null; on: Day };

/**
 * Which quarter of which plan, and up to where the log counts; `restating` from the second edition on: it judges the quarter
 * as its round was closed, and takes from what came after only what tells of the quarter (`told-later.ts`).
 */
export type Cut = { round: string; cutoff: number; restating?: Restating };

export type Computed = {
  edition: Edition;
  cutoffOn: Day;
  contentDigest: string;
  inputDigest: string;
};

type How = { fromEvents?: boolean; earlier?: (id: string) => Promise<Edition | null> };

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
  async compute(cut: Cut, how: How = {}): Promise<Computed> {
    const { edition, cutoffOn } = await this.editionAt(cut, how);
    const { plan, period } = partsOf(cut.round);
    if (edition.plan !== plan || edition.period !== period)
      throw new Rejection('not_found', { what: cut.round });
    return {
      edition,
      cutoffOn,
      contentDigest: contentDigest(edition),
      inputDigest: await logDigest(this.parts.pool, cut.cutoff),
    };
  }

  /** What the cut says, without its digests. `closing`: as if the round were closed so. */
  async editionAt(
    cut: Cut,
    { fromEvents = false, earlier }: How = {},
    closing?: Closing,
  ): Promise<{ edition: Edition; cutoffOn: Day }> {
    const before = await this.cutBefore(cut);
    const known = before && ((await earlier?.(before.id)) ?? (await this.alone(before, fromEvents)).edition);
    return this.alone(cut, fromEvents, known, closing);
  }

  /**
   * Only what was closed or restated before this cut is the quarter before: what is published when makes no difference.
   */
  private async cutBefore(cut: Cut): Promise<(Cut & { id: string }) | null> {
    const { plan, period } = partsOf(cut.round);
    const cutoff = await this.closingPosition(cut);
    const before = `${plan}:${previousPeriod(period)}`;
    const restated = await restatedBefore(this.parts.pool, before, cutoff);
    if (restated) return { id: `${before}/${restated.n}`, round: before, ...cutOf(restated) };
    const closed = await closedAt(this.parts.pool, before);
    return closed !== null && closed < cutoff ? { id: `${before}/1`, round: before, cutoff: closed } : null;
  }

  private async alone(
    cut: Cut,
    fromEvents: boolean,
    earlier: Edition | null = null,
    closing?: Closing,
  ): Promise<{ edition: Edition; cutoffOn: Day }> {
    const { round, cutoff } = cut;
    const { pool, calendar } = this.parts;
    const { plan, period } = partsOf(round);
    const closed = cut.restating && { at: await this.closingPosition(cut), period };
    const known = await (fromEvents ? foldedFrom : ledgerAt)(this.parts, plan, { position: cutoff, closed });
    if (!known?.rounds.has(round)) throw new Rejection('not_found', { what: round });
    const ledger = closing ? closedOver(known, round, closing) : known;
    const judgedOn = await this.closingDay(ledger, round, cutoff);
    const cutoffOn = cut.restating?.on ?? judgedOn;
    const obligations = obligationsOf(ledger, judgedOn, calendar).map(({ id }) => id);
    const warnings = await warningsOn(pool, obligations, closed?.at ?? cutoff);
    const restated = await this.restated(cut);
    const input = { period, cutoffOn, judgedOn, warnings, earlier, ...(restated && { restated }) };
    return { cutoffOn, edition: editionOf(ledger, input, calendar) };
  }

  /** Where the round was closed, for an edition that restates another; else the cutoff. */
  private async closingPosition({ round, cutoff, restating }: Cut): Promise<number> {
    return (restating && (await closedAt(this.parts.pool, round))) ?? cutoff;
  }

  private async restated({ round, cutoff, restating }: Cut): Promise<Restated | null> {
    if (!restating) return null;
    const { of, reason, paper } = restating;
    const editions = (await this.parts.events.load<Bulletin>(streamOf(round)))?.state.editions ?? [];
    const after = editions.find(({ n }) => n === of)?.cutoffPosition ?? cutoff;
    const { late, corrected, revised } = await countLaterFacts(this.parts.pool, round, {
      after,
      upTo: cutoff,
    });
    return { of, reason, paper, late, corrected, revised };
  }

  /** The day the round was closed; of an open one the day on which the last event of the cut was recorded. */
  private async closingDay({ rounds }: PlanLedger, round: string, cutoff: number): Promise<Day> {
    const closedOn = rounds.get(round)?.closedOn;
    if (closedOn) return closedOn;
    const [last] = await this.parts.events.readLog(cutoff - 1, 1);
    return dayOf(last?.recordedAt ?? (await this.parts.clock.now()), this.parts.calendar.zone);
  }
}

/** A round closed over classes of blockers, on a day. */
export type Closing = { accepted: readonly string[]; reason: string | null; on: Day };

function closedOver(ledger: PlanLedger, id: string, { accepted, reason, on }: Closing): PlanLedger {
  const round = ledger.rounds.get(id);
  if (!round) return ledger;
  const event = { type: 'RoundClosed' as const, accepted, reason, by: '', on };
  const closed = roundDecider.evolve(round, event) ?? round;
  return { ...ledger, rounds: new Map([...ledger.rounds, [id, closed]]) };
}

/** The cut of an edition that restates another, as the record has it. */
export function cutOf({
  cutoffPosition,
  cutoffOn,
  restates,
}: Pick<PublishedEdition, 'cutoffPosition' | 'cutoffOn' | 'restates'>): Omit<Cut, 'round'> {
  if (!restates) return { cutoff: cutoffPosition };
  const { of, reason, paper } = restates;
  return { cutoff: cutoffPosition, restating: { of, reason, paper, on: cutoffOn } };
}
