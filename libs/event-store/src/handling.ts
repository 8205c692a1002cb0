import { eventId, nameId } from './chain.js';
import { type Decider, Rejection, VersionConflict } from './decider.js';
import {
  type Answer,
  type AppendItem,
  emptyStream,
  type EventLog,
  type IdempotencyKey,
  type IdempotencyRecord,
  type LoadedStream,
  type NewEvent,
} from './event-log.js';
import { canonicalJson, type Json, type JsonObject, sha256, toJson, toJsonObject } from './json.js';
import { type FlatEvent } from './reading.js';
import { type Sealer } from './sealer.js';
import { type Sealing } from './sealing.js';
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
    private readonly sealing: Sealing,
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
      if (known.answer) return this.replay(known.answer, key, commands, known.streams);
      const drafts = await this.sealing.withKeys(options.now, sealer =>
        this.decideAll(commands, known.streams, context, options, sealer),
      );
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
    sealer: Sealer,
  ): Draft[] {
    const drafts = new Map<string, Draft>();
    for (const command of commands) {
      const { stream, decider } = command;
      const before = drafts.get(stream) ?? draftOf(stream, streams.get(stream), decider.initial, sealer);
      checkVersion(command, streams.get(stream)?.version ?? 0);
      const decided = decider.decide(before.opened, command.command, context);
      const added = decided.map((event, nth) =>
        this.prepare(event, before, before.events.length + nth + 1, options),
      );
      // The state keeps sealed what the events keep sealed: it is folded from what is stored.
      const sealed = sealer.sealEvents(stream, added);
      const state = sealed.reduce<unknown>(
        (folded, event) => decider.evolve(folded, flatOf(event)),
        before.state,
      );
      drafts.set(stream, {
        ...before,
        state,
        opened: sealer.openState(stream, state),
        events: [...before.events, ...sealed],
        flat: [...before.flat, ...added.map(flatOf)],
      });
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
      ...(key ? { idempotency: await this.keptAnswer({ ...key, response }, drafts) } : {}),
    };
    const [appended] = await this.log.append([item]);
    return appended ? { ...answer, position: streams.length > 0 ? appended.position : null } : null;
  }

  private keptAnswer(record: IdempotencyRecord, drafts: readonly Draft[]): Promise<IdempotencyRecord> {
    const held = drafts.flatMap(({ state, events }) => [toJson(state), ...events.map(({ data }) => data)]);
    return this.sealing.sealAnswer(record, held);
  }

  private async replay<Context>(
    kept: Answer,
    key: IdempotencyKey | undefined,
    commands: readonly StreamCommand<Context>[],
    streams: ReadonlyMap<string, LoadedStream>,
  ): Promise<ManyOutcome> {
    const answer = key ? await this.sealing.openAnswer(kept, key) : kept;
    if (answer.bodyHash !== key?.bodyHash)
      throw new Rejection('idempotency_mismatch', { key: key?.key ?? '' });
    const deciders = new Map(commands.map(({ stream, decider }) => [stream, decider]));
    const results = await this.sealing.withKeys(null, sealer =>
      [...deciders].map(([stream, decider]) =>
        outcomeOf(draftOf(stream, streams.get(stream), decider.initial, sealer)),
      ),
    );
    return { results, position: answer.position, response: answer.response, replayed: true };
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
    if (known.answer) return this.replay(known.answer, key, commands, known.streams);
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
  /** As it is stored: what is sealed in the events is sealed in it. */
  readonly state: unknown;
  /** As it is decided on and told. */
  readonly opened: unknown;
  readonly events: readonly NewEvent[];
  readonly flat: readonly FlatEvent[];
}

const flatOf = ({ type, data, effectiveOn }: NewEvent) => ({ type, ...data, effectiveOn }) as FlatEvent;

const draftOf = (
  stream: string,
  loaded: LoadedStream | undefined,
  initial: unknown,
  sealer: Sealer,
): Draft => {
  const { version, hash } = loaded ?? emptyStream;
  const state = loaded ? loaded.state : initial;
  return { stream, version, hash, state, opened: sealer.openState(stream, state), events: [], flat: [] };
};

const outcomeOf = ({ stream, opened, version, events, flat }: Draft): StreamOutcome => ({
  stream,
  state: opened,
  version: version + events.length,
  events: flat,
});

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
