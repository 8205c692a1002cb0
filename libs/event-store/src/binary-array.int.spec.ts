import pg from 'pg';
import { type TestDatabase, testDatabase } from '../../../test/support/database.js';
import {
  binaryArray,
  bytea,
  date,
  type ElementType,
  integer,
  json,
  jsonb,
  smallint,
  text,
  uuid,
} from './binary-array.js';
import { dayNumber } from './instants.js';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await testDatabase({ empty: true });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** Sends values as an array and asks for each as text. */
async function sent<T>(name: string, type: ElementType<T>, values: readonly T[]): Promise<string[]> {
  const { rows } = await client.query<{ value: string }>(
    `SELECT value::text FROM unnest($1::${name}[]) WITH ORDINALITY AS u (value, nr) ORDER BY nr`,
    [binaryArray(type, values)],
  );
  return rows.map(({ value }) => value);
}

const texts = ['', 'a', '督办', '\u{20000}😀', `"\\{},\n'`, 'x'.repeat(100_000), '\ufffd'];

it('arrives as it was sent', async () => {
  expect(await sent('smallint', smallint, [0, -32_768, 32_767])).toEqual(['0', '-32768', '32767']);
  expect(await sent('integer', integer, [0, -(2 ** 31), 2 ** 31 - 1])).toEqual([
    '0',
    '-2147483648',
    '2147483647',
  ]);
  expect(await sent('text', text, texts)).toEqual(texts);
  const spaced = ['{"b": 1,"a":[ ]}', '"督办"'];
  expect(await sent('json', json, spaced)).toEqual(spaced);
  const ids = ['00000000-0000-0000-0000-000000000000', '7a1b9c1e-0f53-4b68-8d5c-ffffffffffff'];
  expect(await sent('uuid', uuid, ids)).toEqual(ids);
  const bytes = ['', '\u0000\u0001\u00ff', '\u0007'.repeat(70_000)];
  const hex = bytes.map(each => Buffer.from(each, 'latin1').toString('hex'));
  expect(await sent('bytea', bytea, bytes)).toEqual(hex.map(each => `\\x${each}`));
});

it('arrives with every day of the calendar', async () => {
  const days = [
    ...['0001-01-01', '1600-02-29', '1969-12-31', '1970-01-01', '1999-12-31', '2000-01-01', '2000-02-29'],
    ...['2023-07-15', '2024-02-29', '2100-02-28', '9999-12-31'],
  ];
  expect(await sent('date', date, days.map(dayNumber))).toEqual(days);
});

it('arrives as JSON', async () => {
  const values = [null, true, -1.5e-7, 1e300, 5e-324, ...texts, { '': [{ a: [] }], '10': '\u{10ffff}' }];
  const arrived = await sent(
    'jsonb',
    jsonb,
    values.map(value => JSON.stringify(value)),
  );
  expect(arrived.map(value => JSON.parse(value) as unknown)).toEqual(values);
});

it.each([
  ['smallint', smallint],
  ['integer', integer],
  ['text', text],
  ['uuid', uuid],
  ['bytea', bytea],
  ['date', date],
  ['jsonb', jsonb],
] as const)('arrives empty: %s', async (name, type: ElementType<never>) => {
  expect(await sent(name, type, [])).toEqual([]);
});
