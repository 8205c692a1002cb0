import { eventId, nameId } from './chain.js';
import { type Decider, Rejection, VersionConflict } from './decider.js';
import {
  type Answer,
  type AppendItem,
  emptyStream,
  type EventLog,
  type IdempotencyKey,
  type LoadedStream,
  type NewEvent,
} from './event-log.js';
import { canonicalJson, type Json, type JsonObject, sha256, toJson, toJsonObject } from './json.js';
import { type FlatEvent } from './reading.js';
import { type Upcasters } from './upcasters.js';

type StoredShape = { type: string; effectiveOn?: string };

/** A command for one stream, and the rules that decide it. `commandFor` checks that the two fit. */
export interface StreamCommand<Context> {
  readonly decider: Decider<unknown, unknown, StoredShape, Context>;
  readonly stream: string;
  readonly command: unknown;
  /** Where the stream must stand, by default anywhere: the version that the caller has seen (If-Match), or else. */
  readonly expected?: ExpectedVersion;
}

/** A version (0: none), no stream yet, a stream that exists, or whatever there is. */
export type ExpectedVersion = number | 'none' | 'exists' | 'any';

export interface HandleManyOptions {
  /** Who and why: actor, request, cause; stored with every event. */
  readonly meta?: JsonObject;
  /** The Clock's instant, ISO. */
  readonly now: string;
  /** The day the facts are about, for events that do not name one themselves. */
  readonly effectiveOn: string;
  /** Makes event ids, and without `idempotency` the key, so that the same command again changes nothing. */
  readonly commandId?: string;
  readonly idempotency?: IdempotencyKey;
  /** May the command be decided anew when somebody else was first? Only where the order of the two does not matter. */
  readonly commutes?: boolean;
  /** How often it is decided anew then, default 5. */
  readonly retries?: number;
  /** The schema per event type, where it is not the newest that the upcasters lead to. */
  readonly schema?: Readonly<Record<string, number>>;
}

/** What one command did to one stream. */
export interface StreamOutcome<State = unknown, Event = unknown> {
  readonly stream: string;
  readonly state: State;
  readonly version: number;
  /** The new events as they are read back; none when nothing changed, or when this was answered before. */
  readonly events: readonly Event[];
}

export interface ManyOutcome {
  readonly results: readonly StreamOutcome[];
  /** The last position written; null when nothing was. */
  readonly position: number | null;
  readonly response: Json;
  /** Answered from an earlier run of the same command. */
  readonly replayed: boolean;
}

export type Respond = (results: readonly StreamOutcome[]) => Json;

/** Types a command for `handleMany`. */
export function commandFor<State, Command, Event extends { type: string }, Context>(
  decider: Decider<State, Command, Event, Context>,
  stream: string,
  command: Command,
  expected?: ExpectedVersion,
): StreamCommand<Context> {
  return { decider, stream, command, expected };
}

/** Loads, decides, appends: all commands or none. */
export class CommandHandling {
  constructor(
    private readonly log: EventLog,
    private readonly upcasters: Upcasters,
  ) {}

  async run<Context>(
    commands: readonly StreamCommand<Context>[],
    context: Context,
    options: HandleManyOptions,
    respond: Respond,
  ): Promise<ManyOutcome> {
    const streams = [...new Set(commands.map(({ stream }) => stream))];
    const key = options.idempotency ?? keyOf(options.commandId, commands);
    const attempts = options.commutes ? (options.retries ?? 5) : 0;
    for (let attempt = 0; ; attempt++) {
      // Both as of one moment: whoever sees what the first run did to the stream sees its answer, too.
      const known = await this.log.recall(streams, key);
      if (known.answer) return replay(known.answer, key, commands, known.streams);
      const drafts = this.decideAll(commands, known.streams, context, options);
      const outcome = await this.write(drafts, options, key, respond);
      if (outcome) return outcome;
      if (attempt >= attempts) return this.lost(commands, drafts, key);
    }
  }

  private decideAll<Context>(
    commands: readonly StreamCommand<Context>[],
    streams: ReadonlyMap<string, LoadedStream>,
    context: Context,
    options: HandleManyOptions,
  ): Draft[] {
    const drafts = new Map<string, Draft>();
    for (const command of commands) {
      const { stream, decider } = command;
      const before = drafts.get(stream) ?? draftOf(stream, streams.get(stream), decider.initial);
      checkVersion(command, streams.get(stream)?.version ?? 0);
      const decided = decider.decide(before.state, command.command, context);
      const added = decided.map((event, nth) =>
        this.prepare(event, before, before.events.length + nth + 1, options),
      );
      const flat = added.map(({ type, data, effectiveOn }) => ({ type, ...data, effectiveOn }) as FlatEvent);
      const state = flat.reduce<unknown>((folded, event) => decider.evolve(folded, event), before.state);
      const events = [...before.events, ...added];
      drafts.set(stream, { ...before, state, events, flat: [...before.flat, ...flat] });
    }
    return [...drafts.values()];
  }

  // What deciders fold at once must be what they would read back later: plain JSON, with its effective day.
  private prepare(
    { type, effectiveOn, ...data }: StoredShape,
    { stream }: Draft,
    nth: number,
    options: HandleManyOptions,
  ) {
    const event: NewEvent = {
      id: eventId(options.commandId, stream, nth),
      type,
      schema: options.schema?.[type] ?? this.upcasters.current(type),
      data: toJsonObject(data),
      meta: toJsonObject(options.meta ?? {}, '/meta'),
      effectiveOn: effectiveOn ?? options.effectiveOn,
    };
    return event;
  }

  private async write(
    drafts: readonly Draft[],
    options: HandleManyOptions,
    key: IdempotencyKey | undefined,
    respond: Respond,
  ): Promise<ManyOutcome | null> {
    const results = drafts.map(outcomeOf);
    const response = toJson(respond(results));
    const streams = drafts
      .filter(({ events }) => events.length > 0)
      .map(draft => ({ ...draft, state: toJson(draft.state) }));
    const answer = { results, response, replayed: false };
    if (streams.length === 0 && !key) return { ...answer, position: null };
    const item: AppendItem = {
      now: options.now,
      streams,
      ...(key ? { idempotency: { ...key, response } } : {}),
    };
    const [appended] = await this.log.append([item]);
    return appended ? { ...answer, position: streams.length > 0 ? appended.position : null } : null;
  }

  // Somebody was first: the same command, whose answer is then ours, or another one.
  private async lost<Context>(
    commands: readonly StreamCommand<Context>[],
    drafts: readonly Draft[],
    key: IdempotencyKey | undefined,
  ): Promise<ManyOutcome> {
    const known = await this.log.recall(
      drafts.map(({ stream }) => stream),
      key,
    );
    if (known.answer) return replay(known.answer, key, commands, known.streams);
    const actual = (stream: string) => known.streams.get(stream)?.version ?? 0;
    const moved = drafts.find(({ stream, version }) => actual(stream) !== version) ?? drafts[0];
    throw new VersionConflict(moved?.stream ?? '', moved?.version ?? 0, moved ? actual(moved.stream) : null);
  }
}

function checkVersion({ stream, expected = 'any' }: StreamCommand<never>, actual: number): void {
  if (expected === 'any' || expected === actual) return;
  if (expected === 'exists' && actual > 0) return;
  if (expected === 'none' && actual === 0) return;
  throw new VersionConflict(stream, expected, actual);
}

interface Draft {
  readonly stream: string;
  readonly version: number;
  readonly hash: Uint8Array;
  readonly state: unknown;
  readonly events: readonly NewEvent[];
  readonly flat: readonly FlatEvent[];
}

const draftOf = (stream: string, loaded: LoadedStream | undefined, initial: unknown): Draft => {
  const { version, hash } = loaded ?? emptyStream;
  return { stream, version, hash, state: loaded ? loaded.state : initial, events: [], flat: [] };
};

const outcomeOf = ({ stream, state, version, events, flat }: Draft): StreamOutcome => ({
  stream,
  state,
  version: version + events.length,
  events: flat,
});

function replay<Context>(
  answer: Answer,
  key: IdempotencyKey | undefined,
  commands: readonly StreamCommand<Context>[],
  streams: ReadonlyMap<string, LoadedStream>,
): ManyOutcome {
  if (answer.bodyHash !== key?.bodyHash) throw new Rejection('idempotency_mismatch', { key: key?.key ?? '' });
  const deciders = new Map(commands.map(({ stream, decider }) => [stream, decider]));
  const results = [...deciders].map(([stream, decider]) =>
    outcomeOf(draftOf(stream, streams.get(stream), decider.initial)),
  );
  return { results, position: answer.position, response: answer.response, replayed: true };
}

// A command with an id is a command with a key: the id names it, whoever sends it.
function keyOf(
  commandId: string | undefined,
  commands: readonly StreamCommand<never>[],
): IdempotencyKey | undefined {
  if (commandId === undefined) return undefined;
  const body = commands.map(({ stream, command }) => [stream, toJson(command)]);
  const streams = commands.map(({ stream }) => stream);
  return {
    actor: 'command',
    key: nameId(commandId, ...streams),
    bodyHash: sha256(canonicalJson(body)).toString('hex'),
  };
}
