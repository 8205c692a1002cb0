import { type Actor, Configuration } from '@duban/platform';
import { migrate } from '@duban/schema';
import { type Core, createCore } from '@duban/supervision';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Api, createApi } from '../../apps/api/src/app.js';
import { testDatabase } from './database.js';

export const place = 'xiangtan';
export const science = `${place}:市科技局`;
export const finance = `${place}:市财政局`;
export const yuetang = `${place}:岳塘区`;
export const yuhu = `${place}:雨湖区`;
export const counties = `${place}:各县市区园区`;
export const stranger = 'changsha:市科技局';

export type Holder =
  | 'admin'
  | 'office'
  | 'reviewer'
  | 'science'
  | 'finance'
  | 'yuetang'
  | 'leader'
  | 'auditor'
  | 'scheduler'
  | 'stranger'
  | 'machine';

export type Sent = {
  method?: string;
  body?: unknown;
  as?: Holder;
  headers?: Record<string, string>;
  raw?: string;
};
// Specs look into answers field by field: what is not there fails the spec.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Body = any;
export type Got = { status: number; body: Body; headers: Record<string, string>; text: string };

const keys: Record<Holder, Omit<Actor, 'id'>> = {
  admin: { kind: 'person', role: 'admin' },
  office: { kind: 'person', role: 'office', unit: science, plans: ['004'] },
  reviewer: { kind: 'person', role: 'office', unit: science, plans: ['004'] },
  science: { kind: 'person', role: 'unit', unit: science },
  finance: { kind: 'person', role: 'unit', unit: finance },
  yuetang: { kind: 'person', role: 'unit', unit: yuetang },
  leader: { kind: 'person', role: 'leader', plans: ['004'] },
  auditor: { kind: 'person', role: 'auditor' },
  scheduler: { kind: 'machine', role: 'scheduler' },
  stranger: { kind: 'person', role: 'unit', unit: stranger },
  machine: { kind: 'machine', role: 'office', unit: science, plans: ['004'] },
};

/** The API over a database of its own, on a clock that the spec moves, with a small plan (004) and a foreign one (003). */
export class TestApi {
  private constructor(
    readonly core: Core,
    readonly api: Api,
    private readonly tokens: Record<Holder, string>,
    private readonly drop: () => Promise<void>,
    readonly url: string,
    readonly base: string,
  ) {}

  /** What was answered well so far, as `METHOD /path`. */
  readonly answered = new Set<string>();

  static async open(settings: Partial<Configuration> = {}, on = '2023-04-20'): Promise<TestApi> {
    const database = await testDatabase({ empty: true });
    await migrate(database.url);
    await setClock(database.url, on);
    const core = await createCore(configurationFor(database.url, settings), 'api-spec');
    const api = await createApi(core);
    await api.app.listen(0, '127.0.0.1');
    const root = { actor: { id: 'root', kind: 'person', role: 'admin' } as const, channel: 'cli' as const };
    const issued = Object.entries(keys).map(async ([holder, key]) => {
      const { token } = await core.access.issue(root, { holder, ...key });
      return [holder, token] as const;
    });
    const tokens = Object.fromEntries(await Promise.all(issued)) as Record<Holder, string>;
    return new TestApi(core, api, tokens, database.drop, database.url, await api.app.getUrl());
  }

  token(holder: Holder): string {
    return this.tokens[holder];
  }

  /** Another process of the API on the same database, as it were; who opened it closes it first. */
  async beside(): Promise<TestApi> {
    const core = await createCore(configurationFor(this.url, {}), 'api-spec');
    const api = await createApi(core);
    await api.app.listen(0, '127.0.0.1');
    return new TestApi(core, api, this.tokens, () => Promise.resolve(), this.url, await api.app.getUrl());
  }

  /** Sends a request over the loopback; `path` may hold natural keys as they are. */
  async send(path: string, { method, body, as, headers = {}, raw }: Sent = {}): Promise<Got> {
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(`${this.base}${path}`, {
      method: method ?? (payload === undefined ? 'GET' : 'POST'),
      headers: {
        ...(payload !== undefined && { 'content-type': 'application/json' }),
        ...(as && { authorization: `Bearer ${this.tokens[as]}` }),
        ...headers,
      },
      ...(payload !== undefined && { body: payload }),
    });
    const text = await response.text();
    if (response.ok)
      this.answered.add(`${method ?? (payload === undefined ? 'GET' : 'POST')} ${path.split('?')[0]}`);
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return {
      status: response.status,
      body: isJson && text ? (JSON.parse(text) as unknown) : null,
      headers: Object.fromEntries(response.headers),
      text,
    };
  }

  get(path: string, as: Holder): Promise<Got> {
    return this.send(path, { as });
  }

  post(path: string, as: Holder, body: unknown = {}, headers: Record<string, string> = {}): Promise<Got> {
    return this.send(path, { as, body, headers });
  }

  /** Posts what must work. */
  async done(path: string, as: Holder, body: unknown = {}): Promise<Body> {
    const got = await this.post(path, as, body);
    if (got.status !== 201) throw new Error(`POST ${path} as ${as}: ${got.status} ${got.text}`);
    return got.body;
  }

  /** Nine o'clock of a day, or another time of it. */
  moveTo(day: string, time?: string): Promise<void> {
    return setClock(this.url, day, time);
  }

  /** Takes the database away under the running API. */
  dropDatabase(): Promise<void> {
    return this.drop();
  }

  async close(): Promise<void> {
    await this.api.app.close();
    await this.core.close();
    await this.drop();
    rmSync(this.core.configuration.evidenceFolder!, { recursive: true, force: true });
  }
}

async function setClock(url: string, day: string, time = '09:00:00'): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const at = `${day}T${time}+08:00`;
  await client.query(
    'INSERT INTO simulated_clock VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET now = excluded.now',
    [at],
  );
  await client.end();
}

function configurationFor(
  databaseUrl: string,
  settings: Partial<Configuration>,
): Configuration & { databaseUrl: string } {
  const configuration = new Configuration({
    databaseUrl,
    port: 0,
    host: '127.0.0.1',
    home: '.duban',
    zone: 'Asia/Shanghai',
    logLevel: 'error',
    rateLimitPerMinute: 1_000_000,
    bodyLimitBytes: 1024 * 1024,
    sweepSeconds: 60,
    nodeEnv: 'test',
    evidenceLimitBytes: 1024 * 1024,
    evidenceReserveBytes: 0,
    evidenceFolder: settings.evidenceFolder ?? mkdtempSync(join(tmpdir(), 'duban-evidence-')),
    ...settings,
  });
  return Object.assign(configuration, { databaseUrl });
}

const unit = (jurisdiction: string, name: string) => ({ jurisdiction, name, kind: 'bureau' });
const lead = (holder: string) => ({ holder, isGroup: false, role: 'lead' });
const due = (on: string) => ({ on, basis: 'stated', clause: '7月底前' });

/** The units, two plans with their tasks, an indicator and a half-year round, all through the API; 004 is issued. */
export async function furnish(api: TestApi): Promise<void> {
  for (const name of ['市科技局', '市财政局', '岳塘区', '雨湖区'])
    await api.done('/v1/units', 'admin', unit(place, name));
  await api.done('/v1/units', 'admin', unit('changsha', '市科技局'));
  const members = [yuetang, yuhu].map(each => ({ unit: each, from: '2023-01-01' }));
  await api.done('/v1/groups', 'admin', { jurisdiction: place, name: '各县市区园区', members });
  await draft(api, '004', place, science);
  await draft(api, '003', 'changsha', stranger);
  await task(api, '004', '3.1', [lead(science), lead(finance)], '2023-12-31');
  await task(api, '004', '5.3', [lead(science)], '2023-07-31');
  await task(api, '004', '8.1', [lead(finance)], '2023-12-31');
  await task(
    api,
    '004',
    '9.1',
    [{ holder: counties, isGroup: true, role: 'responsible' }, lead(science)],
    '2023-12-31',
  );
  await task(api, '003', '1.1', [lead(stranger)], '2023-12-31');
  await api.done('/v1/indicators', 'admin', indicator);
  for (const plan of ['004', '003']) {
    await api.done(`/v1/plans/${plan}/approval`, 'admin', {});
    await api.done(`/v1/plans/${plan}/issue`, 'admin');
  }
  await api.done('/v1/rounds', 'office', {
    ...{ plan: '004', period: '2023H1', kind: 'half_year', dueOn: '2023-07-15', clause: '7月15日前' },
    ...{ evidence: false, summary: true },
  });
}

async function draft(api: TestApi, code: string, jurisdiction: string, office: string): Promise<void> {
  const plan = {
    code,
    jurisdiction,
    office,
    title: `${code} 工作计划`,
    from: '2023-01-01',
    to: '2023-12-31',
    documentOn: '2023-04-17',
  };
  await api.done('/v1/plans', 'admin', plan);
  await api.done(`/v1/plans/${code}/sections`, 'admin', {
    sections: [{ code: '三', title: '平台', clause: '三' }],
  });
}

async function task(api: TestApi, plan: string, code: string, roles: object[], on: string): Promise<void> {
  const body = {
    plan,
    code,
    section: '三',
    title: `任务 ${code}`,
    clause: `${plan}/${code}`,
    roles,
    due: due(on),
  };
  await api.done('/v1/tasks', 'admin', body);
}

const indicator = {
  ...{
    plan: '004',
    code: 'i12',
    title: '高新技术企业数',
    measure: '家',
    source: 'table',
    direction: 'more',
    kind: 'stock',
  },
  ...{ owners: [science], providers: [finance], frequency: 'quarter' },
  baselines: [{ period: '2022', value: 700 }],
  targets: [
    {
      ...{ horizon: '2023', bound: '>=', floor: 830, commitment: 'plain', forecast: false },
      ...{ words: '达到830家', clause: '004#12' },
    },
  ],
};
