import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const launcher = join(import.meta.dirname, '../../bin/duban.js');

type Env = Readonly<Record<string, string>>;

/** How a command ended. */
export type Ended = { code: number | null; stdout: string; stderr: string };

/** A command that goes on, such as `up`. */
export type Running = {
  pid: number;
  /** Everything said so far, on both. */
  said(): string;
  /** Waits until it has said something; rejects when it ends before. */
  saying(words: string): Promise<void>;
  signal(name: NodeJS.Signals): void;
  ended: Promise<Ended>;
};

// Nothing of the machine that tests must reach the command: what it needs is named by the test.
const inherited = ['PATH', 'HOME', 'TMPDIR', 'USER'];

/** Runs `duban` as a shell would, in English. */
export function duban(args: readonly string[], env: Env): Promise<Ended> {
  return startDuban(args, env).ended;
}

/** Starts `duban` and leaves it running. */
export function startDuban(args: readonly string[], env: Env): Running {
  const kept = Object.fromEntries(inherited.map(name => [name, process.env[name] ?? '']));
  const child = spawn(process.execPath, [launcher, ...args], { env: { ...kept, LANG: 'C', ...env } });
  const heard = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => (heard[stream] += text));
  const said = () => heard.stdout + heard.stderr;
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...heard }));
  const saying = (words: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => said().includes(words) && resolve();
      for (const stream of ['stdout', 'stderr'] as const) child[stream].on('data', look);
      look();
      void ended.then(() => reject(new Error(`ended without saying ${words}:\n${said()}`)));
    });
  return { pid: child.pid ?? 0, said, saying, signal: name => void child.kill(name), ended };
}

/** The JSON that a command printed. */
export function printed<T>({ stdout }: Ended): T {
  return JSON.parse(stdout) as T;
}
