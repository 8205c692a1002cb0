import { finance, furnish, type Got, type Holder, TestApi, yuetang } from '../../../../test/support/api.js';
import { Files, pdf, sha256Of, told } from '../../../../test/support/files.js';

let api: TestApi;
let files: Files;
beforeEach(async () => {
  api = await TestApi.open();
  files = new Files(api);
  await furnish(api);
});
afterEach(() => api.close());

const paper = { number: '潭财函〔2023〕7号', on: '2023-07-05' };
const pointers = ({ body }: Got) => (body.errors as { pointer: string }[]).map(({ pointer }) => pointer);
const kept = async (as: Holder, text: string) => (await files.upload(as, pdf(text))).body.id as string;
const task = async (id: string) => (await api.get(`/v1/tasks/${id}`, 'office')).body.state;

/** Sent by the office for a unit it is refused without the paper; from the unit it needs none, and takes none. */
async function wantsPaper(path: string, unit: string, body: object): Promise<void> {
  const bare = await api.post(path, 'office', { unit, ...body });
  expect([told(bare), pointers(bare)]).toEqual([[422, 'paper_needed'], ['/paper']]);
  const own = await api.post(path, 'finance', { ...body, paper });
  expect([told(own), pointers(own)]).toEqual([[403, 'paper_entry_is_for_office'], ['/paper']]);
  expect((await api.post(path, 'office', { unit, ...body, paper })).status).toBe(201);
}

describe('what the office enters for a unit', () => {
  it('is marked and names its paper, whatever the unit says of its task', async () => {
    await api.moveTo('2023-04-24');
    const at = '/v1/tasks/004:8.1';
    await wantsPaper(`${at}/contests`, finance, { reason: '不属本单位职能' });
    await wantsPaper(`${at}/reports`, finance, { period: '2023Q2', summary: '推进' });
    await wantsPaper(`${at}/extensions`, finance, { to: '2024-03-31', reason: '征地' });
    await wantsPaper(`${at}/completions`, finance, { summary: '完成' });
    const { contests, reports, completions } = await task('004:8.1');
    expect(contests).toMatchObject([{ askedBy: 'office' }]);
    expect(reports).toMatchObject([{ reporter: 'office', onBehalf: true, paper }]);
    expect(completions).toMatchObject([{ reporter: 'office', onBehalf: true, paper }]);
    const accept = (as: Holder) => api.post(`${at}/reviews`, as, { verdict: 'accept' });
    expect(told(await accept('office'))).toEqual([409, 'same_person']);
    expect((await accept('reviewer')).status).toBe(201);
  });

  it('is a figure that another person confirms', async () => {
    await api.moveTo('2023-07-10');
    const at = '/v1/indicators/004:i12';
    await wantsPaper(`${at}/values`, finance, { period: '2023Q2', value: 760 });
    await wantsPaper(`${at}/revisions`, finance, { period: '2023Q2', value: 770, reason: '终值' });
    const confirm = (as: Holder) => api.post(`${at}/confirmations`, as, { period: '2023Q2' });
    expect(told(await confirm('office'))).toEqual([409, 'same_person']);
    expect((await confirm('reviewer')).status).toBe(201);
    await wantsPaper(`${at}/corrections`, finance, {
      ...{ period: '2023Q2', value: 765, reason: '重复', basis: '核对表' },
    });
    expect(told(await confirm('office'))).toEqual([409, 'same_person']);
  });

  it('is a submission, whose file shows its items too, and which another person reviews', async () => {
    await api.moveTo('2023-07-10');
    const half = '/v1/rounds/004:2023H1';
    await api.done(`${half}/open`, 'office');
    const mine = `${half}/submissions/${yuetang}`;
    const filled = { items: [{ task: '004:9.1', percent: 50, note: '推进' }], summary: '总结' };
    const bare = await api.post(`${mine}/hand-in`, 'office', filled);
    expect([told(bare), pointers(bare)]).toEqual([[422, 'paper_needed'], ['/paper']]);
    const sha256 = await kept('reviewer', 'scan');
    await api.done(`${mine}/hand-in`, 'office', { ...filled, evidence: [{ title: '来函', sha256 }] });
    expect(told(await api.post(`${mine}/acceptance`, 'office'))).toEqual([409, 'same_person']);
    expect((await api.post(`${mine}/acceptance`, 'reviewer')).status).toBe(201);
    const leads = `${half}/submissions/${finance}`;
    const led = ['004:3.1', '004:8.1'].map(id => ({ task: id, percent: 40, note: '推进' }));
    const value = { indicator: '004:i12', value: 760, evidence: [{ title: '台账' }] };
    const known = (await api.get(leads, 'office')).body;
    const asked = led.filter(item => known.tasks.some((line: { task: string }) => line.task === item.task));
    const items = [...asked, ...(known.indicators.length > 0 ? [value] : [])];
    await api.done(`${leads}/hand-in`, 'office', {
      items,
      summary: '总结',
      evidence: [{ title: '来函', sha256 }],
    });
    expect((await task('004:8.1')).reports).toMatchObject([{ onBehalf: true, evidence: [{ sha256 }] }]);
  });
});

describe('the paper of a decision', () => {
  it('is a stored file that stands, or the decision is refused at its place', async () => {
    const at = '/v1/tasks/004:8.1/suspensions';
    const order = (sha256: string) => ({ reason: '停工令', paper: { ...paper, sha256 } });
    const unknown = await api.post(at, 'office', order(sha256Of('none')));
    expect([told(unknown), pointers(unknown)]).toEqual([[422, 'evidence_unknown'], ['/paper/sha256']]);
    const withdrawn = await kept('office', 'wrong');
    await api.done(`/v1/evidence/${withdrawn}/withdrawal`, 'office', { reason: '误传' });
    const gone = await api.post(at, 'office', order(withdrawn));
    expect(gone.body.errors).toMatchObject([{ pointer: '/paper/sha256', code: 'evidence_withdrawn' }]);
    expect((await task('004:8.1')).suspensions).toEqual([]);
    const sha256 = await kept('reviewer', 'order');
    const suspended = await api.done(at, 'office', order(sha256));
    expect(suspended.events).toEqual(['TaskSuspended', 'EvidenceAttached']);
    expect((await files.read(sha256, 'finance')).status).toBe(200);
    expect(told(await files.read(sha256, 'yuetang'))).toEqual([404, 'not_found']);
  });

  it('is kept by whoever decides: administrators and leaders, too', async () => {
    const merger = { into: finance, from: '2023-05-01' };
    const none = { ...merger, paper: { ...paper, sha256: sha256Of('none') } };
    expect(told(await api.post(`/v1/units/${yuetang}/merger`, 'admin', none))).toEqual([
      422,
      'evidence_unknown',
    ]);
    const sha256 = await kept('admin', 'merger');
    await api.done(`/v1/units/${yuetang}/merger`, 'admin', { ...merger, paper: { ...paper, sha256 } });
    const scan = await kept('leader', 'instruction');
    await api.done('/v1/tasks/004:8.1/instructions', 'leader', {
      ...{ text: '查明原因', addressees: [finance], dueOn: '2023-07-20', paper: { ...paper, sha256: scan } },
    });
    const amended = await kept('office', 'amendment');
    await api.done('/v1/plans/004/amendments', 'office', {
      ...{ title: '调整', to: '2023-12-31', reason: '调整', paper: { ...paper, sha256: amended } },
    });
    expect((await files.read(amended, 'reviewer')).status).toBe(200);
    expect(told(await files.read(amended, 'finance'))).toEqual([404, 'not_found']);
  });
});
