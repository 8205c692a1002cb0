import { binaryArray, bytea, date, integer, jsonb, smallint, text, uuid } from './binary-array.js';

const hex = (array: Buffer) =>
  array
    .toString('hex')
    .replace(/(.{8})/g, '$1 ')
    .trim();

it('is spelt as PostgreSQL sends arrays', () => {
  expect(hex(binaryArray(integer, [1, -2]))).toBe(
    '00000001 00000000 00000017 00000002 00000001 00000004 00000001 00000004 fffffffe',
  );
  expect(hex(binaryArray(text, ['ü']))).toBe('00000001 00000000 00000019 00000001 00000001 00000002 c3bc');
});

it('has no elements where there are none', () => {
  expect(hex(binaryArray(jsonb, []))).toBe('00000001 00000000 00000eda 00000000 00000001');
});

it.each([
  ['smallint', binaryArray(smallint, [-2]), '00000002 fffe'],
  ['date', binaryArray(date, [10_956]), '00000004 ffffffff'], // 1999-12-31, counted from 2000
  ['bytea', binaryArray(bytea, ['\u0000\u00ff']), '00000002 00ff'],
  ['jsonb', binaryArray(jsonb, ['{}']), '00000003 017b7d'], // version 1
  [
    'uuid',
    binaryArray(uuid, ['7a1b9c1e-0f53-4b68-8d5c-000000000001']),
    '00000010 7a1b9c1e 0f534b68 8d5c0000 00000001',
  ],
])('writes a %s as its type is received', (_, array, expected) => {
  expect(hex(array).split(' ').slice(5).join(' ')).toBe(expected);
});

it('refuses a number that does not fit', () => {
  expect(() => binaryArray(smallint, [40_000])).toThrow('out of range');
  expect(() => binaryArray(integer, [2 ** 31])).toThrow('out of range');
});
