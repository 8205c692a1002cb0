import { readOptions } from './options.js';

describe('the options', () => {
  it('are three rounds of four seconds, and no peers', () =>
    expect(readOptions(['append'])).toMatchObject({ rounds: 3, seconds: 4, peers: false, callers: null }));
  it('may choose callers', () =>
    expect(readOptions(['append', '--callers', '1,32']).callers).toEqual([1, 32]));
  it('know where the figures belong', () => {
    expect(readOptions(['all', '--markdown', '--peers'])).toMatchObject({
      ...{ markdown: 'docs/benchmarks.md', peers: true },
    });
    expect(readOptions(['all', '--markdown', 'other.md']).markdown).toBe('other.md');
  });
  it.each([[[]], [['append', 'verify']], [['append', '--rounds', '0']], [['append', '--seconds', 'long']]])(
    'refuse %j',
    args => expect(() => readOptions(args)).toThrow(),
  );
});
