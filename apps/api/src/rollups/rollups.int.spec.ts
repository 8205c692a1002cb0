import { Publisher, type WantedCut } from '@duban/rollup';
import { finance, furnish, science, TestApi } from '../../../../test/support/api.js';

// The second quarter of plan 004: 市科技局 reports, 市财政局 does not; closed on 21 July.
const id = '004:2023Q2';
let api: TestApi;
let publisher: Publisher;
beforeAll(async () => {
  api = await TestApi.open();
  publisher = new Publisher(api.core);
  await furnish(api);
  await api.done('/v1/rounds', 'office', {
    ...{ plan: '004', period: '2023Q2', kind: 'quarter', dueOn: '2023-07-07', clause: '三(三)' },
    ...{ evidence: false, summary: false },
  });
});
afterAll(() => api.close());

/** What the worker does with what Postgres says is to be done. */
async function worked(): Promise<void> {
  const { table } = publisher;
  const closed = (await table.unpublished()).map((cut): WantedCut => ({ ...cut, isFinal: true }));
  for (const cut of await table.requested()) await publisher.compute({ ...cut, isFinal: false });
  await publisher.publishAll(closed);
}
const rollup = (as: Parameters<TestApi['get']>[1], path = '') => api.get(`/v1/rollups/${id}${path}`, as);

describe('rollups over HTTP', () => {
  it('refuse what is no quarter, a round that is not open, a foreign plan, and who may not ask', async () => {
    const asked = (as: 'office' | 'science' | 'scheduler', body: object) => api.post('/v1/rollups', as, body);
    expect(await asked('office', { period: '2023H1' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/period', code: 'not_a_quarter' }] },
    });
    expect(await asked('office', { period: '2023Q2' })).toMatchObject({
      status: 409,
      body: { code: 'round_not_open' },
    });
    expect((await asked('office', { period: '2023Q2', plans: ['003'] })).status).toBe(404);
    expect((await asked('office', { period: '2023Q3' })).status).toBe(404);
    expect((await asked('science', { period: '2023Q2' })).status).toBe(403);
    expect((await rollup('office')).body).toMatchObject({ id, state: 'none', edition: null });
  });

  it('give a provisional edition of an open round', async () => {
    await api.moveTo('2023-07-03');
    await api.done(`/v1/rounds/${id}/open`, 'office');
    await api.done('/v1/tasks/004:3.1/reports', 'science', {
      period: '2023Q2',
      percent: 40,
      summary: '推进中',
    });
    const { status, headers, body } = await api.post('/v1/rollups', 'scheduler', { period: '2023Q2' });
    expect([status, decodeURIComponent(headers.location ?? '')]).toEqual([202, `/v1/rollups/${id}`]);
    expect(body.items).toMatchObject([{ id, state: 'computing' }]);
    await worked();
    expect((await rollup('office')).body).toMatchObject({
      state: 'provisional',
      n: null,
      edition: { watermarks: ['provisional'] },
    });
  });

  it('give one edition of a closed round, however often they are asked for', async () => {
    await api.moveTo('2023-07-21');
    await api.done(`/v1/rounds/${id}/close`, 'office', { accepted: ['not_handed_in'], reason: '单位未报' });
    for (let times = 0; times < 3; times += 1)
      await api.post('/v1/rollups', 'scheduler', { period: '2023Q2' });
    await worked();
    const { body } = await rollup('leader');
    expect(body).toMatchObject({ state: 'published', n: 1, cutoffOn: '2023-07-21', corrections: [] });
    expect(body.edition.tasks).toHaveLength(4);
    expect((await rollup('leader', '/editions/1')).body).toEqual(body);
    expect((await rollup('leader', '/editions/2')).status).toBe(404);
    expect((await api.get('/v1/rollups?period=2023Q2', 'auditor')).body.items).toMatchObject([
      { id, state: 'published' },
    ]);
  });

  it('show a unit its own lines, and to others nothing', async () => {
    const { body } = await rollup('finance');
    const { tasks, units, ranking, decisions, duties } = body.edition;
    expect(tasks.map((task: { id: string }) => task.id)).toEqual(['004:3.1', '004:8.1']);
    expect(units.map(({ unit }: { unit: string }) => unit)).toEqual([finance]);
    expect(JSON.stringify([ranking, decisions])).not.toContain(science);
    expect(duties.reporting).toEqual(units[0].reporting);
    expect((await rollup('stranger')).status).toBe(404);
    expect((await api.get('/v1/rollups', 'stranger')).body.items).toEqual([]);
    expect((await api.get('/v1/rollups/004:2023H1', 'office')).status).toBe(404);
  });
});

describe('the page of a quarter', () => {
  it('comes as data, and as a document to who asks for one', async () => {
    const { body } = await api.get('/v1/quarters/2023Q2?first=004', 'leader');
    expect(body.plans).toMatchObject([{ plan: '004', n: 1, counts: { tasks: 4 } }]);
    const page = await api.send('/v1/quarters/2023Q2', {
      as: 'leader',
      headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
    });
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.text).toContain('2023年第二季度督查通报');
    expect((await api.get('/v1/quarters/2023Q2.html', 'leader')).text).toBe(page.text);
  });

  it('is empty for who sees no plan of it, and unknown for what is no quarter', async () => {
    expect((await api.get('/v1/quarters/2023Q2', 'stranger')).body.plans).toEqual([]);
    expect((await api.get('/v1/quarters/2023H1', 'leader')).status).toBe(404);
    expect((await api.get('/v1/quarters/2023Q1', 'leader')).body.plans).toEqual([]);
  });
});
