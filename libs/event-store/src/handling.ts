import { type AppendItem, type KeptAnswer } from './append-group.js';
import { nameId } from './chain.js';
import { type Decider } from './decider.js';
import { decideAll, type Draft, type ExpectedVersion, type StreamCommand } from './deciding.js';
import {
  type Answer,
  checkKey,
  type IdempotencyKey,
  type IdempotencyRecord,
  sameBody,
} from './idempotency.js';
import { instantText } from './instants.js';
import { canonicalJson, type Json, type JsonObject, sha256, toCanonical, toJson } from './json.js';
import { sealAnswer } from './sealed-answer.js';
import { KeysNeeded, type Sealer } from './sealer.js';
import { type Sealing } from './sealing.js';
import { checkStream, type LoadedStream } from './stream.js';
import { type Upcasters } from './upcasters.js';

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
  /**
   * May the command be decided anew when another process was first? Only where the order of the two does not matter.
   * Commands of one process are decided one after the other and need no such leave.
   */
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

/** Where streams stand; undefined for one that nobody has written to. */
export type StreamsAt = (stream: string) => LoadedStream | undefined;

/** What a caller wants done, all of it or nothing, as the groups see it. */
export interface Work {
  readonly streams: readonly string[];
  /** Streams that the caller says nobody has written to: they need not be read first. */
  readonly unwritten: readonly string[];
  readonly key: IdempotencyKey | undefined;
  /** How many lost races are run again. */
  readonly retries: number;
  /** @throws whatever refuses it */
  decide(at: StreamsAt): Decided;
  /** The outcome for an answer that was given before. @throws Rejection `idempotency_mismatch` */
  replay(answer: Answer, at: StreamsAt): Promise<ManyOutcome>;
  /** What `decide` lacked when it threw this, fetched; null when the error says something else. */
  fetchFor(error: unknown): Promise<void> | null;
}

/** What is to be written, if anything, and the outcome once it is. */
export interface Decided {
  readonly item: AppendItem | null;
  readonly drafts: readonly Draft[];
  outcome(position: number | null): ManyOutcome;
}

const defaultRetries = 5;

/** How many lost races are run again. */
export const retriesOf = ({ commutes, retries = defaultRetries }: HandleManyOptions): number =>
  commutes ? retries : 0;

/** The commands of a request as work for the groups. @throws RangeError, Rejection for what could never be stored */
export function workOf<Context>(
  commands: readonly StreamCommand<Context>[],
  context: Context,
  options: HandleManyOptions,
  respond: Respond,
  retries: number,
  { upcasters, sealing }: { upcasters: Upcasters; sealing: Sealing },
): Work {
  const streams = distinct(commands.map(({ stream }) => checkStream(stream)));
  const key = options.idempotency ?? keyOf(options.commandId, commands);
  if (key) checkKey(key);
  const now = instantText(options.now);
  const { commandId, effectiveOn, schema = {} } = options;
  const recording = {
    commandId,
    effectiveOn,
    meta: toCanonical(options.meta ?? {}, '/meta'),
    schemaOf: (type: string) => schema[type] ?? upcasters.current(type),
  };
  let session = sealing.begin(now);
  return {
    streams,
    unwritten: commands.filter(({ expected }) => expected === 'none').map(({ stream }) => stream),
    key,
    retries,
    decide: at => {
      const { sealer } = session;
      const done = decided(decideAll(commands, at, context, recording, sealer), {
        now,
        key,
        respond,
        sealer,
      });
      session = sealing.begin(now); // should it be decided anew, then with the keys as they are then
      return done;
    },
    replay: async (answer, at) => {
      const opened = sameBody(await sealing.openAnswer(answer, key!), key!);
      return sealing.withKeys(null, sealer => replayed(opened, at, commands, sealer));
    },
    fetchFor: error => (error instanceof KeysNeeded ? session.provide(error) : null),
  };
}

const distinct = (names: readonly string[]) => (names.length < 2 ? names : [...new Set(names)]);

type Answering = { now: string; key: IdempotencyKey | undefined; respond: Respond; sealer: Sealer };

function decided(drafts: readonly Draft[], { now, key, respond, sealer }: Answering): Decided {
  const results = drafts.map(({ write, opened, version, flat }) => ({
    stream: write.stream,
    state: opened,
    version,
    events: flat,
  }));
  const response = toJson(respond(results));
  const streams = drafts.map(({ write }) => write);
  const isWritten = streams.some(({ events }) => events.length > 0);
  const answer = key && keptAnswer({ ...key, response }, drafts, sealer);
  return {
    item: isWritten || answer ? { now, streams, answer } : null,
    drafts,
    outcome: position => ({
      results,
      response,
      replayed: false,
      position: isWritten ? position : null,
    }),
  };
}

function keptAnswer(record: IdempotencyRecord, drafts: readonly Draft[], sealer: Sealer): KeptAnswer {
  const { actor, key, bodyHash } = record;
  if (!sealer.isActive) return { actor, key, bodyHash, response: JSON.stringify(record.response) };
  const held = drafts.flatMap(({ state, stored }) => [state, ...stored]);
  const { response, ...rest } = sealAnswer(record, sealer.keysIn(held));
  return { ...rest, response: JSON.stringify(response) };
}

function replayed<Context>(
  { position, response }: Answer,
  at: StreamsAt,
  commands: readonly StreamCommand<Context>[],
  sealer: Sealer,
): ManyOutcome {
  const deciders = new Map(commands.map(({ stream, decider }) => [stream, decider]));
  const results = [...deciders].map(([stream, { initial }]) => {
    const { state, version } = at(stream) ?? { state: initial, version: 0 };
    return { stream, state: sealer.openState(stream, state), version, events: [] };
  });
  return { results, position, response, replayed: true };
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
