import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { until } from '../embedded/processes.js';
import { restartDelayMs } from './backoff.js';

const steadyAfterMs = 30_000;
const patienceMs = 10_000;

/** A program that the supervisor keeps running. */
export interface ChildProgram {
  /** For the log and `pids.json`. */
  name: string;
  /** The script of Node to run. */
  path: string;
  args?: readonly string[];
  /** Flags of Node. */
  flags?: readonly string[];
  /** Added to the environment of the supervisor. */
  env?: Readonly<Record<string, string>>;
  /** What it writes goes to the end of this file; to the supervisor's own output when left out. */
  logFile?: string;
}

/** What a child tells its supervisor; see `announceReady`. */
export const readyMessage = 'ready';

/** One program and the process that runs it at the moment. */
export class SupervisedChild {
  /** Whether the program has announced itself; false when it was stopped before. */
  readonly ready: Promise<boolean>;
  private settleReady!: (isReady: boolean) => void;
  private process: ChildProcess | null = null;
  private timer: NodeJS.Timeout | null = null;
  private failures = 0;
  private stopping = false;

  constructor(
    readonly program: ChildProgram,
    private readonly log: (sentence: string) => void,
    private readonly onChange: () => void,
  ) {
    this.ready = new Promise(resolve => (this.settleReady = resolve));
  }

  /** The number of the running process, or null between two of them. */
  get pid(): number | null {
    return this.process?.pid ?? null;
  }

  start(): void {
    const { path, args = [], flags = [], env, logFile } = this.program;
    const startedAt = performance.now();
    const log = logFile === undefined ? null : openSync(logFile, 'a');
    // In a group of its own: a Ctrl-C in the terminal reaches the supervisor alone, which stops all in order.
    const stdio = log === null ? ('inherit' as const) : log;
    const child = fork(path, [...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', stdio, stdio, 'ipc'],
      execArgv: [...flags],
      detached: true,
    });
    if (log !== null) closeSync(log);
    this.process = child;
    child.on('message', message => message === readyMessage && this.settleReady(true));
    child.once('error', error =>
      this.log(`${this.program.name} could not be started or reached: ${error.message}`),
    );
    child.once('exit', (code, signal) =>
      this.afterExit(signal ?? `code ${code}`, performance.now() - startedAt),
    );
    this.onChange();
  }

  /** Asks the process to end, and ends it by force when it has not after 10 s. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.settleReady(false);
    if (this.timer) clearTimeout(this.timer);
    const child = this.process;
    if (!child) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    if (!(await until(() => this.process === null, patienceMs))) {
      this.log(`${this.program.name} did not end within ${patienceMs / 1000} s and is ended by force.`);
      this.kill();
    }
    await exited;
  }

  kill(): void {
    this.process?.kill('SIGKILL');
  }

  private afterExit(how: string, livedMs: number): void {
    this.process = null;
    this.onChange();
    if (this.stopping) return;
    this.failures = livedMs > steadyAfterMs ? 1 : this.failures + 1;
    const delayMs = restartDelayMs(this.failures);
    this.log(`${this.program.name} ended (${how}) and is started again in ${delayMs} ms.`);
    this.timer = setTimeout(() => this.start(), delayMs);
  }
}
