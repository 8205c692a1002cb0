import { refold } from '../../../cli/src/commands/verify-folds.js';
import { type Got } from '../../../../test/support/api.js';
import { categories, doors, row } from '../../../../test/support/matrix/doors.js';
import { names, people, type PersonName, units } from '../../../../test/support/matrix/people.js';
import { askings, type Asking } from '../../../../test/support/matrix/requests.js';
import { type Ids } from '../../../../test/support/matrix/subjects.js';
import { letters, table } from '../../../../test/support/matrix/table.js';
import { MatrixWorld } from '../../../../test/support/matrix/world.js';
import { documentOf } from '../openapi.js';

let world: MatrixWorld;
beforeAll(async () => void (world = await MatrixWorld.open()), 120_000);
afterAll(() => world.close());

const rows = new Map(
  table
    .trim()
    .split('\n')
    .slice(1)
    .map(line => line.split('|'))
    .map(([operation = '', cells = '']) => [operation.trim(), cells.trim().split(/\s+/)] as const),
);

function outcomeOf({ status = 201 }: Asking, { status: got, body }: Got): string {
  const [result] = (body?.results ?? []) as { problem?: { code: string } }[];
  if (got === status) return result?.problem?.code ?? 'done';
  return (body?.code as string | undefined) ?? String(got);
}

describe('the matrix', () => {
  it('has a row for every operation that is served, and a letter for every person in it', () => {
    const served = Object.entries(documentOf(world.api.api.app).paths).flatMap(([path, item]) =>
      Object.keys(item as object).map(method => `${method.toUpperCase()} ${path}`),
    );
    const ofUsers = served.filter(operation => operation.includes(' /v1/')).sort();
    expect(askings.map(({ operation }) => operation).sort()).toEqual(ofUsers);
    expect([...rows.keys()].sort()).toEqual(ofUsers);
    for (const [operation, cells] of rows)
      expect([operation, cells.length]).toEqual([operation, names.length]);
  });

  it('has a row for every command that a request may become', () => {
    const commands = askings.flatMap(({ command }) => command ?? []);
    const known = Object.entries(doors).flatMap(([command, from]) => (from === row ? [command] : []));
    expect([...new Set(commands)].sort()).toEqual(known.sort());
    expect(Object.keys(refold).sort()).toEqual(categories);
  });

  it.each(askings.map(asking => [asking.operation, asking] as const))('%s', async (operation, asking) => {
    const found: string[] = [];
    let ids: Ids | null = null;
    for (const who of names) {
      // Who has changed it leaves another to the next.
      ids ??= await world.idsFor(asking);
      const got = await world.ask(asking, who, ids);
      const outcome = outcomeOf(asking, got);
      found.push(`${who}: ${outcome}`);
      if (outcome === 'done' && asking.command) expect(await commandBehind(got, ids)).toBe(asking.command);
      if (strangers.includes(who) && !mayLeak(asking, got))
        expect([who, leaksIn(got, [people[who].key, ids, asking.body?.(ids, who)])]).toEqual([who, []]);
      if (got.status < 300) ids = null;
    }
    const expected = (rows.get(operation) ?? []).map((letter, nth) => `${names[nth]}: ${letters[letter]}`);
    expect(found).toEqual(expected);
  });
});

/** The command that the last event says it comes from. */
async function commandBehind({ body }: Got, ids: Ids): Promise<unknown> {
  const holder = ids['delegation']?.split('/', 1)[0];
  const stream = (body?.stream ?? `access-${body?.id ?? ids['key'] ?? `holder/${holder}`}`) as string;
  return (await world.api.core.events.readStream(stream)).at(-1)?.meta['command'];
}

const strangers: readonly PersonName[] = [
  'other office',
  'foreign',
  'other leader',
  'other auditor',
  'apart',
  'division',
];

/** What a person is told, with what was asked for taken out of it. */
function told({ status, text }: Got, asked: readonly string[]): string {
  const longestFirst = [...asked, '004'].filter(id => id.length > 2).sort((a, b) => b.length - a.length);
  return longestFirst.reduce((said, id) => said.replaceAll(id, '…'), `${status} ${text}`);
}

const absent: Ids = {
  ...{ plan: 'nothing', task: '004:nothing', indicator: '004:nothing', round: '004:2031Q1', n: '1' },
  ...{
    unit: 'xiangtan:没有局',
    group: 'xiangtan:没有组',
    post: 'xiangtan:没有局/head',
    rollup: '004:2031Q1',
  },
  sha256: '0'.repeat(64),
  ...{ reminder: '00000000-0000-4000-8000-000000000000', key: '000000000000', quarter: '2031Q1' },
  ...{ grant: 'nobody/1', delegation: 'nobody/1' },
};

// The foreign unit is called as the lead is: of those two only the key tells which.
const called = Object.values(units).map(unit => unit.slice(unit.indexOf(':') + 1));
const secrets = [...called.filter(name => name !== '牵头局'), units.lead, '机密计划', '任务'];
/** Of the names of one's own place and of its plans there is no secret. */
const openly = ['局外局', '督查室', '机密计划'];

/** Names that an answer holds and that the request did not. */
function leaksIn({ status, text }: Got, sent: unknown): string[] {
  const asked = JSON.stringify(sent);
  const leaked = secrets.filter(secret => text.includes(secret) && !asked.includes(secret));
  return leaked.filter(secret => status >= 300 || !openly.includes(secret));
}

/** Names are told to whoever sees the rows of a place; to others none. */
const mayLeak = ({ operation }: Asking, got: Got) =>
  got.status < 300 && /\/(units|groups|posts)/.test(operation);

describe('a row of others', () => {
  const named = askings.filter(
    ({ operation }) => operation.includes('{') && !operation.includes('{quarter}'),
  );

  it.each(named.map(asking => [asking.operation, asking] as const))(
    'answers like one that is not there: %s',
    async (operation, asking) => {
      const ids = await world.idsFor(asking);
      for (const who of [...strangers, 'merged'] as const) {
        if (!'nre'.includes(rows.get(operation)![names.indexOf(who)]!)) continue; // it sees the row
        if (who === 'merged' && operation.includes('{rollup}')) continue; // it reads what its city publishes
        const there = told(await world.ask(asking, who, ids), Object.values(ids));
        const nothing = told(await world.ask(asking, who, { ...ids, ...absent }), Object.values(absent));
        expect([who, there]).toEqual([who, nothing]);
      }
    },
  );

  it.each(['plan', 'unit', 'holder', 'subject', 'recipient'])(
    'is not found by the filter %s',
    async filter => {
      const there =
        { plan: '004', unit: units.lead, holder: units.lead, subject: '004:m0' }[filter] ?? units.lead;
      const nothing = { plan: absent['plan'], subject: absent['task'] }[filter] ?? absent['unit']!;
      const filtered = Object.entries(documentOf(world.api.api.app).paths).filter(([, item]) =>
        JSON.stringify((item as { get?: object }).get ?? {}).includes(
          `"name":"${filter}","required":false,"in":"query"`,
        ),
      );
      expect(filtered.length).toBeGreaterThan(0);
      for (const [path] of filtered)
        for (const who of strangers) {
          if (['apart', 'division'].includes(who) && filter === 'plan') continue; // it knows that its city has the plan
          const ask = (value: string) =>
            world.ask(
              { operation: `GET ${path}` },
              who,
              world.standing,
              `?${filter}=${encodeURIComponent(value)}`,
            );
          const answers = [told(await ask(there), [there]), told(await ask(nothing), [nothing])];
          expect([path, who, answers[0]]).toEqual([path, who, answers[1]]);
        }
    },
  );

  const within = askings.filter(
    ({ body, operation }) => body && !/(units|groups|posts|keys)/.test(operation),
  );

  it.each(within.map(asking => [asking.operation, asking] as const))(
    'is not found in a body: %s',
    async (operation, asking) => {
      const ids = await world.idsFor(asking);
      for (const who of names) {
        if (rows.get(operation)![names.indexOf(who)] !== '+' || who === 'admin' || who === 'scheduler')
          continue;
        for (const [foreign, missing] of othersIn(asking.body!(ids, who), who)) {
          const answers = [foreign, missing].map(body =>
            world.ask({ ...asking, body: () => body }, who, ids),
          );
          const [there, nothing] = await Promise.all(answers);
          const asked = ['003', '003:m1', '003:i1', units.foreign, units.joint, ...noneOf];
          expect(outcomeOf(asking, there!)).not.toBe('done');
          expect([who, told(there!, asked)]).toEqual([who, told(nothing!, asked)]);
        }
      }
    },
  );
});

const noneOf = ['002', '003:m9', '003:i9', 'changsha:没有局', 'xiangtan:没有局'];

/** The body with each of its ids in turn become one of others, and one that nobody has. */
function othersIn(body: object, who: PersonName): [object, object][] {
  const text = JSON.stringify(body);
  const leaves = [...new Set(text.match(/"[^"]+"(?!:)/g) ?? [])];
  const swapped = leaves.flatMap((leaf): [object, object][] => {
    const others = othersOf(JSON.parse(leaf) as string);
    if (!others) return [];
    return [
      others.map(id => JSON.parse(text.replaceAll(leaf, JSON.stringify(id))) as object) as [object, object],
    ];
  });
  // A unit speaks for itself alone, also where it could say for whom.
  const speaksFor =
    'plan' in body || !['lead', 'provider'].includes(who) ? [] : [units.joint, 'xiangtan:没有局'];
  return speaksFor.length === 0 || !isAnswer(body)
    ? swapped
    : [...swapped, speaksFor.map(unit => ({ ...body, unit })) as [object, object]];
}

const isAnswer = (body: object) => 'summary' in body || 'value' in body || 'kind' in body;

function othersOf(leaf: string): [string, string] | null {
  if (leaf === '004') return ['003', '002'];
  if (leaf.startsWith('004:m')) return ['003:m1', '003:m9'];
  if (leaf.startsWith('004:i')) return ['003:i1', '003:i9'];
  return Object.values<string>(units).includes(leaf) ? [units.foreign, 'changsha:没有局'] : null;
}

describe('a key that is no more', () => {
  it('opens nothing, whether revoked or of a unit that ended thirty days ago', async () => {
    const { api } = world;
    const key = { holder: 'left', kind: 'person', role: 'unit', unit: units.lead };
    const { id, token } = await api.done('/v1/keys', 'admin', key);
    expect((await api.send(`/v1/keys/${id}`, { as: 'admin', method: 'DELETE' })).status).toBe(204);
    await api.moveTo('2023-07-20');
    const held = [token as string, world.token('merged')];
    const [first] = askings;
    const codes = held.map(async each => (await world.askWith(each, first!)).body.code as string);
    expect(await Promise.all(codes)).toEqual(['key_revoked', 'key_expired']);
    // A stranger may fail only so often a minute, and then gets no further either.
    for (const each of held)
      for (const asking of askings) expect([401, 429]).toContain((await world.askWith(each, asking)).status);
  });
});
