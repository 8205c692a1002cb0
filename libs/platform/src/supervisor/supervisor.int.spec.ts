import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../embedded/embedded-server.js';
import { isRunning, processesIn, signal, until } from '../embedded/processes.js';

type Message = { url?: string; fault?: string; sentence?: string };
type Pids = { supervisor: number; postgres: number; children: { child: number | null } };

const script = join(import.meta.dirname, '../../../../test/support/supervised-parent.js');
let folder: string;
let supervisor: ChildProcess | null = null;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'duban-supervisor-'));
  chmodSync(folder, 0o711);
});
afterEach(async () => {
  if (supervisor) await end('SIGTERM');
});
afterAll(async () => {
  await (await startEmbedded({ folder: join(folder, 'postgres') })).stop();
  rmSync(folder, { recursive: true });
});

function start(...childArguments: string[]): Promise<string> {
  supervisor = fork(script, [folder, ...childArguments], { execArgv: [] });
  return heard(supervisor, message => message.url ?? message.fault);
}

function heard(from: ChildProcess, listen: (message: Message) => string | undefined): Promise<string> {
  return new Promise(resolve => {
    from.on('message', message => {
      const said = listen(message as Message);
      if (said !== undefined) resolve(said);
    });
  });
}

async function end(name: NodeJS.Signals): Promise<number | null> {
  const ending = supervisor!;
  supervisor = null;
  const exited = once(ending, 'exit') as Promise<[number | null]>;
  ending.kill(name);
  return (await exited)[0];
}

const pids = () => JSON.parse(readFileSync(join(folder, 'pids.json'), 'utf8')) as Pids;

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function endedPrograms(): Promise<number[]> {
  const server = await startEmbedded({ folder: join(folder, 'postgres') });
  const client = new pg.Client(server.url);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('select pid from ended');
  await client.end();
  await server.stop();
  return rows.map(({ pid }) => pid);
}

describe('a supervisor', () => {
  it('starts a crashed program again', async () => {
    await start();
    const { child } = pids().children;
    signal(child!, 'SIGKILL');
    expect(await until(() => ![null, child].includes(pids().children.child), 30_000)).toBe(true);
    expect(isRunning(pids().children.child!)).toBe(true);
  });

  it('starts a killed database again under the same URL, and leaves the programs alone', async () => {
    const url = await start();
    const before = pids();
    signal(before.postgres, 'SIGKILL');
    expect(await until(() => pids().postgres !== before.postgres, 30_000)).toBe(true);
    expect(await answers(url)).toBe(true);
    expect(pids().children).toEqual(before.children);
  });

  it('stops the programs first and the database last, and leaves nothing running', async () => {
    await start();
    const before = pids();
    expect(await end('SIGTERM')).toBe(0);
    expect([before.children.child!, before.postgres].map(isRunning)).toEqual([false, false]);
    expect(processesIn(join(folder, 'postgres', 'data'))).toEqual([]);
    expect(existsSync(join(folder, 'pids.json'))).toBe(false);
    expect(await endedPrograms()).toContain(before.children.child);
  });

  it('ends at once when it is told twice', async () => {
    await start('stubborn');
    const { children, postgres } = pids();
    const stopping = heard(supervisor!, ({ sentence }) => sentence);
    supervisor!.kill('SIGINT');
    expect(await stopping).toBe('Stopping; once more stops at once.');
    const startedAt = performance.now();
    expect(await end('SIGINT')).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(8900); // the program's own patience is 9 s
    expect([children.child!, postgres].map(isRunning)).toEqual([false, false]);
  });

  it('has its folder to itself', async () => {
    await start();
    const second = fork(script, [folder], { execArgv: [] });
    const exited = once(second, 'exit');
    expect(await heard(second, ({ fault }) => fault)).toBe(
      `Duban already runs in ${folder} (process ${supervisor!.pid}).`,
    );
    await exited;
    expect([pids().children.child!, pids().postgres].map(isRunning)).toEqual([true, true]);
  });

  it('killed by force takes its programs with it; the next one takes over its database', async () => {
    const url = await start();
    const before = pids();
    await end('SIGKILL');
    expect(await until(() => !isRunning(before.children.child!), 30_000)).toBe(true);
    expect(isRunning(before.postgres)).toBe(true);
    expect(await start()).toBe(url);
    expect(pids().postgres).toBe(before.postgres);
  });
});
