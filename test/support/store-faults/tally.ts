import { type Decider, Rejection } from '@duban/event-store';
import { labelOf } from './history.js';

/** How many events a stream has, and the label of the last. */
export type Tally = { readonly count: number; readonly last: string };
export type TallyCommand = { type: 'Tally'; op: string; events: number; on?: string; refuse?: boolean };
export type TallyEvent = {
  type: 'Tallied';
  op: string;
  nth: number;
  count?: number;
  after?: string;
  effectiveOn?: string;
};

/** An aggregate whose events tell which state they were decided on: a decision on an old state shows in the log. */
export const tally: Decider<Tally, TallyCommand, TallyEvent> = {
  initial: { count: 0, last: '' },
  decide(state, { op, events, on, refuse }) {
    if (refuse) throw new Rejection('refused');
    return Array.from({ length: events }, (_, index) => ({
      type: 'Tallied',
      op,
      nth: index + 1,
      count: state.count + index + 1,
      after: index === 0 ? state.last : labelOf({ op, nth: index }),
      ...(on ? { effectiveOn: on } : {}),
    }));
  },
  evolve: (state, event) => ({ count: state.count + 1, last: labelOf(event) }),
};
