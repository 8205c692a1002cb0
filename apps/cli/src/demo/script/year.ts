import { type Calendar, type Day } from '@duban/calendar';
import { obligationsOf, type PlanLedger } from '@duban/ledger';
import { type Act, type Planned } from './act.js';
import { answersOf } from './answers.js';
import { type Draw, drawFrom } from './draw.js';
import { officeActs } from './office-acts.js';
import { type Scene, scenes } from './story.js';
import { roundActs } from './round-acts.js';
import { type Standing } from './standing.js';
import { unitActs } from './unit-acts.js';

/** What is done today under one plan, in order, and the next day on which anything will be. */
export type DayPlan = { acts: Act[]; next: Day | null };

/**
 * The script of the year. It keeps nothing in mind: what is to be done follows from the ledger, so a day that was
 * interrupted anywhere goes on with what is still owed.
 */
export class YearScript {
  readonly draw: Draw;

  constructor(
    seed: number,
    private readonly calendar: Calendar,
  ) {
    this.draw = drawFrom(seed);
  }

  /** Units answer first, then the office decides; rounds are opened before and closed after everything else. */
  dayPlan(ledger: PlanLedger, day: Day): DayPlan {
    const standing: Standing = { ledger, day, calendar: this.calendar, draw: this.draw };
    const obligations = obligationsOf(ledger, day, this.calendar);
    const { openings, closings } = roundActs(standing);
    const planned: Planned[] = [
      ...openings,
      ...answersOf(standing, obligations),
      ...unitActs(standing),
      ...officeActs(standing),
      ...closings,
    ];
    const later = planned.filter(({ on }) => on > day).map(({ on }) => on);
    return {
      acts: planned.filter(({ on }) => on <= day).map(({ act }) => act),
      next: later.length > 0 ? later.reduce((a, b) => (a < b ? a : b)) : null,
    };
  }

  /** What stands in the story for this day. */
  scenesOn(day: Day, plan: string): Scene[] {
    return scenes.filter(scene => scene.on === day && scene.plan === plan);
  }
}
