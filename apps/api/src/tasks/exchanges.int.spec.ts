import {
  counties,
  finance,
  furnish,
  science,
  stranger,
  TestApi,
  yuetang,
  yuhu,
} from '../../../../test/support/api.js';

let api: TestApi;
beforeEach(async () => {
  api = await TestApi.open();
  await furnish(api);
});
afterEach(() => api.close());

const answer = (got: { status: number; body: { code?: string } }) => [got.status, got.body.code];
const owed = async (kind: string, as: 'finance' | 'office' | 'yuetang' | 'science' | 'auditor') =>
  (await api.get(`/v1/obligations?kind=${kind}`, as)).body.items as {
    subject: string;
    state: string;
    holders: string[];
  }[];
const paper = { number: '潭督〔2023〕1号', on: '2023-04-20' };

describe('a contest', () => {
  const at = '/v1/tasks/004:3.1/contests';

  it('stops the receipt, waits on the desk, and takes the task away when it is upheld', async () => {
    await api.moveTo('2023-04-24');
    await api.done(at, 'finance', { reason: '不属本单位职能' });
    expect((await api.get('/v1/tasks/004:3.1', 'office')).body.flags).toMatchObject({ contested: true });
    expect(await owed('receipt', 'finance')).toContainEqual(
      expect.objectContaining({ subject: '004:3.1', state: 'tolled' }),
    );
    const desk = (await api.get('/v1/desk?queue=contests', 'office')).body;
    expect(desk.queues[0].items).toMatchObject([
      { subject: '004:3.1', units: [finance], dueOn: '2023-05-04' },
    ]);
    const decided = await api.done(`${at}/1/decisions`, 'office', {
      verdict: 'uphold',
      reason: '职能不符',
      paper,
    });
    expect(decided.events).toEqual(['ContestDecided', 'UnitsReassigned']);
    expect(await owed('receipt', 'finance')).toContainEqual(
      expect.objectContaining({ subject: '004:3.1', state: 'void' }),
    );
    expect(answer(await api.get('/v1/tasks/004:3.1', 'finance'))).toEqual([404, 'not_found']);
  });

  it('lets the receipt run again when it is rejected', async () => {
    await api.moveTo('2023-04-24');
    await api.done(at, 'finance', { reason: '不属本单位职能' });
    await api.moveTo('2023-05-04');
    await api.done(`${at}/1/decisions`, 'office', { verdict: 'reject', reason: '职责明确' });
    expect((await api.get('/v1/tasks/004:3.1', 'office')).body.flags).toMatchObject({ contested: false });
    await api.moveTo('2023-05-05');
    const overdue = (await api.get('/v1/obligations?kind=receipt', 'finance')).body.items;
    expect(overdue).toContainEqual(
      expect.objectContaining({ subject: '004:3.1', state: 'open', overdue: true }),
    );
  });

  it('names others who take the task, of the plan’s own place', async () => {
    await api.done(at, 'finance', { reason: '不属本单位职能' });
    const uphold = { verdict: 'uphold', reason: '职能不符' };
    const roles = (holder: string) => [{ holder, isGroup: false, role: 'lead' }];
    const decide = (body: object) => api.post(`${at}/1/decisions`, 'office', { ...uphold, ...body });
    expect(answer(await decide({ roles: roles(stranger) }))).toEqual([404, 'not_found']);
    const still = await decide({ roles: roles(finance) });
    expect(answer(still)).toEqual([422, 'still_assigned']);
    expect(still.body.errors).toMatchObject([{ pointer: '/roles' }]);
    expect(answer(await decide({ roles: roles(yuhu) }))).toEqual([201, undefined]);
  });

  it('of the only lead may leave the task to the office, which owes a lead in ten workdays', async () => {
    const only = '/v1/tasks/004:8.1/contests';
    await api.done(only, 'finance', { reason: '不属本单位职能' });
    const uphold = { verdict: 'uphold', reason: '职能不符' };
    expect(answer(await api.post(`${only}/1/decisions`, 'office', uphold))).toEqual([
      422,
      'task_without_lead',
    ]);
    await api.done(`${only}/1/decisions`, 'office', { ...uphold, assign: true });
    expect(await owed('assign_lead', 'office')).toMatchObject([
      { subject: '004:8.1', state: 'open', due: { on: '2023-05-06' } },
    ]);
    const roles = [{ holder: science, isGroup: false, role: 'lead' }];
    await api.done('/v1/tasks/004:8.1/assignments', 'office', { roles, reason: '指定牵头' });
    expect(await owed('assign_lead', 'office')).toMatchObject([{ state: 'met' }]);
  });

  it('of a member takes the task off its list, and off no round that is open', async () => {
    const half = '/v1/rounds/004:2023H1';
    await api.done(`${half}/open`, 'office');
    const at = '/v1/tasks/004:9.1/contests';
    await api.done(at, 'yuetang', { reason: '辖区内无此事项' });
    await api.done(`${at}/1/decisions`, 'office', { verdict: 'uphold', reason: '情况属实' });
    const receipt = await api.post('/v1/tasks/004:9.1/acknowledgements', 'yuetang');
    expect(answer(receipt)).toEqual([404, 'not_found']);
    expect(await owed('receipt', 'yuetang')).toMatchObject([{ subject: '004:9.1', state: 'void' }]);
    const form = (await api.get(`${half}/submissions/${yuetang}`, 'yuetang')).body;
    expect(form.tasks).toMatchObject([{ task: '004:9.1' }]);
    await api.done('/v1/rounds', 'office', {
      ...{ plan: '004', period: '2023Q2', kind: 'quarter', dueOn: '2023-07-07', clause: '每季度' },
      ...{ evidence: false, summary: false },
    });
    await api.done('/v1/rounds/004:2023Q2/open', 'office');
    const asked = (await api.get('/v1/rounds/004:2023Q2', 'office')).body.roster;
    const members = asked.filter(({ owesSubmission }: { owesSubmission: boolean }) => owesSubmission);
    expect(members).toMatchObject([{ unit: yuhu, tasks: ['004:9.1'] }]);
  });

  it('comes within five workdays, once, and is offered as long', async () => {
    const offered = async () =>
      (await api.get('/v1/tasks/004:3.1', 'finance')).body.allowed.some(
        ({ command }: { command: string }) => command === 'ContestAssignment',
      );
    await api.moveTo('2023-04-26');
    expect(await offered()).toBe(true);
    await api.moveTo('2023-04-27');
    expect(await offered()).toBe(false);
    expect(answer(await api.post(at, 'finance', { reason: 'x' }))).toEqual([409, 'contest_too_late']);
  });

  it('is decided by nobody but the office, and by a person', async () => {
    await api.done(at, 'finance', { reason: '不属本单位职能' });
    const body = { verdict: 'reject', reason: '职责明确' };
    expect(answer(await api.post(`${at}/1/decisions`, 'finance', body))).toEqual([403, 'forbidden_role']);
    expect(answer(await api.post(`${at}/1/decisions`, 'machine', body))).toEqual([
      403,
      'machine_needs_acting_for',
    ]);
    expect(answer(await api.post(`${at}/2/decisions`, 'office', body))).toEqual([404, 'contest_not_found']);
  });

  it('of two units at one moment is heard twice, and decided once', async () => {
    const both = await Promise.all([
      api.post(at, 'finance', { reason: '不属本单位职能' }),
      api.post(at, 'science', { reason: '不属本单位职能' }),
    ]);
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    const decisions = await Promise.all(
      (['office', 'reviewer'] as const).map((as, index) =>
        api.post(`${at}/1/decisions`, as, { verdict: 'reject', reason: `理由${index}` }),
      ),
    );
    expect(decisions.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});

describe('a contribution', () => {
  const at = '/v1/tasks/004:9.1/contributions';
  const ask = { from: [yuetang, yuhu], items: ['新增企业数', '存在问题'], dueOn: '2023-07-05' };
  const answers = { answers: ['12家', '无'] };
  const form = async (period = '2023Q2') =>
    (await api.get(`/v1/tasks/004:9.1/report-form?period=${period}`, 'science')).body;
  beforeEach(() => api.moveTo('2023-07-03'));

  it('fills the lead’s form, names who is silent, and leaves the report due', async () => {
    await api.done(at, 'science', ask);
    expect(await owed('contribution', 'yuetang')).toMatchObject([
      { subject: '004:9.1', holders: [yuetang], state: 'open' },
    ]);
    await api.done(`${at}/1/answers`, 'yuetang', answers);
    const filled = await form();
    expect(filled.summary).toBe('岳塘区：新增企业数：12家；存在问题：无\n未反馈：雨湖区');
    expect(filled.contributions).toMatchObject([
      {
        n: 1,
        silent: [yuhu],
        parts: [
          { unit: yuetang, answers: answers.answers },
          { unit: yuhu, answers: null },
        ],
      },
    ]);
    await api.done('/v1/tasks/004:9.1/reports', 'science', { period: '2023Q2', summary: filled.summary });
    expect((await form()).standing).toBe(1);
    await api.moveTo('2023-10-09');
    expect(await form('2023Q3')).toMatchObject({ standing: null, contributions: [] });
  });

  it('of all who answer at one moment is kept', async () => {
    await api.done('/v1/groups/xiangtan:各县市区园区/members', 'admin', {
      unit: finance,
      from: '2023-04-01',
    });
    await api.done(at, 'science', { ...ask, from: [yuetang, finance] });
    const given = await Promise.all(
      (['yuetang', 'finance'] as const).map(as => api.post(`${at}/1/answers`, as, answers)),
    );
    expect(given.map(({ status }) => status)).toEqual([201, 201]);
    expect((await form()).contributions[0].silent).toEqual([]);
  });

  it('is asked of the task’s own units by its leads, and given by those who were asked', async () => {
    expect(answer(await api.post(at, 'yuetang', ask))).toEqual([403, 'not_a_lead_unit']);
    const foreign = await api.post(at, 'science', { ...ask, from: [stranger] });
    expect(answer(foreign)).toEqual([404, 'not_found']);
    const other = await api.post(at, 'science', { ...ask, from: [yuetang, finance] });
    expect([answer(other), other.body.errors[0].pointer]).toEqual([[422, 'not_a_contributor'], '/from/1']);
    await api.done(at, 'science', { ...ask, from: [yuhu] });
    expect(answer(await api.post(`${at}/1/answers`, 'yuetang', answers))).toEqual([403, 'not_asked']);
    expect(answer(await api.post(`${at}/1/answers`, 'stranger', answers))).toEqual([404, 'not_found']);
    const few = await api.post(`${at}/1/answers`, 'office', { unit: yuhu, answers: ['12家'] });
    expect([answer(few), few.body.errors[0].pointer]).toEqual([[422, 'answers_incomplete'], '/answers']);
  });

  it('is entered by the office from a paper, on the day it came', async () => {
    await api.done(at, 'science', ask);
    await api.moveTo('2023-07-06');
    expect(
      answer(await api.post(`${at}/1/answers`, 'yuetang', { ...answers, receivedOn: '2023-07-05' })),
    ).toEqual([403, 'paper_entry_is_for_office']);
    const entered = { ...answers, unit: yuetang, receivedOn: '2023-07-05', paper };
    await api.done(`${at}/1/answers`, 'office', entered);
    expect(await owed('contribution', 'yuetang')).toMatchObject([{ state: 'met' }]);
  });

  it('is shown in the form to leads alone', async () => {
    expect(answer(await api.get('/v1/tasks/004:9.1/report-form', 'yuetang'))).toEqual([404, 'not_found']);
    expect(answer(await api.get('/v1/tasks/004:9.1/report-form?period=2023Q9', 'science'))).toEqual([
      422,
      'validation_failed',
    ]);
  });
});

describe('an instruction', () => {
  const at = '/v1/tasks/004:8.1/instructions';
  const order = { text: '请查明滞后原因', addressees: [finance], dueOn: '2023-07-14' };
  beforeEach(() => api.moveTo('2023-07-10'));

  it('of a leader is owed an answer, and answered', async () => {
    await api.done(at, 'leader', order);
    expect(await owed('instruction', 'finance')).toMatchObject([{ subject: '004:8.1', state: 'open' }]);
    expect(answer(await api.post(`${at}/1/answers`, 'stranger', { text: '已整改' }))).toEqual([
      404,
      'not_found',
    ]);
    await api.done(`${at}/1/answers`, 'finance', { text: '已整改' });
    expect(await owed('instruction', 'finance')).toMatchObject([{ state: 'met' }]);
  });

  it('is typed by the office with its paper, and never by a unit', async () => {
    expect(answer(await api.post(at, 'finance', order))).toEqual([403, 'forbidden_role']);
    const bare = await api.post(at, 'office', order);
    expect([answer(bare), bare.body.errors[0].pointer]).toEqual([[422, 'paper_needed'], '/paper']);
    await api.done(at, 'office', { ...order, paper });
  });

  it('may go to the office, which sees the task and answers', async () => {
    await api.done(at, 'leader', { ...order, addressees: [science] });
    await api.done(`${at}/1/answers`, 'science', { text: '已核实' });
    expect(await owed('instruction', 'science')).toMatchObject([{ state: 'met' }]);
  });

  it('goes no further than the leader’s own plans, and to nobody the task does not name', async () => {
    expect(answer(await api.post('/v1/tasks/003:1.1/instructions', 'leader', order))).toEqual([
      404,
      'not_found',
    ]);
    const other = await api.post(at, 'leader', { ...order, addressees: [finance, yuetang] });
    expect([answer(other), other.body.errors[0].pointer]).toEqual([
      [422, 'not_an_addressee'],
      '/addressees/1',
    ]);
    expect(
      answer(
        await api.post(at, 'leader', { ...order, addressees: [counties.replace('xiangtan', 'changsha')] }),
      ),
    ).toEqual([404, 'not_found']);
  });

  it('goes only to units that the leader is in charge of', async () => {
    const leader = {
      holder: 'vice',
      kind: 'person',
      role: 'leader',
      plans: ['004'],
      units: [finance],
    } as const;
    const root = { actor: { id: 'root', kind: 'person', role: 'admin' } as const, channel: 'cli' as const };
    const { token } = await api.core.access.issue(root, leader);
    const asVice = (body: object, path = at) =>
      api.send(path, { body, headers: { authorization: `Bearer ${token}` } });
    expect((await asVice(order)).status).toBe(201);
    const both = await asVice({ ...order, addressees: [finance, yuetang] }, '/v1/tasks/004:3.1/instructions');
    expect(answer(both)).toEqual([404, 'not_found']);
  });

  it('under the same key is given once', async () => {
    const headers = { 'idempotency-key': 'once-1' };
    const first = await api.post(at, 'leader', order, headers);
    const again = await api.post(at, 'leader', order, headers);
    expect([first.status, again.status, again.body.replayed]).toEqual([201, 201, true]);
    expect((await api.get('/v1/tasks/004:8.1', 'leader')).body.state.instructions).toHaveLength(1);
  });
});
