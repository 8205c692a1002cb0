import { isSame } from './is-same.js';

describe('isSame', () => {
  it.each([
    [
      { a: 1, b: [2] },
      { b: [2], a: 1 },
    ],
    [{ a: 1, note: undefined }, { a: 1 }],
    [null, undefined],
  ])('%j and %j are stored alike', (one, other) => expect(isSame(one, other)).toBe(true));

  it.each([
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: null }, {}],
    [{ a: '1' }, { a: 1 }],
  ])('%j and %j are not', (one, other) => expect(isSame(one, other)).toBe(false));
});
