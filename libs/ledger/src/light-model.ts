import { type Day } from '@duban/calendar';
import { type EventRef } from './obligation.js';

export type Colour = 'green' | 'amber' | 'red' | 'grey' | 'none';

/** A colour is never without its reason: a stable code, what it is about, and the events that it rests on. */
export type Light = {
  colour: Colour;
  reason: string;
  concern: 'time' | 'quantity' | 'quality' | 'missing_report' | 'state';
  since: Day | null;
  params: Readonly<Record<string, string | number | null>>;
  events: readonly EventRef[];
  rule: string; // the policy in force on the day judged: kind@version
};

/** A light before the rule is named by which it was given. */
export type Ruling = Omit<Light, 'rule'>;

/**
 * When a light is judged. `day`: the state it shows (an edition: the end of its period); `knownOn`: the day up to which
 * facts were known (an edition: its cutoff, because reports on a period arrive after it ends); `period`: the quarter it belongs to.
 * `judgedOn`: the day up to which clocks ran, when facts were known for longer (an edition that restates another).
 */
export type Moment = { day: Day; knownOn: Day; judgedOn?: Day; period: string };

/** The day by whose clock silence is judged. */
export function clockOf({ knownOn, judgedOn = knownOn }: Moment): Day {
  return judgedOn;
}

export function light(
  colour: Colour,
  reason: string,
  concern: Light['concern'],
  since: Day | null,
  params: Light['params'] = {},
  events: readonly EventRef[] = [],
): Ruling {
  return { colour, reason, concern, since, params, events };
}
