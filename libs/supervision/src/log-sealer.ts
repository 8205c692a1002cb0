import { type Calendar, dayOf, nextPeriod, periodOf, periodStart, startOfDay } from '@duban/calendar';
import { type EventStore, mostOpenPositions, type Seal, type SealKeyFile } from '@duban/event-store';
import { type Clock } from '@duban/platform';

/** Other processes may write under a clock that is behind: so long an ended quarter waits for what they still record. */
const graceMillis = 3_600_000;

type SealerParts = { events: EventStore; clock: Clock; calendar: Pick<Calendar, 'zone'> };

/**
 * Seals each quarter of the ledger's zone once it has ended, by the time at which events were recorded, and cuts the
 * table of events behind it. A quarter in which nothing was recorded gets no seal. It may be asked any number of times,
 * by any number of processes at once.
 */
export class LogSealer {
  constructor(
    private readonly parts: SealerParts,
    private readonly keyFile: SealKeyFile,
  ) {}

  /** @returns the new seals @throws SealRefused, SealKeyUnusable, or LogDamaged for a quarter that was tampered with */
  async sealEndedQuarters(): Promise<readonly Seal[]> {
    const { segments } = this.parts.events;
    const seals: Seal[] = [];
    for (let to = await this.endedQuarter(); to !== null; to = await this.endedQuarter()) {
      const seal = await segments.seal({ key: await this.keyFile.ensure(), to });
      if (!seal) break; // another process seals
      seals.push(seal);
    }
    if (seals.length > 0 || (await segments.openPositions()) > mostOpenPositions) await segments.cut();
    return seals;
  }

  /** The last position of the oldest quarter that has ended and is not sealed. */
  private async endedQuarter(): Promise<number | null> {
    const { events, clock, calendar } = this.parts;
    const last = await events.segments.lastSeal();
    const [first] = await events.readLog(last?.to ?? 0, 1);
    if (!first) return null;
    const quarter = periodOf(dayOf(first.recordedAt, calendar.zone), 'quarter');
    const end = startOfDay(periodStart(nextPeriod(quarter)), calendar.zone);
    const closed = Date.parse(await clock.now()) - Date.parse(end) >= graceMillis;
    const { recordedAt } = await events.head();
    if (!closed && recordedAt < end) return null;
    return events.positionAt(new Date(Date.parse(end) - 1).toISOString());
  }
}
