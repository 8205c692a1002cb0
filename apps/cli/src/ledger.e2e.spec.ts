import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type TestDatabase, testDatabase } from '../../../test/support/database.js';
import { duban, printed } from '../../../test/support/duban.js';
import { type PlanDocument } from './plan/plan-document.js';

const patienceMs = 120_000;
let database: TestDatabase;
let owner: pg.Client;
const environment: Record<string, string> = {};
const run = (...args: string[]) => duban(args, { DATABASE_URL: database.url, ...environment });

beforeAll(async () => {
  database = await testDatabase({ empty: true });
  owner = new pg.Client(database.url);
  await owner.connect();
}, patienceMs);
afterAll(async () => {
  await owner?.end();
  await database?.drop();
});

describe('an empty database', () => {
  it('is refused until it is migrated, with the command that does it', async () => {
    const { code, stderr } = await run('plan', 'list');
    expect([code, stderr]).toEqual([
      1,
      'This database is not on the version of this program: run `duban migrate`.\n',
    ]);
    expect((await run('doctor')).stdout).toContain('Run `duban migrate`.');
  });

  it('is migrated once, also by several at the same time', async () => {
    const both = await Promise.all([run('migrate', '--json'), run('migrate', '--json')]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const ran = both.map(each => printed<{ ran: string[] }>(each).ran.length).sort((a, b) => a - b);
    expect(ran[0]).toBe(0);
    expect(ran[1]).toBeGreaterThan(3);
  });
});

describe('seed', () => {
  type Report = { plans: { plan: string; tasks: number; recorded: number; issued: boolean }[] };

  it(
    'loads and issues a plan, and says what it waived',
    async () => {
      const first = await run('seed', '004', '--issue', '--waive', 'the office takes it', '--json');
      expect(first.code).toBe(0);
      expect(first.stderr).toContain('004: provider_missing of i25 waived: the office takes it');
      expect(printed<Report>(first).plans).toMatchObject([{ plan: '004', tasks: 31, issued: true }]);
    },
    patienceMs,
  );

  it(
    'changes nothing the second time',
    async () => {
      const again = await run('seed', '004', '--issue', '--json');
      expect(printed<Report>(again).plans).toMatchObject([{ plan: '004', recorded: 0, issued: true }]);
      expect((await run('seed', '004')).stdout).toContain('nothing new');
    },
    patienceMs,
  );

  it('knows which plans there are', async () => {
    const { code, stderr } = await run('seed', '005');
    expect([code, stderr]).toEqual([
      2,
      'There is no plan 005 among those that come with Duban: 000, 001, 002, 003, 004.\n',
    ]);
  });
});

describe('plan show', () => {
  it('prints the whole ledger of a plan', async () => {
    const document = printed<PlanDocument>(await run('plan', 'show', '004', '--json'));
    expect(document).toMatchObject({ code: '004', state: 'issued', office: { name: '市科技局' } });
    expect(
      [document.sections, document.tasks, document.indicators, document.rounds].map(all => all.length),
    ).toEqual([8, 31, 66, 6]);
    expect(document.tasks.find(({ code }) => code === '3.1')).toMatchObject({
      units: {
        lead: [
          { id: 'xiangtan:市科技局', name: '市科技局', isGroup: false },
          { id: 'xiangtan:市工信局', name: '市工信局', isGroup: false },
        ],
      },
      due: { on: '2023-12-31', basis: 'presumed' },
      state: 'issued',
      clause: '附件2第3项第1行',
    });
    expect(document.indicators.find(({ code }) => code === 'i12')).toMatchObject({
      unit: '家',
      direction: 'more',
      kind: 'stock',
      providers: [{ name: '市科技局' }],
      baselines: [
        { period: '2021', value: 644 },
        { period: '2022', value: 776 },
      ],
      targets: [{ horizon: '2023', bound: '>=', floor: 830, stretch: null }],
    });
    for (const { light, reason } of [...document.tasks, ...document.indicators])
      expect([light, reason]).not.toContain('');
  });

  it('is a page for people, too', async () => {
    const { stdout } = await run('plan', 'show', '004');
    expect(stdout).toContain('Tasks (31)');
    expect(stdout).toMatch(/3\.1 +企业.*市科技局、市工信局 +2023-12-31\?/);
    expect((await run('plan', 'list')).stdout).toContain('xiangtan');
  });

  it('refuses a plan that is not there', async () => {
    const { code, stdout, stderr } = await run('plan', 'show', '009');
    expect([code, stdout, stderr]).toEqual([1, '', 'There is nothing by this name: 009\n']);
  });
});

describe('keys', () => {
  type Key = { id: string; role: string; unit: string | null; revokedAt: string | null };

  it('are shown once, listed without their secret, and revoked', async () => {
    const made = await run('keys', 'create', '--role', 'unit', '--unit', 'xiangtan:市科技局', '--days', '30');
    expect(made.stdout).toMatch(/^dbn_[0-9a-f]{12}_[\w-]+\n$/);
    const id = made.stdout.slice(4, 16);
    expect(made.stderr).toContain(id);
    const listed = await run('keys', 'list', '--json');
    expect(listed.stdout).not.toContain(made.stdout.trim().slice(17));
    expect(printed<Key[]>(listed)).toMatchObject([
      { id, role: 'unit', unit: 'xiangtan:市科技局', revokedAt: null },
    ]);
    expect((await run('keys', 'revoke', id)).code).toBe(0);
    const [key] = printed<Key[]>(await run('keys', 'list', '--json'));
    expect(key?.revokedAt).not.toBeNull();
    expect((await run('keys', 'list')).stdout).toContain('revoked');
  });

  it('are refused to a unit that does not exist, and without the scope that their role needs', async () => {
    const nobody = await run('keys', 'create', '--role', 'unit', '--unit', 'xiangtan:市月亮局');
    expect([nobody.code, nobody.stdout]).toEqual([1, '']);
    expect(nobody.stderr).toContain('xiangtan:市月亮局');
    const office = await run('keys', 'create', '--role', 'office');
    expect([office.code, office.stdout]).toEqual([1, '']);
    expect((await run('keys', 'revoke', 'ffffffffffff')).code).toBe(1);
  });
});

describe('sweep and rebuild', () => {
  it('need no worker', async () => {
    const swept = await run('sweep', '--json');
    expect([swept.code, printed<object>(swept)]).toMatchObject([
      0,
      { day: expect.stringMatching(/^\d{4}-/) },
    ]);
    const rebuilt = await run('rebuild', '--all', '--json');
    const names = printed<{ name: string; events: number }[]>(rebuilt).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['states', 'obligations', 'deliveries', 'rollups']));
    expect((await run('rebuild', 'obligations')).stdout).toMatch(
      /^obligations: \d+ events in .* a second; readers waited \d+ ms\n {2}the same as before: obligation [0-9a-f]{64}\n$/,
    );
    const { stdout } = await run('subscriptions');
    expect(stdout).toMatch(/^obligations +v1 +at \d+ +at the head +nobody runs it$/m);
    expect(stdout).toMatch(/ rebuild obligations at \d+/);
  });

  it('refuse a read model that is not there', async () => {
    const { code, stderr } = await run('rebuild', 'weather');
    expect(code).toBe(2);
    expect(stderr).toContain('There is no read model weather: states, obligations');
  });
});

describe('subscriptions', () => {
  it('that have not stopped are neither resumed nor skipped', async () => {
    const resumed = await run('subscriptions', 'resume', 'obligations', '--json');
    expect([resumed.code, JSON.parse(resumed.stderr)]).toMatchObject([1, { code: 'not_stopped' }]);
    const skipped = await run('subscriptions', 'skip', 'obligations', '--position', '1', '--reason', 'none');
    expect([skipped.code, skipped.stdout]).toEqual([1, '']);
    expect((await run('subscriptions', 'skip', 'obligations', '--position', '1')).code).toBe(2);
  });
});

describe('show', () => {
  it('tells a stream as it was known', async () => {
    const now = await run('show', 'plan-004', '--json');
    const known = printed<{ version: number; position: number; settled: boolean }>(now);
    expect(known).toMatchObject({ settled: true });
    expect(known.version).toBeGreaterThan(1);
    const before = await run('show', 'plan-004', '--at', '0');
    expect([before.code, before.stdout]).toEqual([1, '']);
    expect(before.stderr).toContain('Nothing was known of plan-004 then.');
    expect((await run('show', 'plan-004', '--at', '9999-12-31T00:00:00Z')).stderr).toContain('still to come');
    expect((await run('show', 'plan-004', '--at', 'today')).code).toBe(2);
    expect((await run('show', 'weather-1')).code).toBe(2);
  });
});

describe('verify', () => {
  type Report = { ok: boolean; events: number; first: { position: number; kind: string } | null };

  it('finds that every chain holds', async () => {
    const { code, stdout } = await run('verify');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+ events in \d+ streams: every chain, head and state holds\.\n$/);
  });

  it('walks a part of the record', async () => {
    const part = await run('verify', '--from', '2', '--to', '11', '--json');
    expect([part.code, printed<Report>(part)]).toMatchObject([0, { ok: true, events: 10 }]);
    expect((await run('verify', '--to', '7')).stdout).toBe('7 events: every chain holds.\n');
    const stream = await run('verify', '--stream', 'task-004:3.1');
    expect(stream.stdout).toMatch(/^\d+ events in 1 streams: every chain, head and state holds\.\n$/);
    expect((await run('verify', '--from', '0')).code).toBe(2);
  });

  it('holds the record against seals that were kept outside', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'duban-seal-'));
    const [key, next, kept] = ['key.pem', 'next.pem', 'kept.json'].map(name => join(folder, name));
    const sealed = (...options: string[]) => run('seal', ...options);
    expect((await sealed()).stderr).toContain('set SEAL_KEY_FILE');
    environment['SEAL_KEY_FILE'] = key!;
    expect((await sealed('--export', kept!)).stdout).toMatch(
      /^Seal 1 covers positions 1 to \d+: [\da-f]{64}\n1 seals are in/,
    );
    expect((await sealed()).stdout).toMatch(/^Nothing to seal: seal 1 reaches to \d+\.\n$/);
    expect((await run('verify', '--seal', kept!)).stdout).toMatch(/ holds\. So do 1 seals\.\n$/);
    expect(await sealed('--next-key', next!)).toMatchObject({ code: 0 });
    expect(await sealed('--next-key', next!)).toMatchObject({ code: 1 });
    environment['SEAL_KEY_FILE'] = next!;
    expect((await run('verify', '--json')).code).toBe(0);
    await owner.query('TRUNCATE seals');
    expect((await run('verify')).code).toBe(0);
    const found = await run('verify', '--seal', kept!, '--json');
    expect(found.code).toBe(4);
    expect(printed<Report>(found)).toMatchObject({ first: { position: 1, kind: 'seal_missing' } });
    expect((await run('verify', '--seal', key!)).code).toBe(2);
    delete environment['SEAL_KEY_FILE'];
    rmSync(folder, { recursive: true });
  });

  it('names the event that a superuser edited, and ends with 4', async () => {
    const { rows } = await owner.query<{ position: number }>(
      `UPDATE events SET data = jsonb_set(data, '{title}', '"easier"')
       WHERE stream = 'task-004:3.1' AND type = 'TaskRegistered' RETURNING position::int`,
    );
    const found = await run('verify', '--json');
    expect(found.code).toBe(4);
    expect(printed<Report>(found)).toMatchObject({
      ok: false,
      first: { position: rows[0]?.position, kind: 'edited', stream: 'task-004:3.1' },
    });
    const told = await run('verify');
    expect(told.stderr).toContain(`first at position ${rows[0]?.position}: edited`);
  });

  it('tells a cut end of the log, at which everything else stops', async () => {
    await owner.query('DELETE FROM events WHERE position = (SELECT max(position) FROM events)');
    expect((await run('plan', 'list')).code).toBe(4);
    expect((await run('verify')).code).toBe(4);
    const { code, stdout } = await run('doctor');
    expect(code).toBe(4);
    expect(stdout).toMatch(/^FAULT +record .*Run `duban verify`/m);
  });
});

describe('doctor', () => {
  it('names each fault of the configuration and ends with 2', async () => {
    const broken = { DATABASE_URL: database.url, PORT: 'x', WEBHOOK_URL: 'https://a.b' };
    const found = await duban(['doctor', '--json'], broken);
    type Report = { findings: { check: string; state: string; detail: string }[] };
    const faults = printed<Report>(found).findings.filter(({ state }) => state === 'fault');
    expect(found.code).toBe(2);
    expect(faults.map(({ detail }) => detail.split(' ')[0])).toEqual(['PORT', 'WEBHOOK_URL']);
  });

  it('tells a database that is away from a queue that is', async () => {
    const away = await duban(['doctor'], { DATABASE_URL: 'postgres://duban:x@127.0.0.1:9/duban' });
    expect(away.code).toBe(3);
    expect(away.stdout).toMatch(/^FAULT +database .*Check DATABASE_URL/m);
    const fresh = await testDatabase();
    const redis = await duban(['doctor'], { DATABASE_URL: fresh.url, REDIS_URL: 'redis://127.0.0.1:9' });
    await fresh.drop();
    expect(redis.code).toBe(3);
    expect(redis.stdout).toMatch(/^FAULT +queue .*Check REDIS_URL/m);
  });
});
