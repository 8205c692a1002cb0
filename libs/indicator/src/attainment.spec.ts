import { attain, causeOf } from './attainment.js';
import { flow, less, level, stock, yearEnd } from './attainment-examples.js';
import { percentOf } from './decimals.js';

describe('the worked checks of the handbook', () => {
  it('lets the explicit plan win over the straight line', () => {
    const first = attain(flow);
    expect(first).toMatchObject({ ratio: 104, judged: 'ratio', verdict: 'on_track', reason: 'on_plan' });
    expect(first.line).toEqual({ value: 59, ratio: 88.1 });
    const lines = [0.25, 0.5, 0.75, 1].map(elapsed => attain({ ...flow, elapsed }).line?.value);
    expect(lines).toEqual([59, 118, 177, 236]);
    expect(attain({ ...flow, planned: 36, target: 51, elapsed: 0.75 }).line?.value).toBe(38.25);
  });

  it.each([
    [0.25, 55, 'breach'],
    [0.5, 56, 'breach'],
    [0.75, 57, 'breach'],
    [1, 58, 'met'],
  ])('holds 58 %% as a standard at %d of the year: %d is a %s', (elapsed, actual, verdict) => {
    const kept = { ...level, direction: 'maintain', planned: 58, target: 58, elapsed, actual } as const;
    expect(attain(kept)).toMatchObject({ verdict, judged: 'pass' });
  });

  it.each([
    [0.25, 55, 'on_track'],
    [0.5, 56, 'on_track'],
    [0.75, 57, 'on_track'],
    [1, 58, 'met'],
  ])('reads the same as a trajectory at %d of the year: %d is %s', (elapsed, planned, verdict) =>
    expect(attain({ ...level, planned, actual: planned, elapsed })).toMatchObject({ verdict, points: 0 }),
  );

  it('judges what should fall by progress: 101.2 % by the plain ratio is no progress at all', () => {
    expect(percentOf(1.75, 1.73)).toBe(101.2);
    const unchanged = attain({ ...less, actual: 1.75 });
    expect(unchanged).toMatchObject({ progress: 0, judged: 'progress', verdict: 'far_behind' });
    expect(unchanged.ratio).toBe(98.9); // P ÷ A
  });

  it.each([
    [10, 'stock', 44, 34],
    [11, 'ratio', 40.44, 38],
    [13, 'ratio', 58.95, 50],
    [14, 'ratio', 81.87, 55],
    [16, 'ratio', 11.29, 10],
  ] as const)('finds no. %d achieved by its last actual, and the target too low', (_, kind, last, target) => {
    const result = attain({
      ...flow,
      ...yearEnd,
      kind,
      planned: target,
      target,
      baseline: last,
      actual: last,
    });
    expect(result).toMatchObject({ verdict: 'met', reason: 'target_met' });
    expect(result.findings).toEqual(['target_below_last_actual']);
  });

  it('finds the target of no. 8 equal to its last actual', () => {
    const result = attain({ ...stock, ...yearEnd, planned: 30, target: 30, baseline: 30, actual: 30 });
    expect(result).toMatchObject({ verdict: 'met', findings: ['target_equals_last_actual'] });
  });

  it.each([
    ['below_plan', 'quantity'],
    ['standard_broken', 'quantity'],
    ['target_missed', 'quantity'],
    ['evidence_missing', 'quality'],
    ['no_value', 'missing_report'],
    ['milestone_overdue', 'time'],
    ['target_met', null],
  ] as const)('says what %s is about: %s', (reason, cause) => expect(causeOf(reason)).toBe(cause));

  it('prints the rule beside every verdict', () =>
    expect(attain(flow).rule).toEqual({
      version: 1,
      onTrack: 0.95,
      behind: 0.8,
      points: 1,
      places: 2,
      tolerance: 5,
    }));
});
