import { deliveriesSubscription, ObligationTable, obligationsSubscription, Sweeper } from '@duban/reminder';
import { furnish, science, TestApi } from '../../../../test/support/api.js';
import { Files, pdf, sha256Of } from '../../../../test/support/files.js';

// Task 5.3 of 市科技局, due on 31 July: reported, extended on paper, done late, returned, accepted by the office itself.
const at = '/v1/tasks/004:5.3';
const scan = pdf('decision');
const paper = { number: '潭督〔2023〕9号', on: '2023-08-08', sha256: sha256Of(scan) };
let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
  const { core } = api;
  const table = new ObligationTable(core);
  for (const each of [obligationsSubscription(core, table), deliveriesSubscription(() => undefined)])
    core.events.subscribe(each).start();
  const day = async (on: string, act: () => Promise<unknown> = () => Promise.resolve()) => {
    await api.moveTo(on);
    await act();
    const caughtUp = async () => {
      const { position } = await core.events.head();
      for (const name of ['obligations', 'deliveries']) await core.events.waitFor(name, position, 20_000);
    };
    await caughtUp();
    await new Sweeper(core, table).sweep();
    await caughtUp();
  };
  await furnish(api);
  await day('2023-07-17');
  await day('2023-07-28', () =>
    api.done(`${at}/extensions`, 'science', { to: '2023-08-31', reason: '流标' }),
  );
  await new Files(api).upload('reviewer', scan);
  await day('2023-08-08', () =>
    api.done(`${at}/extensions/1/decisions`, 'office', { verdict: 'refuse', reason: '理由不足', paper }),
  );
  await day('2023-08-09');
  const { body: file } = await new Files(api).upload('science', pdf('certificate'));
  const done = { summary: '已建成', evidence: [{ title: '验收证书', sha256: file.id }] };
  await day('2023-08-10', () => api.done(`${at}/completions`, 'science', done));
  await day('2023-08-11', () =>
    api.done(`${at}/reviews`, 'office', { verdict: 'return', reasons: ['缺附件'], reworkBy: '2023-08-18' }),
  );
  await day('2023-08-14', () => api.done(`${at}/completions`, 'science', done));
  await day('2023-08-15', () => api.done(`${at}/reviews`, 'office', { verdict: 'accept' }));
});
afterAll(() => api.close());

describe('GET /v1/tasks/{task}/dossier', () => {
  it('answers an auditor alone', async () => {
    const { status, body } = await api.get(`${at}/dossier`, 'auditor');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ id: '004:5.3', today: '2023-08-15' },
      plan: { code: '004', office: science, issuedOn: '2023-04-20' },
      task: { clause: '004/5.3', sections: ['三 平台'], status: 'accepted', flags: { selfReviewed: true } },
      roles: [{ through: 'TaskRegistered', roles: [{ holder: science, role: 'lead' }], by: 'admin' }],
      dues: [{ version: 1, due: { on: '2023-07-31' }, through: 'registered' }],
    });
    expect(body.task.extensions).toMatchObject([{ askedOn: '2023-07-28', state: 'refused' }]);
    expect(body.evidence).toMatchObject([
      { to: 'CompletionSubmitted', n: 1, evidence: { title: '验收证书' }, by: 'science', unit: science },
      { n: 2 },
    ]);
  });

  it('has every decision with its reason and paper', async () => {
    const { decisions } = (await api.get(`${at}/dossier`, 'auditor')).body;
    expect(decisions.map(({ type }: { type: string }) => type)).toEqual([
      ...['ExtensionRefused', 'CompletionReturned', 'CompletionAccepted'],
    ]);
    expect(decisions[0]).toMatchObject({ on: '2023-08-08', by: 'office', reason: '理由不足', paper });
    expect(decisions[1]).toMatchObject({ reason: '缺附件', role: 'office' });
  });

  it('has what was sent, and what was not and why', async () => {
    const { sent, notSent } = (await api.get(`${at}/dossier`, 'auditor')).body.messages;
    type Row = Record<string, string>;
    const ofTask = sent.filter(({ kind }: Row) => kind === 'task_due');
    // Nobody swept on the 26th, and on the 28th the request came.
    expect(ofTask.map(({ issuedOn, stage }: Row) => `${issuedOn} ${stage}`)).toEqual([
      ...['2023-07-17 -10', '2023-08-09 +1'],
    ]);
    const why = notSent.filter(({ obligationKind }: Row) => obligationKind === 'task_due');
    expect(why.map(({ stage, why: reason }: Row) => `${stage} ${reason}`).slice(0, 3)).toEqual([
      ...['-3 overtaken', '0 extension_pending', '+5 handed_in'],
    ]);
  });

  it('has the lights with the version of their rule', async () => {
    const { lights } = (await api.get(`${at}/dossier`, 'auditor')).body;
    expect(lights.map(({ from, reason }: { from: string; reason: string }) => `${from} ${reason}`)).toEqual([
      ...['2023-04-20 on_track', '2023-07-28 extension_pending', '2023-08-08 on_track'],
      ...['2023-08-09 overdue', '2023-08-10 handed_in_late', '2023-08-11 overdue'],
      ...['2023-08-14 handed_in_late', '2023-08-15 made_good_late'],
    ]);
    expect(new Set(lights.map(({ rule }: { rule: string }) => rule))).toEqual(new Set(['light@1']));
  });

  it('ends with the whole record, to be verified', async () => {
    const { events, record } = (await api.get(`${at}/dossier`, 'auditor')).body;
    const stored = await api.core.events.readStream('task-004:5.3');
    expect(events).toHaveLength(stored.length);
    expect(record).toEqual({
      ...{ stream: 'task-004:5.3', version: stored.length, position: stored.at(-1)!.position },
      hash: stored.at(-1)!.hash.toString('hex'),
    });
    expect(events.at(-1)).toMatchObject({ type: 'CompletionAccepted', by: 'office', channel: 'http' });
  });

  it('is a page, too', async () => {
    const page = await api.send(`${at}/dossier`, { as: 'auditor', headers: { accept: 'text/html' } });
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    for (const said of [
      '004:5.3 任务 5.3',
      '潭督〔2023〕9号',
      paper.sha256,
      '延期申请待批',
      '由更高阶段代替',
    ])
      expect(page.text).toContain(said);
  });

  it('is for those who read the record, in their plans', async () => {
    expect((await api.get(`${at}/dossier`, 'science')).status).toBe(403);
    expect((await api.get('/v1/tasks/003:1.1/dossier', 'office')).status).toBe(404);
    expect((await api.get('/v1/tasks/004:nothing/dossier', 'auditor')).status).toBe(404);
    expect((await api.get('/v1/tasks/003:1.1/dossier', 'auditor')).status).toBe(200);
  });
});
