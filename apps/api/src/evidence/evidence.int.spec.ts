import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { furnish, type Got, type Holder, TestApi, yuetang } from '../../../../test/support/api.js';
import { archiveOf, samples } from '../../../../libs/evidence/src/evidence-examples.js';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
  await furnish(api);
});
afterAll(() => api.close());

const sha256Of = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');
const pdf = (text: string) => Buffer.concat([samples.pdf, Buffer.from(text)]);
const folder = () => api.core.configuration.evidenceFolder!;
const pathOf = (sha256: string) => join(folder(), sha256.slice(0, 2), sha256.slice(2, 4), sha256);
const incoming = () =>
  existsSync(join(folder(), 'incoming')) ? readdirSync(join(folder(), 'incoming')) : [];

type Upload = { name?: string; type?: string; query?: string; headers?: Record<string, string> };

async function upload(
  as: Holder,
  content: Buffer | string,
  { name = '台账.pdf', type = 'application/pdf', query = '', headers = {} }: Upload = {},
): Promise<Got> {
  const search = `?name=${encodeURIComponent(name)}${query}`;
  return answerTo(`/v1/evidence${search}`, as, Buffer.from(content), { 'content-type': type, ...headers });
}

async function form(as: Holder, parts: [string, string | Blob, string?][], headers = {}): Promise<Got> {
  const data = new FormData();
  for (const [name, value, file] of parts)
    if (value instanceof Blob) data.append(name, value, file);
    else data.append(name, value);
  return answerTo('/v1/evidence', as, data, headers);
}

async function answerTo(
  path: string,
  as: Holder,
  body: NonNullable<RequestInit['body']>,
  headers: object,
): Promise<Got> {
  const response = await fetch(`${api.base}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${api.token(as)}`, ...headers },
    body,
  });
  const text = await response.text();
  return {
    ...{ status: response.status, text, headers: Object.fromEntries(response.headers) },
    body: JSON.parse(text) as unknown,
  };
}

async function bytesOf(sha256: string, as: Holder): Promise<Buffer> {
  const response = await fetch(`${api.base}/v1/evidence/${sha256}`, {
    headers: { authorization: `Bearer ${api.token(as)}` },
  });
  return Buffer.from(await response.arrayBuffer());
}

const told = ({ status, body }: Got) => [status, body.code] as unknown;
const read = (sha256: string, as: Holder) => api.get(`/v1/evidence/${sha256}`, as);
const report = (task: string, as: Holder, evidence: object[], more: object = {}) =>
  api.post(`/v1/tasks/${task}/reports`, as, { summary: '进展', evidence, ...more });

describe('handing in a file', () => {
  it('keeps it under the hash of its bytes, once', async () => {
    const content = pdf('once');
    const sha256 = sha256Of(content);
    const first = await upload('science', content);
    expect([first.status, first.body]).toEqual([
      201,
      expect.objectContaining({ id: sha256, stream: `evidence-${sha256}`, events: ['EvidenceStored'] }),
    ]);
    expect((await upload('science', content, { name: 'again.pdf' })).body.events).toEqual([]);
    expect(incoming()).toEqual([]);
    expect(await bytesOf(sha256, 'science')).toEqual(content);
  });

  it('takes the part of a form as well, wherever the fields stand', async () => {
    const file = new Blob([archiveOf('[Content_Types].xml', 'word/document.xml')]);
    const entered = await form('office', [
      ['file', file, '岳塘区总结.docx'],
      ['unit', yuetang],
    ]);
    expect(entered.status).toBe(201);
    const { body } = await api.get(`/v1/evidence/${entered.body.id}/record`, 'office');
    expect(body).toMatchObject({
      mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      uploads: [{ unit: yuetang, by: 'office', name: '岳塘区总结.docx', on: '2023-04-20' }],
      attachedTo: [],
      withdrawn: null,
    });
    expect((await read(entered.body.id as string, 'yuetang')).status).toBe(200);
  });

  it('gives it back to be saved, never to be shown', async () => {
    const content = pdf('header');
    await upload('science', content, { name: '../二季度"台账".pdf' });
    const { headers } = await read(sha256Of(content), 'science');
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(content.length),
      'content-disposition': `attachment; filename="_______.pdf"; filename*=UTF-8''${encodeURIComponent('二季度_台账_.pdf')}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      etag: `"${sha256Of(content)}"`,
      'cache-control': 'no-store',
    });
  });

  it.each<[string, Buffer | string, Upload, number, string]>([
    ['a page', '<html>', { name: 'a.txt', type: 'text/plain' }, 415, 'evidence_type_refused'],
    ['a drawing that runs', '<svg/>', { name: 'a.svg', type: 'image/svg+xml' }, 415, 'evidence_type_refused'],
    ['a program', 'MZ\0', { type: 'application/octet-stream' }, 415, 'evidence_type_refused'],
    ['a type that it is not', pdf(''), { type: 'image/png' }, 415, 'evidence_type_differs'],
    ['a name that it is not', pdf(''), { name: 'a.png' }, 415, 'evidence_type_differs'],
    ['no name', pdf(''), { name: '..' }, 422, 'evidence_name_needed'],
    ['JSON', '{}', { type: 'application/json' }, 422, 'evidence_file_needed'],
    ['a packed body', pdf(''), { headers: { 'content-encoding': 'gzip' } }, 415, 'unsupported_media_type'],
    ['too much', randomBytes(1024 * 1024 + 1), {}, 413, 'evidence_too_large'],
    ['far too much', randomBytes(2 * 1024 * 1024), {}, 413, 'evidence_too_large'],
    ["another's unit", pdf(''), { query: `&unit=${yuetang}` }, 404, 'not_found'],
    ['an unknown field', pdf(''), { query: '&nobody=1' }, 422, 'validation_failed'],
  ])('refuses %s', async (_, content, how, status, code) => {
    expect(told(await upload('science', content, how))).toEqual([status, code]);
    expect(incoming()).toEqual([]);
  });

  it('refuses forms that are not right', async () => {
    const file = new Blob([pdf('form')]);
    const boundary = { 'content-type': 'multipart/form-data; boundary=x' };
    const broken = `--x\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7`;
    const answers = [
      await form('science', [['unit', 'x']]),
      await form('science', [
        ['file', file, 'a.pdf'],
        ['file', file, 'b.pdf'],
      ]),
      await form('science', [
        ['file', file, 'a.pdf'],
        ['nobody', 'x'],
      ]),
      await form('science', [
        ['file', file, 'a.pdf'],
        ['unit', `a\u0000b`],
      ]),
      await form('science', [['file', 'no file']]),
      await form(
        'science',
        Array.from({ length: 9 }, (_, n) => [`f${n}`, 'x']),
      ),
      await answerTo('/v1/evidence', 'science', broken, boundary),
      await answerTo('/v1/evidence', 'science', 'x', { 'content-type': 'multipart/form-data' }),
    ];
    expect(answers.map(told)).toEqual([
      [422, 'evidence_file_needed'],
      [422, 'evidence_file_needed'],
      [422, 'validation_failed'],
      [422, 'validation_failed'],
      [422, 'evidence_name_needed'],
      [400, 'malformed_request'],
      [400, 'malformed_request'],
      [400, 'malformed_request'],
    ]);
    expect(incoming()).toEqual([]);
  });

  it('under one key is one request, and only with the same file', async () => {
    const key = { headers: { 'idempotency-key': 'one-file' } };
    const first = await upload('science', pdf('keyed'), key);
    const again = await upload('science', pdf('keyed'), key);
    expect([first.body.replayed, again.body]).toEqual([false, { ...first.body, replayed: true }]);
    expect(told(await upload('science', pdf('another'), key))).toEqual([422, 'idempotency_mismatch']);
  });

  it('that breaks off leaves nothing behind', async () => {
    const { hostname, port } = new URL(api.base);
    const head = [
      'POST /v1/evidence?name=a.pdf HTTP/1.1',
      'host: x',
      `authorization: Bearer ${api.token('science')}`,
      'content-type: application/pdf',
      'content-length: 1000',
    ];
    const socket = connect(Number(port), hostname);
    socket.write(`${head.join('\r\n')}\r\n\r\n%PDF-1.7`);
    await until(() => incoming().length === 1);
    socket.destroy();
    await until(() => incoming().length === 0);
  });

  it('says when there is no room, and when the folder is away', async () => {
    const full = await TestApi.open({ evidenceReserveBytes: Number.MAX_SAFE_INTEGER });
    const broken = await TestApi.open();
    writeFileSync(join(broken.core.configuration.evidenceFolder!, 'incoming'), '');
    try {
      const sent = {
        as: 'science',
        raw: samples.pdf.toString(),
        headers: { 'content-type': 'application/pdf' },
      } as const;
      const path = '/v1/evidence?name=a.pdf';
      expect(told(await full.send(path, sent))).toEqual([507, 'evidence_storage_full']);
      expect(told(await broken.send(path, sent))).toEqual([503, 'evidence_storage_unavailable']);
    } finally {
      await full.close();
      await broken.close();
    }
  });
});

describe('a report', () => {
  it('refers to a file of its unit, which whoever sees the task then reads', async () => {
    const { body } = await upload('finance', pdf('joint'));
    const sha256 = body.id as string;
    for (const holder of ['science', 'office', 'leader', 'stranger'] as const)
      expect([holder, told(await read(sha256, holder))]).toEqual([holder, [404, 'not_found']]);
    const reported = await report('004:3.1', 'finance', [{ title: '台账', sha256 }]);
    expect(reported.body.events).toEqual(['TaskAcknowledged', 'ProgressReported', 'EvidenceAttached']);
    for (const holder of ['science', 'office', 'leader', 'auditor', 'admin'] as const)
      expect([holder, (await read(sha256, holder)).status]).toEqual([holder, 200]);
    for (const holder of ['stranger', 'yuetang'] as const)
      expect([holder, told(await read(sha256, holder))]).toEqual([holder, [404, 'not_found']]);
    const record = await api.get(`/v1/evidence/${sha256}/record`, 'science');
    expect(record.body).toMatchObject({
      attachedTo: [{ stream: 'task-004:3.1' }],
      uploads: [{ by: 'finance' }],
    });
  });

  it("names every file that is not there, or another's, and records nothing", async () => {
    const { body } = await upload('finance', pdf('foreign'));
    const [foreign, none] = [body.id as string, sha256Of('none')];
    const { body: own } = await upload('science', pdf('own'));
    const evidence = [
      { title: 'a', sha256: none },
      { title: 'b', sha256: own.id as string },
      { title: 'c', url: 'https://example.org/c' },
      { title: 'd', sha256: foreign },
    ];
    const refused = await report('004:5.3', 'science', evidence);
    expect(told(refused)).toEqual([422, 'evidence_unknown']);
    expect(refused.body.errors.map(({ pointer, code }: Got['body']) => [pointer, code] as unknown)).toEqual([
      ['/evidence/0/sha256', 'evidence_unknown'],
      ['/evidence/3/sha256', 'evidence_unknown'],
    ]);
    expect((await api.get('/v1/tasks/004:5.3', 'science')).body.state.reports).toEqual([]);
    expect((await api.get(`/v1/evidence/${own.id}/record`, 'science')).body.attachedTo).toEqual([]);
  });

  it('of somebody who may not is refused for that first', async () => {
    const evidence = [{ title: 'a', sha256: sha256Of('none') }];
    expect(told(await report('004:5.3', 'yuetang', evidence))).toEqual([404, 'not_found']);
  });

  it('that the office enters rests on what it, or the unit, handed in', async () => {
    const files = [await upload('reviewer', pdf('scan')), await upload('finance', pdf('mail'))];
    const evidence = files.map(({ body }) => ({ title: '扫描件', sha256: body.id as string }));
    const entered = await report('004:8.1', 'office', evidence, {
      unit: 'xiangtan:市财政局',
      receivedOn: '2023-04-19',
    });
    expect([entered.status, entered.body.events.at(-1)]).toEqual([201, 'EvidenceAttached']);
    const foreign = await upload('yuetang', pdf('yuetang'));
    const sent = { unit: 'xiangtan:市财政局', supersedes: 1 };
    const refused = await report(
      '004:8.1',
      'office',
      [{ title: 'x', sha256: foreign.body.id as string }],
      sent,
    );
    expect(told(refused)).toEqual([422, 'evidence_unknown']);
  });

  it('answers under its key as before, also when the file was withdrawn since', async () => {
    const { body } = await upload('science', pdf('replayed'));
    const send = () =>
      api.post(
        '/v1/tasks/004:5.3/reports',
        'science',
        { summary: '进展', evidence: [{ title: 'a', sha256: body.id as string }] },
        { 'idempotency-key': 'with-file' },
      );
    expect((await send()).status).toBe(201);
    await api.done(`/v1/evidence/${body.id}/withdrawal`, 'office', { reason: '涉密' });
    expect((await send()).body).toMatchObject({
      replayed: true,
      events: expect.arrayContaining(['ProgressReported']),
    });
  });
});

describe('a submission', () => {
  const half = '/v1/rounds/004:2023H1';
  const mine = `${half}/submissions/${encodeURIComponent(yuetang)}`;

  it('names each file at its place, and attaches it to what it answers', async () => {
    await api.done(`${half}/open`, 'office');
    const { body } = await upload('yuetang', pdf('half'));
    const sha256 = body.id as string;
    const item = (hash: string) => ({
      task: '004:9.1',
      percent: 50,
      note: '推进',
      evidence: [{ title: 'a', sha256: hash }],
    });
    const handIn = (hash: string) =>
      api.post(`${mine}/hand-in`, 'yuetang', {
        items: [item(hash)],
        summary: '总结',
        evidence: [{ title: 'b', sha256 }],
      });
    const refused = await handIn(sha256Of('none'));
    expect([told(refused), refused.body.errors[0].pointer]).toEqual([
      [422, 'evidence_unknown'],
      '/items/0/evidence/0/sha256',
    ]);
    expect((await handIn(sha256)).status).toBe(201);
    const { attachedTo } = (await api.get(`/v1/evidence/${sha256}/record`, 'office')).body;
    expect(attachedTo.map(({ stream }: { stream: string }) => stream)).toEqual([
      `submission-004:2023H1/${yuetang}`,
    ]);
    expect((await read(sha256, 'office')).status).toBe(200);
    expect(told(await read(sha256, 'finance'))).toEqual([404, 'not_found']);
  });
});

describe('withdrawing a file', () => {
  const withdraw = (sha256: string, as: Holder, more: object = {}) =>
    api.post(`/v1/evidence/${sha256}/withdrawal`, as, { reason: '传错文件', ...more });

  it('is for its unit while nothing refers to it; nobody can refer to it then', async () => {
    const sha256 = (await upload('science', pdf('mistake'))).body.id as string;
    expect(told(await withdraw(sha256, 'finance'))).toEqual([404, 'not_found']);
    expect(told(await withdraw(sha256, 'science', { removeBytes: true }))).toEqual([403, 'office_only']);
    expect((await withdraw(sha256, 'science')).status).toBe(201);
    expect(told(await read(sha256, 'science'))).toEqual([410, 'evidence_withdrawn']);
    const refused = await report('004:5.3', 'science', [{ title: 'a', sha256 }], { supersedes: 1 });
    expect([told(refused), refused.body.errors[0].code]).toEqual([
      [422, 'evidence_unknown'],
      'evidence_withdrawn',
    ]);
    expect((await read(sha256, 'auditor')).status).toBe(200);
  });

  it('keeps the record and the hash when the office has the bytes removed', async () => {
    const content = pdf('secret');
    const sha256 = (await upload('finance', content)).body.id as string;
    await report('004:3.1', 'finance', [{ title: 'a', sha256 }], { supersedes: 1 });
    expect(told(await withdraw(sha256, 'finance'))).toEqual([409, 'evidence_attached']);
    expect(existsSync(pathOf(sha256))).toBe(true);
    expect((await withdraw(sha256, 'office', { removeBytes: true })).body.events).toEqual([
      'EvidenceWithdrawn',
    ]);
    expect(existsSync(pathOf(sha256))).toBe(false);
    for (const holder of ['finance', 'auditor', 'office'] as const)
      expect(told(await read(sha256, holder))).toEqual([410, 'evidence_withdrawn']);
    expect((await api.get(`/v1/evidence/${sha256}/record`, 'finance')).body).toMatchObject({
      ...{ sha256, size: content.length, attachedTo: [{ stream: 'task-004:3.1' }] },
      withdrawn: { by: 'office', reason: '传错文件', bytesRemoved: true },
    });
    expect(told(await upload('finance', content))).toEqual([409, 'evidence_barred']);
    expect([existsSync(pathOf(sha256)), incoming()]).toEqual([false, []]);
  });
});

describe('a stored file', () => {
  it('that is lost or damaged is never taken for the one that was handed in', async () => {
    const content = pdf('x'.repeat(200_000));
    const sha256 = (await upload('science', content)).body.id as string;
    writeFileSync(pathOf(sha256), pdf('y'.repeat(200_000)));
    await expect(read(sha256, 'science')).rejects.toThrow();
    rmSync(pathOf(sha256));
    expect(told(await read(sha256, 'science'))).toEqual([500, 'evidence_missing']);
  });

  it('is not found by what is no hash', async () => {
    for (const id of ['x', sha256Of('none').toUpperCase(), '..%2f..%2fetc%2fpasswd'])
      expect(told(await read(id, 'auditor'))).toEqual([404, 'not_found']);
  });
});

/** Looks again and again; the time of a spec is the limit. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(resolve => void setImmediate(resolve));
}
