import { type Decided, type ManyOutcome, type Work } from './handling.js';
import { type LoadedStream } from './stream.js';
import { type Known } from './stream-loader.js';

/** A command on its way through the groups. */
export class Job {
  /** What was read for it; without that it is decided on what this process remembers, and only a success is final. */
  known: Known | null = null;
  lostRaces = 0;
  /** It comes for a second look. */
  again = false;
  /** What would have been its answer rested on what was not certain. */
  wantsCertainty = false;
  /** It was looked up again, for what was known of it had become old. */
  looked = false;
  /** It was in a group that Postgres refused, so it goes alone. */
  alone = false;

  /** @param nr in the order of arrival */
  constructor(
    readonly nr: number,
    readonly work: Work,
    readonly resolve: (outcome: ManyOutcome) => void,
    readonly reject: (error: unknown) => void,
  ) {}
}

/** A command that was decided within a group. */
export interface Member {
  readonly job: Job;
  readonly decided: Decided;
  /** It was decided on something that was not durable yet: what an earlier command of the group leads to. */
  readonly builds: boolean;
}

/** A group on its way, and where it leads each stream to once it is durable. */
export interface Group {
  readonly members: Member[];
  readonly later: Job[];
  readonly ahead: Map<string, LoadedStream>;
  /** How often states had been folded anew when those were read that it leads on from. */
  readonly folds: number;
}
