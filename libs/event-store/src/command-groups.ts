import { isConnectionFailure, isContention, isTimeout } from './connections.js';
import { type Group, Job, type Member } from './command-job.js';
import { conflictOf, type Draft } from './deciding.js';
import { type EventLog } from './event-log.js';
import { type Decided, type ManyOutcome, type StreamsAt, type Work } from './handling.js';
import { QueueFull } from './queue-full.js';
import { laterOf, type LoadedStream } from './stream.js';
import { type StreamCache } from './stream-cache.js';
import { type StreamLoader } from './stream-loader.js';

/** So many commands or events travel together at most: enough to make the commit cheap, too few to make anybody wait. */
const largestGroup = { commands: 128, events: 1000 };

/** While one group is on its way, so many events are enough to send the next one after it. */
const worthSending = 8;
const mostOnTheirWay = 2;

/**
 * Group commit without a timer: while one group is on its way, the next one gathers. The commands of a group are decided
 * one after the other in memory, each on what those before it lead to, written by one statement, and each gets an
 * answer of its own once that is durable. What a command built upon is compared when it is written: should an earlier
 * one fail, the later one is decided anew.
 */
export class CommandGroups {
  private readonly queue: Job[] = [];
  /** The one that is being gathered is the last. No Map of all of them: what is deleted from one is not soon forgotten. */
  private readonly groups: Group[] = [];
  private waiting = 0;
  /** As it was in the last group. */
  private eventsPerCommand = 1;
  private arrived = 0;
  private awake = false;
  private idle: (() => void)[] = [];

  constructor(
    private readonly log: EventLog,
    private readonly loader: StreamLoader,
    private readonly cache: StreamCache,
    private readonly longestQueue: number,
  ) {}

  /** How many commands have not been answered yet. */
  get length(): number {
    return this.waiting;
  }

  /** @throws QueueFull, VersionConflict, and whatever the work refuses with */
  async run(work: Work): Promise<ManyOutcome> {
    if (this.waiting >= this.longestQueue) throw new QueueFull(this.waiting);
    this.waiting += 1;
    try {
      return await new Promise((resolve, reject) => {
        const job = new Job((this.arrived += 1), work, resolve, reject);
        if (work.streams.every(stream => this.isRemembered(stream) || work.unwritten.includes(stream)))
          this.enqueue(job);
        else void this.read(job);
      });
    } finally {
      this.waiting -= 1;
      if (this.waiting === 0) this.idle.splice(0).forEach(resolve => resolve());
    }
  }

  /** Resolves when everything under way has been answered. */
  async settled(): Promise<void> {
    if (this.waiting > 0) await new Promise<void>(resolve => this.idle.push(resolve));
  }

  private isRemembered(stream: string): boolean {
    return this.ahead(stream) !== undefined || this.cache.has(stream);
  }

  /** Looks the work up anew. */
  private async read(job: Job, again = false): Promise<void> {
    const { streams, key } = job.work;
    try {
      job.known = await this.loader.read(streams, key);
      const { answer } = job.known;
      if (answer) job.resolve(await job.work.replay(answer, this.committed(job)));
      else this.enqueue(job, again);
    } catch (error) {
      job.reject(error);
    }
  }

  /** Whoever comes a second time goes before those who come for the first, in the order in which they first came. */
  private enqueue(job: Job, again = false): void {
    job.again = again;
    const place = again ? this.queue.findIndex(other => !other.again || other.nr > job.nr) : -1;
    if (place < 0) this.queue.push(job);
    else this.queue.splice(place, 0, job);
    this.wake();
  }

  // Whoever has been answered a moment ago, or has just arrived, may come along.
  private wake(): void {
    if (this.awake) return;
    this.awake = true;
    setImmediate(() => {
      this.awake = false;
      this.send();
    });
  }

  private send(): void {
    while (this.groups.length < mostOnTheirWay && this.queue.length > 0) {
      const expected = this.queue.length * this.eventsPerCommand;
      if (this.groups.length > 0 && expected < worthSending) return;
      // Half of those who wait stays for the next group: one is decided here while the other is written there.
      const half = this.groups.length === 0 && expected >= 2 * worthSending;
      const group = this.gather(half ? Math.ceil(this.queue.length / 2) : this.queue.length);
      if (!group) return;
      void this.write(group).finally(() => this.wake());
    }
  }

  private async write(group: Group): Promise<void> {
    const { members, later } = group;
    const items = members.map(({ decided }) => decided.item!);
    try {
      const appended = items.length > 0 ? await this.log.append(items, group.folds) : [];
      this.land(group);
      members.forEach((member, nth) => {
        const position = appended[nth]?.position;
        if (position === undefined) this.lose(member);
        else this.win(member, position, group.folds);
      });
    } catch (error) {
      this.land(group);
      this.fail(members, error);
    }
    for (const job of later) void this.read(job, true);
  }

  private land(group: Group): void {
    this.groups.splice(this.groups.indexOf(group), 1);
  }

  /** Where what is on its way leads a stream. */
  private ahead(stream: string): LoadedStream | undefined {
    for (let nth = this.groups.length - 1; nth >= 0; nth--) {
      const loaded = this.groups[nth]!.ahead.get(stream);
      if (loaded) return loaded;
    }
    return undefined;
  }

  /** What is remembered or what was read for it, whichever is later. */
  private committed({ known }: Job): StreamsAt {
    return stream => laterOf(this.cache.get(stream), known?.streams.get(stream));
  }

  /** Takes a group from the queue and decides it; null when it must not build upon those that are on their way. */
  private gather(most: number): Group | null {
    const { folds } = this.cache;
    const group: Group = { members: [], later: [], ahead: new Map(), folds };
    const keys = new Set<string>();
    if (this.mustStandFirst(this.queue[0]!) && this.groups.length > 0) return null;
    if (this.groups.some(other => other.folds !== folds)) return null;
    this.groups.push(group);
    let events = 0;
    for (let left = Math.min(most, largestGroup.commands); left > 0 && events < largestGroup.events; left--) {
      if (group.members.length > 0 && this.mustStandFirst(this.queue[0]!)) break;
      const job = this.queue.shift()!;
      const member = this.decide(job, keys);
      if (member === 'later') group.later.push(job);
      if (member === 'later' || member === 'gone') continue;
      group.members.push(member);
      for (const draft of written(member.decided)) {
        group.ahead.set(draft.write.stream, draft);
        events += draft.flat.length;
      }
      if (job.alone) break;
    }
    this.eventsPerCommand = Math.max(1, events / Math.max(1, group.members.length));
    return group;
  }

  // Certainty is had only on settled ground; and a suspect goes alone.
  private mustStandFirst({ alone, wantsCertainty, work }: Job): boolean {
    return alone || (wantsCertainty && work.streams.some(stream => this.ahead(stream)));
  }

  /**
   * Decides a job on what the commands before it lead to. A refusal, or that there is nothing to do, is an answer only
   * when it rests on what was read: what is remembered may be old, what is on its way may yet fail, and nothing is
   * compared where nothing is written.
   */
  private decide(job: Job, keys: Set<string>): Member | 'later' | 'gone' {
    const { key, streams } = job.work;
    const name = key && JSON.stringify([key.actor, key.key]);
    if (name !== undefined && keys.has(name)) return 'later';
    if (this.mustLookAgain(job)) return 'later';
    const builds = streams.some(stream => this.ahead(stream));
    const isFinal = () => !builds && comesToNothing(job);
    const committed = this.committed(job);
    try {
      const decided = job.work.decide(stream => this.ahead(stream) ?? committed(stream));
      if (!decided.item && !isFinal()) return doubt(job);
      if (decided.item) {
        if (name !== undefined) keys.add(name);
        return { job, decided, builds };
      }
      job.resolve(decided.outcome(null));
    } catch (error) {
      const fetched = job.work.fetchFor(error);
      if (fetched) void fetched.then(() => this.enqueue(job, true), job.reject);
      else if (!isFinal()) return doubt(job);
      else job.reject(error);
    }
    return 'gone';
  }

  /** What was read for it is from before states were folded anew, or from before something that was written here. */
  private mustLookAgain(job: Job): boolean {
    const { known, work, looked } = job;
    if (!known) return false;
    const isOld = (stream: string) =>
      !this.ahead(stream) && (this.committed(job)(stream)?.version ?? 0) < this.cache.versionOf(stream);
    // Once is enough: a database that was put back to a backup stays behind what was seen.
    job.looked = known.folds !== this.cache.folds || (!looked && work.streams.some(isOld));
    return job.looked;
  }

  private win({ job, decided }: Member, position: number, folds: number): void {
    if (folds === this.cache.folds)
      for (const { write, state, version, hash } of written(decided))
        this.cache.put(write.stream, { state, version, hash }, write.state.length);
    job.resolve(decided.outcome(position));
  }

  /** Somebody was first: the same command, whose answer is then this one's, or another. */
  private lose(member: Member): void {
    const { job, builds } = member;
    for (const stream of job.work.streams) this.cache.drop(stream);
    job.wantsCertainty = false;
    job.looked = false;
    // Only what was read has lost a race; what was remembered, or built upon another command, was no more than a try.
    if (job.known !== null && !builds) job.lostRaces += 1;
    void (job.lostRaces > job.work.retries ? this.giveUp(member) : this.read(job, true));
  }

  private async giveUp({ job, decided }: Member): Promise<void> {
    const { streams, key } = job.work;
    try {
      const now = await this.loader.read(streams, key);
      if (now.answer)
        return job.resolve(await job.work.replay(now.answer, stream => now.streams.get(stream)));
      const conflict = conflictOf(decided.drafts, stream => now.streams.get(stream));
      if (conflict) return job.reject(conflict);
      // It lost nothing: one that shared streams with it did.
      job.known = now;
      this.enqueue(job, true);
    } catch (error) {
      job.reject(error);
    }
  }

  private fail(members: readonly Member[], error: unknown): void {
    const isOfAll = isConnectionFailure(error) || isContention(error) || isTimeout(error);
    for (const { job } of members) {
      for (const stream of job.work.streams) this.cache.drop(stream);
      if (isOfAll || members.length === 1) job.reject(error);
      else void this.read(Object.assign(job, { alone: true }), true);
    }
  }
}

/**
 * Whether a command was read for and, with a key, comes to nothing also on what was read together with the key: what has
 * been written since may be what the same command led to when it was sent before.
 */
function comesToNothing({ work, known }: Job): boolean {
  if (!known || !work.key) return known !== null;
  try {
    return work.decide(stream => known.streams.get(stream)).item === null;
  } catch (error) {
    return work.fetchFor(error) === null;
  }
}

function doubt(job: Job): 'later' {
  job.wantsCertainty = true;
  return 'later';
}

function written({ drafts }: Decided): Draft[] {
  return drafts.filter(({ flat }) => flat.length > 0);
}
