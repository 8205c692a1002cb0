import { createPool, SimulatedClock, startEmbedded } from '@duban/platform';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestDatabase, testDatabase } from '../../../test/support/database.js';
import { duban, type Ended, printed, type Running, startDuban } from '../../../test/support/duban.js';

const patienceMs = 120_000;
let home: string;
let port: string;
let running: Running | null = null;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'duban-up-'));
  chmodSync(home, 0o711);
  port = String(await freePort());
});
afterEach(() => stopped(), patienceMs);
afterAll(async () => {
  await (await startEmbedded({ folder: join(home, 'postgres') })).stop();
  rmSync(home, { recursive: true });
}, patienceMs);

const env = () => ({ DUBAN_HOME: home, PORT: port });

async function up(...more: string[]): Promise<Running> {
  running = startDuban(['up', ...more], env());
  await running.saying('Next, in another terminal:');
  await running.saying('/v1/plans');
  return running;
}

async function stopped(signal: NodeJS.Signals = 'SIGINT'): Promise<Ended | undefined> {
  const ending = running;
  running = null;
  ending?.signal(signal);
  return ending?.ended;
}

async function freePort(): Promise<number> {
  const probe = await listening(0);
  const { port: free } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return free;
}

async function listening(on: number): Promise<Server> {
  const server = createServer().listen(on, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

type Pids = { supervisor: number; postgres: number; children: Record<string, number> };

function pids(): number[] {
  const { supervisor, postgres, children } = JSON.parse(
    readFileSync(join(home, 'pids.json'), 'utf8'),
  ) as Pids;
  return [supervisor, postgres, ...Object.values(children)];
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('duban up', () => {
  it(
    'starts everything from nothing, shows the key of the administrator once, and works with it',
    async () => {
      const startedAt = performance.now();
      running = startDuban(['up'], env());
      await running.saying('Duban is starting');
      expect(performance.now() - startedAt).toBeLessThan(2000);
      await running.saying('/v1/plans');
      const token = /export DUBAN_KEY=(\S+)/.exec(running.said())?.[1];
      const answer = await fetch(`http://127.0.0.1:${port}/v1/me`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect([answer.status, await answer.json()]).toMatchObject([200, { role: 'admin' }]);
      expect(pids().filter(lives)).toHaveLength(4);
    },
    patienceMs,
  );

  it(
    'uses one database with the commands beside it, and goes on when they end',
    async () => {
      await up();
      expect(running?.said()).not.toContain('dbn_');
      const before = pids();
      const listed = await duban(['keys', 'list'], env());
      expect([listed.code, listed.stdout]).toEqual([0, expect.stringContaining('person:admin')]);
      const healthy = await duban(['doctor', '--json'], env());
      expect(healthy.stdout).toContain('"ok": true');
      expect(pids()).toEqual(before);
      expect(before.filter(lives)).toHaveLength(4);
    },
    patienceMs,
  );

  it(
    'runs once in a folder',
    async () => {
      await up();
      const { code, stderr } = await duban(['up'], env());
      expect(code).toBe(1);
      expect(stderr).toContain(`already runs in ${home} (process ${running?.pid})`);
      expect(pids().filter(lives)).toHaveLength(4);
    },
    patienceMs,
  );

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'leaves no process behind after %s',
    async signal => {
      await up('--json');
      const all = pids();
      const ended = await stopped(signal);
      expect(ended?.code).toBe(0);
      expect(printed<object>(ended!)).toMatchObject({ url: `http://127.0.0.1:${port}`, adminKey: null });
      expect(all.filter(lives)).toEqual([]);
      expect(existsSync(join(home, 'pids.json'))).toBe(false);
    },
    patienceMs,
  );

  it(
    'says in one sentence that its port is taken, and stops what it had started',
    async () => {
      const other = await listening(Number(port));
      const { code, stderr } = await duban(['up'], env());
      other.close();
      await once(other, 'close');
      expect(code).toBe(1);
      expect(stderr).toContain(`Port ${port} of 127.0.0.1 is taken by another program`);
      expect(readdirSync(home)).not.toContain('pids.json');
    },
    patienceMs,
  );
});

describe('a ledger of simulated time', () => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await testDatabase()));
  afterAll(() => database.drop());

  it(
    'is refused with one sentence',
    async () => {
      const pool = createPool(database.url, { applicationName: 'up', max: 1 });
      await new SimulatedClock(pool).moveTo('2023-04-20T01:00:00Z');
      const { code, stderr } = await duban(['up'], { ...env(), DATABASE_URL: database.url });
      expect(code).toBe(1);
      expect(stderr).toContain('This ledger runs on simulated time');
      const { rowCount } = await pool.query('SELECT 1 FROM ledger_stamp');
      await pool.end();
      expect(rowCount).toBe(0);
    },
    patienceMs,
  );
});

describe('a command while nothing runs', () => {
  it(
    'starts the embedded database and stops it again, also with another command beside it',
    async () => {
      const ended = await Promise.all([duban(['plan', 'list'], env()), duban(['verify'], env())]);
      expect(ended.map(({ code }) => code)).toEqual([0, 0]);
      expect(readdirSync(join(home, 'commands'))).toEqual([]);
      const server = await startEmbedded({ folder: join(home, 'postgres') });
      await server.stop();
      expect(server.reused).toBe(false);
    },
    patienceMs,
  );

  it(
    'stops it on Ctrl-C, too',
    async () => {
      running = startDuban(['seed'], env());
      await running.saying('loading');
      expect((await stopped('SIGINT'))?.code).toBe(130);
      const server = await startEmbedded({ folder: join(home, 'postgres') });
      await server.stop();
      expect(server.reused).toBe(false);
    },
    patienceMs,
  );
});
