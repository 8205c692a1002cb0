import { median, medianOrNull, quantile } from './statistics.js';

describe('median', () => {
  it('is the middle of the sorted values', () => expect(median([9, 1, 10])).toBe(9));
  it('is the mean of the two in the middle', () => expect(median([4, 1, 2, 30])).toBe(3));
  it('is nothing where there is nothing', () => expect(median([])).toBeNaN());
});

describe('medianOrNull', () => {
  it('leaves out what was not measured', () => expect(medianOrNull([null, 3, 1, 2])).toBe(2));
  it('is null when nothing was', () => expect(medianOrNull([null, null])).toBeNull());
});

describe('quantile', () => {
  const hundred = Float64Array.from({ length: 100 }, (_, index) => index + 1);

  it('leaves its share below it', () => {
    expect(quantile(hundred, 0.5)).toBe(51);
    expect(quantile(hundred, 0.99)).toBe(100);
  });
  it('never leaves the values', () => expect(quantile(hundred, 1)).toBe(100));
  it('is nothing where there is nothing', () => expect(quantile([], 0.5)).toBeNaN());
});
