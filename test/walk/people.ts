import { type NewKey } from '@duban/access';
import { type Core, type Request } from '@duban/supervision';
import { loadPlan, loadUnits } from '../../apps/cli/src/seed/load-seed.js';
import { readSeeds } from '../../apps/cli/src/seed/read-seeds.js';
import { type PlanSeed } from '../../apps/cli/src/seed/seed-model.js';
import { type Stage } from './stage.js';

/** What a key is ordered with over HTTP. */
export type KeyOrder = {
  [Name in keyof NewKey]?: NewKey[Name] extends readonly string[] | null | undefined
    ? string[]
    : Exclude<NewKey[Name], null>;
};

const operator: Request = { actor: { id: 'operator', kind: 'person', role: 'admin' }, channel: 'cli' };

/** The rows of each plan that the walk is about; 004 comes whole. */
const rows: Readonly<Record<string, { tasks: readonly string[]; indicators: readonly string[] } | null>> = {
  '000': { tasks: ['k7', 'k11'], indicators: ['i3', 'i7', 'i8'] },
  '001': { tasks: ['1'], indicators: ['t10'] },
  '002': { tasks: ['1', '7', '8'], indicators: ['t8', 't22'] },
  '004': null,
};
const places: Readonly<Record<string, string>> = {
  '000': 'pinghu',
  '001': 'jiashan',
  '002': 'nantong',
  '004': 'xiangtan',
};

export const plans: readonly string[] = Object.keys(rows);

/** Liaisons of other places than Xiangtan whose rows the walk is about. */
const elsewhere = ['pinghu:市经信局', 'pinghu:市科技局', 'jiashan:县科技局合作科', 'nantong:市科技局'];

/** Loads units and plans as `duban seed` does, and lets the operator issue everybody's key and fill the leaders' posts. */
export async function furnish(stage: Stage): Promise<void> {
  const { core } = stage;
  await load(core);
  const admin = { holder: 'operator', kind: 'person', role: 'admin' } as const;
  stage.trust('admin', (await core.access.issue(operator, admin)).token);
  await Promise.all((await keys(core)).map(([who, order]) => stage.issueKey(who, order)));
  await placeLeaders(stage);
}

/** Each place in a lane of its own. */
async function load(core: Core): Promise<void> {
  const seeds = await readSeeds();
  await Promise.all(
    plans.map(async plan => {
      const place = seeds.units.get(places[plan] ?? '');
      const seed = seeds.plans.find(({ code }) => code === plan);
      if (!place || !seed) throw new Error(`no seed for ${plan}`);
      await loadUnits(core, operator, place, '2023-01-01');
      await loadPlan(core, operator, excerpt(seed));
    }),
  );
}

/** The named rows, with what is said about them; a goal that nobody holds stops no excerpt without it. */
function excerpt(seed: PlanSeed): PlanSeed {
  const wanted = rows[seed.code];
  if (!wanted) return seed;
  const tasks = seed.tasks.filter(({ code }) => wanted.tasks.includes(code));
  const indicators = seed.indicators.filter(({ code }) => wanted.indicators.includes(code));
  const findings = seed.findings.filter(({ subject }) =>
    [...wanted.tasks, ...wanted.indicators].includes(subject),
  );
  const isHere = (task?: string) => task === undefined || wanted.tasks.includes(task);
  return {
    ...seed,
    ...{ tasks, findings },
    indicators: indicators.map(each => ({ ...each, links: each.links.filter(({ task }) => isHere(task)) })),
  };
}

/** Everybody with a key of his or her own. Two people of the office, and one who is liaison and office in one person. */
async function keys(core: Core): Promise<[string, KeyOrder][]> {
  const person = (holder: string) => ({ holder, kind: 'person' as const });
  const { units } = await core.reader.directory();
  const bureaus = [...units.keys()].filter(id => id.startsWith('xiangtan:') || elsewhere.includes(id));
  const offices = plans.map((plan): [string, KeyOrder] => [
    `office:${plan}`,
    { ...person(`office-${plan}`), role: 'office', unit: officeUnit(plan), plans: [plan] },
  ]);
  const office = { role: 'office' as const, unit: officeUnit('004'), plans: ['004'] };
  const inCharge = ['xiangtan:市财政局', 'xiangtan:市行政审批局'];
  return [
    ...bureaus.map((unit): [string, KeyOrder] => [
      unit.replace('xiangtan:', ''),
      { ...person(`${unit}/liaison`), role: 'unit', unit },
    ]),
    ...offices,
    ['second:004', { ...person('office-004-second'), ...office }],
    ['both:004', { ...person('xiangtan:市科技局/liaison'), ...office }],
    ['mayor', { ...person('mayor'), role: 'leader', plans: ['004'] }],
    ['vice mayor', { ...person('vice-mayor'), role: 'leader', plans: ['004'], units: inCharge }],
    ['auditor', { ...person('auditor'), role: 'auditor' }],
    ['scheduler', { holder: 'cron', kind: 'machine', role: 'scheduler' }],
  ];
}

function officeUnit(plan: string): string {
  const names: Readonly<Record<string, string>> = { '001': '县科技局' };
  return `${places[plan]}:${names[plan] ?? '市科技局'}`;
}

/** The mayor is in charge of the whole plan 004, the vice mayor of two bureaus. */
async function placeLeaders(stage: Stage): Promise<void> {
  const post = { jurisdiction: 'xiangtan', kind: 'in_charge', from: '2023-01-01' };
  const posts = [
    { ...post, scope: { plan: '004' }, person: 'mayor' },
    {
      ...post,
      scope: { units: ['xiangtan:市财政局', 'xiangtan:市行政审批局'] },
      person: 'vice-mayor',
      seat: '2',
    },
  ];
  for (const each of posts) {
    const { status, body } = await stage.send('admin', 'POST', '/v1/posts', each);
    if (status !== 201) throw new Error(`no post: ${JSON.stringify(body)}`);
  }
}
