import { deliveriesSubscription, ObligationTable, obligationsSubscription, Sweeper } from '@duban/reminder';
import { finance, furnish, science, TestApi } from '../../../../test/support/api.js';

// Task 5.3 of 市科技局 is due on 31 July: five workdays later nothing has come.
let api: TestApi;
beforeAll(async () => {
  api = await TestApi.open();
  const { core } = api;
  const table = new ObligationTable(core);
  for (const each of [obligationsSubscription(core, table), deliveriesSubscription(() => undefined)])
    core.events.subscribe(each).start();
  const caughtUp = async () => {
    const { position } = await core.events.head();
    for (const name of ['obligations', 'deliveries']) await core.events.waitFor(name, position, 20_000);
  };
  await furnish(api);
  for (const day of ['2023-07-31', '2023-08-01', '2023-08-07']) {
    await api.moveTo(day);
    await caughtUp();
    await new Sweeper(core, table).sweep();
    await caughtUp();
  }
});
afterAll(() => api.close());

describe('GET /v1/alerts', () => {
  it('tells a leader what is late, how late, and who was told', async () => {
    const { body } = await api.get('/v1/alerts?plan=004&limit=200', 'leader');
    const alert = body.items.find(({ kind }: { kind: string }) => kind === 'task_due');
    expect(alert).toMatchObject({
      subject: '004:5.3',
      holders: [science],
      workdaysLate: 5,
      light: { colour: 'red', reason: 'overdue' },
      decisions: [],
    });
    const warned = alert.warned.map(
      ({ stage, recipient }: Record<string, string>) => `${stage} ${recipient}`,
    );
    expect(warned).toEqual(expect.arrayContaining([`0 ${science}/liaison`, `+1 ${science}/head`]));
    const late = body.items.map(({ workdaysLate }: { workdaysLate: number }) => workdaysLate);
    expect(late).toEqual(late.toSorted((a: number, b: number) => b - a));
  });

  it('comes in pages, for the rows of the asker', async () => {
    const all = (await api.get('/v1/alerts?limit=200', 'office')).body.items;
    const first = (await api.get('/v1/alerts?limit=2', 'office')).body;
    const second = (await api.get(`/v1/alerts?limit=200&cursor=${first.next}`, 'office')).body;
    expect([...first.items, ...second.items]).toEqual(all);
    const own = (await api.get('/v1/alerts?limit=200', 'finance')).body.items;
    expect(own.every(({ holders }: { holders: string[] }) => holders.includes(finance))).toBe(true);
    expect((await api.get('/v1/alerts', 'stranger')).body.items).toEqual(
      (await api.get('/v1/alerts?unit=changsha:市科技局', 'stranger')).body.items,
    );
    expect((await api.get(`/v1/alerts?unit=${science}`, 'stranger')).status).toBe(404);
    expect((await api.get('/v1/alerts?plan=003', 'leader')).status).toBe(404);
  });
});

describe('GET /v1/reminders', () => {
  it('lists messages and says why one was sent', async () => {
    const { items } = (await api.get('/v1/reminders?subject=004:5.3', 'science')).body;
    const last = items.filter(({ kind }: { kind: string }) => kind === 'task_due').at(-1);
    expect(last).toMatchObject({ stage: '+5', dueOn: '2023-07-31', fate: 'issued' });
    const why = await api.get(`/v1/reminders/${last.id}/why`, 'science');
    expect(why.body).toMatchObject({ reminder: { id: last.id }, stage: { name: '+5' } });
    expect(why.body.events[0]).toMatchObject({ stream: 'task-004:5.3', type: 'TaskIssued' });
    expect((await api.get(`/v1/reminders/${last.id}/why`, 'stranger')).status).toBe(404);
    const done = await api.done(`/v1/reminders/${last.id}/acknowledgements`, 'science');
    expect(done.events).toEqual(['ReminderAcknowledged']);
    expect((await api.post(`/v1/reminders/${last.id}/acknowledgements`, 'auditor')).status).toBe(403);
  });

  it('comes in pages', async () => {
    const all = (await api.get('/v1/reminders?limit=200', 'office')).body.items;
    const first = (await api.get('/v1/reminders?limit=3', 'office')).body;
    const second = (await api.get(`/v1/reminders?limit=200&cursor=${first.next}`, 'office')).body;
    expect([...first.items, ...second.items]).toEqual(all);
    const wrong = Buffer.from(JSON.stringify(['not a place'])).toString('base64url');
    expect((await api.get(`/v1/reminders?cursor=${wrong}`, 'office')).status).toBe(422);
  });
});
