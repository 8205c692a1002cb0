import { createPool, loadConfiguration } from '@duban/platform';
import { type PlanLedger, rosterOf } from '@duban/ledger';
import { migrate } from '@duban/schema';
import { type Core, createCore, type Request } from '@duban/supervision';
import { loadPlan, loadUnits, type SeedCount } from '../apps/cli/src/seed/load-seed.js';
import { readSeeds } from '../apps/cli/src/seed/read-seeds.js';
import { type TestDatabase, testDatabase } from './support/database.js';

const admin: Request = {
  actor: { id: 'person:admin', kind: 'person', role: 'admin' },
  channel: 'cli',
};
// Some thousand commands, one after the other.
const patienceMs = 240_000;
const { plans, units } = await readSeeds();
let database: TestDatabase;
let core: Core;

beforeAll(async () => {
  database = await testDatabase({ empty: true });
  await migrate(database.url);
  core = await createCore({ ...loadConfiguration({}), databaseUrl: database.url });
  await loadAll();
}, patienceMs);
afterAll(async () => {
  await core?.close();
  await database?.drop();
});

async function loadAll(): Promise<SeedCount> {
  const total = { commands: 0, recorded: 0 };
  const add = ({ commands, recorded }: SeedCount) => {
    total.commands += commands;
    total.recorded += recorded;
  };
  for (const seed of units.values()) add(await loadUnits(core, admin, seed, '2023-01-01'));
  for (const seed of plans) add(await loadPlan(core, admin, seed));
  return total;
}

async function ledgerOf(code: string): Promise<PlanLedger> {
  const ledger = await core.reader.planLedger(code);
  if (!ledger) throw new Error(`no plan ${code}`);
  return ledger;
}

describe('the five plans, loaded through the services', () => {
  it.each(plans.map(seed => [seed.code, seed] as const))(
    '%s holds what its file holds',
    async (code, seed) => {
      const ledger = await ledgerOf(code);
      expect({
        sections: ledger.plan.sections.length,
        tasks: ledger.tasks.size,
        indicators: ledger.indicators.size,
        rounds: ledger.rounds.size,
        findings: ledger.plan.findings.length,
      }).toEqual({
        sections: seed.sections.length,
        tasks: seed.tasks.length,
        indicators: seed.indicators.length,
        rounds: seed.rounds.length,
        findings: seed.findings.length,
      });
    },
  );

  it('keeps every figure', async () => {
    for (const { code, indicators } of plans) {
      const ledger = await ledgerOf(code);
      const figures = (
        targets: readonly { horizon: string; bound: string; floor: number; stretch: unknown }[],
      ) => targets.map(({ horizon, bound, floor, stretch }) => ({ horizon, bound, floor, stretch }));
      for (const seed of indicators) {
        const state = ledger.indicators.get(`${code}:${seed.code}`)!;
        expect([state.title, figures(state.targets)]).toEqual([seed.title, figures(seed.targets)]);
        expect(state.baselines).toEqual(seed.baselines);
      }
    }
  });

  it('takes 市科技局 of three cities for three units', async () => {
    const { units: known } = await core.reader.directory();
    const keys = ['pinghu', 'xingtai', 'xiangtan'].map(place => `${place}:市科技局`);
    expect(keys.filter(key => known.has(key))).toEqual(keys);
  });

  it('has the ten counties and parks of Xiangtan as a group', async () => {
    const { groups } = await ledgerOf('004');
    expect(groups.get('xiangtan:各县市区园区')?.members).toHaveLength(10);
  });

  it('has the rounds of quarters due five workdays after them, and the others on the days stated', async () => {
    const { rounds } = await ledgerOf('004');
    const dues = [...rounds.values()].map(({ period, dues: [due] }) => [period, due?.on]);
    expect(Object.fromEntries(dues)).toEqual({
      '2023Q1': '2023-04-10', // the fifth workday after March: the 5th of April is a holiday
      '2023Q2': '2023-07-07',
      '2023Q3': '2023-10-11', // the 7th and 8th of October are worked
      '2023Q4': '2024-01-08',
      '2023H1': '2023-07-15',
      '2023': '2024-01-15',
    });
  });

  it('cites only tasks that state the figure', async () => {
    const { indicators } = await ledgerOf('004');
    expect(indicators.get('004:i19')?.links.map(({ task }) => task)).toEqual([null, '004:3.1']);
  });

  it(
    'changes nothing when it is loaded again',
    async () => {
      const before = await core.events.head();
      const { commands, recorded } = await loadAll();
      expect(commands).toBeGreaterThan(600);
      expect(recorded).toBe(0);
      expect((await core.events.head()).position).toBe(before.position);
    },
    patienceMs,
  );
});

describe('issuing them', () => {
  it(
    'is refused over what a document leaves open, until that is waived',
    async () => {
      await expect(core.plans.issue(admin, '004')).rejects.toMatchObject({ code: 'finding_blocks_issue' });
      for (const { code, findings } of plans)
        for (const { code: finding, subject } of findings.filter(({ blocking }) => blocking))
          await core.plans.waive(admin, code, {
            ...{ code: finding, subject, reason: 'the office takes it' },
            assign: finding !== 'task_without_unit',
          });
      for (const { code } of plans)
        expect((await core.plans.issue(admin, code)).events[0]).toBe('PlanIssued');
      expect((await ledgerOf('004')).tasks.get('004:3.1')?.status).toBe('issued');
    },
    patienceMs,
  );

  it(
    'is not undone by loading again',
    async () => {
      const before = await core.events.head();
      expect((await loadAll()).recorded).toBe(0);
      expect((await core.events.head()).position).toBe(before.position);
    },
    patienceMs,
  );

  it('asks in the monthly rounds of 003 about 7.2.3 alone', async () => {
    const ledger = await ledgerOf('003');
    expect(rosterOf(ledger, ledger.rounds.get('003:2023-05')!, '2023-06-01')).toEqual([
      { unit: 'xingtai:市科技局', tasks: [], leads: ['003:7.2.3'], indicators: [], owesSubmission: false },
    ]);
  });
});

it('leaves a record whose every chain holds', async () => {
  const { faults, streams } = await core.events.verify();
  expect(faults).toEqual([]);
  expect(streams).toBeGreaterThan(500);
  const pool = createPool(database.url, { applicationName: 'seeds', max: 1 });
  const { rows } = await pool.query<{ count: number }>('SELECT count(*) AS count FROM streams');
  await pool.end();
  expect(rows[0]?.count).toBe(streams);
});
