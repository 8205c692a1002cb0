import fc from 'fast-check';
import { furnish, type Holder, science, TestApi, yuetang } from '../../../../test/support/api.js';
import { documentOf } from '../openapi.js';

type Schema = {
  $ref?: string;
  allOf?: Schema[];
  type?: string;
  format?: string;
  enum?: unknown[];
  example?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
};
type Operation = { method: string; path: string; roles: readonly string[]; body: fc.Arbitrary<unknown> };

let api: TestApi;
let operations: Operation[];
beforeAll(async () => {
  api = await TestApi.open();
  await furnish(api);
  await api.done('/v1/rounds/004:2023H1/open', 'office');
  const { paths, components } = documentOf(api.api.app);
  const schemas = (components?.schemas ?? {}) as Record<string, Schema>;
  operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, object>).map(([method, operation]) => {
      const [, name] = /"requestBody":.*?schemas\/(\w+)"/.exec(JSON.stringify(operation)) ?? [];
      const roles = (operation as { 'x-roles'?: string[] })['x-roles'] ?? [];
      return {
        method: method.toUpperCase(),
        path,
        roles,
        body: like(schemas[name ?? ''] ?? {}, schemas, 0.97),
      };
    }),
  );
});
afterAll(() => api.close());

const holders: Holder[] = [
  'admin',
  'office',
  'science',
  'finance',
  'yuetang',
  'leader',
  'auditor',
  'scheduler',
];
const groups = 'xiangtan:各县市区园区';
const names = [
  '004',
  '004:3.1',
  '004:5.3',
  '004:9.1',
  '004:i12',
  '004:2023H1',
  science,
  yuetang,
  groups,
  '1',
];
const days = ['2023-04-20', '2023-01-01', '2023-06-30', '2100-12-31', '1990-01-01'];
const periods = ['2023', '2023H1', '2023Q1', '2023Q2', '2023-03', '2100Q4'];
const nonsense = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.double(),
  fc.constantFrom<unknown>('', null, [], {}, '2023-02-30', 'constructor', 1e308, -0),
  fc.anything({ maxDepth: 3, withBigInt: false, withDate: false }),
);

/** Bodies as the document describes them, but each part is nonsense so often: what passes the DTOs must be fine, too. */
function like(schema: Schema, all: Record<string, Schema>, right: number): fc.Arbitrary<unknown> {
  const so = (good: fc.Arbitrary<unknown>) =>
    fc.oneof({ weight: right * 100, arbitrary: good }, { weight: 100 - right * 100, arbitrary: nonsense });
  const ref = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (ref) return like(all[ref.split('/').at(-1)!] ?? {}, all, right);
  if (schema.enum) return so(fc.constantFrom(...schema.enum));
  if (schema.format === 'date') return so(fc.constantFrom(...days));
  if (schema.type === 'boolean') return so(fc.boolean());
  if (schema.type === 'integer') return so(fc.integer({ min: 1, max: 5 }));
  if (schema.type === 'number')
    return so(fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.double({ noNaN: true })));
  if (schema.type === 'array') return so(fc.array(like(schema.items ?? {}, all, right), { maxLength: 3 }));
  if (schema.properties) {
    const fields = Object.entries(schema.properties).map(
      ([name, each]) => [name, like(each, all, right)] as const,
    );
    return so(fc.record(Object.fromEntries(fields), { noNullPrototype: true }));
  }
  return so(fc.constantFrom<unknown>(schema.example ?? '原因', ...names, ...periods));
}

const segment = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...names) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }) },
);
const header = fc.constantFrom<Record<string, string>>(
  {},
  {},
  { 'if-match': '"1"' },
  { 'if-match': '*' },
  { 'idempotency-key': 'k' },
  { 'accept-language': 'en' },
);
const query = fc.tuple(
  fc.constantFrom('plan', 'unit', 'limit', 'cursor', 'q', 'dryRun', 'holder', 'state'),
  fc.oneof(fc.constantFrom(...names, 'true', 'open'), fc.string({ unit: 'binary', maxLength: 20 })),
);

// Half characters cannot be percent-encoded.
const encoded = (text: string) => encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '')) || 'x';

// Ids that fit the place, more often than not.
const fitting: Record<string, string[]> = {
  plan: ['004'],
  task: ['004:3.1', '004:5.3', '004:8.1', '004:9.1'],
  indicator: ['004:i12'],
  round: ['004:2023H1'],
  unit: [science, yuetang],
  group: [groups],
};

describe('whatever is sent', () => {
  it('is never answered as if it were our fault', async () => {
    const statuses = new Map<number, number>();
    const request = fc.nat().chain(pick => {
      const operation = operations[pick % operations.length]!;
      const { path, roles, body } = operation;
      const own = holders.filter(
        holder => roles.includes(holder) || (roles.includes('unit') && holder === 'science'),
      );
      const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) =>
        fc.oneof(
          { weight: 3, arbitrary: fc.constantFrom(...(fitting[name!] ?? ['1'])) },
          { weight: 1, arbitrary: segment },
        ),
      );
      const holder = fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...(own.length > 0 ? own : holders)) },
        { weight: 1, arbitrary: fc.constantFrom(...holders) },
      );
      const asked = fc.option(query, { freq: 6 });
      return fc.record({
        operation: fc.constant(operation),
        holder,
        parts: fc.tuple(...parts),
        body,
        asked,
        header,
      });
    });
    await fc.assert(
      fc.asyncProperty(
        request,
        async ({ operation: { method, path }, holder, parts, body, asked, header: headers }) => {
          const ids = [...parts];
          const address = path.replaceAll(/\{\w+\}/g, () => encoded(ids.shift() ?? 'x'));
          const search = asked && method === 'GET' ? `?${asked[0]}=${encoded(asked[1])}` : '';
          const raw = method === 'GET' ? undefined : (JSON.stringify(body) ?? 'null');
          const got = await api.send(`${address}${search}`, { as: holder, method, raw, headers });
          statuses.set(got.status, (statuses.get(got.status) ?? 0) + 1);
          if (got.status >= 500)
            throw new Error(`${method} ${address}${search} as ${holder}: ${got.text}\n${raw}`);
        },
      ),
      { numRuns: 2000 },
    );
    // The requests went deep: some were carried out, some were refused by every layer on the way.
    for (const status of [200, 201, 403, 404, 409, 412, 422]) {
      expect([status, statuses.get(status) ?? 0]).toEqual([status, expect.any(Number)]);
      expect(statuses.get(status) ?? 0).toBeGreaterThan(5);
    }
  }, 120_000);
});
