import { loadConfiguration } from '@duban/platform';
import { type Core, createCore, type Request } from '@duban/supervision';
import pg from 'pg';
import { type TestDatabase, testDatabase } from '../../../test/support/database.js';
import { duban, printed } from '../../../test/support/duban.js';

const patienceMs = 120_000;
const office: Request = {
  actor: { id: 'person:office', kind: 'person', role: 'office', plans: ['*'] },
  channel: 'cli',
};
let database: TestDatabase;
let core: Core;
const run = (...args: string[]) => duban(args, { DATABASE_URL: database.url });
type Head = { id: string; state: string; n: number | null };

beforeAll(async () => {
  database = await testDatabase();
  expect((await run('seed', '001', '--issue')).code).toBe(0);
  core = await createCore({ ...loadConfiguration({}), databaseUrl: database.url });
}, patienceMs);
afterAll(async () => {
  await core?.close();
  await database?.drop();
});

it('is refused for a round that is not open, and for what is no quarter', async () => {
  expect((await run('rollup', 'run', '2023Q2')).code).toBe(1);
  expect((await run('rollup', 'run', '2023H1')).code).toBe(2);
  expect((await run('rollup', 'show', '2023Q2')).stderr).toContain('There is no edition of 2023Q2 yet');
});

it('of an open round is provisional', async () => {
  await core.rounds.open(office, '001:2023Q2');
  const [head] = printed<Head[]>(await run('rollup', 'run', '2023Q2', '--json'));
  expect(head).toMatchObject({ id: '001:2023Q2', state: 'provisional', n: null });
});

it('of a closed round is published once, however often it is asked for', async () => {
  const blockers = await core.rounds.blockers(office, '001:2023Q2');
  const accepted = blockers.map(each => each.class);
  await core.rounds.close(office, '001:2023Q2', { accepted, reason: 'closed for the bulletin' });
  const asked = await Promise.all([1, 2].map(() => run('rollup', 'run', '2023Q2', '--json')));
  expect(asked.map(each => printed<Head[]>(each))).toEqual(
    [1, 2].map(() => [expect.objectContaining({ state: 'published', n: 1 })]),
  );
  const events = await core.events.readStream('rollup-001:2023Q2');
  expect(events.map(({ type }) => type)).toEqual(['EditionPublished']);
  const page = await run('rollup', 'show', '2023Q2', '--first', '001');
  expect(page.stdout).toMatch(/^Q2 2023 · 001 .*\n2023Q2 · edition 1 /);
});

it('is restated with a reason, when there is something to restate', async () => {
  const nothing = await run('rollup', 'restate', '001:2023Q2', '--reason', '更正');
  expect([nothing.code, nothing.stderr]).toEqual([1, expect.stringContaining('would say the same')]);
  expect((await run('rollup', 'restate', '001:2023Q2')).code).toBe(2);
  expect((await run('rollup', 'restate', '001:2023Q2', '--reason', '更正', '--paper', '1号')).code).toBe(2);
  const [task] = [...((await core.reader.planLedger('001'))?.tasks ?? [])].find(([, { roles }]) =>
    roles.some(({ role, isGroup }) => role === 'lead' && !isGroup),
  )!;
  const { roles } = (await core.reader.state<{ roles: { holder: string; role: string }[] }>('task', task))!
    .state;
  const unit = roles.find(({ role }) => role === 'lead')!.holder;
  const lead: Request = { actor: { id: 'person:lead', kind: 'person', role: 'unit', unit }, channel: 'cli' };
  await core.tasks.report(lead, task, {
    period: '2023Q2',
    percent: 40,
    summary: '补报',
    evidence: [{ title: '台账', url: 'https://a.example/1' }],
  });
  const paper = ['--paper', '督〔2023〕21号', '--paper-on', '2023-08-14'];
  const restated = await run(
    'rollup',
    'restate',
    '001:2023Q2',
    '--reason',
    '补报',
    '--of',
    '1',
    ...paper,
    '--json',
  );
  expect(printed(restated)).toMatchObject({
    id: '001:2023Q2/2',
    lines: expect.arrayContaining([expect.objectContaining({ subject: task, field: 'percent', to: 40 })]),
  });
  const [, edition] = (await core.events.readStream('rollup-001:2023Q2')).filter(({ type }) =>
    type.startsWith('Edition'),
  );
  expect(edition?.data).toMatchObject({
    n: 2,
    of: 1,
    reason: '补报',
    by: expect.stringMatching(/^operator:/),
    paper: { number: '督〔2023〕21号', on: '2023-08-14' },
  });
  expect((await run('rollup', 'diff', '001:2023Q2')).stdout).toContain(`${task} `);
  expect((await run('rollup', 'restate', '001:2023Q2', '--reason', '补报', '--of', '1')).code).toBe(1);
});

it('verifies, until somebody changes what it says', async () => {
  const same = await run('rollup', 'verify');
  expect([same.code, same.stdout]).toEqual([
    0,
    expect.stringMatching(/^001:2023Q2\/1 +same +[0-9a-f]{64}\n001:2023Q2\/2 +same +[0-9a-f]{64}\n$/),
  ]);
  expect((await run('verify')).code).toBe(0);
  const owner = new pg.Client(database.url);
  await owner.connect();
  await owner.query(`UPDATE edition SET body = jsonb_set(body, '{counts,turnedRed}', '0')
                     || jsonb_build_object('title', 'a better one')`);
  await owner.end();
  const differing = await run('rollup', 'verify', '001:2023Q2/1');
  expect(differing.code).toBe(4);
  expect(differing.stderr).toContain('001:2023Q2/1');
  expect((await run('rollup', 'verify', '001:2023Q2/7')).code).toBe(1);
});
