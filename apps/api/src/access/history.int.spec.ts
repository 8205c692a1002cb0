import { finance, furnish, science, TestApi, yuetang } from '../../../../test/support/api.js';

// One year of access, asked about day by day: a key in April, a grant in May, a delegation in June, all ended in July.
let api: TestApi;
let key: { id: string; token: string };
let deputy: { id: string };
beforeAll(async () => {
  api = await TestApi.open();
  await furnish(api);
  await api.done('/v1/units', 'admin', { jurisdiction: 'xiangtan', name: '新局', kind: 'bureau' });
  const person = (holder: string, more: object) =>
    api.done('/v1/keys', 'admin', { holder, kind: 'person', ...more });
  await api.moveTo('2023-04-24');
  key = await person('p-1', { role: 'office', plans: ['003'] });
  deputy = await person('p-2', { role: 'unit', unit: science, expiresAt: '2023-06-30T16:00:00.000Z' });
  await api.moveTo('2023-05-08');
  await api.done('/v1/access', 'admin', {
    ...{ holder: 'p-1', role: 'office', plans: ['004'], from: '2023-05-10', to: '2023-12-31' },
  });
  await api.moveTo('2023-06-01');
  const lend = { delegate: 'p-2', from: '2023-06-05', to: '2023-08-31' };
  const given = await api.send('/v1/delegations', {
    headers: { authorization: `Bearer ${key.token}` },
    body: lend,
  });
  expect(given.body.id).toBe('p-1/2');
  await api.done(`/v1/units/${encodeURIComponent(finance)}/merger`, 'admin', {
    ...{ into: 'xiangtan:新局', from: '2023-06-20' },
  });
  await api.moveTo('2023-07-10', '15:00:00');
  await api.done('/v1/access/p-1%2F1/revocation', 'admin', { reason: '岗位调整' });
  await api.moveTo('2023-07-12');
  await api.send(`/v1/keys/${key.id}`, { as: 'admin', method: 'DELETE' });
  await api.moveTo('2023-08-01');
});
afterAll(() => api.close());

type Row = { holder: string; by: string; id: string; may: string[] | null; [field: string]: unknown };
async function asked(query: string, as: 'auditor' | 'office' = 'auditor'): Promise<Row[]> {
  const { status, body } = await api.get(`/v1/access?limit=200&${query}`, as);
  expect(status).toBe(200);
  return body.items as Row[];
}
/** What p-1 and p-2 could, as `by: doings`. */
const could = async (query: string) =>
  (await asked(query))
    .filter(({ holder }) => ['p-1', 'p-2'].includes(holder))
    .map(({ holder, by, may }) => `${holder} by ${by}: ${(may ?? []).join(' ')}`);

describe('who could have acted on a task', () => {
  const office = 'see answer decide instruct manage audit';
  const own = 'p-2 by key: see answer';

  it.each([
    ['2023-04-23', []],
    ['2023-04-24', [own]],
    ['2023-05-09', [own]],
    ['2023-05-10', [`p-1 by grant: ${office}`, own]],
    ['2023-06-04', [`p-1 by grant: ${office}`, own]],
    ['2023-06-05', [`p-1 by grant: ${office}`, `p-2 by delegation: ${office}`, own]],
    ['2023-06-30', [`p-1 by grant: ${office}`, `p-2 by delegation: ${office}`, own]],
    ['2023-07-01', [`p-1 by grant: ${office}`]],
    ['2023-07-10', [`p-1 by grant: ${office}`]],
    ['2023-07-11', []],
  ])('004:3.1 on %s: %j', async (day, expected) => {
    expect(await could(`on=${day}&task=004:3.1`)).toEqual(expected);
  });

  it('is told by what, from when to when, through which keys, and by which event', async () => {
    const rows = (await asked('on=2023-06-10&task=004:3.1')).filter(({ holder }) =>
      ['p-1', 'p-2'].includes(holder),
    );
    const event = async (stream: string, version: number) => {
      const { id, position } = (await api.core.events.readStream(stream))[version - 1]!;
      return { id, position };
    };
    expect(rows).toEqual([
      {
        ...{ by: 'grant', id: 'p-1/1', holder: 'p-1', kind: 'person', role: 'office', unit: null, units: [] },
        ...{ plans: ['004'], actingFor: null, from: '2023-05-10', to: '2023-07-10', keys: [key.id] },
        ...{ may: office.split(' '), event: await event('access-holder/p-1', 1) },
      },
      {
        ...{
          by: 'delegation',
          id: 'p-1/2',
          holder: 'p-2',
          kind: 'person',
          role: 'office',
          unit: null,
          units: [],
        },
        ...{
          plans: ['003', '004'],
          actingFor: 'p-1',
          from: '2023-06-05',
          to: '2023-08-31',
          keys: [deputy.id],
        },
        ...{ may: office.split(' '), event: await event('access-holder/p-1', 2) },
      },
      {
        ...{
          by: 'key',
          id: deputy.id,
          holder: 'p-2',
          kind: 'person',
          role: 'unit',
          unit: science,
          units: [],
        },
        ...{ plans: [], actingFor: null, from: '2023-04-24', to: '2023-06-30', keys: [deputy.id] },
        ...{ may: ['see', 'answer'], event: await event(`access-${deputy.id}`, 1) },
      },
    ]);
  });

  it('goes by the units as they answered that day', async () => {
    const ofFinance = async (day: string) =>
      (await asked(`on=${day}&task=004:8.1`)).find(({ holder }) => holder === 'finance')?.may;
    const days = ['2023-04-19', '2023-04-20', '2023-06-19', '2023-06-20', '2023-07-19', '2023-07-20'];
    const both = ['see', 'answer'];
    expect(await Promise.all(days.slice(1).map(ofFinance))).toEqual([
      both,
      both,
      ['see'],
      ['see'],
      undefined,
    ]);
    expect((await api.get(`/v1/access?on=${days[0]}&task=004:8.1`, 'auditor')).body.code).toBe('not_found');
  });

  it('tells nobody of units that are not named', async () => {
    const holders = (await asked('on=2023-04-24&task=004:5.3')).map(({ holder }) => holder);
    expect(holders).toContain('science');
    expect(holders).not.toContain('finance');
    expect(holders).not.toContain('stranger');
  });
});

describe('what stood on a day', () => {
  it('is everything, whatever it opened', async () => {
    expect(await could('on=2023-06-10')).toEqual([
      ...['p-1 by grant: ', 'p-1 by key: ', 'p-2 by delegation: ', 'p-2 by key: '],
    ]);
    expect(await could('on=2023-07-12')).toEqual(['p-1 by key: ', 'p-2 by delegation: ']);
    const [unused] = (await asked('on=2023-07-12')).filter(({ by }) => by === 'delegation');
    expect(unused).toMatchObject({ actingFor: 'p-1', plans: ['003'], keys: [] });
    expect(await could('')).toEqual([]);
  });

  it('is found by plan and by unit', async () => {
    const manage = 'see answer decide instruct manage audit';
    expect(await could('on=2023-06-10&plan=003')).toEqual([
      `p-1 by key: ${manage}`,
      `p-2 by delegation: ${manage}`,
    ]);
    const yue = (await asked(`on=2023-06-10&unit=${encodeURIComponent(yuetang)}`)).map(
      ({ holder }) => holder,
    );
    expect(yue).toContain('yuetang');
    expect(yue).not.toContain('finance');
  });

  it('is told within the plans of whoever asks', async () => {
    const rows = await asked('on=2023-06-10', 'office');
    const holders = rows.map(({ holder }) => holder);
    expect(holders).toEqual(expect.arrayContaining(['admin', 'finance', 'office', 'p-1', 'science']));
    expect(holders).not.toContain('stranger');
    expect(rows.filter(({ holder }) => holder === 'p-1').map(({ by }) => by)).toEqual(['grant']);
    expect(rows.find(({ by }) => by === 'delegation')?.['plans']).toEqual(['004']);
    for (const query of ['task=003:1.1', 'task=003:9.9', 'plan=003', 'plan=002', 'unit=changsha:市科技局'])
      expect((await api.get(`/v1/access?${query}`, 'office')).body.code).toBe('not_found');
  });

  it('comes in pages', async () => {
    const all = await asked('on=2023-06-10');
    const first = (await api.get('/v1/access?on=2023-06-10&limit=5', 'auditor')).body;
    const cursor = encodeURIComponent(first.next as string);
    const second = (await api.get(`/v1/access?on=2023-06-10&limit=200&cursor=${cursor}`, 'auditor')).body;
    expect([first.items.length, second.next]).toEqual([5, null]);
    expect([...first.items, ...second.items]).toEqual(all);
  });

  it('is not told of days to come, nor of what is no day or task', async () => {
    const refused = async (query: string) => {
      const { status, body } = await api.get(`/v1/access?${query}`, 'auditor');
      return [status, body.errors?.[0]?.code ?? body.code];
    };
    expect(await refused('on=2023-08-02')).toEqual([422, 'day_to_come']);
    expect(await refused('on=2023-02-30')).toEqual([422, 'is_day']);
    expect(await refused('on=2023-07-01T00:00:00Z')).toEqual([422, 'is_day']);
    for (const task of ['3.1', ':', '004:', '004:9.9', '004', 'x'.repeat(200)])
      expect(await refused(`task=${task}`)).toEqual([404, 'not_found']);
    expect(await refused('task=004:3.1&plan=003')).toEqual([404, 'not_found']);
    expect(await refused('cursor=abc')).toEqual([422, 'cursor_invalid']);
  });

  it('rests on the events alone, not on the table of keys', async () => {
    const before = await asked('on=2023-06-10&task=004:3.1');
    await api.core.pool.query(`UPDATE api_key SET role = 'admin', revoked_at = NULL WHERE holder = 'p-1'`);
    expect(await asked('on=2023-06-10&task=004:3.1')).toEqual(before);
  });
});
