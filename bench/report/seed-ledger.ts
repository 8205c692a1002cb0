import { loadConfiguration } from '@duban/platform';
import { migrate } from '@duban/schema';
import { type Core, createCore, type Request } from '@duban/supervision';
import { leadOf, taskCode, taskOf, tasks, titleOf, unitName, unitOf, units } from './workload.js';

const jurisdiction = 'bench';
const admin: Request = { actor: { id: 'bench', kind: 'person', role: 'admin' }, channel: 'cli' };
const together = 64;

/** One plan of many tasks, issued, through the services that everything uses. @returns a key for each unit, in order */
export async function seedLedger(url: string, dueOn: string): Promise<string[]> {
  await migrate(url);
  const configuration = loadConfiguration({ DATABASE_URL: url, NODE_ENV: 'test' });
  const core = await createCore({ ...configuration, databaseUrl: url }, 'bench-seed');
  try {
    await inTurns(units, unit => registerUnit(core, unit));
    await core.plans.draft(admin, planOf(dueOn));
    await inTurns(tasks, task => registerTask(core, task, dueOn));
    await core.plans.approve(admin, '900', { paper: null });
    await core.plans.issue(admin, '900');
    return await inTurns(units, unit => keyOf(core, unit));
  } finally {
    await core.close();
  }
}

function registerUnit(core: Core, unit: number) {
  const about = { kind: 'bureau' as const, parent: null, aliases: [] };
  return core.units.register(admin, { jurisdiction, name: unitName(unit), ...about });
}

const planOf = (dueOn: string) => ({
  ...{ code: '900', jurisdiction, office: unitOf(0), title: '测量', documentNumber: null, documentOn: dueOn },
  ...{ from: `${dueOn.slice(0, 4)}-01-01`, to: dueOn, zone: 'Asia/Shanghai', findings: [] },
});

function registerTask(core: Core, task: number, dueOn: string) {
  return core.tasks.register(admin, {
    ...{ plan: '900', code: taskCode(task), section: null, title: titleOf(task), clause: taskOf(task) },
    ...{ commitment: 'plain', due: { on: dueOn, basis: 'stated', clause: '年底前' }, milestones: [] },
    roles: [{ holder: leadOf(task), isGroup: false, role: 'lead', presumed: false }],
  });
}

async function keyOf(core: Core, unit: number): Promise<string> {
  const holder = { holder: `person:${unit}`, kind: 'person', role: 'unit', unit: unitOf(unit) } as const;
  return (await core.access.issue(admin, holder)).token;
}

/** Runs `work` for 0 to `count` - 1, many at a time. */
async function inTurns<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let from = 0; from < count; from += together) {
    const length = Math.min(together, count - from);
    results.push(...(await Promise.all(Array.from({ length }, (_, nth) => work(from + nth)))));
  }
  return results;
}
