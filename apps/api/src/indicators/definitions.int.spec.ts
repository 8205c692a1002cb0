import { finance, furnish, science, TestApi } from '../../../../test/support/api.js';

let api: TestApi;
beforeEach(async () => {
  api = await TestApi.open();
  await furnish(api);
});
afterEach(() => api.close());

const at = '/v1/indicators/004:i12';
const stateOf = async () => (await api.get(at, 'office')).body.state;
const answer = (got: { status: number; body: { code?: string; errors?: { pointer: string }[] } }) => [
  ...[got.status, got.body.code, got.body.errors?.map(({ pointer }) => pointer)],
];
const owedFor = async (period: string) =>
  (await api.get('/v1/obligations?kind=value', 'finance')).body.items.find(
    (each: { period: string; subject: string }) => each.subject === '004:i12' && each.period === period,
  );

it('an indicator gets other words, with a reason, and keeps its figures', async () => {
  const words = { title: '高新技术企业有效数', definition: '期末有效证书数' };
  expect(answer(await api.post(`${at}/definitions`, 'office', words))).toEqual([
    ...[422, 'validation_failed', ['/reason']],
  ]);
  const done = await api.done(`${at}/definitions`, 'office', { ...words, reason: '口径统一' });
  expect(done.events).toEqual(['DefinitionChanged']);
  expect(await stateOf()).toMatchObject({ ...words, targets: [{ floor: 830 }] });
});

it('a figure that comes later is awaited until its day, and owed by it', async () => {
  await api.done(`${at}/cadence`, 'office', { frequency: 'quarter', lagDays: 45, source: '统计公报' });
  await api.done('/v1/rounds', 'office', {
    ...{ plan: '004', period: '2023Q2', kind: 'quarter', dueOn: '2023-07-07', clause: '每季度' },
  });
  await api.moveTo('2023-07-03');
  await api.done('/v1/rounds/004:2023Q2/open', 'office');
  expect(await owedFor('2023Q2')).toMatchObject({ state: 'awaiting_publication', due: { on: '2023-08-14' } });
  await api.done(`${at}/publication-days`, 'office', {
    ...{ period: '2023Q2', availableOn: '2023-09-20', reason: '统计局推迟发布' },
  });
  expect(await owedFor('2023Q2')).toMatchObject({ state: 'awaiting_publication', due: { on: '2023-09-20' } });
  const early = { period: '2023Q3', availableOn: '2023-09-30', reason: '提前' };
  expect(answer(await api.post(`${at}/publication-days`, 'office', early))).toEqual([
    ...[422, 'available_before_period_end', ['/availableOn']],
  ]);
});

it('a target is set once for a horizon, and held against the others', async () => {
  const target = {
    ...{ horizon: '2023Q3', bound: '>=', floor: 815, commitment: 'plain', forecast: false },
    ...{ words: '三季度达到815家', clause: '附件1' },
  };
  expect((await api.done(`${at}/new-targets`, 'office', { target })).events).toEqual(['TargetSet']);
  expect((await api.done(`${at}/new-targets`, 'office', { target })).events).toEqual([]);
  const other = (change: object) =>
    api.post(`${at}/new-targets`, 'office', { target: { ...target, ...change } });
  expect(answer(await other({ floor: 820 }))).toEqual([409, 'target_set_already', undefined]);
  expect(answer(await other({ horizon: 'soon' }))).toEqual([422, 'not_a_horizon', ['/target/horizon']]);
  const [, set] = (await stateOf()).targets;
  expect(set).toMatchObject({ plan: '004', horizon: '2023Q3', floor: 815, version: 1 });
});

it('where it started and what it is compared with are on record, with their source', async () => {
  const baseline = { period: '2021', value: 700, source: '2021年公报' };
  expect((await api.done(`${at}/baselines`, 'office', baseline)).events).toEqual(['BaselineRecorded']);
  expect(answer(await api.post(`${at}/baselines`, 'office', { ...baseline, value: 701 }))).toEqual([
    ...[409, 'baseline_recorded_already', undefined],
  ]);
  const comparator = { period: '2022', value: 640, source: '全省平均' };
  await api.done(`${at}/comparators`, 'office', comparator);
  expect((await stateOf()).comparators).toEqual([comparator]);
});

it('a second place that states it is one of a plan that the office keeps, and there', async () => {
  const link = { plan: '004', task: '004:3.1', clause: '附件2' };
  expect((await api.done(`${at}/links`, 'office', link)).events).toEqual(['IndicatorLinked']);
  expect((await stateOf()).links).toContainEqual({ ...link, section: null });
  const refused = async (body: object) => answer(await api.post(`${at}/links`, 'office', body));
  expect(await refused({ plan: '003', task: '003:1.1', clause: '1' })).toEqual([404, 'not_found', undefined]);
  expect(await refused({ plan: '004', task: '003:1.1', clause: '1' })).toEqual([404, 'not_found', ['/task']]);
  expect(await refused({ plan: '004', task: '004:99', clause: '1' })).toEqual([404, 'not_found', undefined]);
  const foreign = await api.post('/v1/indicators', 'office', {
    ...{ plan: '004', code: 'i99', title: '专利数', measure: '件', source: 'text', direction: 'more' },
    ...{ kind: 'stock', owners: [science], providers: [science], frequency: 'year' },
    links: [{ plan: '003', clause: '1' }],
  });
  expect(answer(foreign)).toEqual([404, 'not_found', undefined]);
});

it('a task gets other words and milestones, and their days are confirmed or moved', async () => {
  const task = '/v1/tasks/004:5.3';
  await api.done(`${task}/amendments`, 'office', {
    title: '路演活动',
    clause: '004/5.3',
    reason: '文字更正',
  });
  const due = { on: '2023-06-30', basis: 'presumed', clause: '上半年' };
  await api.done(`${task}/new-milestones`, 'office', { code: 'm1', title: '首场路演', due });
  const again = await api.post(`${task}/new-milestones`, 'office', { code: 'm1', title: '首场' });
  expect(answer(again)).toEqual([409, 'milestone_exists', undefined]);
  const milestone = async () =>
    (await api.get('/v1/obligations?kind=milestone', 'science')).body.items.map(
      (each: { due: { on: string; basis: string } }) => [each.due.on, each.due.basis],
    );
  expect(await milestone()).toEqual([['2023-06-30', 'presumed']]);
  const date = { code: 'm1', due: { ...due, basis: 'stated' }, reason: '按原文' };
  await api.done(`${task}/milestone-dates`, 'office', date);
  expect(await milestone()).toEqual([['2023-06-30', 'stated']]);
  const past = { ...date, due: { ...date.due, on: '2023-04-01' } };
  expect(answer(await api.post(`${task}/milestone-dates`, 'office', past))).toEqual([
    ...[422, 'due_in_past', ['/due/on']],
  ]);
  const { title, allowed } = (await api.get(task, 'office')).body;
  expect(title).toBe('路演活动');
  expect(allowed.map(({ command }: { command: string }) => command)).toEqual(
    expect.arrayContaining(['AmendTask', 'SetMilestone', 'ReviseMilestone']),
  );
});

it('a unit shapes nothing', async () => {
  await api.done(`${at}/owners`, 'office', { units: [finance] });
  const got = await api.post(`${at}/definitions`, 'finance', { title: '另一指标', reason: '更正' });
  expect(answer(got)).toEqual([403, 'forbidden_role', undefined]);
});
