import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The project's own folder. */
export const root = join(import.meta.dirname, '..', '..');

/** A fenced block of a document: what stands behind its language, and its text. */
export type Block = { mark: string; text: string };

/** All `sh` blocks of a document, in order. */
export function shellBlocks(path: string): Block[] {
  const text = readFileSync(join(root, path), 'utf8');
  return [...text.matchAll(/^```sh([^\n]*)\n([\s\S]*?)^```$/gm)].map(([, mark, block]) => ({
    mark: mark!.trim(),
    text: block!,
  }));
}

/** What a block did: its exit code, what it wrote, and each answer of curl with its status. */
export type Done = {
  code: number | null;
  out: string;
  err: string;
  answers: { status: number; body: unknown }[];
};

/**
 * Runs blocks as a reader would type them, one after the other in one folder: what an earlier one exported holds in
 * later ones. `npx duban` is the built product; curl also tells the status.
 */
export class Reader {
  private exports = '';

  constructor(
    private readonly folder: string,
    private readonly env: Readonly<Record<string, string>> = {},
  ) {}

  run(block: string): Done {
    const { status, stdout, stderr } = spawnSync(
      'bash',
      // Started from no shell, bash takes the pipe for a remote login and reads its start-up files.
      ['--norc', '-euo', 'pipefail', '-c', `${prelude}${this.exports}${block}`],
      {
        cwd: this.folder,
        env: { ...process.env, ...this.env, DUBAN_PROJECT: root },
        encoding: 'utf8',
      },
    );
    this.exports += (block.match(/^export .*$/gm) ?? []).map(line => `${line}\n`).join('');
    return { code: status, out: stdout, err: stderr, answers: answersIn(stdout) };
  }
}

const prelude = `
npx() { shift; node "$DUBAN_PROJECT/bin/duban.js" "$@"; }
if command -v curl >/dev/null; then curl() { command curl -w '\\n%{http_code}\\n' "$@"; }
else curl() { node "$DUBAN_PROJECT/test/support/curl.js" "$@"; }; fi
`;

/** A body on one line, its status on the next. */
function answersIn(out: string): Done['answers'] {
  return [...out.matchAll(/^(\{.*\}|\[.*\])\n(\d{3})$/gm)].map(([, body, status]) => ({
    status: Number(status),
    body: JSON.parse(body!) as unknown,
  }));
}

/** A command of the built product that stays up. */
export class Running {
  out = '';
  err = '';
  private readonly process: ChildProcess;
  private readonly exited: Promise<unknown>;

  constructor(args: readonly string[], folder: string, env: Readonly<Record<string, string>>) {
    this.process = spawn(process.execPath, [join(root, 'bin/duban.js'), ...args], {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.exited = once(this.process, 'exit');
    this.process.stdout!.on('data', text => (this.out += String(text)));
    this.process.stderr!.on('data', text => (this.err += String(text)));
  }

  /** Waits until its output holds what `find` looks for, and gives that. @throws Error when it ends before */
  async shows<T>(find: (out: string, err: string) => T | null | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = find(this.out, this.err);
        if (found !== null && found !== undefined) resolve(found);
      };
      this.process.stdout!.on('data', look);
      this.process.stderr!.on('data', look);
      this.process.once('exit', code => reject(new Error(`ended with ${code}: ${this.out}${this.err}`)));
      look();
    });
  }

  /** Asks it to end, as Ctrl-C does, and waits until it has. */
  async stop(): Promise<void> {
    this.process.kill('SIGINT');
    await this.exited;
  }
}
