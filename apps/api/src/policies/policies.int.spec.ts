import { deliveriesSubscription, ObligationTable, obligationsSubscription, Sweeper } from '@duban/reminder';
import { Publisher, Rollups } from '@duban/rollup';
import { furnish, TestApi } from '../../../../test/support/api.js';

// Task 004:5.3 is due on 31 July, 004:8.1 on 31 December (a Sunday): −10 is the 18th, −5 the 25th, −3 the 27th.
let api: TestApi;
beforeEach(async () => {
  api = await TestApi.open();
  await furnish(api);
});
afterEach(() => api.close());

const decided = { reason: '会议议定', paper: { number: '潭督〔2023〕9号', on: '2023-06-01' } };
const adopt = (kind: string, from: string, content: object, version = 2) =>
  api.post(`/v1/policies/${kind}`, 'admin', { version, from, content, ...decided });
const versions = async (kind: string) => (await api.get(`/v1/policies/${kind}`, 'science')).body;

describe('the policies', () => {
  it('stand at version 1 until something is adopted', async () => {
    const { items, next } = (await api.get('/v1/policies', 'auditor')).body;
    expect(items.map((row: { inForce: string }) => row.inForce)).toEqual([
      ...['date@1', 'light@1', 'reminder@1', 'round@1', 'score@1'],
    ]);
    expect(next).toBeNull();
    expect(items[1].versions).toEqual([
      {
        ...{ name: 'light@1', version: 1, from: null, adopted: null },
        content: { onTrack: 0.95, behind: 0.8, points: 1, places: 2, tolerance: 5 },
      },
    ]);
  });

  it('are adopted by version, on whose decision and from which day', async () => {
    await api.moveTo('2023-06-20');
    expect(await adopt('light', '2023-07-01', { behind: 0.85 })).toMatchObject({
      status: 201,
      body: { stream: 'policy-light', version: 1, events: ['PolicyAdopted'] },
    });
    expect(await versions('light')).toMatchObject({
      inForce: 'light@1',
      versions: [
        { name: 'light@1' },
        {
          ...{ name: 'light@2', from: '2023-07-01', adopted: { by: 'admin', on: '2023-06-20', ...decided } },
          content: { onTrack: 0.95, behind: 0.85, points: 1, places: 2, tolerance: 5 },
        },
      ],
    });
    await api.moveTo('2023-07-01');
    expect((await versions('light')).inForce).toBe('light@2');
  });

  it('are never changed, nor made to hold from today or before', async () => {
    await adopt('light', '2023-07-01', { behind: 0.85 });
    expect((await adopt('light', '2023-07-01', { behind: 0.85 })).body.events).toEqual([]);
    expect(await adopt('light', '2023-07-01', { behind: 0.9 })).toMatchObject({
      status: 409,
      body: { code: 'policy_in_use', detail: expect.stringContaining('light@2') },
    });
    const skipped = await adopt('score', '2023-07-01', {}, 4);
    expect(skipped).toMatchObject({
      status: 422,
      body: { code: 'policy_version_skipped', params: { next: 2 } },
    });
    const today = await adopt('score', '2023-04-20', { minimum: 4 });
    expect(today).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/from', code: 'policy_from_past' }] },
    });
  });

  it('say which field cannot be', async () => {
    const task_due = {
      stages: [
        { offset: 0, to: ['holders'] },
        { offset: -3, to: ['holders'] },
      ],
    };
    const got = await adopt('reminder', '2023-07-01', { ladders: { task_due } });
    expect([got.status, got.body.errors]).toEqual([
      422,
      [expect.objectContaining({ pointer: '/content/ladders/task_due/stages/1/offset' })],
    ]);
    const trial = { content: { ladders: { task_due } }, from: '2023-07-01', to: '2023-07-31' };
    expect((await api.post('/v1/policies/backtest', 'office', trial)).body.errors).toEqual(got.body.errors);
    expect(
      (await api.post('/v1/policies/backtest', 'office', { ...trial, content: {}, plan: '003' })).status,
    ).toBe(404);
    const bodies = [[], 'light', null, 7];
    for (const content of bodies) {
      const refused = await adopt('light', '2023-07-01', content as never);
      expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/content']);
    }
    expect((await adopt('holiday', '2023-07-01', {})).status).toBe(404);
  });

  it('are adopted by who was granted every plan, of a machine in whose name', async () => {
    const body = { version: 2, from: '2023-07-01', content: { minimum: 4 }, ...decided };
    const { token } = await api.done('/v1/keys', 'admin', {
      ...{ holder: 'all', kind: 'machine', role: 'office', unit: 'xiangtan:市科技局', plans: ['*'] },
    });
    const asMachine = (headers: object) =>
      api.send('/v1/policies/score', { body, headers: { authorization: `Bearer ${token}`, ...headers } });
    const codes = [
      await api.post('/v1/policies/score', 'office', body),
      await api.post('/v1/policies/score', 'science', body),
      await asMachine({}),
    ].map(got => [got.status, got.body.code]);
    expect(codes).toEqual([
      [403, 'needs_all_plans'],
      [403, 'forbidden_role'],
      [403, 'machine_needs_acting_for'],
    ]);
    expect((await asMachine({ 'duban-acting-for': 'chief' })).status).toBe(201);
    expect((await versions('score')).versions[1].adopted).toMatchObject({ by: 'chief' });
  });

  it('are adopted once by two who decide at the same time', async () => {
    const both = await Promise.all([0.85, 0.9].map(behind => adopt('light', '2023-07-01', { behind })));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await versions('light')).versions).toHaveLength(2);
  });
});

describe('a version of reminders', () => {
  /** A worker's sweep of a day; what it said of tasks that fall due. */
  async function sweepOn(day: string): Promise<string[]> {
    await api.moveTo(day);
    const { core } = api;
    const table = new ObligationTable(core);
    const following = [obligationsSubscription(core, table), deliveriesSubscription(() => undefined)];
    const runners = following.map(each => core.events.subscribe(each).start());
    const caughtUp = async () => {
      const { position } = await core.events.head();
      for (const { name } of following) await core.events.waitFor(name, position, 20_000);
    };
    await caughtUp();
    await new Sweeper(core, table).sweep();
    await new Sweeper(core, table).sweep();
    await caughtUp();
    await Promise.all(runners.map(runner => runner.stop()));
    const { rows } = await core.pool.query<{ subject: string; stage: string; policy: string }>(
      `SELECT subject, stage, policy FROM reminder WHERE kind = 'task_due' AND issued_on = $1
         AND subject IN ('004:5.3', '004:8.1') ORDER BY subject, stage`,
      [day],
    );
    return rows.map(({ subject, stage, policy }) => `${subject} ${stage} ${policy}`);
  }

  it('holds for what falls due from its day on; what was said before stays as it is', async () => {
    expect(await sweepOn('2023-07-17')).toEqual(['004:5.3 -10 reminder@1']);
    const task_due = {
      stages: [
        { offset: -5, to: ['reporting'] },
        { offset: 0, to: ['holders'] },
        { offset: 1, to: ['head'] },
      ],
    };
    expect((await adopt('reminder', '2023-08-01', { ladders: { task_due } })).status).toBe(201);
    expect(await sweepOn('2023-07-24')).toEqual([]);
    expect(await sweepOn('2023-07-26')).toEqual(['004:5.3 -3 reminder@1']);
    expect(await sweepOn('2023-12-18')).toEqual(['004:5.3 +35 reminder@1']); // the highest of those missed since July
    expect(await sweepOn('2023-12-25')).toEqual(['004:8.1 -5 reminder@2']);
    expect(await sweepOn('2023-12-27')).toEqual([]);
    const trial = { content: { ladders: { task_due } }, from: '2023-07-01', to: '2023-07-31', plan: '004' };
    const { stages } = (await api.post('/v1/policies/backtest', 'office', trial)).body;
    expect(stages.filter(({ kind }: { kind: string }) => kind === 'task_due')).toEqual([
      { kind: 'task_due', stage: '-10', sent: 1, would: 0 },
      { kind: 'task_due', stage: '-3', sent: 1, would: 0 },
      { kind: 'task_due', stage: '-5', sent: 0, would: 1 },
      { kind: 'task_due', stage: '0', sent: 0, would: 1 }, // nobody swept on the 31st
    ]);
    const { items } = (await api.get('/v1/reminders?plan=004', 'office')).body;
    const said = (subject: string, stage: string) =>
      items.find((row: { kind: string; subject: string; stage: string }) => {
        return row.kind === 'task_due' && row.subject === subject && row.stage === stage;
      });
    expect(said('004:5.3', '-10')).toMatchObject({ policy: 'reminder@1' });
    const { ladder } = (await api.get(`/v1/reminders/${said('004:8.1', '-5').id}/why`, 'office')).body;
    expect(ladder).toMatchObject([
      { stage: '-5', on: '2023-12-25', issuedOn: '2023-12-25' },
      { stage: '0', on: '2023-12-29', issuedOn: null },
      { stage: '+1', issuedOn: null },
    ]);
  });
});

describe('a version of lights, scores and days', () => {
  const light = async () => (await api.get('/v1/tasks/004:5.3', 'office')).body.light.rule;

  it('is printed with each light from its day on, and by none before', async () => {
    await api.moveTo('2023-06-20');
    await adopt('light', '2023-06-21', { behind: 0.75 });
    expect(await light()).toBe('light@1');
    await api.moveTo('2023-06-21');
    expect(await light()).toBe('light@2');
    const { lights } = (await api.get('/v1/tasks/004:5.3/dossier', 'office')).body;
    expect(lights.map(({ from, rule }: { from: string; rule: string }) => `${from} ${rule}`)).toEqual([
      ...['2023-04-20 light@1', '2023-06-21 light@2'],
    ]);
  });

  it('judges a quarter by what held at its end, and no edition changes', async () => {
    const round = '004:2023Q2';
    await api.moveTo('2023-06-20');
    await adopt('score', '2023-06-30', { minimum: 1 });
    await api.done('/v1/rounds', 'office', {
      ...{ plan: '004', period: '2023Q2', kind: 'quarter', dueOn: '2023-07-07', clause: '三(三)' },
      ...{ evidence: false, summary: false },
    });
    await api.moveTo('2023-07-03');
    await api.done(`/v1/rounds/${round}/open`, 'office');
    await adopt('light', '2023-07-05', { behind: 0.75 });
    await api.moveTo('2023-07-21');
    const closing = { accepted: ['not_handed_in'], reason: '单位未报' };
    const { position } = await api.done(`/v1/rounds/${round}/close`, 'office', closing);
    await new Publisher(api.core).publish({ round, cutoff: position as number });
    const edition = async (n: number) =>
      (await api.get(`/v1/rollups/${round}/editions/${n}`, 'office')).body.edition;
    const first = await edition(1);
    const rules = {
      light: 'light@1',
      attainment: 'attainment@1',
      score: 'score@2',
      round: 'round@1',
      date: 'date@1',
    };
    expect(first.rules).toMatchObject(rules);
    expect(first.ranking).toMatchObject({ rule: 'score@2', minimum: 1 });

    await adopt('score', '2023-07-22', { minimum: 9 }, 3);
    await api.moveTo('2023-08-01');
    await api.done('/v1/indicators/004:i12/values', 'finance', { period: '2023Q2', value: 845 });
    await api.done(`/v1/rollups/${round}/restate`, 'office', { reason: '补报' });
    await new Publisher(api.core).noteCorrections();
    expect((await edition(2)).rules).toMatchObject(rules);
    expect(await edition(1)).toEqual(first);
    for (const n of [1, 2])
      expect(await new Rollups(api.core).verify(`${round}/${n}`)).toMatchObject({ ok: true });
  });

  it('gives a round without a due day the usual one', async () => {
    const schedule = async (period: string) => {
      const round = { plan: '004', period, kind: 'quarter', clause: '按季' };
      await api.done('/v1/rounds', 'office', round);
      await api.done('/v1/rounds', 'office', round); // again it changes nothing
      return (await api.get(`/v1/rounds/004:${period}`, 'office')).body.dueOn;
    };
    expect(await schedule('2023Q2')).toBe('2023-07-07');
    await adopt('round', '2023-10-01', { dueWorkdays: 8 });
    expect(await schedule('2023Q2')).toBe('2023-07-07');
    const due = { on: '2023-07-07', basis: 'derived', rule: 'round@1' };
    await api.moveTo('2023-07-03');
    await api.done('/v1/rounds/004:2023Q2/open', 'office');
    const { items } = (await api.get('/v1/obligations?kind=report', 'office')).body;
    expect(items[0]).toMatchObject({ period: '2023Q2', due });
    expect(await schedule('2023Q3')).toBe('2023-10-16'); // by the policy of 1 October; 7 and 8 October are workdays
  });

  it('sets the days of what is asked from then on, and names itself there', async () => {
    await adopt('date', '2023-05-04', { decisionWorkdays: 2, tollingWorkdays: 10, contestWorkdays: 20 });
    const ask = (task: string, as: 'science' | 'finance') =>
      api.done(`/v1/tasks/${task}/extensions`, as, { to: '2024-01-31', reason: '延期' });
    await ask('004:5.3', 'science');
    await api.moveTo('2023-05-04');
    await ask('004:8.1', 'finance');
    await api.done('/v1/tasks/004:9.1/contests', 'science', { reason: '非本单位职责' }); // too late by date@1
    const owed = async (kind: string) =>
      (await api.get(`/v1/obligations?kind=${kind}`, 'office')).body.items.map(
        ({ subject, due }: { subject: string; due: { on: string; rule: string } }) =>
          `${subject} ${due.on} ${due.rule}`,
      );
    expect(await owed('extension_decision')).toEqual([
      '004:5.3 2023-04-24 date@1', // three workdays, of which Sunday the 23rd is one
      '004:8.1 2023-05-06 date@2', // two, of which Saturday the 6th is one
    ]);
    expect(await owed('contest_decision')).toEqual(['004:9.1 2023-05-10 date@2']);
  });
});
