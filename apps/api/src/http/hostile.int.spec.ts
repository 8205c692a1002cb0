import { connect } from 'node:net';
import {
  finance,
  furnish,
  type Holder,
  place,
  science,
  TestApi,
  yuetang,
} from '../../../../test/support/api.js';
import { cursorAt } from './paging.js';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
  await furnish(api);
});
afterAll(() => api.close());

/** Sends what no client library would send. */
function sendRaw(head: readonly string[], body = ''): Promise<{ status: number; body: { code?: string } }> {
  const port = Number(new URL(api.base).port);
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`${[...head, 'host: x', 'connection: close'].join('\r\n')}\r\n\r\n${body}`),
    );
    socket.on('data', text => void (said += text.toString()));
    socket.on('end', () => {
      const [first = '', ...rest] = said.split('\r\n\r\n');
      const json = rest.join('').match(/\{.*\}/s)?.[0] ?? '{}';
      resolve({ status: Number(first.split(' ')[1]), body: JSON.parse(json) as { code?: string } });
    });
    socket.on('error', reject);
  });
}

const bearer = (holder: Holder) => `authorization: Bearer ${api.token(holder)}`;
const codes = (got: { status: number; body: { code?: string } }) => [got.status, got.body.code];

describe('an address in another spelling', () => {
  const spellings = ['/%76%31/me', '/v1/%6D%65', 'http://elsewhere.example/v1/me', '/v1/me?'];

  it.each(spellings)('%s is the same address, with a key', async path => {
    const got = await sendRaw([`GET ${path} HTTP/1.1`, bearer('auditor')]);
    expect([got.status, got.body]).toEqual([200, expect.objectContaining({ id: 'auditor' })]);
  });

  it.each(spellings)('%s wants a key', async path => {
    expect(codes(await sendRaw([`GET ${path} HTTP/1.1`]))).toEqual([401, 'unauthenticated']);
  });

  it('does not get around the count of requests', async () => {
    const strict = await TestApi.open({ rateLimitPerMinute: 2 });
    try {
      const statuses = [];
      for (let n = 0; n < 3; n++) statuses.push((await strict.get('/%76%31/me', 'admin')).status);
      expect(statuses).toEqual([200, 200, 429]);
    } finally {
      await strict.close();
    }
  });

  it.each([
    '/docs/../../../../etc/passwd',
    '/docs/%2e%2e/%2e%2e/package.json',
    '/docs/..%2f..%2fpackage.json',
  ])('%s leads nowhere', async path => {
    expect(codes(await sendRaw([`GET ${path} HTTP/1.1`]))).toEqual([404, 'not_found']);
  });
});

describe('a request that two servers would read differently', () => {
  const json = () => [bearer('admin'), 'content-type: application/json'];
  it.each([
    ['two lengths', ['content-length: 2', 'content-length: 3'], '{}'],
    ['a length and chunks', ['content-length: 5', 'transfer-encoding: chunked'], '0\r\n\r\n'],
    ['a length below nothing', ['content-length: -1'], ''],
    ['broken chunks', ['transfer-encoding: chunked'], 'zz\r\n{}'],
  ])('%s, is refused', async (_, head, body) => {
    expect(codes(await sendRaw(['POST /v1/units HTTP/1.1', ...json(), ...head], body))).toEqual([
      400,
      'malformed_request',
    ]);
  });

  it('packed, is not unpacked', async () => {
    const head = ['POST /v1/units HTTP/1.1', ...json(), 'content-encoding: gzip', 'content-length: 2'];
    expect(codes(await sendRaw(head, '{}'))).toEqual([415, 'unsupported_media_type']);
  });

  it('too much in chunks, is cut off', async () => {
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    const got = await sendRaw(
      ['POST /v1/units HTTP/1.1', ...json(), 'transfer-encoding: chunked'],
      `${chunk.repeat(17)}0\r\n\r\n`,
    );
    expect(codes(got)).toEqual([413, 'payload_too_large']);
  });

  it('a method in a header, has the method of its first line', async () => {
    const head = ['POST /v1/keys/000000000000 HTTP/1.1', bearer('admin'), 'x-http-method-override: DELETE'];
    expect(codes(await sendRaw(head))).toEqual([405, 'method_not_allowed']);
  });
});

describe('a cursor that somebody made', () => {
  it.each(['\0', '\ud800', "' OR 1=1 --", 'x'.repeat(500), ''])(
    'of %j is never a fault of ours',
    async key => {
      const lists = Object.keys((await api.send('/openapi.json')).body.paths as object).filter(
        path => !path.includes('{') && path.startsWith('/v1/'),
      );
      for (const path of lists) {
        const { status } = await api.get(`${path}?cursor=${cursorAt(key)}`, 'admin');
        expect([path, status]).toEqual([path, expect.any(Number)]);
        expect([path, status < 500]).toEqual([path, true]);
      }
      expect((await api.get(`/v1/keys?cursor=${cursorAt('\0')}`, 'admin')).body.code).toBe(
        'validation_failed',
      );
    },
  );
});

describe('a name', () => {
  const unit = (name: string) =>
    api.post('/v1/units', 'admin', { jurisdiction: place, name, kind: 'bureau' });

  it.each([
    ['a space without width', '市科技局\u200b'],
    ['a joiner', '市\u200d科技局'],
    ['a mark that turns the direction', '\u202e局技科市'],
    ['a variant of a character', '市科技局\ufe00'],
    ['a letter that fills', '\u3164'],
    ['a tag', '市科技局\u{e0041}'],
    ['a colon of full width', 'xiangtan：市科技局'],
    ['a slash of full width', '市科技局／liaison'],
    ['a line', '市科技局\n'],
    ['an escape', '市\u001b[2J局'],
    ['a blank before', ' 市科技局'],
    ['a blank after', '市科技局 '],
    ['two blanks', '科技  局'],
    ['a wide blank', '科技\u3000局'],
  ])('with %s, which looks like another, is refused', async (_, name) => {
    const got = await unit(name);
    expect(codes(got)).toEqual([422, 'validation_failed']);
    expect(got.body.errors[0].pointer).toBe('/name');
  });

  it.each(['市发展改革委（物价局）', '𠮷安局', 'Bureau of Science', '第12中心', '文化·旅游局'])(
    'like %s is fine',
    async name => expect((await unit(name)).status).toBe(201),
  );

  it.each(['３.1', '3.1\u200b', 'Ａ1', '3:1', '__proto__', '..', '\u3164'])(
    'of a task like %s is refused',
    async code => {
      const task = { plan: '003', code, section: '三', title: 't', clause: 'c', roles: [] };
      const got = await api.post('/v1/tasks', 'admin', task);
      expect([...codes(got), got.body.errors[0].code]).toEqual([422, 'validation_failed', 'is_code']);
    },
  );
});

describe('a text', () => {
  it('that would move the cursor of a terminal is refused', async () => {
    const got = await api.post('/v1/tasks/004:5.3/reports', 'science', { summary: '完成\u001b[2J\u0007' });
    expect([got.status, got.body.errors[0].code]).toEqual([422, 'text_with_control']);
  });
});

describe('a number or a day', () => {
  it.each(['0x5', '1e2', '%205', '5.0', '+5', '٥', '５', '-1', '0', ''])('%s is no limit', async limit => {
    expect(codes(await api.get(`/v1/tasks?limit=${limit}`, 'admin'))).toEqual([422, 'validation_failed']);
  });

  it.each(['1e308', '1e309', '9007199254740993', '"1"', 'true', '[1]', '{}'])(
    '%s is no figure',
    async value => {
      const raw = `{"period":"2023Q1","value":${value}}`;
      expect(codes(await api.send('/v1/indicators/004:i12/values', { as: 'finance', raw }))).toEqual([
        422,
        'validation_failed',
      ]);
    },
  );

  it('below nothing by its sign only is nothing', async () => {
    const sent = { as: 'finance' as const, raw: '{"period":"2023Q1","value":-0}' };
    const { body } = await api.send('/v1/indicators/004:i12/values', sent);
    const event = (await api.core.events.readStream(body.stream)).at(-1);
    expect(Object.is((event?.data as { value: number }).value, 0)).toBe(true);
  });

  it.each([
    '2023-02-29',
    '2023-13-01',
    '0000-01-01',
    '9999-12-31',
    '２０２３-12-31',
    '2023-12-31T00:00',
    '20231231',
  ])('%s is no day', async to => {
    const got = await api.post('/v1/tasks/004:3.1/extensions', 'science', { to, reason: '调整' });
    expect([got.status, got.body.errors[0].code]).toEqual([422, 'is_day']);
  });
});

describe('an idempotency key', () => {
  it('of one holder is not answered to the same holder with other rights', async () => {
    const key = { 'idempotency-key': 'shared' };
    const report = { summary: '进展' };
    expect((await api.post('/v1/tasks/004:5.3/reports', 'science', report, key)).status).toBe(201);
    const other = { holder: 'science', kind: 'person', role: 'unit', unit: finance };
    const { token } = await api.done('/v1/keys', 'admin', other);
    const headers = { ...key, authorization: `Bearer ${token}` };
    const got = await api.send('/v1/tasks/004:5.3/reports', { body: report, headers });
    expect(codes(got)).toEqual([422, 'idempotency_mismatch']);
  });
});

describe('two hundred at once', () => {
  const tally = (answers: readonly { status: number; body: { code?: string; replayed?: boolean } }[]) => {
    const outcomes = answers.map(({ status, body }) => body.code ?? (body.replayed ? 'replayed' : status));
    return Object.fromEntries(
      [...new Set(outcomes)].map(each => [each, outcomes.filter(other => other === each).length]),
    );
  };
  const crowd = <T>(ask: (n: number) => Promise<T>) =>
    Promise.all(Array.from({ length: 200 }, (_, n) => ask(n)));

  it('of two joint leads report once, and all others hear of it', async () => {
    const answers = await crowd(n =>
      api.post('/v1/tasks/004:3.1/reports', n % 2 ? 'science' : 'finance', { summary: `进展${n}` }),
    );
    const { 201: won, already_reported: told = 0, version_conflict: raced = 0 } = tally(answers);
    expect([won, told + raced]).toEqual([1, 199]);
    const events = await api.core.events.readStream('task-004:3.1');
    expect(events.filter(({ type }) => type === 'ProgressReported')).toHaveLength(1);
  });

  it('under one key are one request', async () => {
    const key = { 'idempotency-key': 'crowd' };
    const answers = await crowd(() =>
      api.post('/v1/tasks/004:8.1/completions', 'finance', { summary: '完成' }, key),
    );
    expect(tally(answers)).toEqual({ 201: 1, replayed: 199 });
  });

  it('of two units acknowledge once each', async () => {
    const answers = await crowd(n =>
      api.post('/v1/tasks/004:9.1/acknowledgements', n % 2 ? 'science' : 'yuetang', {}),
    );
    expect(tally(answers)).toEqual({ 201: 200 });
    const events = await api.core.events.readStream('task-004:9.1');
    expect(events.filter(({ type }) => type === 'TaskAcknowledged')).toHaveLength(2);
  });
});

describe('a version seen of what several streams follow from', () => {
  const stale = { 'if-match': '"99"' };
  const round = '/v1/rounds/004:2023H1';
  const form = `${round}/submissions/${encodeURIComponent(yuetang)}`;

  it('holds for issuing a plan and opening a round', async () => {
    expect((await api.post('/v1/plans/004/issue', 'office', {}, stale)).status).toBe(412);
    expect((await api.post(`${round}/open`, 'office', {}, stale)).status).toBe(412);
    const { headers } = await api.get(round, 'office');
    expect((await api.post(`${round}/open`, 'office', {}, { 'if-match': headers.etag! })).status).toBe(201);
  });

  it('holds for handing in and accepting', async () => {
    const { headers } = await api.get(form, 'yuetang');
    const all = { items: [{ task: '004:9.1', percent: 50, note: '推进' }], summary: '总结' };
    expect((await api.post(`${form}/hand-in`, 'yuetang', all, stale)).status).toBe(412);
    const handed = await api.post(`${form}/hand-in`, 'yuetang', all, { 'if-match': headers.etag! });
    expect([handed.status, handed.body.events?.[0]]).toEqual([201, 'SubmissionHandedIn']);
    expect((await api.post(`${form}/acceptance`, 'office', {}, stale)).status).toBe(412);
    const seen = { 'if-match': handed.headers.etag! };
    expect((await api.post(`${form}/acceptance`, 'reviewer', {}, seen)).status).toBe(201);
  });
});

describe('the key of a unit that was merged into another', () => {
  it('reads for thirty days and then no more', async () => {
    const old = { jurisdiction: place, name: '市旅游局', kind: 'bureau' };
    await api.done('/v1/units', 'admin', old);
    const key = { holder: 'tourism', kind: 'person', role: 'unit', unit: `${place}:市旅游局` };
    const { token } = await api.done('/v1/keys', 'admin', key);
    const headers = { authorization: `Bearer ${token}` };
    const me = async () => codes(await api.send('/v1/me', { headers }));
    await api.done(`/v1/units/${place}:市旅游局/merger`, 'admin', { into: science, from: '2023-05-01' });
    await api.moveTo('2023-05-30');
    expect(await me()).toEqual([200, undefined]);
    const report = { body: { summary: '进展' }, headers };
    expect((await api.send('/v1/tasks/004:5.3/reports', report)).body.code).toBe('unit_ended');
    await api.moveTo('2023-05-31');
    expect(await me()).toEqual([401, 'key_expired']);
    expect(codes(await api.get('/v1/me', 'science'))).toEqual([200, undefined]);
  });
});
