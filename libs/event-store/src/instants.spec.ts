import { dayNumber, instantOf, instantText } from './instants.js';

it.each([
  ['1970-01-01', 0],
  ['1969-12-31', -1],
  ['1999-12-31', 10_956],
  ['2000-02-29', 11_016],
  ['2024-02-29', 19_782],
  ['0001-01-01', -719_162],
  ['9999-12-31', 2_932_896],
])('counts days: %s is %i', (day, expected) => {
  expect(dayNumber(day)).toBe(expected);
});

it.each([
  '2023-02-29',
  '2100-02-29',
  '2023-13-01',
  '2023-7-15',
  '0000-12-31',
  '2023-07-15T00:00:00Z',
  '',
  ' ',
])('takes %j for no day, also again', text => {
  expect(() => dayNumber(text)).toThrow(RangeError);
  expect(() => dayNumber(text)).toThrow(`not a day: ${text}`);
});

it.each([
  ['2023-07-15T09:02:03+08:00', '2023-07-15T01:02:03.000Z'],
  ['2023-07-15T01:02:03.004Z', '2023-07-15T01:02:03.004Z'],
  ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
])('spells instants in one way: %s', (instant, expected) => {
  expect(instantText(instant)).toBe(expected);
});

it.each(['', 'yesterday', '2023-02-30T25:00:00Z', '+012023-07-15T00:00:00Z', '-000001-07-15T00:00:00Z'])(
  'takes %j for no instant',
  text => {
    expect(() => instantText(text)).toThrow(`not an instant: ${text}`);
  },
);

it('tells instants from microseconds, before and after 1970', () => {
  expect(instantOf('1689382923004999')).toBe('2023-07-15T01:02:03.004Z');
  expect(instantOf(-1n)).toBe('1969-12-31T23:59:59.999Z');
});
