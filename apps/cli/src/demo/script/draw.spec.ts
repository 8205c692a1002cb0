import { drawFrom, oneOf, wholeFrom } from './draw.js';

describe('a draw', () => {
  const draw = drawFrom(1);

  it('gives the same number for the same seed and name, in any order of asking', () => {
    const [one, other] = [draw('a'), draw('b')];
    expect([drawFrom(1)('b'), drawFrom(1)('a')]).toEqual([other, one]);
  });

  it('gives other numbers for another seed', () => expect(drawFrom(2)('a')).not.toBe(draw('a')));

  it('spreads evenly from 0 to 1', () => {
    const numbers = Array.from({ length: 2000 }, (_, n) => draw(`n/${n}`));
    const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.02);
  });

  it('falls on every whole number of a range and nothing outside', () => {
    const found = new Set(Array.from({ length: 200 }, (_, n) => wholeFrom(draw(`w/${n}`), -2, 1)));
    expect([...found].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1]);
  });

  it('falls on every entry of a list', () => {
    expect([0, 0.4, 0.999].map(share => oneOf(share, ['a', 'b', 'c']))).toEqual(['a', 'b', 'c']);
  });
});
