import fc from 'fast-check';
import { furnish, type Holder, science, TestApi, yuetang } from '../../../../test/support/api.js';
import { documentOf } from '../openapi.js';

let api: TestApi;
let operations: { method: string; path: string; fields: readonly string[] }[];
beforeAll(async () => {
  api = await TestApi.open();
  await furnish(api);
  await api.done('/v1/rounds/004:2023H1/open', 'office');
  const { paths, components } = documentOf(api.api.app);
  const schemas = (components?.schemas ?? {}) as Record<string, { properties?: object }>;
  operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, object>).map(([method, operation]) => {
      const [, name] = /"requestBody":.*?schemas\/(\w+)"/.exec(JSON.stringify(operation)) ?? [];
      return {
        method: method.toUpperCase(),
        path,
        fields: Object.keys(schemas[name ?? '']?.properties ?? {}),
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
const names = [
  '004',
  '004:3.1',
  '004:5.3',
  '004:9.1',
  '004:i12',
  '004:2023H1',
  science,
  yuetang,
  'xiangtan:各县市区园区',
  '1',
];
const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    ...names,
    'accept',
    'return',
    'grant',
    'refuse',
    'lead',
    'stated',
    '2023Q2',
    '2023-04-20',
    '',
    null,
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.double(),
  fc.integer({ min: -5, max: 200 }),
  fc.boolean(),
);
const anything = fc.oneof(
  { weight: 3, arbitrary: leaf },
  fc.anything({ maxDepth: 3, withBigInt: false, withDate: false }),
);
const segment = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...names) },
  fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
);
const header = fc.constantFrom<Record<string, string>>(
  {},
  { 'if-match': '"1"' },
  { 'if-match': '*' },
  { 'idempotency-key': 'k' },
  { 'accept-language': 'en' },
);

// Half characters cannot be percent-encoded: they come as the bytes that they would be.
const encoded = (text: string) => encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '')) || 'x';

describe('whatever is sent', () => {
  it('is never answered as if it were our fault', async () => {
    const request = fc.record({
      pick: fc.nat(),
      holder: fc.constantFrom(...holders),
      segments: fc.array(segment, { minLength: 2, maxLength: 2 }),
      values: fc.array(anything, { minLength: 8, maxLength: 8 }),
      shape: fc.constantFrom('fields', 'fields', 'fields', 'some', 'anything'),
      query: fc.option(
        fc.tuple(fc.constantFrom('plan', 'unit', 'limit', 'cursor', 'q', 'dryRun', 'holder'), leaf),
      ),
      header,
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ pick, holder, segments, values, shape, query, header: headers }) => {
        const { method, path, fields } = operations[pick % operations.length]!;
        const parts = segments[Symbol.iterator]();
        const address = path.replaceAll(/\{\w+\}/g, () => encoded(parts.next().value ?? 'x'));
        const asked = query ? `?${query[0]}=${encoded(String(query[1]))}` : '';
        const some = fields.filter((_, index) => shape === 'fields' || index % 2 === 0);
        const body =
          shape === 'anything'
            ? values[0]
            : Object.fromEntries(some.map((field, index) => [field, values[index % 8]]));
        const raw = method === 'GET' ? undefined : (JSON.stringify(body) ?? 'null');
        const got = await api.send(`${address}${asked}`, { as: holder, method, raw, headers });
        if (got.status >= 500)
          throw new Error(`${method} ${address}${asked} as ${holder}: ${got.text}\n${raw}`);
      }),
      { numRuns: 1500 },
    );
  }, 120_000);
});
