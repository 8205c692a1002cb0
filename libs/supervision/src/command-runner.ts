import { type Calendar, dayOf } from '@duban/calendar';
import {
  commandFor,
  type Decider,
  type EventStore,
  type Json,
  Rejection,
  type StreamCommand,
  VersionConflict,
} from '@duban/event-store';
import { type StoredEvidence } from '@duban/evidence';
import { splitStream } from '@duban/ledger';
import { type Clock, type Context, uuidFrom, metaOf } from '@duban/platform';
import {
  attachmentsOf,
  type FileReference,
  type FileUse,
  referencesIn,
  refusalOfAll,
} from './file-references.js';
import { keptAnswer, type Outcome, type Request } from './request.js';

type Rules<S, C, E extends { type: string }> = Decider<S, C, E, Context>;

/** One command of several that are decided and recorded together. */
export type Step = StreamCommand<Context>;

/** Types one step of `runMany`. `seen`: the version that the command was made for; another one is a conflict. */
export function step<S, C, E extends { type: string }>(
  decider: Rules<S, C, E>,
  stream: string,
  command: C,
  seen?: number,
): Step {
  return commandFor(decider, stream, command, seen);
}

/** How often a request looks everything up again that has changed while it was decided. */
const mostLooks = 5;

/**
 * `commutes`: it may be decided anew after a lost race, because the order of the two does not matter. `files`: which stored
 * files the commands may name; those of the actor's unit when left out.
 */
type RunOptions = { commutes?: boolean; effectiveOn?: string; files?: FileUse };

/** Runs commands: reads the clock once, says who asked in every event's metadata, answers a repeated request as before. */
export class CommandRunner {
  constructor(
    readonly events: EventStore,
    private readonly clock: Clock,
    private readonly calendar: () => Promise<Calendar>,
  ) {}

  /** now, today, calendar and actor, as a decision needs them. */
  async context({ actor }: Request): Promise<Context> {
    const [now, calendar] = await Promise.all([this.clock.now(), this.calendar()]);
    return { now, today: dayOf(now, calendar.zone), calendar, actor };
  }

  /** The first answer when this request was answered before; else what `act` does. Lookups that might refuse belong inside. */
  async once(request: Request, act: () => Promise<Outcome>): Promise<Outcome> {
    return (await this.answered(request)) ?? act();
  }

  /**
   * Does what looks things up and then decides, anew when something that it looked up has changed meanwhile; but not
   * where the caller said what it has seen (If-Match), nor in a stream where that somebody else was first `isAnswer`.
   */
  async afresh(
    request: Request,
    act: () => Promise<Outcome>,
    isAnswer: (stream: string) => boolean = () => false,
  ): Promise<Outcome> {
    for (let looks = 1; ; looks++) {
      try {
        return await act();
      } catch (error) {
        const isOld =
          error instanceof VersionConflict && !isAnswer(error.stream) && error.expected !== request.ifMatch;
        if (!isOld || looks === mostLooks) throw error;
      }
    }
  }

  /** The answer that this request got before, or null. @throws Rejection `idempotency_mismatch` */
  async answered({ idempotency, actor }: Request): Promise<Outcome | null> {
    const answer = idempotency && (await this.events.recall({ actor: actor.id, ...idempotency }));
    return answer ? replayed(answer) : null;
  }

  /** Decides one command and records what it causes. @throws Rejection, VersionConflict */
  async run<S, C, E extends { type: string }>(
    request: Request,
    decider: Rules<S, C, E>,
    stream: string,
    command: C,
    options: RunOptions = {},
  ): Promise<Outcome> {
    return this.runMany(request, [step(decider, stream, command)], options);
  }

  /**
   * Decides several commands and records all that they cause, or nothing. The first names the outcome, and what the
   * caller has seen (If-Match) is its version.
   */
  async runMany(
    request: Request,
    steps: readonly Step[],
    { files, ...options }: RunOptions = {},
  ): Promise<Outcome> {
    const context = await this.context(request);
    const [first, ...rest] = steps;
    if (!first) throw new RangeError('a request without a command');
    const references = referencesIn(steps, files);
    const units = files?.units ?? (request.actor.unit ? [request.actor.unit] : []);
    try {
      const outcome = await this.events.handleMany(
        [
          ...[{ ...first, expected: request.ifMatch ?? first.expected }, ...rest],
          ...attachmentsOf(references, units),
        ],
        context,
        { ...this.recording(request, steps, context), ...options },
        results => keptAnswer(summary(results, null)),
      );
      return outcome.replayed
        ? replayed({ response: outcome.response, position: outcome.position })
        : summary(outcome.results, outcome.position);
    } catch (error) {
      throw await this.naming(error, references, units, request);
    }
  }

  /** The same error, or for files that cannot be referred to one that names them all. */
  private async naming(
    error: unknown,
    references: readonly FileReference[],
    units: readonly string[],
    { actor }: Request,
  ): Promise<unknown> {
    if (!(error instanceof Rejection) || error.code !== 'evidence_unknown') return error;
    return refusalOfAll(references, units, actor, async sha256 => {
      return (await this.events.load<StoredEvidence>(`evidence-${sha256}`))?.state ?? null;
    });
  }

  private recording(
    { actor, channel, requestId, idempotency }: Request,
    steps: readonly Step[],
    { now, today }: Context,
  ) {
    const command = (steps[0]?.command as { type?: string } | null)?.type ?? null;
    const meta: Record<string, Json> = metaOf({ actor, channel, ...(requestId && { requestId }) }, command);
    const key = idempotency ? { actor: actor.id, ...idempotency } : undefined;
    return {
      meta,
      now,
      effectiveOn: today,
      idempotency: key,
      commandId: key ? uuidFrom(`${key.actor} ${key.key}`) : undefined,
    };
  }
}

type Result = { stream: string; version: number; events: readonly unknown[] };

function summary(results: readonly Result[], position: number | null): Outcome {
  const [first] = results;
  if (!first) throw new RangeError('a request without a command');
  const events = results.flatMap(({ events }) => events.map(event => (event as { type: string }).type));
  return {
    id: splitStream(first.stream).id,
    stream: first.stream,
    version: first.version,
    position,
    events,
    replayed: false,
  };
}

function replayed({ response, position }: { response: Json; position: number | null }): Outcome {
  return { ...(response as unknown as Omit<Outcome, 'position' | 'replayed'>), position, replayed: true };
}
