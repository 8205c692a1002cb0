import { type Calendar, dayOf, nextPeriod, type Period, periodOf, periodStart } from '@duban/calendar';
import { type PlanLedger } from '@duban/ledger';
import { closedAt } from './edition-record.js';
import { ledgerAt } from './ledger-at.js';
import { type RollupParts } from './parts.js';
import { judgedQuarter, type JudgedQuarter, type QuarterScore, scoreOf } from './scorecard.js';

// What was closed never changes, and a page asks for several quarters of it.
const mostKept = 64;
const mostQuarters = 40;

/** Scores of units: closed quarters as they were known when they were closed, others as of now. */
export class Scorecards {
  private readonly kept = new Map<string, Promise<JudgedQuarter | null>>();

  constructor(private readonly parts: RollupParts) {}

  /** The unit's quarters of one plan, up to that of today, the latest first. `year`: those of one year alone. */
  async of(ledger: PlanLedger, unit: string, year?: number): Promise<QuarterScore[]> {
    const today = dayOf(await this.parts.clock.now(), this.parts.calendar.zone);
    const { countsFrom } = ledger.plan;
    if (countsFrom === null) return [];
    const scores: QuarterScore[] = [];
    for (const period of quartersBetween(countsFrom, today)) {
      if (year !== undefined && !period.startsWith(`${year}Q`)) continue;
      const judged = await this.judged(ledger, period, today, this.parts.calendar);
      if (judged) scores.unshift(scoreOf(judged, unit));
    }
    return scores;
  }

  private async judged(
    ledger: PlanLedger,
    period: Period,
    today: string,
    calendar: Calendar,
  ): Promise<JudgedQuarter | null> {
    const round = `${ledger.id}:${period}`;
    const closedOn = ledger.rounds.get(round)?.closedOn;
    if (!closedOn) return judgedQuarter(ledger, { period, cutoffOn: today }, calendar);
    const known = this.kept.get(round);
    if (known) return known;
    if (this.kept.size >= mostKept) this.kept.clear();
    const judging = this.closed(ledger.id, period, closedOn);
    this.kept.set(round, judging);
    judging.catch(() => this.kept.delete(round)); // whoever waits for it is told; the next one tries again
    return judging;
  }

  private async closed(plan: string, period: Period, cutoffOn: string): Promise<JudgedQuarter | null> {
    const cutoff = await closedAt(this.parts.pool, `${plan}:${period}`);
    const ledger = cutoff === null ? null : await ledgerAt(this.parts, plan, { position: cutoff });
    return ledger && judgedQuarter(ledger, { period, cutoffOn }, this.parts.calendar);
  }
}

function quartersBetween(from: string, to: string): Period[] {
  const found: Period[] = [];
  for (let period = periodOf(from, 'quarter'); periodStart(period) <= to; period = nextPeriod(period)) {
    if (found.length >= mostQuarters) return found;
    found.push(period);
  }
  return found;
}
