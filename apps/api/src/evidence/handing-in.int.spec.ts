import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { furnish, TestApi, yuetang } from '../../../../test/support/api.js';
import { Files, pdf, sha256Of, told, type Upload } from '../../../../test/support/files.js';
import { s3Access, S3Server } from '../../../../test/support/s3-server.js';
import { archiveOf, samples } from '../../../../libs/evidence/src/evidence-examples.js';

let api: TestApi;
let files: Files;
beforeAll(async () => {
  api = await TestApi.open();
  files = new Files(api);
  await furnish(api);
});
afterAll(() => api.close());

describe('handing in a file', () => {
  it('keeps it under the hash of its bytes, once', async () => {
    const content = pdf('once');
    const sha256 = sha256Of(content);
    const first = await files.upload('science', content);
    expect([first.status, first.body]).toEqual([
      201,
      expect.objectContaining({ id: sha256, stream: `evidence-${sha256}`, events: ['EvidenceStored'] }),
    ]);
    expect((await files.upload('science', content, { name: 'again.pdf' })).body.events).toEqual([]);
    expect(files.incoming()).toEqual([]);
    expect(await files.bytesOf(sha256, 'science')).toEqual(content);
  });

  it('takes the part of a form as well, wherever the fields stand', async () => {
    const file = new Blob([archiveOf('[Content_Types].xml', 'word/document.xml')]);
    const entered = await files.form('office', [
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
    expect((await files.read(entered.body.id as string, 'yuetang')).status).toBe(200);
  });

  it('gives it back to be saved, never to be shown', async () => {
    const content = pdf('header');
    await files.upload('science', content, { name: '../二季度"台账".pdf' });
    const { headers } = await files.read(sha256Of(content), 'science');
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
    expect(told(await files.upload('science', content, how))).toEqual([status, code]);
    expect(files.incoming()).toEqual([]);
  });

  it('refuses forms that are not right', async () => {
    const file = new Blob([pdf('form')]);
    const boundary = { 'content-type': 'multipart/form-data; boundary=x' };
    const broken = `--x\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7`;
    const answers = [
      await files.form('science', [['unit', 'x']]),
      await files.form('science', [
        ['file', file, 'a.pdf'],
        ['file', file, 'b.pdf'],
      ]),
      await files.form('science', [
        ['file', file, 'a.pdf'],
        ['nobody', 'x'],
      ]),
      await files.form('science', [
        ['file', file, 'a.pdf'],
        ['unit', `a\u0000b`],
      ]),
      await files.form('science', [['file', 'no file']]),
      await files.form(
        'science',
        Array.from({ length: 9 }, (_, n) => [`f${n}`, 'x']),
      ),
      await files.post('/v1/evidence', 'science', broken, boundary),
      await files.post('/v1/evidence', 'science', 'x', { 'content-type': 'multipart/form-data' }),
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
    expect(files.incoming()).toEqual([]);
  });

  it('under one key is one request, and only with the same file', async () => {
    const key = { headers: { 'idempotency-key': 'one-file' } };
    const first = await files.upload('science', pdf('keyed'), key);
    const again = await files.upload('science', pdf('keyed'), key);
    expect([first.body.replayed, again.body]).toEqual([false, { ...first.body, replayed: true }]);
    expect(told(await files.upload('science', pdf('another'), key))).toEqual([422, 'idempotency_mismatch']);
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
    await until(() => files.incoming().length === 1);
    socket.destroy();
    await until(() => files.incoming().length === 0);
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
      const away = await TestApi.open({
        evidenceFolder: join(broken.core.configuration.evidenceFolder!, 'incoming'),
      });
      const ready = await away.send('/health/ready');
      expect([ready.status, ready.body.faults]).toEqual([
        503,
        ['the folder of stored files cannot be reached'],
      ]);
      await away.close();
    } finally {
      await full.close();
      await broken.close();
    }
  });
});

describe('files in a bucket', () => {
  it('come, go and are read like others', async () => {
    const s3 = await S3Server.open();
    const { region, keyId, secret } = s3Access;
    const store = await TestApi.open({
      ...{ evidenceS3Url: `${s3.url}/duban`, evidenceS3Region: region },
      ...{ evidenceS3KeyId: keyId, evidenceS3Secret: secret },
    });
    try {
      const headers = { 'content-type': 'application/pdf' };
      const sent = await store.send('/v1/evidence?name=a.pdf', {
        as: 'office',
        raw: samples.pdf.toString(),
        headers,
      });
      expect([sent.status, [...s3.objects.keys()]]).toEqual([201, [`/duban/${sent.body.id}`]]);
      expect((await store.get(`/v1/evidence/${sent.body.id}`, 'office')).text).toBe(samples.pdf.toString());
      await store.done(`/v1/evidence/${sent.body.id}/withdrawal`, 'office', {
        reason: 'x',
        removeBytes: true,
      });
      expect([...s3.objects.keys()]).toEqual([]);
    } finally {
      await store.close();
      await s3.close();
    }
  });
});

/** Looks again and again; the time of a spec is the limit. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(resolve => void setImmediate(resolve));
}
