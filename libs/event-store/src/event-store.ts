import { type Pool } from 'pg';
import { type Connections, type ConnectionOptions, openConnections, openReading } from './connections.js';
import { type Decider, VersionConflict } from './decider.js';
import { CommandGroups } from './command-groups.js';
import { type ExpectedVersion, type StreamCommand } from './deciding.js';
import { EventLog } from './event-log.js';
import {
  commandFor,
  type HandleManyOptions,
  type ManyOutcome,
  type Respond,
  retriesOf,
  workOf,
} from './handling.js';
import { type Answer, type IdempotencyKey, sameBody } from './idempotency.js';
import { type Json } from './json.js';
import { type FlatEvent, LogDamaged, type LogHead, LogReader, type StoredEvent } from './reading.js';
import {
  type At,
  type AtOptions,
  type KnownStream,
  type Moment,
  momentOf,
  projectionAt,
  streamAt,
  type TemporalProjection,
} from './as-of.js';
import { rebuild, type RebuildOptions, type Rebuilt } from './rebuild.js';
import { rebuildStates, type StatesOptions, type StatesRebuilt } from './rebuild-states.js';
import { type Folding } from './verify-streams.js';
import { LogWatch } from './log-watch.js';
import {
  type Operator,
  readActions,
  resumeSubscription,
  skipEvent,
  type SubscriptionAction,
} from './operating.js';
import { SealedLog } from './sealed-log.js';
import { type Subscription } from './subscription.js';
import { SubscriptionRunner } from './subscription-runner.js';
import {
  type DeadLetter,
  readDeadLetters,
  readStatus,
  type SubscriptionStatus,
} from './subscription-status.js';
import { type Erased, erase, type EraseOptions } from './erasing.js';
import { subjectDecider } from './subject.js';
import { Sealing, type SealingOptions } from './sealing.js';
import { verify, type Verification, type VerifyOptions } from './verify.js';
import { type LoadedStream } from './stream.js';
import { StreamCache } from './stream-cache.js';
import { StreamLoader } from './stream-loader.js';
import { Waiting } from './waiting.js';
import { type Upcaster, Upcasters } from './upcasters.js';

export interface HandleOptions<State, Event> extends HandleManyOptions {
  /** The version that the caller has seen (If-Match); 0 for none. */
  readonly expected?: ExpectedVersion;
  /** The answer to keep under the key and to give again: of plain JSON. */
  readonly respond?: (state: State, events: readonly Event[], version: number) => Json;
}

/** What a command did. `position` is the last one written, null when nothing was. */
export interface Handled<State, Event> {
  readonly state: State;
  readonly version: number;
  readonly position: number | null;
  /** The new events as they are read back, each with its `effectiveOn`. */
  readonly events: readonly (Event & { effectiveOn: string })[];
  readonly response: Json;
  readonly replayed: boolean;
}

/** Events for one stream without a decider: imports, and facts that nothing can refuse. */
export interface StreamAppend {
  readonly stream: string;
  readonly expected: ExpectedVersion;
  readonly events: readonly { type: string; effectiveOn?: string }[];
  /** Folds the stream's state, null at first; without it the state stays as it is. */
  readonly evolve?: (state: Json, event: FlatEvent) => Json;
}

/** Where an append went, with the versions of its streams; or the stream that did not stand where it was expected. */
export type AppendResult =
  | { readonly position: number | null; readonly versions: readonly number[] }
  | { readonly conflict: VersionConflict };

export interface StoreOptions extends ConnectionOptions {
  /** Which fields are sealed, and the master key. Without it nothing is sealed, and what was sealed is not opened. */
  readonly sealing?: SealingOptions;
}

const mostAppendRaces = 50;

/**
 * Streams of events on Postgres: appended in one statement, in one order without gaps, folded, chained by hash.
 * @example
 * const store = new EventStore({ connection: { connectionString: url }, role: 'duban_app' });
 * await store.checkHead();
 * const { state } = await store.handle(taskDecider, 'task-004:3.1', command, context, { now, effectiveOn: today });
 */
export class EventStore {
  /** Seals over the log, and the partitions of its table. */
  readonly segments: SealedLog;
  private readonly connections: Connections;
  private readonly upcasters = new Upcasters();
  private readonly loader: StreamLoader;
  private readonly groups: CommandGroups;
  private readonly reader: LogReader;
  private readonly sealing: Sealing;
  private readonly runners: SubscriptionRunner[] = [];
  private readonly watching: Pool;
  private readonly watch: LogWatch;
  private readonly waiting: Waiting;

  constructor(private readonly options: StoreOptions) {
    this.connections = openConnections(options);
    const { append, load, read } = this.connections;
    const { longestQueue = 4096, rememberedCharacters = 8_000_000 } = options;
    const cache = new StreamCache(rememberedCharacters);
    this.loader = new StreamLoader(load, cache);
    this.groups = new CommandGroups(new EventLog(append, cache), this.loader, cache, longestQueue);
    this.sealing = new Sealing(read, options.sealing);
    this.reader = new LogReader(read, this.upcasters, this.sealing);
    this.segments = new SealedLog(read, this.reader);
    this.watching = openReading(options, 1);
    this.watch = new LogWatch(this.watching);
    this.waiting = new Waiting(read);
  }

  /** The state of a stream with its version and hash; null when nobody has written to it. */
  async load<State = Json>(stream: string): Promise<LoadedStream<State> | null> {
    const { streams } = await this.loader.read([stream]);
    // The fold that a decider's `evolve` wrote; who asks for a stream knows whose it is.
    const loaded = streams.get(stream) as LoadedStream<State> | undefined;
    return loaded ? { ...loaded, state: await this.sealing.openState(stream, loaded.state) } : null;
  }

  /**
   * Decides one command on the stream's state and appends what it causes.
   * @throws Rejection when the rules refuse it, or `idempotency_mismatch` when its key was used for another body.
   * @throws VersionConflict when the stream is not at `expected`, or moved meanwhile and the command does not commute.
   */
  async handle<State, Command, Event extends { type: string }, Context>(
    decider: Decider<State, Command, Event, Context>,
    stream: string,
    command: Command,
    context: Context,
    options: HandleOptions<State, Event>,
  ): Promise<Handled<State, Event>> {
    const { respond, expected, ...rest } = options;
    type Result = { state: State; version: number; events: Handled<State, Event>['events'] };
    const only = (results: readonly unknown[]) => results[0] as Result;
    const outcome = await this.handleMany(
      [commandFor(decider, stream, command, expected)],
      context,
      rest,
      results => {
        const { state, events, version } = only(results);
        return respond?.(state, events, version) ?? null;
      },
    );
    const { state, version, events } = only(outcome.results);
    const { position, response, replayed } = outcome;
    return { state, version, position, events, response, replayed };
  }

  /** Decides commands on several streams and appends what they cause: all or nothing, at consecutive positions. */
  async handleMany<Context>(
    commands: readonly StreamCommand<Context>[],
    context: Context,
    options: HandleManyOptions,
    respond: Respond = () => null,
  ): Promise<ManyOutcome> {
    return this.run(commands, context, options, respond, retriesOf(options));
  }

  private async run<Context>(
    commands: readonly StreamCommand<Context>[],
    context: Context,
    options: HandleManyOptions,
    respond: Respond,
    retries: number,
  ): Promise<ManyOutcome> {
    const { upcasters, sealing } = this;
    const work = workOf(commands, context, options, respond, retries, { upcasters, sealing });
    const outcome = await this.groups.run(work);
    if (outcome.position !== null && !outcome.replayed) this.watch.notice(outcome.position);
    return outcome;
  }

  /** Appends events to streams, all or none. Somebody who was first is a result, not an exception. */
  async append(streams: readonly StreamAppend[], options: HandleManyOptions): Promise<AppendResult> {
    const commands = streams.map(({ stream, expected, events, evolve }) =>
      commandFor(
        { initial: null, decide: () => events, evolve: evolve ?? (state => state) },
        stream,
        null,
        expected,
      ),
    );
    try {
      // A lost race is looked at again: an exact version is then found to have moved.
      const { position, results } = await this.run(commands, null, options, () => null, mostAppendRaces);
      return { position, versions: results.map(({ version }) => version) };
    } catch (error) {
      if (error instanceof VersionConflict) return { conflict: error };
      throw error;
    }
  }

  /**
   * The answer given before under a key, or null: for callers who look things up before they can decide.
   * @throws Rejection `idempotency_mismatch` when the key was used for another body.
   */
  async recall(key: IdempotencyKey): Promise<Answer | null> {
    const { answer } = await this.loader.read([], key);
    return answer && sameBody(await this.sealing.openAnswer(answer, key), key);
  }

  /** How many commands of this process have not been answered yet. */
  get waitingCommands(): number {
    return this.groups.length;
  }

  /** The events of one stream from version `from` (1), as known at position `upTo` (now). */
  readStream(stream: string, range?: { from?: number; upTo?: number }): Promise<StoredEvent[]> {
    return this.reader.readStream(stream, range);
  }

  /** The next `limit` events after a position. */
  readLog(after: number, limit: number): Promise<StoredEvent[]> {
    return this.reader.readLog(after, limit);
  }

  /** The log in pages after a position, up to and with `upTo` or until there are no more. */
  pages(after: number, options?: { size?: number; upTo?: number }): AsyncGenerator<StoredEvent[]> {
    return this.reader.pages(after, options);
  }

  /** The last position, when it was recorded, and which log this is. */
  head(): Promise<LogHead> {
    return this.reader.head();
  }

  /** The last position recorded at or before an instant; 0 when nothing was. */
  positionAt(instant: string): Promise<number> {
    return this.reader.positionAt(instant);
  }

  /** A runner for a subscription; it follows the log from `start()` until `stop()`, or until the store is closed. */
  subscribe(subscription: Subscription): SubscriptionRunner {
    const { reader, watch, waiting } = this;
    const parts = { pool: this.connections.read, reader, watch, waiting };
    const runner = new SubscriptionRunner(subscription, parts);
    this.runners.push(runner);
    return runner;
  }

  /**
   * Where each subscription stands, or the versions of one, newest first. `now` by the clock that events are recorded
   * by, where that is not the server's: how long the oldest event waits is measured against it.
   */
  subscriptionStatus(name?: string, now?: string): Promise<SubscriptionStatus[]> {
    return readStatus(this.connections.read, { ...(name ? { name } : {}), ...(now ? { now } : {}) });
  }

  /** Lets a subscription that stopped on an event try it again; false when it had not stopped. On record. */
  async resume(name: string, operator: Operator): Promise<boolean> {
    const resumed = await resumeSubscription(this.connections.read, name, operator);
    this.runners.forEach(runner => runner.poke());
    return resumed;
  }

  /** Lets a subscription go on without the event that it stopped on; false when it has not stopped there. On record. */
  async skip(name: string, position: number, operator: Required<Operator>): Promise<boolean> {
    const skipped = await skipEvent(this.connections.read, name, position, operator);
    this.runners.forEach(runner => runner.poke());
    return skipped;
  }

  /** What operators did about a subscription, or about all, latest first. */
  subscriptionActions(name?: string): Promise<SubscriptionAction[]> {
    return readActions(this.connections.read, name);
  }

  /** The events that a subscription left out, or all subscriptions, and why. */
  deadLetters(name?: string): Promise<DeadLetter[]> {
    return readDeadLetters(this.connections.read, name);
  }

  /**
   * Resolves once a subscription has processed a position, in whatever process it runs.
   * @throws SubscriptionBehind when it takes longer than `timeoutMillis`; SubscriptionStopped when it never will.
   */
  waitFor(name: string, position: number, timeoutMillis: number): Promise<void> {
    return this.waiting.wait(name, position, timeoutMillis);
  }

  /**
   * Builds the tables of a subscription anew beside the live ones and exchanges them. Logs in as the owner of the tables,
   * without the role: as migrations do.
   * @throws RebuildUnderWay; RebuildFailed at an event that nobody allowed to be left out. The live ones then stay.
   */
  async rebuild(subscription: Subscription, options?: RebuildOptions): Promise<Rebuilt> {
    const { role, ...asOwner } = this.options;
    const owner = openReading(asOwner, 4);
    try {
      return await rebuild({ owner, reader: this.reader, role }, subscription, options);
    } finally {
      await owner.end();
    }
  }

  /** Folds the states of all streams of these categories anew, and replaces those that are not the fold of their events. */
  rebuildStates(folds: Readonly<Record<string, Folding>>, options?: StatesOptions): Promise<StatesRebuilt> {
    return rebuildStates(this.connections.read, this.reader, folds, options);
  }

  /**
   * The position of a moment.
   * @throws NotYetKnown when it is still to come; RangeError for what is no position and no instant.
   */
  momentOf(at: At, options?: AtOptions): Promise<Moment> {
    return momentOf(this.connections.read, at, options);
  }

  /** A stream as it was known at a moment, folded from its events by its decider; null when that was nothing. */
  loadAt<State>(
    { initial, evolve }: Pick<Decider<State, never, never, never>, 'initial' | 'evolve'>,
    stream: string,
    at: At,
    options?: AtOptions,
  ): Promise<KnownStream<State> | null> {
    const folding = { initial, evolve } as unknown as Folding; // who names a stream knows its rules
    return streamAt<State>(this.connections.read, this.reader, folding, stream, at, options);
  }

  /** A projection as of a moment, from the events alone. */
  projectionAt<State>(
    projection: TemporalProjection<State>,
    at: At,
    options?: AtOptions,
  ): Promise<{ state: State } & Moment> {
    return projectionAt(this.connections.read, this.reader, projection, at, options);
  }

  /** Walks all chains and seals, and names what was edited, removed, inserted, moved, cut off or sealed anew. */
  verify(options?: VerifyOptions): Promise<Verification> {
    return verify(this.connections.read, this.reader, options);
  }

  /**
   * Adds the step from schema `from` of an event type to a later one, by default the next; in any order.
   * @throws Error after the first read or append.
   */
  registerUpcaster(type: string, from: number, upcast: Upcaster, to?: number): void {
    this.upcasters.register(type, from, upcast, to);
  }

  /**
   * Does every old schema lead to the newest? To be asked at start; the first read or append asks it, too.
   * @throws UpcastersInvalid that names each type and schema.
   */
  checkUpcasters(): void {
    this.upcasters.check();
  }

  /**
   * Destroys the key of a subject: its sealed fields read as null from now on, in every event and state, and no more
   * are taken. Then `SubjectErased` is recorded. Again it does what is left of it: after an error, ask again. Other
   * processes forget the key within five seconds; read models that keep clear text must be rebuilt.
   */
  erase(subject: string, options: EraseOptions): Promise<Erased> {
    const { now, effectiveOn, actor, meta } = options;
    const stored = { now, effectiveOn, meta: { actor, ...meta }, commutes: true };
    return erase(this.sealing.keys, subject, options, command =>
      this.handle(subjectDecider, `subject-${subject}`, command, { today: effectiveOn }, stored),
    );
  }

  /**
   * Is the master key the one that the keys of the subjects are wrapped in? To be asked at start. The first time it
   * takes the one that is given.
   * @throws MasterKeyMissing; MasterKeyWrong
   */
  checkSealing(): Promise<void> {
    return this.sealing.check();
  }

  /** Wraps all keys of subjects in the master key of this fingerprint; how many. */
  rewrapKeys(fingerprint: string): Promise<number> {
    return this.sealing.keys.rewrap(fingerprint);
  }

  /**
   * Does the log end where its head says? To be asked at start, before anything is appended.
   * @throws LogDamaged if not.
   */
  async checkHead(): Promise<LogHead> {
    const { rows } = await this.connections.read.query<{ head: string; last: string }>(
      `SELECT position AS head, coalesce((SELECT max(position) FROM public.events), 0) AS last FROM public.log_head`,
    );
    const [row] = rows;
    if (!row) throw new LogDamaged('log_head is empty', 0);
    if (row.head !== row.last) {
      throw new LogDamaged(`the head is at ${row.head}, the last event at ${row.last}`, Number(row.last));
    }
    return this.head();
  }

  /** Answers what is under way and stops the subscriptions, then closes the connections. */
  async close(): Promise<void> {
    await Promise.all([this.groups.settled(), ...this.runners.map(runner => runner.stop())]);
    const { append, load, read } = this.connections;
    await Promise.all([append.close(), load.end(), read.end(), this.watching.end()]);
  }
}
