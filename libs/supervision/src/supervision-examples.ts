import { type Actor, Configuration } from '@duban/platform';
import pg from 'pg';
import { testDatabase } from '../../../test/support/database.js';
import { type Core, createCore } from './core.js';
import { type Request } from './request.js';

/** A small plan of the kind of 004 on a database and a clock of its own: for specs only. */
export const science = 'xiangtan:市科技局';
export const industry = 'xiangtan:市工信局';
export const reform = 'xiangtan:市发改委';
export const farming = 'xiangtan:市农业农村局';
export const revival = 'xiangtan:市乡村振兴局';
export const county = 'xiangtan:湘潭县';
export const everyCounty = 'xiangtan:各县市区园区';
export const evidence = [{ title: '佐证材料', url: 'https://example.org/evidence' }];

const ask = (actor: Partial<Actor> & Pick<Actor, 'id' | 'role'>): Request => ({
  actor: { kind: 'person', ...actor },
  channel: 'http',
});
export const admin = ask({ id: 'root', role: 'admin' });
export const office = ask({ id: 'office', role: 'office', unit: science, plans: ['004'] });
export const of = (unit: string): Request => ask({ id: `person:${unit}`, role: 'unit', unit });
export const officeOf = (unit: string, plans = ['004']): Request =>
  ask({ id: `office:${unit}`, role: 'office', unit, plans });

export const lead = (holder: string) => ({ holder, isGroup: false, role: 'lead' as const, presumed: false });
export const members = { holder: everyCounty, isGroup: true, role: 'responsible' as const, presumed: false };

/** A ledger of its own with the units of one city; `moveTo` sets its day. */
export class Workshop {
  private constructor(
    readonly core: Core,
    private readonly url: string,
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(): Promise<Workshop> {
    const { url, drop } = await testDatabase();
    await setClock(url, '2023-04-20');
    const configuration = Object.assign(
      new Configuration({ home: '.duban', zone: 'Asia/Shanghai' } as never),
      {
        databaseUrl: url,
      },
    );
    const workshop = new Workshop(await createCore(configuration, 'supervision-spec'), url, drop);
    await workshop.furnish();
    return workshop;
  }

  moveTo(day: string): Promise<void> {
    return setClock(this.url, day);
  }

  async close(): Promise<void> {
    await this.core.close();
    await this.drop();
  }

  /** Registers a task of 004; before `issue` it is a draft. */
  async task(code: string, roles: readonly object[], dueOn = '2023-12-31'): Promise<void> {
    await this.core.tasks.register(admin, {
      ...{ plan: '004', code, section: null, title: `任务${code}`, clause: code, commitment: 'plain' },
      ...{ roles: roles as never, due: { on: dueOn, basis: 'stated', clause: '' }, milestones: [] },
    });
  }

  async indicator(code: string, providers: readonly string[], more: object = {}): Promise<void> {
    await this.core.indicators.define(admin, {
      ...{ plan: '004', code, title: `指标${code}`, measure: '家', source: 'table', direction: 'more' },
      ...{ kind: 'stock', annualOnly: false, definition: null, owners: [science], providers },
      ...{
        providerMode: providers.length > 1 ? 'sum' : 'one_of',
        frequency: 'quarter',
        lagDays: 0,
        links: [],
      },
      ...{ baselines: [], targets: [] },
      ...more,
    } as never);
  }

  async issue(): Promise<void> {
    await this.core.plans.approve(admin, '004', { paper: null } as never);
    await this.core.plans.issue(admin, '004');
  }

  async round(period: string, dueOn: string, more: { summary?: boolean } = {}): Promise<void> {
    const kind = period.includes('H') ? 'half_year' : 'quarter';
    const { summary = false } = more;
    await this.core.rounds.schedule(office, {
      ...{ plan: '004', period, kind, dueOn, evidence: false, summary, backfill: false, clause: '' },
    });
    await this.core.rounds.open(office, `004:${period}`);
  }

  merge(unit: string, into: string, from: string) {
    return this.core.units.merge(admin, unit, { into, from, paper: null });
  }

  private async furnish(): Promise<void> {
    const { units, plans } = this.core;
    for (const unit of [science, industry, reform, farming, revival, county]) {
      const [jurisdiction = '', name = ''] = unit.split(':');
      await units.register(admin, { jurisdiction, name, kind: 'bureau', parent: null, aliases: [] });
    }
    await units.defineGroup(admin, {
      ...{ jurisdiction: 'xiangtan', name: '各县市区园区', aliases: [], open: false },
      members: [{ unit: county, from: '2023-01-01' }],
    });
    await plans.draft(admin, {
      ...{ code: '004', jurisdiction: 'xiangtan', title: '创新型城市', documentNumber: null },
      ...{ documentOn: '2023-04-20', from: '2023-01-01', to: '2023-12-31', zone: 'Asia/Shanghai' },
      ...{ office: science, findings: [] },
    });
  }
}

async function setClock(url: string, day: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    'INSERT INTO simulated_clock VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET now = excluded.now',
    [`${day}T09:00:00+08:00`],
  );
  await client.end();
}
