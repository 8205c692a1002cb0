import { type Decider, type StreamAppend } from '@duban/event-store';
import { eventData, eventType } from './payload.js';

/** What is kept of a stream: the fold that is written with each event. */
export interface Progress {
  readonly status: string;
  readonly percent: number;
  readonly dueOn: string;
  readonly reports: number;
}

type Reported = { type: typeof eventType } & ReturnType<typeof eventData>;

export const reported = (n: number): Reported => ({ type: eventType, ...eventData(n) });

/** The least of an aggregate: it takes what it is told. The command is the number of the report. */
export const progressDecider: Decider<Progress | null, number, Reported> = {
  initial: null,
  decide: (_, n) => [reported(n)],
  evolve: (state, { status, percent, dueOn }) => ({
    ...{ status, percent, dueOn },
    reports: (state?.reports ?? 0) + 1,
  }),
};

/** A fold as `append` takes it. The store knows JSON; that these events are the decider's, only we know. */
export const foldOf = (decider: { evolve: unknown }) => decider.evolve as StreamAppend['evolve'];
