import { execFile, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { type EmbeddedServer, startEmbedded } from './embedded-server.js';
import { isRunning, processesIn, signal, until } from './processes.js';

const isRoot = process.getuid?.() === 0;
const root = join(import.meta.dirname, '../../../..');
let outer: string;
let folder: string;
let data: string;
let server: EmbeddedServer;

beforeAll(async () => {
  outer = mkdtempSync(join(tmpdir(), 'duban-embedded-'));
  folder = join(outer, 'open');
  if (isRoot) await promisify(execFile)('chmod', ['711', outer]);
  server = await startEmbedded({ folder });
  data = join(folder, 'data');
  await query('create table kept as select 1 as number');
});
afterAll(async () => {
  await (await startEmbedded({ folder })).stop();
  rmSync(outer, { recursive: true });
});
afterEach(async () => {
  server = await startEmbedded({ folder });
});

async function query<Row extends object>(statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const { rows } = await client.query<Row>(statement);
  await client.end();
  return rows;
}

async function expectItToStart(): Promise<void> {
  const again = await startEmbedded({ folder });
  expect(again.reused).toBe(false);
  expect(again.url).toBe(server.url);
  expect(await query('select number from kept')).toEqual([{ number: 1 }]);
}

/** A process of the account that the server runs as, which lives until it is killed. */
async function strangerRunning(script: string): Promise<{ pid: number; end: () => Promise<unknown> }> {
  const { uid, gid } = statSync(data);
  // What the shell left behind is never waited for, because the shell has become `sleep` by then.
  const stranger = spawn('sh', ['-c', `${script}; exec sleep 600`], {
    uid,
    gid,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [said] = (await once(stranger.stdout, 'data')) as [Buffer];
  const end = async () => stranger.kill('SIGKILL') && (await once(stranger, 'exit'));
  return { pid: Number(String(said).trim()), end };
}

const pidFileOf = (pid: number) => `${pid}\n${data}\n1\n${server.port}\n\n127.0.0.1\n\nready\n`;

describe('an embedded server', () => {
  it('has a database in UTF-8, a password that only its account reads, and a port on this machine alone', async () => {
    const [settings] =
      await query(`select current_database() as name, current_setting('server_encoding') as encoding,
      current_setting('listen_addresses') as addresses, current_setting('TimeZone') as zone,
      (select datlocale from pg_database where datname = 'duban') as locale`);
    expect(settings).toEqual({
      name: 'duban',
      encoding: 'UTF8',
      addresses: '127.0.0.1',
      zone: 'UTC',
      locale: 'C.UTF-8',
    });
    expect(statSync(join(folder, 'password')).mode & 0o777).toBe(0o600);
    await expect(new pg.Client(server.url.replace(/:[^:@]+@/, ':wrong@')).connect()).rejects.toThrow(
      'password',
    );
  });

  it('is taken over by whoever starts it again', async () => {
    const [second, third] = await Promise.all([startEmbedded({ folder }), startEmbedded({ folder })]);
    expect([second, third]).toMatchObject([
      { reused: true, url: server.url, pid: server.pid },
      { reused: true, url: server.url, pid: server.pid },
    ]);
  });

  it('is started once by processes that race for a new folder', async () => {
    const script = join(root, 'test/support/start-embedded.js');
    const raced = join(outer, 'raced');
    const racers = Array.from({ length: 3 }, () => fork(script, [raced], { execArgv: [] }));
    const answers = await Promise.all(
      racers.map(async racer => ((await once(racer, 'message')) as { reused: boolean; url: string }[])[0]!),
    );
    expect(answers.filter(({ reused }) => !reused)).toHaveLength(1);
    expect(new Set(answers.map(({ url }) => url)).size).toBe(1);
    await (await startEmbedded({ folder: raced })).stop();
    expect(processesIn(join(raced, 'data'))).toEqual([]);
  });

  it('stops with nothing left, and comes back under the same URL', async () => {
    const client = new pg.Client(server.url);
    client.on('error', () => undefined);
    const cut = new Promise(resolve => client.once('end', resolve));
    await client.connect();
    await server.stop();
    await cut;
    expect(server.isAlive()).toBe(false);
    expect(processesIn(data)).toEqual([]);
    await expectItToStart();
  });
});

describe('an embedded server comes back', () => {
  it('when it was killed with all its children', async () => {
    processesIn(data).forEach(pid => signal(pid, 'SIGKILL'));
    await until(() => processesIn(data).length === 0, 30_000);
    await expectItToStart();
  });

  it('when its first process is a zombie', async () => {
    await server.stop();
    const zombie = await strangerRunning('sleep 0.2 & echo $!');
    await until(() => !isRunning(zombie.pid), 30_000);
    expect(existsSync(`/proc/${zombie.pid}`)).toBe(true);
    writeFileSync(join(data, 'postmaster.pid'), pidFileOf(zombie.pid));
    await expectItToStart();
    await zombie.end();
  });

  it('when a stranger has the number in its pid file, who is left alone', async () => {
    await server.stop();
    const stranger = await strangerRunning('echo $$');
    writeFileSync(join(data, 'postmaster.pid'), pidFileOf(stranger.pid));
    await expectItToStart();
    expect(isRunning(stranger.pid)).toBe(true);
    await stranger.end();
  });

  it('when its pid file is empty', async () => {
    await server.stop();
    writeFileSync(join(data, 'postmaster.pid'), '');
    await expectItToStart();
  });

  it('when a busy backend outlives it and holds its shared memory', async () => {
    const client = new pg.Client(server.url);
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    await client.query("set statement_timeout = '60s'"); // should the run be killed here, the loop ends by itself
    const busy = client.query('do $$ begin loop end loop; end $$').catch((error: Error) => error);
    await until(
      async () =>
        (await query(`select 1 from pg_stat_activity where query like 'do $$%' and state = 'active'`))
          .length === 1,
      5000,
    );
    signal(server.pid, 'SIGKILL');
    await until(() => !isRunning(server.pid), 30_000);
    expect(isRunning(rows[0]!.pid)).toBe(true);
    await expectItToStart();
    expect(isRunning(rows[0]!.pid)).toBe(false);
    expect(await busy).toBeInstanceOf(Error);
  });
});

describe('a port that another program took', () => {
  const squatter = createServer();
  beforeEach(async () => {
    await server.stop();
    await once(squatter.listen(server.port, '127.0.0.1'), 'listening');
  });
  afterEach(async () => {
    if (squatter.listening) await once(squatter.close(), 'close');
  });

  it('is refused in one sentence where it was asked for', async () => {
    await expect(startEmbedded({ folder, port: server.port })).rejects.toThrow(
      `Port ${server.port} of 127.0.0.1 is taken by another program`,
    );
  });

  it('is left for another, and said, where it was only kept', async () => {
    const said: string[] = [];
    const moved = await startEmbedded({ folder, log: sentence => said.push(sentence) });
    expect(moved.port).not.toBe(server.port);
    expect(said).toEqual([
      `Port ${server.port} is taken by another program: the embedded database now listens on ${moved.port}.`,
    ]);
    expect(readFileSync(join(folder, 'port'), 'utf8')).toBe(String(moved.port));
  });
});

describe('whoever starts it', () => {
  it('may be an ordinary user', async () => {
    const home = join(outer, 'ordinary');
    mkdirSync(home);
    const [uid, gid] = isRoot ? [65534, 65534] : [process.getuid!(), process.getgid!()];
    if (isRoot) await promisify(execFile)('chown', [`${uid}:${gid}`, home]);
    const script = join(root, 'test/support/embedded-life.js');
    const { stdout } = await promisify(execFile)(process.execPath, [script, join(home, 'server')], {
      uid,
      gid,
      cwd: home,
    });
    expect(JSON.parse(stdout)).toEqual({
      uid,
      reused: [false, true, false],
      sameUrl: true,
      text: '市科技局',
      isAlive: false,
    });
    expect(statSync(join(home, 'server', 'data')).uid).toBe(uid);
  });

  it('is told when the folder is not theirs', async () => {
    const script = join(root, 'test/support/start-embedded.js');
    const closed = join(outer, 'closed-to-others');
    mkdirSync(closed, { mode: isRoot ? 0o755 : 0o555 });
    const child = fork(script, [join(closed, 'x')], {
      execArgv: [],
      ...(isRoot ? { uid: 65534, gid: 65534 } : {}),
    });
    const [answer] = (await once(child, 'message')) as [{ fault: string }];
    expect(answer.fault).toMatch(/^This account may not write in .*closed-to-others/);
  });
});
