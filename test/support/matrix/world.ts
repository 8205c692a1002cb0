import { deliveriesSubscription, ObligationTable, obligationsSubscription, Sweeper } from '@duban/reminder';
import { Publisher } from '@duban/rollup';
import { type Got, place, TestApi } from '../api.js';
import { group, people, type PersonName, units } from './people.js';
import { type Asking } from './requests.js';
import { type Ids, Subjects } from './subjects.js';

type Sending = {
  token: string;
  body: object | undefined;
  ids: Ids;
  query?: string | undefined;
  more?: Record<string, string>;
};

/** What everybody asks about, and everybody's key: the sixth of July, a quarter that is closed, one unit that was merged. */
export class MatrixWorld {
  private constructor(
    readonly api: TestApi,
    readonly subjects: Subjects,
    private readonly tokens: ReadonlyMap<PersonName, string>,
    /** What stands, for questions. */
    readonly standing: Ids,
  ) {}

  static async open(): Promise<MatrixWorld> {
    const api = await TestApi.open();
    const subjects = new Subjects(api);
    await registerUnits(api);
    await draftPlans(api);
    await subjects.task('m0');
    await subjects.indicator('i0', true);
    await api.moveTo('2023-07-06');
    await closeQuarter(api);
    const reminder = await remind(api);
    await api.done(`/v1/units/${encodeURIComponent(units.merged)}/merger`, 'admin', {
      ...{ into: units.lead, from: '2023-06-20' },
    });
    const submission = await subjects.make('submission open');
    const post = {
      jurisdiction: place,
      kind: 'head',
      scope: { unit: units.lead },
      person: 'p-1',
      from: '2023-01-01',
    };
    const { id } = await api.done('/v1/posts', 'admin', post);
    const standing = {
      ...{
        plan: '004',
        task: '004:m0',
        indicator: '004:i0',
        rollup: '004:2023Q2',
        quarter: '2023Q2',
        n: '1',
        kind: 'light',
      },
      ...{ group, reminder, post: id as string, ...submission },
    };
    const world = new MatrixWorld(api, subjects, await issueKeys(api), standing);
    await world.reportLate();
    return world;
  }

  /** What the edition does not know of: something to restate. */
  private async reportLate(): Promise<void> {
    const report = { operation: 'POST /v1/tasks/{task}/reports', command: 'ReportProgress' };
    const body = { period: '2023Q2', percent: 10, summary: '补报' };
    await this.send(report, { token: this.token('lead'), body, ids: this.standing });
  }

  token(name: PersonName): string {
    return this.tokens.get(name) ?? '';
  }

  /** The ids of what a row is about, made anew where the row changes it. */
  async idsFor({ about }: Asking): Promise<Ids> {
    return about ? { ...this.standing, ...(await this.subjects.make(about)) } : this.standing;
  }

  /** Asks as somebody, about what the ids name. */
  ask(asking: Asking, who: PersonName, ids: Ids, query = asking.query): Promise<Got> {
    const { actingFor } = people[who] as { actingFor?: string };
    const more: Record<string, string> = actingFor ? { 'duban-acting-for': actingFor } : {};
    return this.send(asking, { token: this.token(who), body: asking.body?.(ids, who), ids, query, more });
  }

  /** Asks with a key that nobody of the table holds. */
  askWith(token: string, asking: Asking): Promise<Got> {
    return this.send(asking, { token, body: asking.body?.(this.standing, 'lead'), ids: this.standing });
  }

  private send(
    { operation, file }: Asking,
    { token, body, ids, query = '', more = {} }: Sending,
  ): Promise<Got> {
    const [method = '', path = ''] = operation.split(' ');
    const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name] ?? 'x'));
    const headers = { authorization: `Bearer ${token}`, ...more };
    if (file) {
      const asFile = { ...headers, 'content-type': 'application/octet-stream' };
      return this.api.send(`${address}?name=a.txt`, { method, headers: asFile, raw: file(ids) });
    }
    return this.api.send(`${address}${query}`, {
      method,
      headers,
      ...(method !== 'GET' && { body: body ?? {} }),
    });
  }

  close(): Promise<void> {
    return this.api.close();
  }
}

async function registerUnits(api: TestApi): Promise<void> {
  for (const unit of Object.values(units)) {
    const [jurisdiction = '', name = ''] = unit.split(':');
    const kind = unit === units.member ? 'county' : unit === units.division ? 'division' : 'bureau';
    const parent = kind === 'division' ? { parent: units.lead } : {};
    await api.done('/v1/units', 'admin', { jurisdiction, name, kind, ...parent });
  }
  const members = [{ unit: units.member, from: '2023-01-01' }];
  const name = group.slice(group.indexOf(':') + 1);
  await api.done('/v1/groups', 'admin', { jurisdiction: place, name, members });
}

async function draftPlans(api: TestApi): Promise<void> {
  const days = { from: '2023-01-01', to: '2023-12-31', documentOn: '2023-04-17' };
  for (const [code, jurisdiction, office] of [
    ['004', place, units.office],
    ['003', 'changsha', units.foreign],
  ] as const) {
    await api.done('/v1/plans', 'admin', { code, jurisdiction, office, title: `${code} 机密计划`, ...days });
    if (code === '003') await fillForeign(api);
    await api.done(`/v1/plans/${code}/approval`, 'admin');
    await api.done(`/v1/plans/${code}/issue`, 'admin');
  }
}

/** A task and an indicator of others. */
async function fillForeign(api: TestApi): Promise<void> {
  const roles = [{ holder: units.foreign, isGroup: false, role: 'lead' }];
  await api.done('/v1/tasks', 'admin', { plan: '003', code: 'm1', title: '外地事项', clause: '1', roles });
  await api.done('/v1/indicators', 'admin', {
    ...{ plan: '003', code: 'i1', title: '指标', measure: '家', source: 'table', direction: 'more' },
    ...{ kind: 'stock', frequency: 'quarter', owners: [units.foreign], providers: [units.foreign] },
    ...{ baselines: [], targets: [] },
  });
}

async function closeQuarter(api: TestApi): Promise<void> {
  const round = { plan: '004', period: '2023Q2', kind: 'quarter', dueOn: '2023-07-07', clause: '1' };
  await api.done('/v1/rounds', 'admin', { ...round, evidence: false, summary: false });
  await api.done('/v1/rounds/004:2023Q2/open', 'admin');
  const accepted = ['not_handed_in', 'unreviewed'];
  const { position } = await api.done('/v1/rounds/004:2023Q2/close', 'admin', { accepted, reason: '按期' });
  await new Publisher(api.core).publish({ round: '004:2023Q2', cutoff: position as number });
}

/** Sweeps once; the id of a reminder to the lead alone. */
async function remind({ core }: TestApi): Promise<string> {
  const table = new ObligationTable(core);
  const following = [obligationsSubscription(core, table), deliveriesSubscription(() => undefined)];
  const runners = following.map(each => core.events.subscribe(each).start());
  const caughtUp = async () => {
    const { position } = await core.events.head();
    for (const { name } of following) await core.events.waitFor(name, position, 20_000);
  };
  await caughtUp();
  await new Sweeper(core, table).sweep();
  await caughtUp();
  await Promise.all(runners.map(runner => runner.stop()));
  const { rows } = await core.pool.query<{ id: string }>(
    `SELECT id FROM reminder WHERE holders = $1 ORDER BY id LIMIT 1`,
    [[units.lead]],
  );
  return rows[0]!.id;
}

async function issueKeys(api: TestApi): Promise<Map<PersonName, string>> {
  const tokens = new Map<PersonName, string>();
  for (const [name, { key }] of Object.entries(people)) {
    const { token } = await api.done('/v1/keys', 'admin', { holder: name, ...key });
    tokens.set(name as PersonName, token as string);
  }
  return tokens;
}
