import { createCalendar } from '@duban/calendar';
import { EventStore, eventStoreMigrations } from '@duban/event-store';
import { type Actor, createDataSource, createPool, FixedClock, runMigrations } from '@duban/platform';
import { type Pool } from 'pg';
import { type DataSource } from 'typeorm';
import { type TestDatabase, testDatabase } from '../../../test/support/database.js';
import { ApiKey } from './api-key.entity.js';
import { KeyStore, type NewKey } from './key-store.js';
import { accessMigrations } from './migrations.js';

const admin: Actor = { id: 'root', kind: 'person', role: 'admin' };
const asking = { actor: admin, channel: 'cli' };
const unitKey: NewKey = { holder: 'li', kind: 'person', role: 'unit', unit: 'xiangtan:市科技局' };
const secret = 'a-secret-of-the-demonstration-that-is-long-enough';
const start = '2023-07-14T02:00:00.000Z';

let database: TestDatabase;
let owner: DataSource;
let events: EventStore;
let pool: Pool;
let clock: FixedClock;
const openStore = (passedOn: string | null = null) =>
  new KeyStore({
    pool,
    events,
    clock,
    calendar: createCalendar(),
    passedOn: () => Promise.resolve(passedOn),
  });

beforeAll(async () => {
  database = await testDatabase({ empty: true });
  const { url } = database;
  owner = await createDataSource({
    url,
    applicationName: 'owner',
    entities: [ApiKey],
    migrations: accessMigrations,
  });
  await owner.initialize();
  for (const { up } of eventStoreMigrations) await owner.query(up);
  await runMigrations(owner);
  events = new EventStore({ connection: { connectionString: url }, role: 'duban_app' });
  pool = createPool(url, { applicationName: 'keys', role: 'duban_app' });
});
beforeEach(() => void (clock = new FixedClock(start)));
afterAll(async () => {
  await events.close();
  await pool.end();
  await owner.destroy();
  await database.drop();
});

describe('a key', () => {
  it('is recognised by its token alone', async () => {
    const keys = openStore();
    const { id, token } = await keys.issue(asking, unitKey);
    expect(await keys.identify(token)).toEqual({
      key: id,
      actor: { id: 'li', kind: 'person', role: 'unit', unit: 'xiangtan:市科技局' },
    });
    expect(await keys.authenticate(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBeNull();
    for (const wrong of ['', 'dbn_', `dbn_${id}_`, id, `${token} `, '\0', '密钥']) {
      await expect(keys.identify(wrong)).rejects.toMatchObject({ code: 'unauthenticated' });
    }
  });

  it('leaves no secret behind, in the table or in the log', async () => {
    const { id, token } = await openStore().issue(asking, unitKey);
    const secret = token.slice(`dbn_${id}_`.length); // which may hold a `_` itself
    const row = await owner.getRepository(ApiKey).findOneByOrFail({ id });
    const log = await events.readStream(`access-${id}`);
    expect(log).toMatchObject([
      { type: 'KeyIssued', meta: { actor: 'root', command: 'IssueKey', channel: 'cli' } },
    ]);
    expect(JSON.stringify([row, log])).not.toContain(secret);
    expect(JSON.stringify(log)).not.toContain(row.hash.toString('hex'));
  });

  it('is the same key again for the same secret', async () => {
    const keys = openStore();
    const first = await keys.issue(asking, unitKey, secret);
    clock.set('2023-07-15T02:00:00.000Z');
    expect(await keys.issue(asking, unitKey, secret)).toEqual(first);
    expect(await events.readStream(`access-${first.id}`)).toHaveLength(1);
    await expect(keys.issue(asking, { ...unitKey, role: 'admin' }, secret)).rejects.toMatchObject({
      code: 'key_differs',
    });
  });

  it('is not made from a weak secret', async () => {
    await expect(openStore().issue(asking, unitKey, 'short')).rejects.toMatchObject({
      code: 'key_secret_weak',
    });
  });

  it('is issued, listed and revoked by an admin only', async () => {
    const keys = openStore();
    const asUnit = { ...asking, actor: { ...admin, role: 'unit' as const } };
    const refused = { code: 'forbidden_role' };
    await expect(keys.issue(asUnit, unitKey)).rejects.toMatchObject(refused);
    await expect(keys.list(asUnit)).rejects.toMatchObject(refused);
    await expect(keys.revoke(asUnit, 'x')).rejects.toMatchObject(refused);
  });

  it('ends at its time', async () => {
    const keys = openStore();
    const { token } = await keys.issue(asking, { ...unitKey, expiresAt: '2023-07-14T03:00:00.000Z' });
    clock.set('2023-07-14T02:59:59.999Z');
    expect(await keys.authenticate(token)).not.toBeNull();
    clock.set('2023-07-14T03:00:00.000Z');
    await expect(keys.identify(token)).rejects.toMatchObject({ code: 'key_expired' });
  });

  it.each(['2023-06-15', '2023-07-14', '2023-12-01'])(
    'of a unit that passes on %s still reads',
    async day => {
      const keys = openStore(day);
      const { token } = await keys.issue(asking, unitKey);
      expect(await keys.authenticate(token)).not.toBeNull();
    },
  );

  it('of a unit that has passed on ends after thirty days; others do not', async () => {
    const keys = openStore('2023-06-14');
    const { token } = await keys.issue(asking, unitKey);
    await expect(keys.identify(token)).rejects.toMatchObject({ code: 'key_expired' });
    const office = await keys.issue(asking, { ...unitKey, role: 'office', plans: ['004'] });
    expect(await keys.authenticate(office.token)).not.toBeNull();
  });

  it('ends when revoked, and stays on record', async () => {
    const keys = openStore();
    const { id, token } = await keys.issue(asking, unitKey);
    await keys.revoke(asking, id);
    await keys.revoke(asking, id);
    await expect(keys.identify(token)).rejects.toMatchObject({ code: 'key_revoked' });
    const types = (await events.readStream(`access-${id}`)).map(({ type }) => type);
    expect(types).toEqual(['KeyIssued', 'KeyRevoked']);
    await expect(keys.revoke(asking, 'nobody')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('revoked while it is looked up is not remembered', async () => {
    const { id, token } = await openStore().issue(asking, unitKey);
    let revoked: Promise<void> | null = null;
    // The row is read; before the reader hears of it the key is revoked.
    const slow = new Proxy(pool, {
      get: (target, name) =>
        name !== 'query'
          ? (Reflect.get(target, name) as unknown)
          : async (...asked: Parameters<Pool['query']>) => {
              const rows: unknown = await pool.query(...asked);
              if (typeof asked[0] === 'object') await (revoked ??= keys.revoke(asking, id));
              return rows;
            },
    });
    const keys: KeyStore = new KeyStore({
      ...{ pool: slow, events, clock, calendar: createCalendar() },
      passedOn: () => Promise.resolve(null),
    });
    await keys.authenticate(token);
    expect(revoked).not.toBeNull();
    await expect(keys.identify(token)).rejects.toMatchObject({ code: 'key_revoked' });
  });

  it('issued by another process is recognised at once', async () => {
    const { token } = await openStore().issue(asking, unitKey);
    expect(await openStore().authenticate(token)).not.toBeNull();
  });

  it('remembers the last day it was used', async () => {
    const keys = openStore();
    const { id, token } = await keys.issue(asking, unitKey);
    await keys.identify(token);
    clock.set('2023-07-16T16:30:00.000Z'); // the 17th in Shanghai
    await keys.identify(token);
    await keys.identify(token);
    const row = await owner.getRepository(ApiKey).findOneByOrFail({ id });
    expect(row).toMatchObject({ holder: 'li', lastUsedOn: '2023-07-17', revokedAt: null });
  });
});

describe('the list of keys', () => {
  it('comes in pages and holds no hash', async () => {
    const keys = openStore();
    const all = await keys.list(asking);
    const [first, second] = all;
    expect(all.length).toBeGreaterThan(2);
    expect(await keys.list(asking, { after: first!.id, limit: 1 })).toEqual([second]);
    expect(Object.keys(first!)).not.toContain('hash');
    expect(first).toMatchObject({ holder: 'li', createdAt: start, expiresAt: null });
  });
});
