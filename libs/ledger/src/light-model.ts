import { type Day } from '@duban/calendar';
import { type EventRef } from './obligation.js';

/** The rule by which lights are given; printed beside each light. */
export const lightRule = 'light@1';

export type Colour = 'green' | 'amber' | 'red' | 'grey' | 'none';

/** A colour is never without its reason: a stable code, what it is about, and the events that it rests on. */
export type Light = {
  colour: Colour;
  reason: string;
  concern: 'time' | 'quantity' | 'quality' | 'missing_report' | 'state';
  since: Day | null;
  params: Readonly<Record<string, string | number | null>>;
  events: readonly EventRef[];
  rule: string;
};

/**
 * When a light is judged. `day`: the state it shows (an edition: the end of its period); `knownOn`: the day up to which
 * facts were known (an edition: its cutoff, because reports on a period arrive after it ends); `period`: the quarter it belongs to.
 */
export type Moment = { day: Day; knownOn: Day; period: string };

/** Makes a light under the rule in force. */
export function light(
  colour: Colour,
  reason: string,
  concern: Light['concern'],
  since: Day | null,
  params: Light['params'] = {},
  events: readonly EventRef[] = [],
): Light {
  return { colour, reason, concern, since, params, events, rule: lightRule };
}
