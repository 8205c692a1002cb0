import { progressLine } from './progress-line.js';

describe('the line of a long walk', () => {
  it('shows how far it is, and how fast', () =>
    expect(progressLine('verifying', 250, 1000, 41_000)).toBe(
      'verifying [######------------------] 25 %, 41 000 events a second',
    ));

  it('is full at the end, and where there is nothing to do', () => {
    expect(progressLine('verifying', 7, 7, 1)).toContain('[########################] 100 %');
    expect(progressLine('verifying', 0, 0, 0)).toContain('100 %');
  });

  it('never says that all is done before it is', () =>
    expect(progressLine('verifying', 999, 1000, 1)).toContain('[#######################-] 99 %'));
});
