import { Publisher, rollupsSubscription, type WantedCut } from '@duban/rollup';
import { finance, furnish, science, TestApi, yuetang } from '../../../../test/support/api.js';

// The second quarter of 004: 004:i12 stands at 845, confirmed; closed on 21 July; corrected in August.
const id = '004:2023Q2';
const paper = { number: '潭督〔2023〕18号', on: '2023-07-24' };
let api: TestApi;
let publisher: Publisher;
let dryRun: Awaited<ReturnType<TestApi['post']>>['body'];
let unnamed: Awaited<ReturnType<TestApi['post']>>['body'];
beforeAll(async () => {
  api = await TestApi.open();
  publisher = new Publisher(api.core);
  await furnish(api);
  await api.done('/v1/rounds', 'office', {
    ...{ plan: '004', period: '2023Q2', kind: 'quarter', dueOn: '2023-07-07', clause: '三(三)' },
    ...{ evidence: false, summary: false },
  });
  await api.moveTo('2023-07-03');
  await api.done(`/v1/rounds/${id}/open`, 'office');
  await api.done('/v1/indicators/004:i12/values', 'finance', { period: '2023Q2', value: 845 });
  await api.done('/v1/indicators/004:i12/confirmations', 'office', { period: '2023Q2' });
  await api.moveTo('2023-07-21');
  const closing = { accepted: ['not_handed_in'], reason: '单位未报' };
  dryRun = (await api.post(`/v1/rounds/${id}/close?dryRun=true`, 'office', closing)).body;
  unnamed = (await api.post(`/v1/rounds/${id}/close`, 'office', {})).body;
  await api.done(`/v1/rounds/${id}/close`, 'office', closing);
  await worked();
});
afterAll(() => api.close());

/** What the worker does: follows the log to its end, then does what is to be done. */
async function worked(): Promise<void> {
  const runner = api.core.events.subscribe(rollupsSubscription(() => undefined)).start();
  const { position } = await api.core.events.head();
  await api.core.events.waitFor('rollups', position, 20_000);
  await runner.stop();
  const cuts = (await publisher.table.unpublished()).map((cut): WantedCut => ({ ...cut, isFinal: true }));
  await publisher.publishAll(cuts);
}
type Holder = Parameters<TestApi['get']>[1];
const rollup = (as: Holder, path = '') => api.get(`/v1/rollups/${id}${path}`, as);
const owed = async (as: Holder, kind: string) =>
  (await api.get(`/v1/obligations?kind=${kind}`, as)).body.items;

describe('closing a round', () => {
  it('is tried first: the blockers by class, and the edition just as it comes out', async () => {
    expect(dryRun.blockers).toMatchObject([
      { class: 'not_handed_in', items: expect.arrayContaining([`004:5.3 ${science}`]) },
    ]);
    const { edition, cutoffOn } = (await rollup('office', '/editions/1')).body;
    expect([dryRun.edition, cutoffOn]).toEqual([edition, '2023-07-21']);
    expect(edition.closing).toEqual({ accepted: ['not_handed_in'], reason: '单位未报' });
  });

  it('is refused over blockers that nobody named', () =>
    expect([unnamed.status, unnamed.code, unnamed.detail]).toEqual([
      409,
      'round_open_blockers',
      expect.stringContaining('not_handed_in'),
    ]));

  it('is done once and for all', async () => {
    const again = await api.post(`/v1/rounds/${id}/close`, 'office', { reason: '再次' });
    expect([again.status, again.body.code]).toEqual([409, 'round_closed']);
    expect((await api.post(`/v1/rounds/${id}/open`, 'office')).body.code).toBe('round_closed');
  });
});

describe('circulating an edition over HTTP', () => {
  it('gives it to units and says who has not seen it', async () => {
    await api.moveTo('2023-07-24');
    const to = [finance, yuetang];
    await api.done(`/v1/rollups/${id}/editions/1/circulation`, 'office', { to, paper });
    expect((await rollup('leader', '/readings?unread=true')).body.items).toMatchObject([
      { n: 1, reader: yuetang, on: '2023-07-24', through: 'circulated', paper, seenOn: null },
      { n: 1, reader: finance },
    ]);
    expect(await owed('finance', 'edition_receipt')).toMatchObject([
      { subject: `${id}/1`, holders: [finance], state: 'open' },
    ]);
  });

  it('takes a receipt from who got it, and from nobody else', async () => {
    await api.moveTo('2023-07-25');
    const receipts = `/v1/rollups/${id}/editions/1/receipts`;
    await api.done(receipts, 'finance');
    expect((await api.post(receipts, 'science')).body.code).toBe('edition_not_circulated');
    expect((await api.post(receipts, 'stranger')).status).toBe(404);
    expect((await api.post(receipts, 'leader')).status).toBe(404); // holds no post
    expect((await api.post(receipts, 'finance', { reader: yuetang })).status).toBe(404);
    expect((await rollup('finance', '/readings')).body.items).toMatchObject([
      { reader: finance, seenOn: '2023-07-25' },
    ]);
    expect((await rollup('office', '/readings?unread=true')).body.items).toMatchObject([{ reader: yuetang }]);
    expect(await owed('finance', 'edition_receipt')).toMatchObject([{ state: 'met' }]);
  });

  it('is the office’s, for units of the place and editions that exist', async () => {
    const circulation = (n: number) => `/v1/rollups/${id}/editions/${n}/circulation`;
    expect((await api.post(circulation(1), 'finance', { to: [finance] })).status).toBe(403);
    expect((await api.post(circulation(1), 'office', { to: ['changsha:市科技局'] })).status).toBe(404);
    expect((await api.post(circulation(1), 'office', { to: ['leader:xiangtan/9'] })).status).toBe(404);
    expect((await api.post(circulation(2), 'office', { to: [finance] })).body.code).toBe('edition_not_found');
    expect((await api.post(circulation(1), 'office', { to: [] })).body.errors).toMatchObject([
      { pointer: '/to' },
    ]);
    const machine = await api.post(circulation(1), 'machine', { to: [finance] });
    expect(machine.body.code).toBe('machine_needs_acting_for');
  });
});

describe('a correction of an accepted figure', () => {
  const at = '/v1/indicators/004:i12';
  it('is shown as pending beside the edition, and counts nowhere', async () => {
    await api.moveTo('2023-08-10');
    const said = { period: '2023Q2', value: 780, reason: '剔除重复', basis: '核对清单' };
    await api.done(`${at}/corrections`, 'finance', said);
    await worked();
    const { body } = await rollup('office');
    expect(body).toMatchObject({
      counters: { late: 0, corrected: 0, pending: 1, restated: 0 },
      corrections: [{ subject: '004:i12', from: 845, to: 780, pending: true, countsOn: null }],
    });
    expect(await owed('office', 'restatement')).toEqual([]);
  });

  it('counts from its confirmation by another person, and obliges the office within ten workdays', async () => {
    await api.moveTo('2023-08-14');
    await api.done(`${at}/confirmations`, 'office', { period: '2023Q2' });
    await worked();
    const { body } = await rollup('office');
    expect(body.counters).toMatchObject({ corrected: 1, pending: 0 });
    expect(body.corrections).toMatchObject([{ countsOn: '2023-08-14', effects: ['light', 'figure'] }]);
    expect(await owed('office', 'restatement')).toMatchObject([
      { subject: `${id}/1`, holders: [science], state: 'open', due: { on: '2023-08-28' } },
    ]);
  });

  it('may be explained: that discharges the office, and is printed beside the edition', async () => {
    await api.moveTo('2023-08-16');
    const { cause } = (await rollup('office')).body.corrections[0];
    const explanations = `/v1/rollups/${id}/explanations`;
    const unknown = await api.post(explanations, 'office', { cause: 'indicator-004:i12@99', text: '说明' });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'correction_not_found']);
    await api.done(explanations, 'office', { cause, text: '不影响结论' });
    expect(await owed('office', 'restatement')).toMatchObject([{ state: 'met' }]);
    expect((await rollup('leader')).body.corrections[0].explained).toMatchObject({
      text: '不影响结论',
      on: '2023-08-16',
    });
    const page = await api.send('/v1/quarters/2023Q2', { as: 'leader', headers: { accept: 'text/html' } });
    expect(page.text).toContain('说明：不影响结论');
  });
});

describe('restating over HTTP', () => {
  const restate = (as: Holder, body: object = { reason: '004#12 更正' }) =>
    api.post(`/v1/rollups/${id}/restate`, as, body);

  it('is the office’s, with a reason', async () => {
    expect((await restate('science')).status).toBe(403);
    expect((await restate('stranger')).status).toBe(403);
    expect((await restate('office', {})).body.errors).toMatchObject([{ pointer: '/reason' }]);
    expect((await restate('office', { reason: '更正', of: 2 })).body.code).toBe('edition_restated_already');
  });

  it('publishes edition 2 beside edition 1, which stays as it was', async () => {
    const first = (await rollup('office', '/editions/1')).body.edition;
    const { status, body } = await restate('office');
    expect([status, body.events]).toEqual([201, ['EditionRestated']]);
    expect((await rollup('office', '/editions/1')).body.edition).toEqual(first);
    expect((await rollup('leader')).body).toMatchObject({
      ...{ n: 2, cutoffOn: '2023-08-16', restates: { of: 1, reason: '004#12 更正' } },
      ...{ counters: { corrected: 1, restated: 1 }, corrections: [] },
      edition: { watermarks: ['restated'] },
    });
    expect((await restate('office')).body.code).toBe('nothing_to_restate');
  });

  it('is told as a diff; a unit sees its own lines of it', async () => {
    const { body } = await rollup('leader', '/diff?from=1&to=2');
    expect(body).toMatchObject({ id, from: 1, to: 2, reason: '004#12 更正' });
    expect(body.lines).toContainEqual(
      expect.objectContaining({ kind: 'indicator', subject: '004:i12', field: 'actual', from: 845, to: 780 }),
    );
    expect((await rollup('leader', '/diff')).body).toEqual(body);
    const own = (await rollup('yuetang', '/diff')).body.lines as { kind: string }[];
    expect(own.filter(({ kind }) => kind === 'indicator')).toEqual([]);
    expect((await rollup('leader', '/diff?from=1&to=3')).status).toBe(404);
    expect((await rollup('leader', '/diff?from=0')).status).toBe(422);
    expect((await rollup('stranger', '/diff')).status).toBe(404);
  });

  it('is there to read for whoever got edition 1', async () => {
    expect((await rollup('office', '/readings?unread=true')).body.items).toMatchObject([
      { n: 2, reader: yuetang, through: 'restated', on: '2023-08-16', seenOn: null },
      { n: 2, reader: finance, through: 'restated' },
    ]);
    const states = await owed('yuetang', 'edition_receipt');
    expect(states.map(({ subject, state }: { subject: string; state: string }) => [subject, state])).toEqual([
      [`${id}/1`, 'void'],
      [`${id}/2`, 'open'],
    ]);
    await api.done(`/v1/rollups/${id}/editions/2/receipts`, 'office', { reader: yuetang });
    expect((await rollup('office', '/readings?unread=true')).body.items).toMatchObject([{ reader: finance }]);
  });
});

describe('a first figure that came after the edition', () => {
  it('is late, not corrected, and obliges nobody', async () => {
    await api.moveTo('2023-08-21');
    await api.done('/v1/tasks/004:5.3/reports', 'science', {
      ...{
        period: '2023Q2',
        percent: 60,
        summary: '补报',
        evidence: [{ title: '台账', url: 'https://example.org/1' }],
      },
    });
    await worked();
    const { body } = await rollup('office');
    expect(body.corrections).toMatchObject([{ subject: '004:5.3', how: 'late', n: 2, from: null, to: 60 }]);
    expect(body.counters).toMatchObject({ late: 1, corrected: 1, restated: 1 });
    expect((await owed('office', 'restatement')).map(({ state }: { state: string }) => state)).toEqual([
      'met',
    ]);
  });
});
