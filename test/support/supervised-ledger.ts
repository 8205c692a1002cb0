import { type Actor, loadConfiguration, SimulatedClock } from '@duban/platform';
import { migrate } from '@duban/schema';
import { type Core, createCore, type Request } from '@duban/supervision';
import pg from 'pg';
import { testDatabase } from './database.js';

/** A migrated database whose time only the spec moves, and as many cores on it as there are processes. */
export interface SupervisedLedger {
  readonly url: string;
  readonly core: Core;
  /** The owner's pool, to look at rows and to cut connections. */
  readonly owner: pg.Pool;
  /** Another process, as it were, with more in its environment. */
  open(environment?: Readonly<Record<string, string>>): Promise<Core>;
  /** Sets the time to an hour (default 10) of a day in Shanghai. */
  day(day: string, hour?: number): Promise<void>;
  close(): Promise<void>;
}

const admin: Actor = { id: 'admin', kind: 'person', role: 'admin' };
const office: Actor = {
  id: 'office',
  kind: 'person',
  role: 'office',
  plans: ['*'],
  unit: 'xiangtan:督查室',
};
export const asAdmin: Request = { actor: admin, channel: 'cli' };
export const asOffice: Request = { actor: office, channel: 'cli' };
export const asUnit = (unit: string): Request => ({
  actor: { id: `person:${unit}`, kind: 'person', role: 'unit', unit },
  channel: 'cli',
});

export const science = 'xiangtan:市科技局';
export const education = 'xiangtan:市教育局';
export const supervisors = 'xiangtan:督查室';

export async function supervisedLedger(): Promise<SupervisedLedger> {
  const { url, drop } = await testDatabase({ empty: true });
  await migrate(url);
  const owner = new pg.Pool({ connectionString: url, max: 3, application_name: 'owner' });
  owner.on('error', () => undefined); // the database may go first when a spec fails
  const clock = new SimulatedClock(owner);
  const day: SupervisedLedger['day'] = async (day, hour = 10) =>
    void (await clock.moveTo(`${day}T${String(hour).padStart(2, '0')}:00:00.000+08:00`));
  await day('2023-04-20');
  const cores: Core[] = [];
  const open = async (environment: Readonly<Record<string, string>> = {}) => {
    const configuration = loadConfiguration({ DATABASE_URL: url, NODE_ENV: 'test', ...environment });
    const core = await createCore({ ...configuration, databaseUrl: url }, 'spec');
    cores.push(core);
    return core;
  };
  const core = await open();
  const close = async () => {
    await Promise.all(cores.map(each => each.close()));
    await owner.end();
    await drop();
  };
  return { url, core, owner, open, day, close };
}

/**
 * Bureaus, a leader in charge of the first, and plan 004 with a task for each of `codes`, issued on the day of the clock.
 * `leadsOf` says who leads a task, when it is not `leads` for all.
 */
export async function issuePlan(
  { units, plans, tasks }: Core,
  codes: readonly string[],
  {
    leads = [science],
    leadsOf = () => leads,
    due = '2023-07-31',
  }: { leads?: readonly string[]; leadsOf?: (code: string) => readonly string[]; due?: string } = {},
): Promise<void> {
  const jurisdiction = 'xiangtan';
  for (const id of new Set([science, education, supervisors, ...codes.flatMap(leadsOf)])) {
    const name = id.slice(id.indexOf(':') + 1);
    await units.register(asAdmin, { jurisdiction, name, kind: 'bureau', parent: null, aliases: [] });
  }
  await units.fillPost(asAdmin, 'xiangtan/2', {
    jurisdiction,
    kind: 'in_charge',
    scope: { units: [science] },
    person: 'person:2',
    from: '2023-01-01',
  });
  const period = { from: '2023-01-01', to: '2023-12-31', zone: 'Asia/Shanghai' };
  const document = { title: 'Science plan', documentNumber: null, documentOn: '2023-04-20', findings: [] };
  await plans.draft(asAdmin, { code: '004', jurisdiction, office: supervisors, ...document, ...period });
  for (const code of codes) {
    await tasks.register(asAdmin, {
      plan: '004',
      code,
      section: null,
      title: `Task ${code}`,
      clause: '1',
      commitment: 'plain',
      roles: leadsOf(code).map(holder => ({
        holder,
        isGroup: false,
        role: 'lead' as const,
        presumed: false,
      })),
      due: { on: due, basis: 'stated', clause: '1' },
      milestones: [],
    });
  }
  await plans.approve(asOffice, '004', { paper: null });
  await plans.issue(asOffice, '004');
}
