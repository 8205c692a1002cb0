import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type Order, type Word } from './orders.js';
import { Proxy } from './proxy.js';

/** One process that uses the store through a proxy of its own; when it is killed, the next order starts another. */
export class Player {
  private child: Promise<ChildProcess> | null = null;
  private said = '';

  private constructor(
    readonly name: string,
    readonly proxy: Proxy,
    private readonly program: string,
  ) {}

  static async enter(name: string, program: string, target: () => Promise<number | null>): Promise<Player> {
    return new Player(name, await Proxy.open(target), program);
  }

  /**
   * Gives an order and waits until it is done, or the process has been killed meanwhile.
   * @throws Error when it ends by itself: what it said last.
   */
  async play(order: Order): Promise<'done' | 'killed'> {
    const child = await (this.child ??= this.start());
    if (child.signalCode === 'SIGKILL') return this.buried('killed');
    const outcome = new Promise<'done' | 'killed' | 'ended'>(resolve => {
      if (child.exitCode !== null) resolve('ended');
      child.on('message', (word: Word) => 'done' in word && resolve('done'));
      child.once('exit', (_, signal) => resolve(signal === 'SIGKILL' ? 'killed' : 'ended'));
    });
    if (child.connected) child.send(order);
    const how = await outcome;
    child.removeAllListeners('message').removeAllListeners('exit');
    if (how === 'ended') throw new Error(`${this.name} ended by itself: ${this.said.slice(-2000)}`);
    return how === 'killed' ? this.buried(how) : how;
  }

  /** Says something to a process that is at work. */
  async tell(order: Order): Promise<void> {
    const child = await this.child;
    if (child?.connected) child.send(order);
  }

  /** kill -9. */
  async kill(): Promise<void> {
    (await this.child)?.kill('SIGKILL');
  }

  async leave(): Promise<void> {
    const child = await this.child;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    await this.proxy.close();
  }

  private buried(how: 'killed'): 'killed' {
    this.child = null;
    return how;
  }

  private async start(): Promise<ChildProcess> {
    const child = fork(this.program, [], { execArgv: [], stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
    this.said = '';
    child.stderr?.on('data', text => (this.said += String(text)));
    await Promise.race([once(child, 'message'), once(child, 'exit')]);
    return child;
  }
}
