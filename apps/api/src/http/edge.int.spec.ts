import { connect } from 'node:net';
import { furnish, science, TestApi } from '../../../../test/support/api.js';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
  await furnish(api);
});
afterAll(() => api.close());

const unit = { jurisdiction: 'xiangtan', name: '市教育局', kind: 'bureau' };

describe('a request that is wrong', () => {
  const cases: [string, number, string, string, Parameters<TestApi['send']>[1]][] = [
    ['without a key', 401, 'unauthenticated', '/v1/me', {}],
    ['with a made-up key', 401, 'unauthenticated', '/v1/me', { headers: { authorization: 'Bearer dbn_0' } }],
    ['with another scheme', 401, 'unauthenticated', '/v1/me', { headers: { authorization: 'Basic eA==' } }],
    ['to an unknown address', 404, 'not_found', '/v1/nothing', { as: 'admin' }],
    ['to an unknown address outside', 404, 'not_found', '/nothing', {}],
    ['with a wrong method', 405, 'method_not_allowed', '/v1/me', { as: 'admin', body: {} }],
    [
      'with a wrong method on a row',
      405,
      'method_not_allowed',
      '/v1/tasks/004:3.1',
      { as: 'admin', method: 'DELETE' },
    ],
    ['with a broken address', 400, 'malformed_request', '/v1/tasks/%E4%B8', { as: 'admin' }],
    [
      'with a key of a row that is too long',
      414,
      'uri_too_long',
      `/v1/tasks/${'x'.repeat(3000)}`,
      { as: 'admin' },
    ],
    ['with broken JSON', 400, 'malformed_json', '/v1/units', { as: 'admin', raw: '{"name":' }],
    ['with an empty body', 422, 'validation_failed', '/v1/units', { as: 'admin', raw: '', method: 'POST' }],
    ['with a poisoned body', 400, 'malformed_json', '/v1/units', { as: 'admin', raw: '{"__proto__":{}}' }],
    [
      'with a form',
      415,
      'unsupported_media_type',
      '/v1/units',
      { as: 'admin', raw: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    ],
    [
      'with text',
      415,
      'unsupported_media_type',
      '/v1/units',
      { as: 'admin', raw: 'a', headers: { 'content-type': 'text/plain' } },
    ],
    [
      'that is too large',
      413,
      'payload_too_large',
      '/v1/units',
      { as: 'admin', body: { name: 'x'.repeat(2 ** 20) } },
    ],
    [
      'that nests too deep',
      422,
      'validation_failed',
      '/v1/units',
      { as: 'admin', raw: `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}` },
    ],
    ['with a list as its body', 422, 'validation_failed', '/v1/units', { as: 'admin', body: [] }],
    ['with an unknown filter', 422, 'validation_failed', '/v1/tasks?colour=red', { as: 'admin' }],
    ['with a filter twice', 422, 'validation_failed', '/v1/tasks?plan=004&plan=003', { as: 'admin' }],
    ['with a made-up cursor', 422, 'validation_failed', '/v1/tasks?cursor=abc', { as: 'admin' }],
    ['with a limit beyond', 422, 'validation_failed', '/v1/tasks?limit=201', { as: 'admin' }],
    [
      'with a version that is none',
      412,
      'precondition_failed',
      '/v1/units',
      { as: 'admin', body: unit, headers: { 'if-match': 'W/"x"' } },
    ],
    [
      'with a key that is no text',
      422,
      'idempotency_key_invalid',
      '/v1/units',
      { as: 'admin', body: unit, headers: { 'idempotency-key': 'a b' } },
    ],
    [
      'with too long a key',
      422,
      'idempotency_key_too_long',
      '/v1/units',
      { as: 'admin', body: unit, headers: { 'idempotency-key': 'a'.repeat(201) } },
    ],
  ];

  it.each(cases)('%s is told so: %i %s', async (_, status, code, path, sent) => {
    const got = await api.send(path, sent);
    expect([got.status, got.body?.code]).toEqual([status, code]);
    expect(got.headers['content-type']).toContain('application/problem+json');
    expect(got.body).toMatchObject({ type: `urn:duban:problem:${code}`, status });
    expect(got.headers['x-request-id']).toMatch(/^\S{8,}$/);
  });

  it('with a body that is not UTF-8 is told so', async () => {
    const headers = { authorization: `Bearer ${api.token('admin')}`, 'content-type': 'application/json' };
    const body = Buffer.from('{"name":"\\xff"}'.replace('\\xff', '\xff'), 'latin1');
    const response = await fetch(`${api.base}/v1/units`, { method: 'POST', headers, body });
    expect(await response.json()).toMatchObject({ status: 400, code: 'malformed_json' });
  });

  it('hears of every faulty field at once', async () => {
    const body = {
      jurisdiction: '',
      name: '局\u0000',
      kind: 'ministry',
      aliases: ['好', '\ud800', 'e\u0301'],
      colour: 'red',
    };
    const { status, body: problem } = await api.post('/v1/units', 'admin', body);
    expect(status).toBe(422);
    const told = problem.errors.map(
      ({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`,
    );
    expect(told).toEqual(
      expect.arrayContaining([
        '/name text_with_null',
        '/aliases/1 text_ill_formed',
        '/aliases/2 text_not_nfc',
        '/colour unknown_field',
        '/jurisdiction is_clean_text',
        '/kind is_in',
      ]),
    );
  });

  it('is not confused by names that every object has', async () => {
    const inner = { constructor: 'x', toString: 1 };
    const { status, body } = await api.post('/v1/plans/004/approval', 'admin', { paper: inner });
    const told = body.errors.map(
      ({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`,
    );
    expect([status, ...told]).toEqual([422, '/paper unknown_field', '/paper unknown_field']);
  });

  it('names the place inside a list of objects', async () => {
    const { body } = await api.post('/v1/reports', 'science', {
      items: [{ task: '004:5.3', summary: '好' }, { task: 7 }],
    });
    const pointers = body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/items/1/task', '/items/1/summary']));
  });

  it('is told which methods there are', async () => {
    const { headers } = await api.send('/v1/units', { as: 'admin', method: 'PATCH' });
    expect(headers.allow).toBe('GET, HEAD, POST');
  });

  it('is answered in the language that was asked for', async () => {
    const [zh, en] = await Promise.all([
      api.send('/v1/me'),
      api.send('/v1/me', { headers: { 'accept-language': 'en' } }),
    ]);
    expect([zh.body.detail, en.body.detail]).toEqual(['需要有效的密钥。', 'A valid key is needed.']);
    expect(zh.headers['www-authenticate']).toBe('Bearer');
  });

  it('is answered even when it is not HTTP', async () => {
    const port = Number(new URL(api.base).port);
    const answer = await new Promise<string>((resolve, reject) => {
      let said = '';
      const socket = connect(port, '127.0.0.1', () => socket.write('nonsense\r\n\r\n'));
      socket.on('data', text => void (said += text.toString()));
      socket.on('end', () => resolve(said));
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*application\/problem\+json/);
  });
});

describe('every answer', () => {
  it('carries the headers that protect a browser', async () => {
    const { headers } = await api.get('/v1/me', 'admin');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it("repeats the caller's request id, and it stands on the events", async () => {
    const got = await api.post(
      '/v1/units',
      'admin',
      { ...unit, name: '市司法局' },
      { 'x-request-id': 'desk-7' },
    );
    expect(got.headers['x-request-id']).toBe('desk-7');
    const [event] = await api.core.events.readStream(got.body.stream);
    expect(event?.meta).toMatchObject({
      request: 'desk-7',
      actor: 'admin',
      channel: 'http',
      command: 'RegisterUnit',
    });
  });
});

describe('a version seen', () => {
  const path = `/v1/units/${encodeURIComponent(science)}`;
  const alias = (name: string, seen: string) =>
    api.post(`${path}/aliases`, 'admin', { alias: name }, { 'if-match': seen });

  it('lets a change through, and only the first', async () => {
    const { headers, body } = await api.get(path, 'admin');
    expect(headers.etag).toBe(`"${body.version}"`);
    const first = await alias('科技局甲', headers.etag!);
    expect([first.status, first.headers.etag]).toEqual([201, `"${body.version + 1}"`]);
    const second = await alias('科技局乙', headers.etag!);
    expect([second.status, second.body.code]).toEqual([412, 'precondition_failed']);
  });
});

describe('an idempotency key', () => {
  const key = { 'idempotency-key': 'k-1' };

  it('gives the first answer again and changes nothing', async () => {
    const first = await api.post('/v1/units', 'admin', unit, key);
    const again = await api.send('/v1/units', {
      as: 'admin',
      raw: JSON.stringify(unit, null, 2),
      headers: key,
    });
    expect([first.status, again.status, again.body.replayed]).toEqual([201, 201, true]);
    expect(again.body).toMatchObject({
      id: first.body.id,
      version: first.body.version,
      events: ['UnitRegistered'],
    });
    expect(await api.core.events.readStream(first.body.stream)).toHaveLength(1);
  });

  it('is refused for anything else', async () => {
    for (const [path, body] of [
      ['/v1/units', { ...unit, name: '市民政局' }],
      ['/v1/units/xiangtan:市教育局/aliases', { alias: '教育局' }],
    ] as const) {
      expect((await api.post(path, 'admin', body, key)).body).toMatchObject({
        status: 422,
        code: 'idempotency_mismatch',
      });
    }
  });

  it("is each caller's own", async () => {
    expect((await api.post('/v1/rounds/004:2023H1/open', 'office', {}, key)).status).toBe(201);
  });
});

describe('a key', () => {
  it('is let through so often a minute, and told when to come again', async () => {
    const strict = await TestApi.open({ rateLimitPerMinute: 3 });
    try {
      const answers = [];
      for (let n = 0; n < 4; n++) answers.push(await strict.get('/v1/me', 'admin'));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
      expect(answers[3]!.body.code).toBe('rate_limited');
      expect(Number(answers[3]!.headers['retry-after'])).toBeGreaterThan(0);
      expect((await strict.get('/v1/me', 'office')).status).toBe(200);
    } finally {
      await strict.close();
    }
  });

  it('that nobody knows may be tried only so often', async () => {
    const strict = await TestApi.open();
    try {
      const statuses = [];
      for (let n = 0; n < 62; n++) statuses.push((await strict.send('/v1/me')).status);
      expect(statuses.slice(-1)).toEqual([429]);
      expect((await strict.get('/v1/me', 'admin')).status).toBe(200);
    } finally {
      await strict.close();
    }
  });

  it('ends when it is revoked', async () => {
    const issued = await api.post('/v1/keys', 'admin', { holder: 'guest', kind: 'person', role: 'auditor' });
    const headers = { authorization: `Bearer ${issued.body.token}` };
    expect((await api.send('/v1/me', { headers })).body).toMatchObject({ id: 'guest', role: 'auditor' });
    expect((await api.send(`/v1/keys/${issued.body.id}`, { as: 'admin', method: 'DELETE' })).status).toBe(
      204,
    );
    expect((await api.send('/v1/me', { headers })).body).toMatchObject({ status: 401, code: 'key_revoked' });
  });

  it('of a machine says in whose name it acts; a person needs a delegation', async () => {
    const headers = { 'duban-acting-for': encodeURIComponent('李四') };
    const [machine, person] = await Promise.all([
      api.send('/v1/me', { as: 'machine', headers }),
      api.send('/v1/me', { as: 'office', headers }),
    ]);
    expect(machine.body.actingFor).toBe('李四');
    expect(person.body).toMatchObject({ status: 403, code: 'not_delegated' });
    expect((await api.send('/v1/me', { as: 'machine', headers: { 'duban-acting-for': '%E4' } })).status).toBe(
      400,
    );
    const order = { reason: '另行部署' };
    const path = '/v1/tasks/004:8.1/suspensions';
    expect((await api.post(path, 'machine', order)).body.code).toBe('machine_needs_acting_for');
    const got = await api.post(path, 'machine', order, headers);
    expect(got.status).toBe(201);
    expect((await api.core.events.readStream('task-004:8.1')).at(-1)?.meta).toMatchObject({
      actingFor: '李四',
    });
  });
});

describe('without its database', () => {
  it('answers 503 and asks to come again, while it stays alive', async () => {
    const lost = await TestApi.open();
    await lost.get('/v1/me', 'admin');
    await lost.dropDatabase();
    const got = await lost.get('/v1/me', 'admin');
    expect([got.status, got.body.code, got.headers['retry-after']]).toEqual([503, 'unavailable', '5']);
    expect((await lost.send('/health/live')).body).toEqual({ status: 'live' });
    const ready = await lost.send('/health/ready');
    expect([ready.status, ready.body]).toEqual([
      503,
      { status: 'not_ready', faults: ['database cannot be reached'] },
    ]);
    await lost.close();
  });
});

describe('for whoever runs it', () => {
  it('says that it is ready', async () => {
    expect((await api.send('/health/ready')).body).toEqual({ status: 'ready', faults: [] });
  });

  it('gives figures by route, not by address', async () => {
    await api.get('/v1/tasks/004:3.1', 'office');
    const { text, headers } = await api.send('/metrics');
    expect(headers['content-type']).toContain('text/plain');
    expect(text).toMatch(
      /duban_http_request_seconds_count\{method="GET",route="\/v1\/tasks\/:task",status="200"\} \d/,
    );
    expect(text).toMatch(/duban_events_head [1-9]/);
    expect(text).not.toContain('004:3.1');
  });
});
