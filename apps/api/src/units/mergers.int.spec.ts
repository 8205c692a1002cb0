import { finance, furnish, place, science, TestApi, yuhu } from '../../../../test/support/api.js';

let api: TestApi;
beforeEach(async () => {
  api = await TestApi.open();
  await furnish(api);
});
afterEach(() => api.close());

type Owed = {
  subject: string;
  kind: string;
  mode: string;
  holders: string[];
  state: string;
  overdue: boolean;
};
const from = { from: '2023-05-01' };
const owed = async (kind: string, subject: string) => {
  const { items } = (await api.get(`/v1/obligations?kind=${kind}`, 'office')).body as { items: Owed[] };
  return items.filter(each => each.subject === subject);
};
const rolesOf = async (task: string) =>
  ((await api.get(`/v1/tasks/${task}`, 'office')).body.state.roles as { holder: string }[]).map(
    ({ holder }) => holder,
  );

describe('two joint leads that become one', () => {
  beforeEach(() => api.done(`/v1/units/${finance}/merger`, 'admin', { into: science, ...from }));

  it('are two until that day and one from it, under the names of the document', async () => {
    await api.moveTo('2023-04-30');
    expect(await owed('task_due', '004:3.1')).toMatchObject([
      { mode: 'one_of', holders: [science, finance] },
    ]);
    await api.moveTo('2023-05-01');
    expect(await owed('task_due', '004:3.1')).toMatchObject([{ mode: 'single', holders: [science] }]);
    expect(await rolesOf('004:3.1')).toEqual([science, finance]);
  });

  it('pass on what is open, with the lateness that it had', async () => {
    await api.moveTo('2023-05-04');
    expect(await owed('receipt', '004:8.1')).toMatchObject([
      { holders: [science], state: 'open', overdue: true },
    ]);
    await api.done('/v1/tasks/004:8.1/acknowledgements', 'science');
    expect(await owed('receipt', '004:8.1')).toMatchObject([{ holders: [science], state: 'met_late' }]);
  });

  // 1 May is the first of thirty days.
  it('leave a key that reads for thirty days and writes on none of them', async () => {
    const report = { period: '2023Q2', summary: '推进' };
    const answers = [];
    for (const day of ['2023-04-30', '2023-05-01', '2023-05-29', '2023-05-30', '2023-05-31']) {
      await api.moveTo(day);
      const read = await api.get('/v1/tasks/004:8.1', 'finance');
      const written = await api.post('/v1/tasks/004:8.1/blockers', 'finance', { kind: day, note: '资金' });
      answers.push([day, read.status, written.body.code ?? written.status]);
    }
    expect(answers).toEqual([
      ['2023-04-30', 200, 201],
      ['2023-05-01', 200, 'unit_ended'],
      ['2023-05-29', 200, 'unit_ended'],
      ['2023-05-30', 200, 'unit_ended'],
      ['2023-05-31', 401, 'key_expired'],
    ]);
    const told = await api.post('/v1/tasks/004:8.1/reports', 'science', report);
    expect(told.status).toBe(201);
  });
});

describe('a unit that is split', () => {
  it('leaves what is open to the first part, and nothing to the others', async () => {
    for (const name of ['市财税局', '市国资局'])
      await api.done('/v1/units', 'admin', { jurisdiction: place, name, kind: 'bureau' });
    const into = [`${place}:市财税局`, `${place}:市国资局`];
    await api.done(`/v1/units/${finance}/split`, 'admin', { into, ...from });
    await api.moveTo('2023-05-04');
    expect(await owed('task_due', '004:8.1')).toMatchObject([{ holders: [into[0]] }]);
    expect(await owed('task_due', '004:3.1')).toMatchObject([{ holders: [science, into[0]] }]);
    const { items } = (await api.get(`/v1/obligations?holder=${into[1]}`, 'office')).body;
    expect(items).toEqual([]);
    expect(await rolesOf('004:8.1')).toEqual([finance]);
  });
});

describe('a unit that is renamed', () => {
  it('stays the unit that was named, and is found by either name', async () => {
    await api.moveTo('2023-05-04');
    await api.done(`/v1/units/${finance}/renaming`, 'admin', { name: '市财政金融局' });
    for (const key of [finance, `${place}:市财政金融局`])
      expect((await api.get(`/v1/units/${key}`, 'office')).body).toMatchObject({
        id: finance,
        name: '市财政金融局',
      });
    expect(await rolesOf('004:8.1')).toEqual([finance]);
    const entered = { unit: `${place}:市财政金融局`, kind: '资金', note: '未到位' };
    expect((await api.post('/v1/tasks/004:8.1/blockers', 'office', entered)).status).toBe(201);
    expect(await owed('task_due', '004:8.1')).toMatchObject([{ holders: [finance] }]);
    expect((await api.get(`/v1/units/${yuhu}`, 'office')).body.name).toBe('雨湖区');
  });
});
