import { finance, furnish, type Got, science, TestApi } from '../../../../test/support/api.js';

let api: TestApi;
beforeEach(async () => {
  api = await TestApi.open();
  await furnish(api);
});
afterEach(() => api.close());

const reason = '岗位调整';
const suspend = '/v1/tasks/004:8.1/suspensions';

/** The headers of a new key. */
async function keyOf(holder: string, key: object): Promise<Record<string, string>> {
  const { token } = await api.done('/v1/keys', 'admin', { holder, kind: 'person', ...key });
  return { authorization: `Bearer ${token}` };
}

const as = (headers: Record<string, string>, path: string, body?: object, more = {}): Promise<Got> =>
  api.send(path, { headers: { ...headers, ...more }, ...(body && { body }) });
const plansOf = async (headers: Record<string, string>, more = {}) =>
  (await as(headers, '/v1/me', undefined, more)).body.plans as string[];
const inNameOf = (person: string) => ({ 'duban-acting-for': encodeURIComponent(person) });
const at = (id: string) => encodeURIComponent(id);

describe('what a holder is granted', () => {
  it('opens a key that says nothing, from its first day to its last', async () => {
    const grant = { holder: 'p-1', role: 'office', plans: ['004'] };
    const { id, events } = await api.done('/v1/access', 'admin', {
      ...{ ...grant, from: '2023-05-08', to: '2023-05-10' },
      paper: { number: '潭督〔2023〕5号', on: '2023-04-19' },
    });
    expect([id, events]).toEqual(['p-1/1', ['AccessGranted']]);
    const key = await keyOf('p-1', { role: 'office' });
    const seen = [];
    for (const day of ['2023-05-07', '2023-05-08', '2023-05-10', '2023-05-11']) {
      await api.moveTo(day, day === '2023-05-07' ? '23:59:59' : '00:00:00');
      seen.push(await plansOf(key));
    }
    expect(seen).toEqual([[], ['004'], ['004'], []]);
  });

  it('is added to what the key says, and ends at once', async () => {
    const key = await keyOf('p-1', { role: 'office', plans: ['003'] });
    expect(await plansOf(key)).toEqual(['003']);
    const { id } = await api.done('/v1/access', 'admin', { holder: 'p-1', role: 'office', plans: ['004'] });
    expect(await plansOf(key)).toEqual(['003', '004']);
    expect((await as(key, suspend, { reason })).status).toBe(201);
    const ended = await api.done(`/v1/access/${at(id)}/revocation`, 'admin', { reason });
    expect(ended).toMatchObject({ id, version: 2, events: ['AccessRevoked'] });
    expect(await plansOf(key)).toEqual(['003']);
    expect((await as(key, '/v1/tasks/004:8.1/resumptions', {})).body.code).toBe('not_found');
    expect((await api.done(`/v1/access/${at(id)}/revocation`, 'admin', { reason })).events).toEqual([]);
  });

  it('is for the role of the key, and opens no other', async () => {
    const key = await keyOf('p-1', { role: 'leader', plans: ['003'] });
    await api.done('/v1/access', 'admin', { holder: 'p-1', role: 'office', plans: ['004'] });
    expect(await plansOf(key)).toEqual(['003']);
  });

  it('keeps apart the units that a leader is in charge of under each plan', async () => {
    const key = await keyOf('p-1', { role: 'leader', plans: ['003'] });
    await api.done('/v1/access', 'admin', {
      holder: 'p-1',
      role: 'leader',
      plans: ['004'],
      units: [finance],
    });
    const tasks = (await as(key, '/v1/tasks')).body.items as { id: string }[];
    expect(tasks.map(({ id }) => id)).toEqual(['003:1.1', '004:3.1', '004:8.1']);
  });

  it('may be the unit of a unit key', async () => {
    expect(
      (await api.post('/v1/keys', 'admin', { holder: 'p-1', kind: 'person', role: 'unit' })).body,
    ).toMatchObject({
      errors: [{ pointer: '/unit', code: 'key_needs_unit' }],
    });
    const named = { holder: 'p-1', role: 'unit', unit: 'xiangtan:市科技局' };
    await api.done('/v1/access', 'admin', { ...named, to: '2023-04-20' });
    await api.done('/v1/access', 'admin', { ...named, unit: finance, from: '2023-04-21' });
    const key = await keyOf('p-1', { role: 'unit' });
    expect((await as(key, '/v1/me')).body.unit).toBe(science);
    await api.moveTo('2023-04-21');
    expect((await as(key, '/v1/me')).body).toMatchObject({ unit: finance, units: [finance] });
    expect((await as(key, '/v1/tasks/004:8.1/acknowledgements', {})).status).toBe(201);
    expect((await as(key, '/v1/tasks/004:5.3/acknowledgements', {})).body.code).toBe('not_found');
  });

  it('is refused where it says too little, too much or the same again', async () => {
    const post = (body: object) =>
      api.post('/v1/access', 'admin', { holder: 'p-1', role: 'office', ...body });
    const faults = async (body: object) =>
      ((await post(body)).body.errors as { pointer: string; code: string }[]).map(
        ({ pointer, code }) => `${pointer} ${code}`,
      );
    expect(await faults({ unit: science, from: '2023-04-19', to: '2023-04-18' })).toEqual([
      ...['/plans grant_needs_plans', '/unit not_of_this_role', '/from starts_in_past'],
      '/to ends_before_start',
    ]);
    expect(await faults({ role: 'admin', plans: ['004'] })).toEqual(['/role is_in']);
    expect(await faults({ plans: [['004']], to: '2023-02-30' })).toEqual([
      '/plans is_clean_text',
      '/to is_day',
    ]);
    expect((await post({ role: 'unit', unit: '没有局' })).body.code).toBe('not_found');
    await post({ plans: ['004'] });
    expect((await post({ plans: ['004'] })).body).toMatchObject({
      ...{ status: 409, code: 'already_granted', params: { id: 'p-1/1' } },
    });
    for (const id of ['p-1/2', 'p-1', 'p-1/0', 'nobody/1', '5f3c9a1b20de'])
      expect((await api.post(`/v1/access/${at(id)}/revocation`, 'admin', { reason })).status).toBe(404);
  });

  it('is one answer under one Idempotency-Key', async () => {
    const body = { holder: 'p-1', role: 'office', plans: ['004'] };
    const answers = [];
    for (let time = 1; time <= 2; time++)
      answers.push(await api.post('/v1/access', 'admin', body, { 'idempotency-key': 'grant-1' }));
    expect(answers.map(each => [each.status, each.body.id, each.body.replayed])).toEqual([
      [201, 'p-1/1', false],
      [201, 'p-1/1', true],
    ]);
  });

  it('stands once when two are given at once', async () => {
    const body = { holder: 'p-1', role: 'office', plans: ['004'] };
    const all = await Promise.all(Array.from({ length: 5 }, () => api.post('/v1/access', 'admin', body)));
    expect(all.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    const others = ['003', '001', '002'].map(plan => ({ ...body, plans: [plan] }));
    const ids = await Promise.all(others.map(each => api.done('/v1/access', 'admin', each)));
    expect(ids.map(({ id }) => id as string).sort()).toEqual(['p-1/2', 'p-1/3', 'p-1/4']);
  });

  it('is known to another process within five seconds, and there, too, revoked', async () => {
    const other = await api.beside();
    try {
      const key = await keyOf('p-1', { role: 'office', plans: ['003'] });
      const seen = async () => (await other.send('/v1/me', { headers: key })).body.plans as string[];
      expect(await seen()).toEqual(['003']);
      const started = performance.now();
      const { id } = await api.done('/v1/access', 'admin', { holder: 'p-1', role: 'office', plans: ['004'] });
      while ((await seen()).length < 2) expect(performance.now() - started).toBeLessThan(60_000);
      await api.done(`/v1/access/${at(id)}/revocation`, 'admin', { reason });
      while ((await seen()).length > 1) expect(performance.now() - started).toBeLessThan(60_000);
    } finally {
      await other.close();
    }
  });
});

describe('a delegation', () => {
  let giver: Record<string, string>;
  let delegate: Record<string, string>;
  beforeEach(async () => {
    giver = await keyOf('p-1', { role: 'office', unit: finance, plans: ['004'] });
    delegate = await keyOf('p-2', { role: 'unit', unit: science });
  });
  const give = (headers: Record<string, string>, body: object = {}, more = {}) =>
    as(headers, '/v1/delegations', { delegate: 'p-2', from: '2023-06-05', to: '2023-06-16', ...body }, more);

  it('lends rows and role of its giver, from its first day to its last', async () => {
    expect((await give(giver)).body).toMatchObject({ id: 'p-1/1', events: ['DelegationGiven'] });
    const seen = [];
    for (const day of ['2023-06-04', '2023-06-05', '2023-06-16', '2023-06-17']) {
      await api.moveTo(day);
      const { status, body } = await as(delegate, '/v1/me', undefined, inNameOf('p-1'));
      seen.push(status === 200 ? [body.id, body.role, body.unit, body.plans, body.actingFor] : body.code);
    }
    const lent = ['p-2', 'office', finance, ['004'], 'p-1'];
    expect(seen).toEqual(['not_delegated', lent, lent, 'not_delegated']);
  });

  it('stands in the record of what was done by it', async () => {
    await give(giver, { from: '2023-04-20' });
    expect((await as(delegate, suspend, { reason }, inNameOf('p-1'))).status).toBe(201);
    expect((await api.core.events.readStream('task-004:8.1')).at(-1)?.meta).toMatchObject({
      ...{ actor: 'p-2', kind: 'person', role: 'office', unit: finance, actingFor: 'p-1' },
    });
  });

  it('is listed by both, while it is not over', async () => {
    await give(giver);
    const line = {
      ...{ id: 'p-1/1', giver: 'p-1', delegate: 'p-2', role: 'office', unit: finance },
      ...{ from: '2023-06-05', to: '2023-06-16' },
    };
    const listed = () =>
      Promise.all([giver, delegate].map(async key => (await as(key, '/v1/me')).body.delegations as object[]));
    expect(await listed()).toEqual([[line], [line]]);
    const page = await as(delegate, '/v1/me', undefined, { accept: 'text/html' });
    expect(page.text).toContain('p-1（office）2023-06-05 – 2023-06-16');
    await api.moveTo('2023-06-17');
    expect(await listed()).toEqual([[], []]);
  });

  it('ends at once when its giver ends it, and is nobody else’s to end', async () => {
    const { id } = (await give(giver, { from: '2023-04-20' })).body;
    const end = (headers: Record<string, string>, more = {}) =>
      api.send(`/v1/delegations/${at(id)}`, { method: 'DELETE', headers: { ...headers, ...more } });
    expect((await end(delegate)).body.code).toBe('not_found');
    expect((await end(delegate, inNameOf('p-1'))).body.code).toBe('not_found');
    expect((await end(giver)).status).toBe(204);
    expect((await end(giver)).status).toBe(204);
    expect((await as(delegate, '/v1/me', undefined, inNameOf('p-1'))).body.code).toBe('not_delegated');
    expect((await as(delegate, '/v1/me')).status).toBe(200);
  });

  it('is never passed on', async () => {
    await give(giver, { from: '2023-04-20' });
    await keyOf('p-3', { role: 'unit', unit: finance });
    expect((await give(delegate, { delegate: 'p-3' }, inNameOf('p-1'))).body.code).toBe('delegation_not_own');
    await give(delegate, { delegate: 'p-3', from: '2023-04-20' });
    const third = await keyOf('p-3', { role: 'unit', unit: finance });
    expect((await as(third, '/v1/me', undefined, inNameOf('p-1'))).body.code).toBe('not_delegated');
    expect((await as(third, '/v1/me', undefined, inNameOf('p-2'))).body).toMatchObject({
      ...{ role: 'unit', unit: science, actingFor: 'p-2' },
    });
  });

  it('is worth what its giver has: no more than that, and nothing when it is gone', async () => {
    const { body } = await api.post('/v1/keys', 'admin', {
      ...{
        holder: 'p-5',
        kind: 'person',
        role: 'office',
        plans: ['004'],
        expiresAt: '2023-05-01T00:00:00.000Z',
      },
    });
    await give({ authorization: `Bearer ${body.token}` }, { from: '2023-04-20' });
    const seen = async () => {
      const got = await as(delegate, '/v1/me', undefined, inNameOf('p-5'));
      return (got.body.plans ?? got.body.code) as unknown;
    };
    expect(await seen()).toEqual(['004']);
    const { id } = await api.done('/v1/access', 'admin', { holder: 'p-5', role: 'office', plans: ['003'] });
    expect(await seen()).toEqual(['003', '004']);
    await api.send(`/v1/keys/${body.id}`, { as: 'admin', method: 'DELETE' });
    expect(await seen()).toEqual(['003']);
    await api.done(`/v1/access/${at(id)}/revocation`, 'admin', { reason });
    expect(await seen()).toBe('not_delegated');
  });

  it('lends nothing of a unit that has become another thirty days ago', async () => {
    const unit = await keyOf('p-6', { role: 'unit', unit: finance });
    const lent = { giver: 'p-6', role: 'unit', unit: finance, delegate: 'p-2', to: '2023-12-31' };
    await api.done('/v1/delegations', 'admin', lent);
    await api.done(`/v1/units/${at(finance)}/merger`, 'admin', { into: science, from: '2023-05-01' });
    const answers = [];
    for (const day of ['2023-05-30', '2023-05-31']) {
      await api.moveTo(day);
      const got = await as(delegate, '/v1/me', undefined, inNameOf('p-6'));
      answers.push(got.body.code ?? got.body.unit);
    }
    expect(answers).toEqual([finance, 'not_delegated']);
    expect((await give(unit, { delegate: 'p-3' })).body.code).toBe('key_expired');
  });

  it('is given by an administrator only of what the person has', async () => {
    const post = (body: object) =>
      api.post('/v1/delegations', 'admin', { delegate: 'p-2', to: '2023-06-16', ...body });
    expect((await post({})).body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/giver',
      '/role',
    ]);
    expect((await post({ giver: 'p-1', role: 'unit', unit: finance })).body.code).toBe('nothing_to_delegate');
    expect((await post({ giver: 'p-1', role: 'office' })).body.id).toBe('p-1/1');
    expect((await post({ giver: 'p-1', role: 'office' })).body).toMatchObject({
      ...{ code: 'already_delegated', params: { id: 'p-1/1' } },
    });
  });

  it('of others, of oneself or of nobody is refused', async () => {
    expect((await give(delegate, { giver: 'p-1', delegate: 'p-3' })).body.code).toBe('delegation_not_own');
    expect((await give(giver, { delegate: 'p-1' })).body.errors).toMatchObject([
      { pointer: '/delegate', code: 'delegation_to_self' },
    ]);
    expect((await give(giver, { role: 'leader' })).body.code).toBe('nothing_to_delegate');
    for (const name of ['p-1', 'p-2', 'nobody', 'p-1/1', 'x'.repeat(200)])
      expect((await as(delegate, '/v1/me', undefined, inNameOf(name))).body.code).toBe('not_delegated');
    for (const name of ['', '%00', '%E4', 'x'.repeat(201)])
      expect((await as(delegate, '/v1/me', undefined, { 'duban-acting-for': name })).status).toBe(400);
  });

  it('lets neither of the two review what one of them reported', async () => {
    const liaison = await keyOf('p-4', { role: 'unit', unit: finance });
    await give(liaison, { delegate: 'p-1', from: '2023-04-20' });
    const evidence = [{ title: '佐证', url: 'https://example.org/1' }];
    const done = await as(
      giver,
      '/v1/tasks/004:8.1/completions',
      { summary: '完成', evidence },
      inNameOf('p-4'),
    );
    expect(done.status).toBe(201);
    const accept = { verdict: 'accept' };
    const review = (headers: Record<string, string>, more = {}) =>
      as(headers, '/v1/tasks/004:8.1/reviews', accept, more);
    expect((await review(giver)).body.code).toBe('same_person');
    await give(giver, { delegate: 'p-4', from: '2023-04-20' });
    expect((await review(liaison, inNameOf('p-1'))).body.code).toBe('same_person');
    expect((await api.post('/v1/tasks/004:8.1/reviews', 'office', accept)).status).toBe(201);
  });

  it('that is ended while it is used is used no more once its end was answered', async () => {
    const { id } = (await give(giver, { from: '2023-04-20' })).body;
    const look = () => as(delegate, '/v1/me', undefined, inNameOf('p-1'));
    const looks = Array.from({ length: 20 }, look);
    const ending = api.send(`/v1/delegations/${at(id)}`, { method: 'DELETE', headers: giver });
    const meanwhile = Array.from({ length: 20 }, look);
    expect((await ending).status).toBe(204);
    const after = await Promise.all(Array.from({ length: 20 }, look));
    expect(new Set(after.map(({ body }) => body.code as string))).toEqual(new Set(['not_delegated']));
    for (const { status } of await Promise.all([...looks, ...meanwhile]))
      expect([200, 403]).toContain(status);
  });
});
