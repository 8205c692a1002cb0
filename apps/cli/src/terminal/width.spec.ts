import { cut, padded, table, widthOf } from './width.js';

describe('the width of a text', () => {
  it.each([
    ['', 0],
    ['2023Q2', 6],
    ['市科技局', 8],
    ['“五好园区”', 10],
    ['𠮷野', 4],
  ])('%s takes %i columns', (text, columns) => expect(widthOf(text)).toBe(columns));

  it('is what columns are filled up to', () => expect(`${padded('市局', 6)}|`).toBe('市局  |'));
});

describe('a text that is too wide', () => {
  it('is cut at a whole sign and shows it', () => {
    expect(cut('市科技局', 8)).toBe('市科技局');
    expect(cut('市科技局', 7)).toBe('市科技…');
    expect(cut('市科技局', 6)).toBe('市科…');
  });
});

it('sets a table by columns, without blanks at the ends of lines', () => {
  expect(
    table([
      ['004', '市科技局', 'x'],
      ['12', 'a', ''],
    ]),
  ).toBe('004  市科技局  x\n12   a');
  expect(table([])).toBe('');
});
