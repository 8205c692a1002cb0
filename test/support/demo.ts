import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What `duban demo --json` prints at its end. */
export type DemoOutcome = {
  counts: {
    tasks: number;
    events: number;
    reminders: number;
    editions: number;
    byType: Record<string, number>;
  };
  digests: { ledgers: Record<string, string>; editions: Record<string, string> };
  checks: { name: string; faults: string[] }[];
};

/** A demo that runs in a folder of its own. */
export type RunningDemo = {
  folder: string;
  /** The processes that it has now, by name. */
  pids: () => Record<'worker' | 'api' | 'postgres', number | null>;
  /** Everything it has told once it has told this, or has ended. */
  hears: (text: string) => Promise<string>;
  /** Ctrl-C. */
  interrupt: () => void;
  /** Settles when it has ended. */
  ended: Promise<{ code: number | null; outcome: DemoOutcome | null; told: string }>;
  /** Removes its folder. */
  clean: () => void;
};

const launcher = join(import.meta.dirname, '../../bin/duban.js');

/** One plan to the end of July: the part of the demo that tests can afford. */
export const shortDemo = ['demo', '--exit', '--json', '--plans', '004', '--until', '2023-07-31'];

export function startDemo(
  args: readonly string[] = shortDemo,
  environment: Readonly<Record<string, string>> = {},
): RunningDemo {
  const folder = mkdtempSync(join(tmpdir(), 'duban-demo-'));
  const inherited = { ...process.env };
  for (const name of ['DATABASE_URL', 'REDIS_URL']) delete inherited[name];
  const child = spawn(process.execPath, [launcher, ...args], {
    cwd: folder,
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString('utf8')));
  const hears = (text: string) =>
    new Promise<string>(resolve => {
      const look = () => said.err.includes(text) && resolve(said.err);
      child.stderr.on('data', look);
      child.once('close', () => resolve(said.err));
      look();
    });
  const ended: RunningDemo['ended'] = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => {
      const outcome = said.out.startsWith('{') ? (JSON.parse(said.out) as DemoOutcome) : null;
      resolve({ code, outcome, told: said.err });
    });
  });
  const pidsFile = join(folder, '.duban/demo/pids.json');
  const pids = () => {
    if (!existsSync(pidsFile)) return { worker: null, api: null, postgres: null };
    const { postgres, children } = JSON.parse(readFileSync(pidsFile, 'utf8')) as {
      postgres: number | null;
      children: { worker?: number | null; api?: number | null };
    };
    return { postgres, worker: children.worker ?? null, api: children.api ?? null };
  };
  const interrupt = () => void child.kill('SIGINT');
  return {
    folder,
    pids,
    hears,
    interrupt,
    ended,
    clean: () => rmSync(folder, { recursive: true, force: true }),
  };
}
