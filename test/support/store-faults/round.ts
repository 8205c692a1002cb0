import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EventStore } from '@duban/event-store';
import { violationsOf } from './check-history.js';
import { type DisturbedServer } from './disturbed-server.js';
import { type FollowerEntry } from './following.js';
import { type Attempt, type Observation, type Operation } from './history.js';
import {
  type Fault,
  followerNames,
  planRound,
  type ProcessName,
  type RoundPlan,
  type Sending,
  writerNames,
} from './plan-round.js';
import { type Player } from './player.js';
import { type Direction, type Link } from './proxy.js';
import { faultsFoundBy, readStored } from './stored.js';
import { type WriterEntry } from './writing.js';

/** What rounds are played with: the server, the processes, and a folder for what these note. */
export interface Stage {
  readonly server: DisturbedServer;
  readonly players: Readonly<Record<ProcessName, Player>>;
  readonly folder: string;
}

export interface RoundResult {
  readonly violations: readonly string[];
  /** The faults that struck, and what callers were told. */
  readonly struck: readonly Fault[];
  readonly attempts: readonly Attempt[];
}

/** Plays a round on a fresh database: writers race, followers follow, faults strike; then all must be calm and true. */
export function playRound(seed: number, stage: Stage): Promise<RoundResult> {
  return new Round(planRound(seed), stage).play();
}

const patienceMillis = 45_000;
const fewCallers = 4;

class Round {
  private readonly database: string;
  private readonly attempts: Attempt[] = [];
  private readonly observations: Observation[] = [];
  private readonly struck: Fault[] = [];
  private readonly strikes: Promise<void>[] = [];
  private readonly underWay = new Set<string>();
  private isOver = false;
  private files = 0;
  private tellHead: (head: number) => void = () => undefined;
  private readonly head = new Promise<number>(resolve => (this.tellHead = resolve));

  constructor(
    private readonly plan: RoundPlan,
    private readonly stage: Stage,
  ) {
    this.database = `round_${plan.seed}_${randomBytes(4).toString('hex')}`;
  }

  // What goes wrong ends the round for all, so that the next one finds nobody at work.
  async play(): Promise<RoundResult> {
    const rested = new AbortController();
    const tooLong = pause(patienceMillis, null, { signal: rested.signal }).then(() => {
      throw new Error(`no end after ${patienceMillis / 1000} s: ${[...this.underWay].join('; ')}`);
    });
    try {
      return await Promise.race([this.playOut(), tooLong]);
    } catch (error) {
      this.isOver = true;
      await Promise.all(Object.values(this.stage.players).map(player => player.kill()));
      throw error;
    } finally {
      tooLong.catch(() => undefined);
      rested.abort();
    }
  }

  private async playOut(): Promise<RoundResult> {
    const { server } = this.stage;
    await this.during('a database is made', server.createDatabase(this.database));
    const store = new EventStore({ connection: { connectionString: await server.url(this.database) } });
    try {
      this.setUpFaults();
      await Promise.all([this.race(store), ...followerNames.map(name => this.follow(name))]);
      const { operations } = this.plan;
      const { attempts, observations, struck } = this;
      const stored = await this.during('it is read', readStored(server, this.database));
      const verified = await this.during('it is verified', faultsFoundBy(store));
      const told = violationsOf({ operations, attempts, observations, ...stored });
      return { violations: [...told, ...verified], struck, attempts };
    } finally {
      await this.during('the store is closed', store.close());
      await this.during('the database is dropped', server.dropDatabase(this.database));
    }
  }

  private async race(store: EventStore): Promise<void> {
    const { sendings, callers } = this.plan;
    await Promise.all(writerNames.map(name => this.write(name, sendings[name], callers)));
    await this.calmDown();
    await this.sendAgain();
    this.tellHead((await this.during('the head is read', store.head())).position);
  }

  private async during<T>(what: string, work: Promise<T>): Promise<T> {
    this.underWay.add(what);
    const result = await work;
    this.underWay.delete(what);
    return result;
  }

  private async write(name: ProcessName, sendings: readonly Sending[], callers: number): Promise<void> {
    const { stores } = this.plan;
    for (let left = sendings, life = 1; left.length > 0 && !this.isOver; life++) {
      const url = await this.urlFor(name);
      const file = this.newFile(name);
      const how = await this.during(
        `${name} writes`,
        this.stage.players[name].play({
          do: 'write',
          url,
          file,
          stores,
          callers,
          sendings: left,
        }),
      );
      const entries = entriesOf<WriterEntry>(file);
      this.attempts.push(...attemptsOf(entries, `${name}.${life}`));
      const sent = new Set(entries.map(({ op }) => op));
      left = how === 'done' ? [] : left.filter(({ operation }) => !sent.has(operation.id));
    }
  }

  private async follow(name: ProcessName): Promise<void> {
    const player = this.stage.players[name];
    for (let life = 1, complete = false; !complete && !this.isOver; life++) {
      const file = this.newFile(name);
      const reader = `${name}.${life}`;
      const playing = this.during(
        `${name} follows`,
        player.play({ do: 'follow', url: await this.urlFor(name), file, name: reader }),
      );
      void this.head.then(head => player.tell({ do: 'finish', head }));
      complete = (await playing) === 'done';
      const entries = entriesOf<FollowerEntry>(file);
      const seen = entries.flatMap(entry => ('seen' in entry ? entry.seen : []));
      const faults = entries.flatMap(entry => ('fault' in entry ? [entry.fault] : []));
      this.observations.push({
        reader,
        seen: seen.map(([position, id]) => ({ position, id })),
        faults,
        complete,
      });
      // The lease of the dead would last some seconds more.
      if (!complete) await this.expireLeases();
    }
  }

  private setUpFaults(): void {
    for (const [name, player] of Object.entries(this.stage.players)) {
      const faults = this.plan.faults.filter(({ process }) => process === name);
      player.proxy.disturb(
        faults.map(({ direction, bytes, fault }) => ({
          direction,
          bytes,
          strike: link => {
            const work = this.strike(fault, direction, link, player);
            this.strikes.push(this.during(fault.act, work));
          },
        })),
      );
    }
  }

  private async strike(fault: Fault, direction: Direction, link: Link, player: Player): Promise<void> {
    const { server } = this.stage;
    this.struck.push(fault);
    switch (fault.act) {
      case 'reset':
        return link.reset();
      case 'end':
        return link.end();
      case 'half-end':
        return link.halfEnd(direction);
      case 'stall':
        return link.stall(direction, pause(fault.millis));
      case 'mute':
        return link.mute(fault.millis);
      case 'kill':
        link.end();
        return player.kill();
      case 'terminate':
        return link.stall(direction, this.terminate(fault.backends));
      case 'expire-leases':
        return this.expireLeases();
      case 'restart':
        return server.restart(fault.how);
    }
  }

  private terminate(backends: number): Promise<void> {
    return this.stage.server.tryQuery(
      this.database,
      `SELECT pg_terminate_backend(pid) FROM (
         SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'
           AND application_name <> 'owner' ORDER BY state <> 'active', md5(pid::text) LIMIT $1) victims`,
      [backends],
    );
  }

  private expireLeases(): Promise<void> {
    return this.stage.server.tryQuery(
      this.database,
      `UPDATE subscriptions SET lease_until = clock_timestamp() - interval '1 second'`,
    );
  }

  private async calmDown(): Promise<void> {
    Object.values(this.stage.players).forEach(({ proxy }) => proxy.disturb([]));
    await Promise.all(this.strikes);
  }

  // As callers do who do not know what came of it, and some who do: under the same key, to another process.
  private async sendAgain(): Promise<void> {
    const asked = this.plan.operations.filter((operation, index) => {
      const kinds = this.attempts.filter(({ op }) => op === operation.id).map(({ outcome }) => outcome.kind);
      const isOpen =
        kinds.includes('unknown') || kinds.includes('full') || (index % 4 === 0 && kinds.includes('ok'));
      return operation.key !== 'none' && isOpen;
    });
    const before = this.attempts.length;
    await Promise.all(
      writerNames.map((name, nth) =>
        this.write(
          name,
          asked.filter(({ id }) => this.otherThan(id) === nth).map(operation => ({ store: 0, operation })),
          fewCallers,
        ),
      ),
    );
    const open = this.attempts.slice(before).find(({ outcome }) => outcome.kind === 'unknown');
    if (open)
      throw new Error(`${open.op}: unknown although nothing disturbed it: ${JSON.stringify(open.outcome)}`);
  }

  private otherThan(op: Operation['id']): number {
    return this.attempts.find(attempt => attempt.op === op)?.by.startsWith(writerNames[0]) ? 1 : 0;
  }

  private urlFor(name: ProcessName): Promise<string> {
    return this.stage.server.url(this.database, this.stage.players[name].proxy.port);
  }

  private newFile(name: string): string {
    return join(this.stage.folder, `${this.database}.${name}.${(this.files += 1)}`);
  }
}

function entriesOf<Entry>(file: string): Entry[] {
  if (!existsSync(file)) return []; // killed before it opened it
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map(line => JSON.parse(line) as Entry);
}

// A sending without an outcome: its caller died before it was told.
function attemptsOf(entries: readonly WriterEntry[], by: string): Attempt[] {
  const told = new Map(entries.map(entry => [entry.nr, entry]));
  return [...told.values()].map(({ op, expected, outcome }) => ({
    op,
    by,
    expected,
    outcome: outcome ?? { kind: 'unknown', why: 'the caller died' },
  }));
}
