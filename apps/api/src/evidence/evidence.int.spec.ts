import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { furnish, type Got, type Holder, TestApi, yuetang } from '../../../../test/support/api.js';
import { Files, pdf, sha256Of, told } from '../../../../test/support/files.js';

let api: TestApi;
let files: Files;
beforeAll(async () => {
  api = await TestApi.open();
  files = new Files(api);
  await furnish(api);
});
afterAll(() => api.close());

const report = (task: string, as: Holder, evidence: object[], more: object = {}) =>
  api.post(`/v1/tasks/${task}/reports`, as, { summary: '进展', evidence, ...more });

describe('a report', () => {
  it('refers to a file of its unit, which whoever sees the task then reads', async () => {
    const { body } = await files.upload('finance', pdf('joint'));
    const sha256 = body.id as string;
    for (const holder of ['science', 'office', 'leader', 'stranger'] as const)
      expect([holder, told(await files.read(sha256, holder))]).toEqual([holder, [404, 'not_found']]);
    const reported = await report('004:3.1', 'finance', [{ title: '台账', sha256 }]);
    expect(reported.body.events).toEqual(['TaskAcknowledged', 'ProgressReported', 'EvidenceAttached']);
    for (const holder of ['science', 'office', 'leader', 'auditor', 'admin'] as const)
      expect([holder, (await files.read(sha256, holder)).status]).toEqual([holder, 200]);
    for (const holder of ['stranger', 'yuetang'] as const)
      expect([holder, told(await files.read(sha256, holder))]).toEqual([holder, [404, 'not_found']]);
    const record = await api.get(`/v1/evidence/${sha256}/record`, 'science');
    expect(record.body).toMatchObject({
      attachedTo: [{ stream: 'task-004:3.1' }],
      uploads: [{ by: 'finance' }],
    });
  });

  it("names every file that is not there, or another's, and records nothing", async () => {
    const { body } = await files.upload('finance', pdf('foreign'));
    const [foreign, none] = [body.id as string, sha256Of('none')];
    const { body: own } = await files.upload('science', pdf('own'));
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
    const papers = [await files.upload('reviewer', pdf('scan')), await files.upload('finance', pdf('mail'))];
    const evidence = papers.map(({ body }) => ({ title: '扫描件', sha256: body.id as string }));
    const entered = await report('004:8.1', 'office', evidence, {
      unit: 'xiangtan:市财政局',
      receivedOn: '2023-04-19',
    });
    expect([entered.status, entered.body.events.at(-1)]).toEqual([201, 'EvidenceAttached']);
    const foreign = await files.upload('yuetang', pdf('yuetang'));
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
    const { body } = await files.upload('science', pdf('replayed'));
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
    const { body } = await files.upload('yuetang', pdf('half'));
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
    expect((await files.read(sha256, 'office')).status).toBe(200);
    expect(told(await files.read(sha256, 'finance'))).toEqual([404, 'not_found']);
  });
});

describe('withdrawing a file', () => {
  const withdraw = (sha256: string, as: Holder, more: object = {}) =>
    api.post(`/v1/evidence/${sha256}/withdrawal`, as, { reason: '传错文件', ...more });

  it('is for its unit while nothing refers to it; nobody can refer to it then', async () => {
    const sha256 = (await files.upload('science', pdf('mistake'))).body.id as string;
    expect(told(await withdraw(sha256, 'finance'))).toEqual([404, 'not_found']);
    expect(told(await withdraw(sha256, 'science', { removeBytes: true }))).toEqual([403, 'office_only']);
    expect((await withdraw(sha256, 'science')).status).toBe(201);
    expect(told(await files.read(sha256, 'science'))).toEqual([410, 'evidence_withdrawn']);
    const refused = await report('004:5.3', 'science', [{ title: 'a', sha256 }], { supersedes: 1 });
    expect([told(refused), refused.body.errors[0].code]).toEqual([
      [422, 'evidence_unknown'],
      'evidence_withdrawn',
    ]);
    expect((await files.read(sha256, 'auditor')).status).toBe(200);
  });

  it('keeps the record and the hash when the office has the bytes removed', async () => {
    const content = pdf('secret');
    const sha256 = (await files.upload('finance', content)).body.id as string;
    await report('004:3.1', 'finance', [{ title: 'a', sha256 }], { supersedes: 1 });
    expect(told(await withdraw(sha256, 'finance'))).toEqual([409, 'evidence_attached']);
    expect(existsSync(files.pathOf(sha256))).toBe(true);
    expect((await withdraw(sha256, 'office', { removeBytes: true })).body.events).toEqual([
      'EvidenceWithdrawn',
    ]);
    expect(existsSync(files.pathOf(sha256))).toBe(false);
    for (const holder of ['finance', 'auditor', 'office'] as const)
      expect(told(await files.read(sha256, holder))).toEqual([410, 'evidence_withdrawn']);
    expect((await api.get(`/v1/evidence/${sha256}/record`, 'finance')).body).toMatchObject({
      ...{ sha256, size: content.length, attachedTo: [{ stream: 'task-004:3.1' }] },
      withdrawn: { by: 'office', reason: '传错文件', bytesRemoved: true },
    });
    expect(told(await files.upload('finance', content))).toEqual([409, 'evidence_barred']);
    expect([existsSync(files.pathOf(sha256)), files.incoming()]).toEqual([false, []]);
  });
});

describe('a file that is withdrawn while a report refers to it', () => {
  it('is either, never both', async () => {
    const outcomes = new Set<string>();
    for (let n = 0; n < 20; n++) {
      const sha256 = (await files.upload('finance', pdf(`race ${n}`))).body.id as string;
      const supersedes = (await api.get('/v1/tasks/004:8.1', 'finance')).body.state.reports.length as number;
      const asked = [
        () => report('004:8.1', 'finance', [{ title: 'a', sha256 }], supersedes > 0 ? { supersedes } : {}),
        () => api.post(`/v1/evidence/${sha256}/withdrawal`, 'finance', { reason: 'x' }),
      ];
      const answers = await Promise.all((n % 2 ? asked : asked.reverse()).map(ask => ask()));
      outcomes.add(
        answers
          .map(({ status, body }) => String(body.code ?? status))
          .sort()
          .join(' '),
      );
    }
    expect(
      [...outcomes].filter(each => !['201 evidence_attached', '201 evidence_unknown'].includes(each)),
    ).toEqual([]);
  });
});

describe('a stored file', () => {
  it('that is lost or damaged is never taken for the one that was handed in', async () => {
    const content = pdf('x'.repeat(200_000));
    const sha256 = (await files.upload('science', content)).body.id as string;
    writeFileSync(files.pathOf(sha256), pdf('y'.repeat(200_000)));
    await expect(files.read(sha256, 'science')).rejects.toThrow();
    rmSync(files.pathOf(sha256));
    expect(told(await files.read(sha256, 'science'))).toEqual([500, 'evidence_missing']);
  });

  it('is not found by what is no hash', async () => {
    for (const id of ['x', sha256Of('none').toUpperCase(), '..%2f..%2fetc%2fpasswd'])
      expect(told(await files.read(id, 'auditor'))).toEqual([404, 'not_found']);
  });
});
