import {
  finance,
  furnish,
  type Holder,
  science,
  stranger,
  TestApi,
  yuetang,
} from '../../../../test/support/api.js';
import { documentOf } from '../openapi.js';

type Operation = { method: string; path: string; roles: readonly string[]; hasBody: boolean };

let api: TestApi;
let operations: Operation[];
beforeAll(async () => {
  api = await TestApi.open();
  await furnish(api);
  await api.done('/v1/rounds/004:2023H1/open', 'office');
  const file = { raw: '%PDF-1.7', as: 'science', headers: { 'content-type': 'application/pdf' } } as const;
  existing.sha256 = (await api.send('/v1/evidence?name=a.pdf', file)).body.id as string;
  operations = Object.entries(documentOf(api.api.app).paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Record<string, unknown>>).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      roles: (operation['x-roles'] ?? []) as string[],
      hasBody: 'requestBody' in operation,
    })),
  );
  operations = operations.filter(({ path }) => path.startsWith('/v1/'));
});
afterAll(() => api.close());

const existing: Record<string, string> = {
  plan: '004',
  task: '004:5.3',
  indicator: '004:i12',
  round: '004:2023H1',
  unit: yuetang,
  group: 'xiangtan:各县市区园区',
  post: `${science}/liaison`,
  key: '000000000000',
  n: '1',
};
const addressOf = (path: string, ids: Record<string, string> = existing) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name] ?? 'x'));
const holderOf: Record<string, Holder> = {
  office: 'office',
  unit: 'science',
  leader: 'leader',
  scheduler: 'scheduler',
  auditor: 'auditor',
  admin: 'admin',
};

describe('every operation', () => {
  it('wants a key', async () => {
    for (const { method, path } of operations) {
      const got = await api.send(addressOf(path), { method, ...(method !== 'GET' && { body: {} }) });
      // A stranger may fail only so often a minute, and then gets no further either.
      expect([401, 429]).toContain(got.status);
      expect([method, path, got.body.code]).not.toContain('forbidden_role');
    }
  });

  it('names the roles that may, and refuses all others', async () => {
    for (const { method, path, roles } of operations) {
      expect([path, roles.length > 0]).toEqual([path, true]);
      for (const [role, holder] of Object.entries(holderOf)) {
        if (roles.includes(role)) continue;
        const got = await api.send(addressOf(path), {
          as: holder,
          method,
          ...(method !== 'GET' && { body: {} }),
        });
        expect([method, path, role, got.status, got.body.code]).toEqual([
          method,
          path,
          role,
          403,
          'forbidden_role',
        ]);
      }
    }
  });

  it('takes no wrong types and nothing unknown', async () => {
    const nonsense: unknown[] = [
      [],
      'text',
      7,
      { nobody: 1 },
      { reason: { $ne: 1 } },
      { constructor: { prototype: 1 } },
    ];
    for (const { method, path, roles } of operations.filter(({ hasBody }) => hasBody)) {
      const holder = holderOf[roles[0]!]!;
      for (const body of nonsense) {
        const { status } = await api.send(addressOf(path), { as: holder, method, body });
        const answer = `${method} ${path} ${JSON.stringify(body)}: ${status}`;
        expect(answer).toMatch(/: 4\d\d$/);
      }
    }
  });

  it('takes nothing huge', async () => {
    const body = { summary: '长'.repeat(400_000) };
    for (const { method, path, roles } of operations.filter(({ hasBody }) => hasBody)) {
      const got = await api.send(addressOf(path), { as: holderOf[roles[0]!]!, method, body });
      expect([method, path, got.status, got.body.code]).toEqual([method, path, 413, 'payload_too_large']);
    }
  });
});

describe('rows of others', () => {
  const answers = (got: { status: number; body: { code: string } }) => [got.status, got.body.code];
  const hidden = [404, 'not_found'];
  // An answer repeats what was asked for, and names nobody whom the row belongs to.
  const told = ({ body }: { body: { detail: string } }) =>
    encodeURIComponent(body.detail.slice(body.detail.indexOf('：') + 1));

  it('are not found in any path, whether they exist or not', async () => {
    const strangers = operations.filter(({ path, roles }) => path.includes('{') && roles.includes('unit'));
    for (const { method, path } of strangers) {
      const body = method === 'GET' ? undefined : bodies[path];
      const existingRow = await api.send(addressOf(path), { as: 'stranger', method, body });
      const nothing = Object.fromEntries(
        Object.keys(existing).map(name => [name, name === 'n' ? '1' : '004:nothing']),
      );
      const absent = await api.send(addressOf(path, nothing), { as: 'stranger', method, body });
      expect([method, path, ...answers(existingRow)]).toEqual([method, path, ...hidden]);
      expect([method, path, ...answers(absent)]).toEqual([method, path, ...hidden]);
      expect([method, path, addressOf(path)]).toEqual([
        method,
        path,
        expect.stringContaining(told(existingRow)),
      ]);
    }
  });

  const bodies: Record<string, object> = {
    '/v1/tasks/{task}/reports': { summary: '进展' },
    '/v1/tasks/{task}/corrections': { n: 1, summary: '进展', reason: '口径' },
    '/v1/tasks/{task}/completions': { summary: '完成' },
    '/v1/tasks/{task}/extensions': { to: '2023-12-01', reason: '延期' },
    '/v1/tasks/{task}/milestones': { code: 'm1', reachedOn: '2023-04-20' },
    '/v1/tasks/{task}/blockers': { kind: 'x', note: 'y' },
    '/v1/tasks/{task}/blockers/{n}/clearance': { note: 'y' },
    '/v1/tasks/{task}/contests': { reason: '职能' },
    '/v1/tasks/{task}/contributions': { from: [finance], items: ['数量'], dueOn: '2023-12-01' },
    '/v1/tasks/{task}/contributions/{n}/answers': { answers: ['无'] },
    '/v1/tasks/{task}/instructions/{n}/answers': { text: '已办' },
    '/v1/indicators/{indicator}/values': { period: '2023Q1', value: 1 },
    '/v1/indicators/{indicator}/revisions': { period: '2023Q1', value: 1, reason: 'x' },
    '/v1/indicators/{indicator}/corrections': { period: '2023Q1', value: 1, reason: 'x', basis: 'y' },
    '/v1/rounds/{round}/submissions/{unit}': {},
    '/v1/rounds/{round}/submissions/{unit}/hand-in': {},
    '/v1/evidence/{sha256}/withdrawal': { reason: 'x' },
  };

  it("are not found in the plans of another office's", async () => {
    expect(answers(await api.get('/v1/plans/003', 'office'))).toEqual(hidden);
    expect(answers(await api.get('/v1/tasks/003:1.1', 'leader'))).toEqual(hidden);
    expect(answers(await api.post('/v1/tasks/003:1.1/suspensions', 'office', { reason: 'x' }))).toEqual(
      hidden,
    );
    for (const task of ['003:1.1', '003:9.9']) {
      const got = await api.post(`/v1/tasks/${task}/suspensions`, 'office', { reason: 'x' });
      expect(got.body.detail).toBe(`没有找到：${task}`);
    }
    expect(answers(await api.post('/v1/plans/003/closure', 'office', { reason: 'x' }))).toEqual(hidden);
  });

  it('are not found by filters', async () => {
    for (const path of [
      '/v1/tasks?plan=003',
      `/v1/tasks?unit=${stranger}`,
      `/v1/tasks?unit=${yuetang}`,
      `/v1/obligations?holder=${yuetang}`,
      '/v1/indicators?plan=003',
      '/v1/rounds?plan=003',
    ]) {
      expect([path, ...answers(await api.get(path, 'science'))]).toEqual([path, ...hidden]);
    }
  });

  it('are not found in bodies', async () => {
    const roles = (holder: string) => ({ roles: [{ holder, isGroup: false, role: 'lead' }], reason: '划转' });
    const found = [
      await api.post('/v1/tasks/004:5.3/reports', 'science', { unit: yuetang, summary: '进展' }),
      await api.post('/v1/tasks/004:5.3/acknowledgements', 'science', { unit: stranger }),
      await api.post('/v1/tasks/004:8.1/assignments', 'office', roles(stranger)),
      await api.post('/v1/tasks/004:8.1/assignments', 'office', roles('xiangtan:没有的局')),
      await api.post('/v1/tasks/004:3.1/reporting-lead', 'office', { unit: stranger }),
      await api.post('/v1/indicators/004:i12/rejections', 'office', {
        unit: stranger,
        period: '2023Q1',
        reason: 'x',
      }),
      await api.post('/v1/acknowledgements', 'science', { plan: '004', unit: stranger }),
      await api.post('/v1/units', 'admin', {
        jurisdiction: 'xiangtan',
        name: '科',
        kind: 'division',
        parent: stranger,
      }),
    ];
    expect(found.map(answers)).toEqual(found.map(() => hidden));
  });

  it("are not found among the rows of one's own plan either", async () => {
    const tasks = (await api.get('/v1/tasks', 'yuetang')).body.items.map(({ id }: { id: string }) => id);
    expect(tasks).toEqual(['004:9.1']);
    for (const path of ['/v1/tasks/004:5.3', '/v1/tasks/004:5.3/events', '/v1/indicators/004:i12']) {
      expect([path, ...answers(await api.get(path, 'yuetang'))]).toEqual([path, ...hidden]);
    }
    const owed = (await api.get('/v1/obligations', 'yuetang')).body.items.flatMap(
      ({ holders }: { holders: string[] }) => holders,
    );
    expect([...new Set(owed)]).toEqual([yuetang]);
    expect((await api.get('/v1/indicators', 'yuetang')).body.items).toEqual([]);
  });

  it('are missing from lists', async () => {
    const ids = async (path: string, holder: Holder) =>
      (await api.get(path, holder)).body.items.map(
        ({ id, plan }: { id: string; plan?: string }) => plan ?? id,
      ) as string[];
    expect(await ids('/v1/plans', 'stranger')).toEqual(['003']);
    for (const path of ['/v1/tasks', '/v1/obligations', '/v1/rounds', '/v1/indicators']) {
      expect([path, ...new Set(await ids(path, 'stranger'))].filter(plan => plan === '004')).toEqual([]);
      expect([path, ...new Set(await ids(path, 'office'))].filter(plan => plan === '003')).toEqual([]);
    }
    expect(await ids('/v1/units', 'stranger')).toEqual([stranger]);
  });
});

describe('a list', () => {
  it('is the same row by row however it is cut, and while rows are added', async () => {
    const all = (await api.get('/v1/obligations?plan=004', 'auditor')).body.items.map(
      ({ id }: { id: string }) => id,
    );
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const path: string = `/v1/obligations?plan=004&limit=3${next ? `&cursor=${next}` : ''}`;
      const page: { items: { id: string }[]; next: string | null } = (await api.get(path, 'auditor')).body;
      seen.push(...page.items.map(({ id }) => id));
      next = page.next;
    } while (next);
    expect(all.length).toBeGreaterThan(6);
    expect(seen).toEqual(all);
  });
});
