import {
  finance,
  furnish,
  place,
  science,
  stranger,
  TestApi,
  yuetang,
  yuhu,
} from '../../../test/support/api.js';
import { documentOf } from './openapi.js';

// One story through every address of the API: each step needs the ones before it.
let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
  await furnish(api);
});
afterAll(() => api.close());

const paper = { number: '潭督〔2023〕1号', on: '2023-04-20' };
const half = '/v1/rounds/004:2023H1';
const mine = (unit: string) => `${half}/submissions/${encodeURIComponent(unit)}`;

describe('units, groups and posts', () => {
  it('are listed by place and found by any of their names', async () => {
    const { body } = await api.get(`/v1/units?jurisdiction=${place}`, 'admin');
    expect(body.items.map(({ id }: { id: string }) => id).sort()).toEqual(
      [science, finance, yuetang, yuhu].sort(),
    );
    await api.done('/v1/units/xiangtan:市科技局/aliases', 'admin', { alias: '科技局' });
    expect((await api.get('/v1/units/xiangtan:科技局', 'science')).body).toMatchObject({
      id: science,
      name: '市科技局',
    });
  });

  it('are renamed, moved, merged, split and closed', async () => {
    for (const name of ['甲局', '乙局', '丙局', '丁局']) {
      await api.done('/v1/units', 'admin', { jurisdiction: place, name, kind: 'bureau' });
    }
    await api.done('/v1/units/xiangtan:甲局/renaming', 'admin', { name: '甲委', paper });
    await api.done('/v1/units/xiangtan:甲局/move', 'admin', { parent: 'xiangtan:乙局' });
    await api.done('/v1/units/xiangtan:甲局/merger', 'admin', {
      into: 'xiangtan:乙局',
      from: '2023-04-20',
      paper,
    });
    await api.done('/v1/units/xiangtan:丙局/split', 'admin', {
      into: ['xiangtan:乙局', 'xiangtan:丁局'],
      from: '2023-04-20',
    });
    await api.done('/v1/units/xiangtan:丁局/closure', 'admin', { reason: '机构改革' });
    const { body } = await api.get('/v1/units/xiangtan:甲委', 'admin');
    expect(body).toMatchObject({
      id: 'xiangtan:甲局',
      name: '甲委',
      ended: { how: 'merged', into: ['xiangtan:乙局'] },
    });
  });

  it('have members and holders from a day to a day', async () => {
    await api.done('/v1/groups/xiangtan:各县市区园区/members', 'admin', {
      unit: finance,
      from: '2023-04-01',
    });
    await api.done('/v1/groups/xiangtan:各县市区园区/departures', 'admin', {
      unit: finance,
      from: '2023-04-20',
    });
    const group = (await api.get('/v1/groups', 'yuetang')).body.items[0];
    expect(group.members).toContainEqual({ unit: finance, from: '2023-04-01', to: '2023-04-20' });
    expect((await api.get('/v1/groups/xiangtan:各县市区园区', 'yuetang')).body.version).toBe(5);
    const filled = await api.done('/v1/posts', 'admin', {
      ...{
        jurisdiction: place,
        kind: 'liaison',
        scope: { unit: science },
        person: 'p-1',
        from: '2023-01-01',
      },
    });
    expect(filled.id).toBe(`${science}/liaison`);
    expect((await api.get('/v1/posts', 'science')).body.items).toMatchObject([
      { id: filled.id, kind: 'liaison' },
    ]);
    expect((await api.get('/v1/posts', 'finance')).body.items).toEqual([]);
    await api.done(`/v1/posts/${encodeURIComponent(filled.id)}/vacancy`, 'admin', { from: '2023-04-20' });
  });
});

describe('a plan', () => {
  it('is drafted, waived, approved, amended, issued and closed', async () => {
    const finding = { code: 'odd_figure', subject: '005:1', clause: '一', note: '合计不符', blocking: true };
    await api.done('/v1/plans', 'admin', {
      ...{
        code: '005',
        jurisdiction: place,
        title: '草案',
        from: '2023-01-01',
        to: '2023-12-31',
        office: science,
      },
      findings: [finding, { ...finding, code: 'goal_without_holder', subject: '一' }],
    });
    await api.done('/v1/plans/005/sections', 'admin', {
      sections: [{ code: '一', title: '总则', clause: '一' }],
    });
    await api.done('/v1/plans/005/waivers', 'admin', {
      code: 'odd_figure',
      subject: '005:1',
      reason: '按原文',
    });
    const bare = { code: 'goal_without_holder', subject: '一', reason: '按原文' };
    const refused = await api.post('/v1/plans/005/waivers', 'admin', bare);
    expect([refused.body.code, refused.body.errors[0].pointer]).toEqual(['holder_owed', '/assign']);
    const holder = (units: string[]) => ({ subject: '一', units });
    expect((await api.post('/v1/plans/005/goal-holders', 'admin', holder([stranger]))).status).toBe(404);
    await api.done('/v1/plans/005/goal-holders', 'admin', holder([finance]));
    await api.done('/v1/plans/005/approval', 'admin', { paper });
    await api.done('/v1/plans/005/issue', 'admin');
    await api.done('/v1/plans/005/amendments', 'admin', {
      title: '方案',
      to: '2024-06-30',
      reason: '延长',
      paper,
    });
    await api.done('/v1/plans/005/closure', 'admin', { reason: '完成' });
    expect((await api.get('/v1/plans/005', 'auditor')).body).toMatchObject({
      status: 'closed',
      title: '方案',
      version: 8,
    });
  });

  it('counts the tasks that its reader sees', async () => {
    const [office, unit] = await Promise.all([
      api.get('/v1/plans/004', 'office'),
      api.get('/v1/plans/004', 'yuetang'),
    ]);
    expect(office.body.counts).toEqual({ tasks: 4, byStatus: { issued: 4 }, byLight: { green: 4 } });
    expect(unit.body.counts.tasks).toBe(1);
    expect((await api.get('/v1/plans', 'office')).body.items.map(({ id }: { id: string }) => id)).toEqual([
      '004',
    ]);
  });
});

describe('a task', () => {
  const at = '/v1/tasks/004:5.3';

  it('is acknowledged, reported and corrected', async () => {
    expect(
      (await api.get(at, 'science')).body.allowed.map(({ command }: { command: string }) => command),
    ).toEqual(
      expect.arrayContaining(['AcknowledgeTask', 'ReportProgress', 'RequestExtension', 'SubmitCompletion']),
    );
    await api.done(`${at}/acknowledgements`, 'science');
    await api.done(`${at}/reports`, 'science', { percent: 40, summary: '正在招标', period: '2023Q2' });
    await api.done(`${at}/corrections`, 'science', {
      n: 1,
      percent: 35,
      summary: '正在招标',
      reason: '口径有误',
    });
    const { body } = await api.get(at, 'office');
    expect(body).toMatchObject({
      status: 'in_progress',
      dueOn: '2023-07-31',
      light: { colour: 'green', rule: 'light@1' },
    });
    expect(body.state.reports).toMatchObject([{ n: 1, percent: 35, corrections: 1 }]);
    expect(body.obligations.map(({ kind }: { kind: string }) => kind)).toEqual(
      expect.arrayContaining(['receipt', 'task_due']),
    );
  });

  it('tells what happened to it', async () => {
    const first = (await api.get(`${at}/events?limit=2`, 'science')).body;
    expect(first.items.map(({ type }: { type: string }) => type)).toEqual(['TaskRegistered', 'TaskIssued']);
    const { items } = (await api.get(`${at}/events?cursor=${first.next}`, 'science')).body;
    expect(items[0]).toMatchObject({
      type: 'TaskAcknowledged',
      version: 3,
      meta: { actor: 'science', role: 'unit', unit: science },
    });
  });

  it('is blocked and freed; a request for more time is withdrawn, refused, granted', async () => {
    await api.done(`${at}/blockers`, 'science', { kind: 'funding', note: '资金未到位' });
    expect((await api.get('/v1/tasks?light=amber', 'office')).body.items).toMatchObject([
      { id: '004:5.3', light: { reason: 'blocked' } },
    ]);
    await api.done(`${at}/blockers/1/clearance`, 'science', { note: '已到位' });
    for (const [n, decision] of [
      [1, null],
      [2, { verdict: 'refuse', reason: '理由不足', paper }],
      [3, { verdict: 'grant', dueOn: '2023-09-30', paper }],
    ] as const) {
      await api.done(`${at}/extensions`, 'science', { to: '2023-09-30', reason: '招标流标' });
      if (decision) await api.done(`${at}/extensions/${n}/decisions`, 'office', decision);
      else await api.done(`${at}/extensions/${n}/withdrawal`, 'science');
    }
    expect((await api.get(at, 'science')).body).toMatchObject({
      dueOn: '2023-09-30',
      originalDueOn: '2023-07-31',
      flags: { extended: true },
    });
  });

  it('is done, returned, done again, accepted, closed and reopened', async () => {
    const done = { summary: '已建成', evidence: [{ title: '验收证书', url: 'https://example.org/a.pdf' }] };
    await api.done(`${at}/completions`, 'science', done);
    await api.done(`${at}/reviews`, 'office', {
      verdict: 'return',
      reasons: ['缺少佐证'],
      reworkBy: '2023-04-28',
    });
    await api.done(`${at}/completions`, 'science', done);
    await api.done(`${at}/reviews`, 'office', { verdict: 'accept' });
    expect((await api.get('/v1/tasks?status=accepted', 'leader')).body.items).toMatchObject([
      { id: '004:5.3', doneOn: '2023-04-20', flags: { selfReviewed: true } },
    ]);
    expect((await api.post(`${at}/closures`, 'office')).body.code).toBe('countersign_needed');
    await api.done(`${at}/closures`, 'reviewer');
    await api.done(`${at}/reopenings`, 'office', { reason: '复查不合格' });
  });

  it('is shaped by the office', async () => {
    const [other, group] = ['/v1/tasks/004:8.1', '/v1/tasks/004:9.1'];
    await api.done('/v1/tasks/004:3.1/reporting-lead', 'office', { unit: finance });
    await api.done(`${other}/due-dates`, 'office', {
      due: { on: '2023-11-30', basis: 'stated', clause: '11月底前' },
      reason: '提前',
    });
    await api.done(`${other}/suspensions`, 'office', { reason: '另行部署', paper });
    await api.done(`${other}/resumptions`, 'office');
    const roles = [{ holder: science, isGroup: false, role: 'lead' }];
    await api.done(`${other}/assignments`, 'office', { roles, reason: '职能划转', paper });
    await api.done(`${other}/exemptions`, 'office', { reason: '政策调整' });
    await api.done(`${other}/cancellations`, 'office', { reason: '合并到 5.3', paper });
    expect((await api.get(other, 'science')).body).toMatchObject({
      status: 'cancelled',
      light: { colour: 'none' },
    });
    expect((await api.get(group, 'yuetang')).body.roles).toHaveLength(2);
  });

  it('reaches its milestones', async () => {
    const milestones = [
      { code: 'm1', title: '开工', due: { on: '2023-04-30', basis: 'stated', clause: '4月底' } },
    ];
    const roles = [{ holder: science, isGroup: false, role: 'lead' }];
    const draft = {
      jurisdiction: place,
      title: '草案',
      from: '2023-01-01',
      to: '2023-12-31',
      office: science,
    };
    await api.done('/v1/plans', 'admin', { ...draft, code: '006' });
    await api.done('/v1/tasks', 'admin', {
      plan: '006',
      code: '1',
      title: '开工建设',
      clause: '006/1',
      roles,
      milestones,
    });
    await api.done('/v1/plans/006/approval', 'admin', { paper });
    await api.done('/v1/plans/006/issue', 'admin');
    await api.done('/v1/tasks/006:1/milestones', 'science', {
      code: 'm1',
      reachedOn: '2023-04-20',
      evidence: [{ title: '开工令', url: 'https://example.org/1' }],
    });
    expect((await api.get('/v1/tasks/006:1', 'science')).body.state.milestones).toMatchObject([
      { reachedOn: '2023-04-20' },
    ]);
  });
});

describe('an indicator', () => {
  const at = '/v1/indicators/004:i12';

  it('is reported once its period is over, rejected, revised, confirmed and corrected', async () => {
    await api.moveTo('2023-07-03');
    await api.done(`${at}/values`, 'finance', {
      period: '2023Q2',
      value: 760,
      evidence: [{ title: '名录', url: 'https://example.org/1' }],
    });
    await api.done(`${at}/revisions`, 'finance', { period: '2023Q2', value: 765, reason: '终报' });
    await api.done(`${at}/rejections`, 'office', { period: '2023Q2', unit: finance, reason: '口径不符' });
    await api.done(`${at}/values`, 'finance', { period: '2023Q2', value: 770 });
    await api.done(`${at}/confirmations`, 'office', { period: '2023Q2' });
    await api.done(`${at}/corrections`, 'finance', {
      period: '2023Q2',
      value: 772,
      reason: '漏报两家',
      basis: '名录',
    });
    const { body } = await api.get(at, 'finance');
    expect(body.state.observations['2023Q2'].parts).toMatchObject([{ unit: finance, value: 772 }]);
  });

  it('warns of what is not plausible', async () => {
    const value = { period: '2023Q1', value: 99_999 };
    expect((await api.post(`${at}/values`, 'finance', value)).body).toMatchObject({
      status: 422,
      code: 'implausible_value',
    });
    await api.done(`${at}/values`, 'finance', { ...value, confirmed: true });
  });

  it('has its target revised, and is exempted', async () => {
    await api.done(`${at}/targets`, 'office', {
      changes: [{ horizon: '2023', floor: 860 }],
      reason: '省里加压',
      paper,
    });
    const { items } = (await api.get('/v1/indicators?plan=004&source=table', 'leader')).body;
    expect(items).toMatchObject([
      {
        id: '004:i12',
        judgement: { target: { current: { floor: 860, version: 2 }, original: { floor: 830 } } },
      },
    ]);
    await api.done(`${at}/exemptions`, 'office', { reason: '统计制度调整', paper });
  });
});

describe('a round', () => {
  it('is moved, opened, and asks each for its own', async () => {
    await api.done(`${half}/due`, 'office', { to: '2023-07-17', reason: '15日为周六' });
    await api.done(`${half}/open`, 'office');
    const [office, unit] = await Promise.all([api.get(half, 'office'), api.get(half, 'yuetang')]);
    expect(office.body).toMatchObject({ status: 'open', dueOn: '2023-07-17' });
    expect(unit.body.roster.map((entry: { unit: string }) => entry.unit)).toEqual([yuetang]);
    expect((await api.get('/v1/rounds?status=open', 'yuetang')).body.items).toMatchObject([
      { id: '004:2023H1' },
    ]);
  });

  it('puts what it asks for on the list of everyone', async () => {
    const own = (await api.get('/v1/obligations?state=open', 'yuetang')).body.items;
    expect(own).toContainEqual(
      expect.objectContaining({ kind: 'submission', holders: [yuetang], overdue: false }),
    );
    const all = (
      await api.get(`/v1/obligations?plan=004&kind=submission&holder=${yuhu}&dueBefore=2023-08-01`, 'leader')
    ).body.items;
    expect(all).toMatchObject([{ holders: [yuhu], due: { on: '2023-07-17' } }]);
  });

  it('takes a submission: kept, handed in, taken back, returned, accepted', async () => {
    const item = { task: '004:9.1', percent: 50, note: '过半' };
    expect((await api.get(mine(yuetang), 'yuetang')).body).toMatchObject({
      status: 'open',
      tasks: [{ task: '004:9.1' }],
    });
    const kept = await api.send(mine(yuetang), {
      as: 'yuetang',
      method: 'PUT',
      body: { items: [item], summary: '小结' },
    });
    expect([kept.status, kept.body.draft.summary]).toEqual([200, '小结']);
    await api.done(`${mine(yuetang)}/hand-in`, 'yuetang');
    await api.done(`${mine(yuetang)}/withdrawal`, 'yuetang');
    await api.done(`${mine(yuetang)}/hand-in`, 'yuetang', { summary: '小结二' });
    await api.done(`${mine(yuetang)}/return`, 'office', {
      reasons: [{ item: '004:9.1', reason: '无数据' }],
      reworkBy: '2023-07-10',
    });
    await api.done(`${mine(yuetang)}/hand-in`, 'yuetang', { items: [item], summary: '小结三' });
    await api.done(`${mine(yuetang)}/acceptance`, 'office');
    await api.done(`${mine(yuhu)}/waiver`, 'office', { reason: '受灾' });
    expect((await api.get(half, 'office')).body.submissions).toEqual(
      expect.arrayContaining([expect.objectContaining({ unit: yuetang, status: 'accepted', returns: 1 })]),
    );
  });

  it('says what stands in its way before it is closed over it', async () => {
    const dry = await api.post(`${half}/close?dryRun=true`, 'office');
    expect(dry.status).toBe(200);
    const found = dry.body.blockers.map((blocker: { class: string }) => blocker.class);
    expect((await api.get(half, 'office')).body.status).toBe('open');
    await api.done(`${half}/close`, 'office', { accepted: found, reason: '时限已到' });
    expect((await api.get(half, 'office')).body.status).toBe('closed');
  });
});

describe('everyone’s own page', () => {
  it('says who one is, which posts one holds, and what is to be done next', async () => {
    const seat = { jurisdiction: place, kind: 'head', scope: { unit: finance }, from: '2023-01-01' };
    await api.done('/v1/posts', 'admin', { ...seat, person: 'finance' });
    const { body } = await api.get('/v1/me', 'finance');
    expect(body).toMatchObject({
      ...{ id: 'finance', unit: finance, delegations: [] },
      posts: [{ post: `${finance}/head`, kind: 'head', from: '2023-01-01', to: null }],
    });
    expect(body.toDo.next[0]).toMatchObject({ kind: 'receipt', overdue: true, settle: { method: 'POST' } });
    const open = (await api.get('/v1/obligations?state=open&limit=200', 'finance')).body.items;
    expect(body.toDo.counts.open).toBe(open.length);
    expect(open[0].settle.href).toMatch(/^\/v1\//);
    const page = await api.send('/v1/me', { as: 'finance', headers: { accept: 'text/html' } });
    expect(page.text).toContain('市财政局 待办');
  });
});

describe('the desk', () => {
  it('holds what waits for the office, in its own plans', async () => {
    const { body } = await api.get('/v1/desk?plan=004', 'office');
    expect(body.plans).toMatchObject([{ plan: '004' }]);
    const receipts = body.queues.find(({ queue }: { queue: string }) => queue === 'receipts');
    expect(receipts.items[0]).toMatchObject({
      plan: '004',
      since: '2023-04-20',
      settle: [{ method: 'POST' }],
    });
    expect((await api.get('/v1/desk?plan=003', 'office')).status).toBe(404);
    expect((await api.get('/v1/desk?queue=nothing', 'office')).status).toBe(422);
    const page = await api.send('/v1/desk', { as: 'office', headers: { accept: 'text/html' } });
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).toContain('督查办公桌');
  });
});

describe('a scorecard', () => {
  it('tells what a unit owed, for those whose rows it is in', async () => {
    const path = `/v1/units/${encodeURIComponent(science)}/scorecard?plan=004&year=2023`;
    const { body } = await api.get(path, 'science');
    expect(body).toMatchObject({ unit: science, name: '市科技局', passedOn: null });
    const [latest] = body.quarters;
    expect(latest).toMatchObject({
      plan: '004',
      closed: false,
      rules: { score: 'score@1', light: 'light@1' },
    });
    const parts = [...Object.values(latest.parts), latest.inherited] as { total: number }[];
    expect(parts.reduce((sum, { total }) => sum + total, 0)).toBe(latest.total.total);
    expect((await api.get(path, 'finance')).status).toBe(404);
    expect((await api.get(path, 'stranger')).status).toBe(404);
    expect((await api.get(path.replace('plan=004', 'plan=003'), 'science')).status).toBe(404);
    const page = await api.send(path, { as: 'office', headers: { accept: 'text/html' } });
    expect(page.text).toContain('市科技局履职情况');
  });
});

describe('many at once', () => {
  it('receipts: one call for all tasks of a plan', async () => {
    const { status, body } = await api.post('/v1/acknowledgements', 'finance', { plan: '004' });
    expect([status, body.outcomes.map(({ id }: { id: string }) => id)]).toEqual([200, ['004:3.1']]);
  });

  it('reports: one result for each, a refused one touches no other', async () => {
    const items = ['004:5.3', '003:1.1', '004:nothing'].map(task => ({
      task,
      summary: '进展',
      period: '2023Q3',
    }));
    const headers = { 'idempotency-key': 'batch-1' };
    const { body } = await api.post('/v1/reports', 'science', { items }, headers);
    expect(
      body.results.map(({ index, status }: { index: number; status: number }) => [index, status]),
    ).toEqual([
      [0, 201],
      [1, 404],
      [2, 404],
    ]);
    const again = await api.post('/v1/reports', 'science', { items }, headers);
    expect(again.body.results[0].outcome).toMatchObject({ id: '004:5.3', replayed: true });
  });

  it('figures', async () => {
    const items = [
      { indicator: '004:i12', period: '2023H1', value: 775 },
      { indicator: '003:i1', period: '2023H1', value: 1 },
    ];
    const { body } = await api.post('/v1/values', 'finance', { items });
    expect(body.results.map(({ status }: { status: number }) => status)).toEqual([expect.any(Number), 404]);
  });
});

describe('keys', () => {
  it('come in pages', async () => {
    const first = (await api.get('/v1/keys?limit=10', 'admin')).body;
    const { items, next } = (await api.get(`/v1/keys?cursor=${first.next}`, 'admin')).body;
    expect([first.items.length, items.length, next]).toEqual([10, 1, null]);
  });

  it('are issued and revoked', async () => {
    const { id } = await api.done('/v1/keys', 'admin', {
      holder: 'x',
      kind: 'machine',
      role: 'unit',
      unit: science,
    });
    await api.send(`/v1/keys/${id}`, { as: 'admin', method: 'DELETE' });
    const { items } = (await api.get('/v1/keys', 'auditor')).body;
    expect(items).toBeUndefined();
  });
});

// They have stories of their own: access, alerts, bulletins, definitions, dossier, evidence, exchanges and rollups.int.spec.ts.
const ofTask =
  'amendments|contests|contributions|dossier|instructions|milestone-dates|new-milestones|report-form';
const ofIndicator = 'baselines|cadence|comparators|definitions|links|new-targets|publication-days';
const elsewhere = new RegExp(
  `^/v1/(access|alerts|delegations|evidence|holidays|policies|reminders|rollups|quarters|tasks/\\{task\\}/(${ofTask})|indicators/\\{indicator\\}/(${ofIndicator}))`,
);

it('every operation of the document was answered in this story', async () => {
  await api.get('/v1/me', 'admin');
  await api.done('/v1/indicators', 'admin', {
    ...{
      plan: '006',
      code: 'i1',
      title: '专利数',
      measure: '件',
      source: 'text',
      direction: 'more',
      kind: 'flow_cumulative',
    },
    ...{ owners: [science], providers: [science], frequency: 'year' },
  });
  await api.done('/v1/indicators/004:i12/owners', 'office', { units: [finance] });
  await api.done('/v1/indicators/004:i12/providers', 'office', { units: [science, finance], mode: 'sum' });
  const operations = Object.entries(documentOf(api.api.app).paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => [method.toUpperCase(), path] as const),
  );
  const answered = [...api.answered];
  const untold = operations.filter(([method, path]) => {
    const shape = new RegExp(`^${method} ${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    return path.startsWith('/v1/') && !elsewhere.test(path) && !answered.some(each => shape.test(each));
  });
  expect(untold).toEqual([]);
});
