import { realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { faultOf } from '../embedded/faults.js';
import { makeFolder } from '../embedded/home.js';
import { StartLock } from '../embedded/start-lock.js';
import { KeptDatabase } from './kept-database.js';
import { type ChildProgram, SupervisedChild } from './supervised-child.js';

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What a supervisor needs to know. */
export interface SupervisorOptions {
  /** Where `pids.json`, the lock and the embedded database are kept: DUBAN_HOME. */
  folder: string;
  /** A database of somebody else's: then none is started or stopped. */
  databaseUrl?: string | undefined;
  /** Settings of the embedded database. */
  settings?: Readonly<Record<string, string>>;
  /** Hears, in sentences, what an operator should know. */
  log: (sentence: string) => void;
}

/**
 * Owns the processes of one Duban: the embedded database, and the programs that work on it. Starts again what
 * crashes; stops the programs first and the database last.
 *
 * @example
 * const supervisor = new Supervisor({ folder: '.duban', log: console.error });
 * supervisor.stopOnSignals();
 * const url = await supervisor.start();
 * await supervisor.run({ name: 'api', path: 'dist/apps/api/src/main.js' });
 * await supervisor.stopped;
 */
export class Supervisor {
  /** Settles once everything has been stopped. */
  readonly stopped: Promise<void>;
  private settleStopped!: () => void;
  private readonly children: SupervisedChild[] = [];
  private database: KeptDatabase | null = null;
  private starting: Promise<string> | null = null;
  private stopping: Promise<void> | null = null;
  private folder = ''; // known once it is ours
  private releaseLock = (): void => undefined;
  private forgetSignals = (): void => undefined;

  constructor(private readonly options: SupervisorOptions) {
    this.stopped = new Promise(resolve => (this.settleStopped = resolve));
  }

  /**
   * Takes the folder and brings the database up.
   *
   * @returns the URL of the database, which stays the same for as long as the supervisor lives
   * @throws EmbeddedServerError; Error when another supervisor works in this folder
   */
  start(): Promise<string> {
    this.starting ??= this.bringUp();
    return this.starting;
  }

  /**
   * Starts a program with DATABASE_URL in its environment, and starts it again whenever it ends.
   *
   * @returns true once it announced that it is ready; false when it was stopped before
   */
  async run(program: ChildProgram): Promise<boolean> {
    const DATABASE_URL = await this.start();
    if (this.stopping) return false;
    const env = { DATABASE_URL, ...program.env };
    const child = new SupervisedChild({ ...program, env }, this.options.log, () => this.notePids());
    this.children.push(child);
    child.start();
    return child.ready;
  }

  /** Lets the first Ctrl-C, SIGTERM or hang-up stop everything in order, and a second one at once. */
  stopOnSignals(): void {
    const onSignal = () => {
      if (this.stopping) return this.kill();
      this.options.log('Stopping; once more stops at once.');
      this.stop().catch((error: Error) => this.options.log(error.message));
    };
    stopSignals.forEach(name => process.on(name, onSignal));
    this.forgetSignals = () => stopSignals.forEach(name => process.removeListener(name, onSignal));
  }

  /** Stops the programs, all together, then the database. Safe to call twice. */
  stop(): Promise<void> {
    this.stopping ??= this.takeDown();
    return this.stopping;
  }

  private async bringUp(): Promise<string> {
    this.lockFolder();
    try {
      if (this.options.databaseUrl === undefined) this.database = await this.startDatabase();
      this.notePids();
      return this.database?.url ?? this.options.databaseUrl!;
    } catch (error) {
      this.releaseLock();
      this.folder = '';
      throw error;
    }
  }

  private lockFolder(): void {
    try {
      makeFolder(resolve(this.options.folder));
      const folder = realpathSync(this.options.folder);
      const lock = new StartLock(folder, 'supervisor').tryTake();
      if ('heldBy' in lock) throw new AlreadyRunning(folder, lock.heldBy);
      this.releaseLock = lock.release;
      this.folder = folder;
    } catch (error) {
      throw error instanceof AlreadyRunning ? error : faultOf(error, this.options.folder);
    }
  }

  private startDatabase(): Promise<KeptDatabase> {
    const { log, settings = {} } = this.options;
    return KeptDatabase.start({ folder: join(this.folder, 'postgres'), log, settings }, () =>
      this.notePids(),
    );
  }

  private async takeDown(): Promise<void> {
    try {
      await this.starting?.catch(() => undefined); // whoever called start() was told
      await Promise.all(this.children.map(child => child.stop()));
      await this.database?.stop();
      if (this.folder) rmSync(this.pidsFile, { force: true });
    } finally {
      this.releaseLock();
      this.forgetSignals();
      this.settleStopped();
    }
  }

  private kill(): void {
    this.children.forEach(child => child.kill());
    this.database?.kill();
  }

  private get pidsFile(): string {
    return join(this.folder, 'pids.json');
  }

  // For operators and fault tests. Renamed into place, so that a reader never sees half of it.
  private notePids(): void {
    const children = Object.fromEntries(this.children.map(({ program, pid }) => [program.name, pid]));
    const pids = { supervisor: process.pid, postgres: this.database?.pid ?? null, children };
    try {
      writeFileSync(`${this.pidsFile}.draft`, `${JSON.stringify(pids, null, 2)}\n`);
      renameSync(`${this.pidsFile}.draft`, this.pidsFile);
    } catch (error) {
      this.options.log(faultOf(error, this.folder).message); // a full disk must not end what still runs
    }
  }
}

/** Two supervisors in one folder would start everything twice. */
export class AlreadyRunning extends Error {
  override name = 'AlreadyRunning';

  constructor(folder: string, pid: number) {
    super(`Duban already runs in ${folder} (process ${pid}).`);
  }
}
