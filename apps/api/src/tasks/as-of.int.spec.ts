import { finance, furnish, science, TestApi } from '../../../../test/support/api.js';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
  await furnish(api);
  await api.moveTo('2023-06-12');
  await api.done('/v1/tasks/004:8.1/reports', 'finance', {
    period: '2023Q2',
    percent: 40,
    summary: '已立项',
  });
  await api.done(`/v1/units/${encodeURIComponent(finance)}/merger`, 'admin', {
    ...{ into: science, from: '2023-07-01' },
  });
  await api.moveTo('2023-07-10');
  await api.done('/v1/tasks/004:5.3/completions', 'science', {
    ...{ doneOn: '2023-07-07', summary: '路演完成' },
    evidence: [{ title: '批复', url: 'https://example.org/1' }],
  });
  await api.moveTo('2023-12-20');
});
afterAll(() => api.close());

const task = async (id: string, asOf?: string) =>
  (await api.get(`/v1/tasks/${id}${asOf ? `?asOf=${asOf}` : ''}`, 'auditor')).body;
const lead = async (asOf: string) => {
  const { items } = (await api.get(`/v1/obligations?kind=task_due&asOf=${asOf}`, 'auditor')).body;
  return items.find(({ subject }: { subject: string }) => subject === '004:3.1').holders;
};

it('in December it is shown what was known in July', async () => {
  expect(await task('004:5.3', '2023-07-09')).toMatchObject({ status: 'issued', doneOn: null });
  const { status, version, state, allowed } = await task('004:5.3', '2023-07-10');
  expect({ status, done: state.completions[0].doneOn, allowed }).toEqual({
    ...{ status: 'submitted', done: '2023-07-07', allowed: [] },
  });
  expect(version).toBe((await task('004:5.3')).version);
  const before = (await task('004:5.3', '2023-07-09')).version as number;
  expect(version - before).toBe(2); // a completion is a receipt as well
});

it('two leads that have become one are two before the merger', async () => {
  expect((await lead('2023-06-30')).sort()).toEqual([science, finance].sort());
  expect(await lead('2023-07-01')).toEqual([science]);
});

it('lights and lists are judged on the day', async () => {
  const rows = async (asOf: string) => {
    const { items } = (await api.get(`/v1/tasks?plan=004&asOf=${asOf}`, 'leader')).body;
    return Object.fromEntries(
      items.map(({ id, light }: { id: string; light: { colour: string } }) => [id, light.colour]),
    );
  };
  expect((await rows('2023-07-31'))['004:5.3']).not.toBe('red');
  expect(await rows('2023-04-19')).toEqual({});
  expect(Object.keys(await rows('2023-04-20'))).toContain('004:5.3');
});

it('a unit looks back on what was its own on that day', async () => {
  const seen = async (asOf: string) =>
    (await api.get(`/v1/tasks?asOf=${asOf}`, 'science')).body.items.map(({ id }: { id: string }) => id);
  expect(await seen('2023-06-30')).not.toContain('004:8.1');
  expect(await seen('2023-07-01')).toContain('004:8.1');
});

it.each([
  ['/v1/tasks?asOf=2023-12-21', 422, 'validation_failed', '/asOf'],
  ['/v1/tasks/004:5.3?asOf=2023-12-21', 422, 'validation_failed', '/asOf'],
  ['/v1/obligations?asOf=2024-02-30', 422, 'validation_failed', '/asOf'],
])('a day that is to come or none is refused: %s', async (path, status, code, pointer) => {
  const got = await api.get(path, 'auditor');
  expect([got.status, got.body.code, got.body.errors[0].pointer]).toEqual([status, code, pointer]);
});

it('what was not there yet is not found', async () => {
  expect((await api.get('/v1/tasks/004:5.3?asOf=2023-04-19', 'auditor')).status).toBe(404);
  expect((await api.get('/v1/tasks/003:1.1?asOf=2023-07-10', 'office')).status).toBe(404);
});
