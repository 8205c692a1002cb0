import { type ChainedEvent, type StreamWrite } from './append-group.js';
import { chainedHash, eventId } from './chain.js';
import { type Decider, VersionConflict } from './decider.js';
import { dayNumber } from './instants.js';
import { canonicalJson, checkText, type Json, type JsonObject, toCanonical, toJson } from './json.js';
import { type NewEvent } from './new-event.js';
import { type FlatEvent } from './reading.js';
import { type Sealer } from './sealer.js';
import { emptyStream, type LoadedStream } from './stream.js';

/** An event as a decider returns it: its data beside its type, and the day it is about unless that is the command's. */
export type DecidedEvent = { type: string; effectiveOn?: string };

/** A command for one stream, and the rules that decide it. `commandFor` checks that the two fit. */
export interface StreamCommand<Context> {
  readonly decider: Decider<unknown, unknown, DecidedEvent, Context>;
  readonly stream: string;
  readonly command: unknown;
  /** Where the stream must stand, by default anywhere: the version that the caller has seen (If-Match), or else. */
  readonly expected?: ExpectedVersion;
}

/** A version (0: none), no stream yet, a stream that exists, or whatever there is. */
export type ExpectedVersion = number | 'none' | 'exists' | 'any';

/** What the events of a command have in common. */
export interface Recording {
  readonly commandId?: string;
  readonly effectiveOn: string;
  /** With its RFC 8785 text. */
  readonly meta: { readonly value: JsonObject; readonly text: string };
  /** The schema in which events of a type are written. */
  schemaOf(type: string): number;
}

/** What commands lead to on one stream; the state is as it is stored: what the events keep sealed is sealed in it. */
export interface Draft extends LoadedStream {
  readonly write: StreamWrite;
  /** The state as it is decided on and told. */
  readonly opened: unknown;
  /** The new events as they are read back. */
  readonly flat: readonly FlatEvent[];
  /** Their data as they are stored. */
  readonly stored: readonly JsonObject[];
}

/**
 * Decides commands one after the other, each on what the one before it led to.
 * @param at where each stream stands; undefined for one that nobody has written to
 * @throws whatever a decider refuses with; VersionConflict for a stream that is not at its expected version; KeysNeeded
 */
export function decideAll<Context>(
  commands: readonly StreamCommand<Context>[],
  at: (stream: string) => LoadedStream | undefined,
  context: Context,
  recording: Recording,
  sealer: Sealer,
): Draft[] {
  const drafts = new Map<string, Draft>();
  for (const command of commands) {
    const { stream, decider } = command;
    const loaded = at(stream);
    checkVersion(command, loaded?.version ?? 0);
    const before = drafts.get(stream) ?? untouched(stream, loaded, decider.initial, sealer);
    const decided = decider.decide(before.opened, command.command, context);
    drafts.set(stream, extended(before, decided, decider, recording, sealer));
  }
  return [...drafts.values()];
}

/** The first stream that no longer stands where it was decided on, if there is one. */
export function conflictOf(
  drafts: readonly Draft[],
  at: (stream: string) => LoadedStream | undefined,
): VersionConflict | null {
  for (const { stream, expected } of drafts.map(({ write }) => write)) {
    const actual = at(stream)?.version ?? 0;
    if (actual !== expected) return new VersionConflict(stream, expected, actual);
  }
  return null;
}

function checkVersion({ stream, expected = 'any' }: StreamCommand<never>, actual: number): void {
  if (expected === 'any' || expected === actual) return;
  if (expected === 'exists' && actual > 0) return;
  if (expected === 'none' && actual === 0) return;
  throw new VersionConflict(stream, expected, actual);
}

function untouched(
  stream: string,
  loaded: LoadedStream | undefined,
  initial: unknown,
  sealer: Sealer,
): Draft {
  const { version, hash } = loaded ?? emptyStream;
  const write = { stream, expected: version, previous: hash, events: [], state: 'null' };
  const state = loaded ? loaded.state : (initial as Json);
  return { version, hash, state, opened: sealer.openState(stream, state), flat: [], stored: [], write };
}

function extended<Context>(
  before: Draft,
  decided: readonly DecidedEvent[],
  decider: Decider<unknown, unknown, DecidedEvent, Context>,
  recording: Recording,
  sealer: Sealer,
): Draft {
  if (decided.length === 0) return before;
  const { write } = before;
  const { stream } = write;
  const texts: string[] = [];
  const added = decided.map((event, nth) => {
    const { value, text } = toCanonical(event, '', notData);
    texts.push(text);
    return newEvent(event, value, stream, write.events.length + nth + 1, recording);
  });
  const flat = added.map(flatOf);
  const events: ChainedEvent[] = [...write.events];
  const sealed = sealer.sealEvents(stream, added);
  let folded: unknown = before.state;
  sealed.forEach((event, nth) => {
    const isClear = event === added[nth];
    const data = isClear ? texts[nth]! : canonicalJson(event.data);
    const meta = isClear ? recording.meta.text : canonicalJson(event.meta);
    const previous = events.at(-1)?.hash ?? write.previous;
    events.push(chained(event, data, meta, stream, write.expected + events.length + 1, previous));
    folded = decider.evolve(folded, isClear ? flat[nth]! : flatOf(event));
  });
  // What a decider begins with did not come out of the database.
  const state = toJson(folded, '', before.version > 0 ? before.state : undefined);
  return {
    version: write.expected + events.length,
    hash: events.at(-1)!.hash,
    state,
    opened: sealer.isActive ? sealer.openState(stream, state) : folded,
    flat: [...before.flat, ...flat],
    stored: [...before.stored, ...sealed.map(({ data }) => data)],
    write: { ...write, events, state: JSON.stringify(state) },
  };
}

const notData = ['type', 'effectiveOn'];

const flatOf = ({ type, data, effectiveOn }: NewEvent) => ({ ...data, type, effectiveOn }) as FlatEvent;

// What deciders fold at once must be what they would read back later: plain JSON, with its effective day.
function newEvent(
  { type, effectiveOn }: DecidedEvent,
  data: JsonObject,
  stream: string,
  nth: number,
  recording: Recording,
): NewEvent {
  return {
    id: eventId(recording.commandId, stream, nth),
    type: checkText(type, '/type'),
    schema: recording.schemaOf(type),
    data,
    meta: recording.meta.value,
    effectiveOn: effectiveOn ?? recording.effectiveOn,
  };
}

function chained(
  { id, type, schema, effectiveOn }: NewEvent,
  data: string,
  meta: string,
  stream: string,
  version: number,
  previous: string,
): ChainedEvent {
  const day = dayNumber(effectiveOn);
  const hash = chainedHash(previous, {
    data,
    effective_on: effectiveOn,
    event_id: id,
    meta,
    schema,
    stream,
    type,
    version,
  });
  return { id, stream, version, type, schema, data, meta, day, hash };
}
