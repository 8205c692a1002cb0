import { loadConfiguration } from '@duban/platform';
import { migrate } from '@duban/schema';
import { type Core, createCore, type Request, type Step, step } from '@duban/supervision';
import { taskDecider } from '@duban/task';
import { unitDecider } from '@duban/unit';
import { leadOf, taskCode, taskOf, tasks, titleOf, unitName, unitOf, units } from './workload.js';

const jurisdiction = 'bench';
const admin: Request = { actor: { id: 'bench', kind: 'person', role: 'admin' }, channel: 'cli' };
const together = 500;

/** One plan of many tasks, issued, by the commands that everything uses. @returns a key for each unit, in order */
export async function seedLedger(url: string, dueOn: string): Promise<string[]> {
  await migrate(url);
  const configuration = loadConfiguration({ DATABASE_URL: url, NODE_ENV: 'test' });
  const core = await createCore({ ...configuration, databaseUrl: url }, 'bench-seed');
  try {
    await run(core, units, registerUnit);
    await core.plans.draft(admin, planOf(dueOn));
    await run(core, tasks, task => registerTask(task, dueOn));
    await core.plans.approve(admin, '900', { paper: null });
    await core.plans.issue(admin, '900');
    const tokens: string[] = [];
    for (let unit = 0; unit < units; unit++) tokens.push(await keyOf(core, unit));
    return tokens;
  } finally {
    await core.close();
  }
}

/** Runs the steps 0 to `count` - 1, many in one append. */
async function run(core: Core, count: number, stepOf: (index: number) => Step): Promise<void> {
  for (let from = 0; from < count; from += together) {
    const length = Math.min(together, count - from);
    await core.runner.runMany(
      admin,
      Array.from({ length }, (_, nth) => stepOf(from + nth)),
    );
  }
}

const planOf = (dueOn: string) => ({
  ...{ code: '900', jurisdiction, office: unitOf(0), title: '测量', documentNumber: null, documentOn: dueOn },
  ...{ from: `${dueOn.slice(0, 4)}-01-01`, to: dueOn, zone: 'Asia/Shanghai', findings: [] },
});

const registerUnit = (unit: number) =>
  step(unitDecider, `unit-${unitOf(unit)}`, {
    ...{
      type: 'RegisterUnit',
      jurisdiction,
      name: unitName(unit),
      kind: 'bureau',
      parent: null,
      aliases: [],
    },
  });

const registerTask = (task: number, dueOn: string) =>
  step(taskDecider, `task-${taskOf(task)}`, {
    ...{ type: 'RegisterTask', plan: '900', code: taskCode(task), section: null, title: titleOf(task) },
    ...{ clause: taskOf(task), commitment: 'plain', milestones: [] },
    due: { on: dueOn, basis: 'stated', clause: '年底前' },
    roles: [{ holder: leadOf(task), isGroup: false, role: 'lead', presumed: false }],
  });

async function keyOf(core: Core, unit: number): Promise<string> {
  const holder = { holder: `person:${unit}`, kind: 'person', role: 'unit', unit: unitOf(unit) } as const;
  return (await core.access.issue(admin, holder)).token;
}
