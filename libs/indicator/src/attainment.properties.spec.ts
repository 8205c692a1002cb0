import fc from 'fast-check';
import { attain } from './attainment.js';
import type { AttainmentInput, Verdict } from './attainment-model.js';

describe('properties of attainment', () => {
  const order: readonly Verdict[] = ['breach', 'far_behind', 'behind', 'on_track', 'met'];
  const figure = fc.oneof(
    fc.integer({ min: -50, max: 300 }),
    fc.double({ noDefaultInfinity: true, noNaN: true }),
  );
  const maybe = fc.option(figure);
  const inputs = fc.record({
    kind: fc.constantFrom(
      'stock',
      'flow_cumulative',
      'flow_period',
      'ratio',
      'growth',
      'rank',
      'coverage',
      'relative',
      'yes_no',
    ),
    direction: fc.constantFrom('more', 'less', 'maintain', 'rank', 'coverage', 'yes_no', 'about'),
    bound: fc.constantFrom('>=', '>', '<=', '<', '=', 'range', '~'),
    planned: maybe,
    target: maybe,
    baseline: maybe,
    stretch: maybe,
    comparator: maybe,
    actual: fc.option(fc.oneof(figure, fc.constantFrom(NaN, Infinity, -Infinity))),
    elapsed: fc.constantFrom(0.25, 0.5, 0.75, 1),
  }) as fc.Arbitrary<AttainmentInput>;

  it('never gives a figure that is none', () =>
    fc.assert(
      fc.property(inputs, input => {
        const { ratio, points, progress, line } = attain(input);
        for (const value of [ratio, points, progress, line?.ratio ?? null]) {
          expect(value === null || Number.isFinite(value)).toBe(true);
        }
      }),
    ));

  it('never judges a better value worse', () =>
    fc.assert(
      fc.property(inputs, figure, figure, (input, one, other) => {
        // About is best in the middle, and yes is always better than no.
        fc.pre(input.direction !== 'about' && input.bound !== '~');
        fc.pre(input.kind !== 'yes_no' || input.direction === 'yes_no');
        const isLow =
          input.direction === 'less' ||
          input.direction === 'rank' ||
          (input.direction === 'maintain' && (input.bound === '<=' || input.bound === '<'));
        const [worse, better] = [one, other].sort((a, b) => (isLow ? b - a : a - b)) as [number, number];
        const first = attain({ ...input, actual: worse });
        const second = attain({ ...input, actual: better });
        if (!order.includes(first.verdict) || !order.includes(second.verdict)) return;
        expect(order.indexOf(second.verdict)).toBeGreaterThanOrEqual(order.indexOf(first.verdict));
      }),
      { numRuns: 500 },
    ));

  it('knows a cause for every verdict that is not good', () =>
    fc.assert(
      fc.property(inputs, input => {
        const { verdict, cause } = attain(input);
        const isBad = verdict === 'behind' || verdict === 'far_behind' || verdict === 'breach';
        if (isBad) expect(cause).not.toBeNull();
        else if (verdict !== 'no_colour') expect(cause).toBeNull();
      }),
    ));
});
