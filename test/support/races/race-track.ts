import { type NotedCorrection } from '@duban/bulletin';
import { type StoredEvent } from '@duban/event-store';
import { type Edition, Rollups } from '@duban/rollup';
import pg from 'pg';
import { refold } from '../../../apps/cli/src/commands/verify-folds.js';
import { finance, type Got, place, science, TestApi } from '../api.js';
import { workOnEditions } from '../editions.js';
import { holdHead } from '../hold-head.js';
import { Draw } from '../store-faults/draw.js';

/**
 * How many interleavings of each race, drawn from the numbers from 1 on: DUBAN_RACES. DUBAN_RACE_SEED runs one of them
 * again; what is sent when is the same then, what the two processes make of it is theirs.
 */
const repeated = process.env['DUBAN_RACE_SEED'];
export const interleavings = repeated ? 1 : Number(process.env['DUBAN_RACES'] ?? 20);
export const seeds = Array.from({ length: interleavings }, (_, nth) => Number(repeated ?? nth + 1));

export const supervisors = `${place}:督查室`;
export type Who = 'admin' | 'office' | 'second office' | 'science' | 'finance';
export type Sent = { who: Who | string; path: string; body?: object };
export type Racers = readonly [Sent, Sent];

const holders = {
  admin: { kind: 'person', role: 'admin' },
  office: { kind: 'person', role: 'office', unit: supervisors, plans: ['*'] },
  'second office': { kind: 'person', role: 'office', unit: supervisors, plans: ['*'] },
  science: { kind: 'person', role: 'unit', unit: science },
  finance: { kind: 'person', role: 'unit', unit: finance },
} as const;

const mostTurns = 40;

// An append gives up when the head is held for two seconds: on a busy machine both may not have come by then.
const mostHeldMillis = 1000;
const held = () => new Promise<void>(resolve => setTimeout(resolve, mostHeldMillis).unref());

/** Two processes of the API on one database, plans to race about, and who asks. */
export class RaceTrack {
  private constructor(
    readonly apis: readonly [TestApi, TestApi],
    readonly owner: pg.Pool,
    private readonly tokens: Map<string, string>,
  ) {}

  static async open(): Promise<RaceTrack> {
    const one = await TestApi.open();
    const owner = new pg.Pool({ connectionString: one.url, max: 3, application_name: 'owner' });
    owner.on('error', () => undefined); // the database may go first when a spec fails
    const track = new RaceTrack([one, await one.beside()], owner, new Map());
    for (const [name, key] of Object.entries(holders)) await track.issueKey(name, key);
    for (const unit of [supervisors, science, finance]) await track.register(unit);
    return track;
  }

  async issueKey(holder: string, key: object): Promise<void> {
    const { token } = await this.apis[0].done('/v1/keys', 'admin', { holder, ...key });
    this.tokens.set(holder, token);
  }

  register(unit: string): Promise<unknown> {
    const name = unit.slice(unit.indexOf(':') + 1);
    return this.done({
      who: 'admin',
      path: '/v1/units',
      body: { jurisdiction: place, name, kind: 'bureau' },
    });
  }

  moveTo(day: string, time?: string): Promise<void> {
    return this.apis[0].moveTo(day, time);
  }

  send({ who, path, body = {} }: Sent, api = this.apis[0]): Promise<Got> {
    const headers = { authorization: `Bearer ${this.tokens.get(who)}` };
    return api.send(encodeURI(path), { body, headers });
  }

  /** Sends what must work. */
  async done(sent: Sent): Promise<Got> {
    const got = await this.send(sent);
    if (got.status !== 201) throw new Error(`${sent.who} ${sent.path}: ${got.status} ${got.text}`);
    return got;
  }

  /** An issued plan of one task, with its lead or joint leads. */
  async plan(
    code: string,
    leads: readonly string[],
    dueOn = '2023-12-31',
    indicator?: object,
  ): Promise<void> {
    const as = (path: string, body?: object) => this.done({ who: 'admin', path: `/v1/${path}`, body });
    const days = { from: '2023-01-01', to: '2023-12-31', documentOn: '2023-04-17' };
    await as('plans', { code, jurisdiction: place, office: supervisors, title: `${code} 工作计划`, ...days });
    const roles = leads.map(holder => ({ holder, isGroup: false, role: 'lead' }));
    const due = { on: dueOn, basis: 'stated', clause: '1' };
    await as('tasks', { plan: code, code: '1', title: '任务', clause: '1', roles, due });
    if (indicator) await as('indicators', { plan: code, code: 'i1', ...figure, ...indicator });
    await as(`plans/${code}/approval`);
    await as(`plans/${code}/issue`);
  }

  /** The second quarter of a plan, asked about until the seventh of July. */
  async round(code: string): Promise<void> {
    const due = { dueOn: '2023-07-07', clause: '1', evidence: false, summary: true };
    const round = { plan: code, period: '2023Q2', kind: 'quarter', ...due };
    await this.done({ who: 'admin', path: '/v1/rounds', body: round });
    await this.done({ who: 'admin', path: `/v1/rounds/${code}:2023Q2/open` });
  }

  /**
   * Sends two requests, to one process each: one after the other's answer; each after so many turns of the event loop; or
   * while the log's head is held, first the one and then the other wanting to write, each decided on what was before.
   */
  async race(seed: number, racers: Racers): Promise<readonly [Got, Got]> {
    const draw = new Draw(seed);
    const [near, far] = draw.chance(0.5) ? this.apis : ([this.apis[1], this.apis[0]] as const);
    const begin = async (sent: Sent, api: TestApi) => {
      for (let turns = draw.below(mostTurns); turns > 0; turns--)
        await new Promise(resolve => setImmediate(resolve));
      return this.send(sent, api);
    };
    const [first, second] = draw.chance(0.5) ? ([0, 1] as const) : ([1, 0] as const);
    const answers: Promise<Got>[] = [];
    const start = (nth: 0 | 1) => (answers[nth] = begin(racers[nth], nth === 0 ? near : far));
    const mode = draw.pick(['in turn', 'free', 'free', 'held', 'held'] as const);
    const head = mode === 'held' ? await holdHead({ owner: this.owner }) : null;
    const started = start(first);
    if (mode === 'in turn') await started;
    const patience = head ? held() : null;
    if (head) await Promise.race([head.waiters(1), started, patience]);
    const following = start(second);
    if (head) await Promise.race([head.waiters(2), started, following, patience]);
    await head?.release();
    return [await answers[0]!, await answers[1]!];
  }

  /** What was recorded of a stream, in order. */
  events(stream: string): Promise<StoredEvent[]> {
    return this.apis[0].core.events.readStream(stream);
  }

  /** Publishes the editions of all closed rounds and notes what came after them; each with its notes, by its round. */
  async editions(
    rounds: readonly string[],
  ): Promise<{ edition: Edition; corrections: readonly NotedCorrection[] }[]> {
    const [{ core }] = this.apis;
    const { table } = await workOnEditions(core);
    const rollups = new Rollups(core);
    return Promise.all(
      rounds.map(async round => {
        const row = await table.find(`${round}/1`);
        if (!row) throw new Error(`${round} has no edition`);
        return { edition: row.body, corrections: await rollups.corrections(round) };
      }),
    );
  }

  /** Everything that `verify` finds. */
  async faults(): Promise<readonly unknown[]> {
    return (await this.apis[0].core.events.verify({ refold })).faults;
  }

  async close(): Promise<void> {
    const [one, other] = this.apis;
    await other.close();
    await this.owner.end();
    await one.close();
  }
}

const figure = {
  ...{
    title: '企业数',
    measure: '家',
    source: 'table',
    direction: 'more',
    kind: 'stock',
    frequency: 'quarter',
  },
  ...{ owners: [science], providers: [science], baselines: [{ period: '2022', value: 700 }], targets: [] },
};
