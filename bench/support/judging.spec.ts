import { judge } from './judging.js';
import { type Result } from './results.js';
import { summarise } from './results.js';
import { nameOf } from './scenario.js';
import { judgementRows, markdownTable, textTable } from './table.js';
import { type Target } from './targets.js';

const run = (rate: number, p99: number) => ({ n: rate, seconds: 1, rate, p50: p99 / 2, p99, rssMb: 100 });
const measured = (impl: string, runs: readonly ReturnType<typeof run>[]): Result =>
  summarise(
    'append',
    { impl, callers: 32, batch: 1, run: () => Promise.reject(new Error('not run')) },
    runs,
  )!;

const ours = measured('duban', [run(200, 4), run(90, 9), run(210, 3)]);
const theirs = measured('pg', [run(100, 8), run(110, 7), run(100, 8)]);
const faster: Target = { what: 'rate', of: 'duban 32x1', against: 'pg 32x1', least: 1.5, moon: 2.5 };
const sooner: Target = { ...faster, what: 'p99', measure: 'p99', least: 1, moon: 0.5 };
const small: Target = { what: 'memory', of: 'duban 32x1', measure: 'rss', least: 90, moon: 80 };

describe('judging', () => {
  it('holds medians against each other', () =>
    expect(judge([faster], [ours, theirs])).toEqual([{ target: faster, figure: 2, verdict: 'reached' }]));
  it('wants times to be short', () => expect(judge([sooner], [ours, theirs])[0]?.verdict).toBe('moon'));
  it('wants memory to be small', () => expect(judge([small], [ours])[0]?.verdict).toBe('not reached'));
  it('leaves out what was not measured', () => expect(judge([faster, small], [theirs])).toEqual([]));
});

describe('names', () => {
  it('tell variants apart', () => {
    expect(nameOf({ impl: 'duban', callers: 8, batch: 100 })).toBe('duban 8x100');
    expect(nameOf({ impl: 'duban', variant: 'handle', callers: 8, batch: 1 })).toBe('duban handle 8x1');
  });
});

describe('tables', () => {
  const rows = judgementRows(judge([faster, sooner, small], [ours, theirs]));

  it('say what was wanted, what was measured and what came of it', () =>
    expect(rows.slice(1)).toEqual([
      ['rate', '1.50 ×', '2.50 ×', '2.00 ×', 'reached'],
      ['p99', '≤ 1.00 ×', '≤ 0.50 ×', '0.50 ×', 'moon'],
      ['memory', '≤ 90 MB', '≤ 80 MB', '100 MB', 'not reached'],
    ]));
  it('never round up to what was wanted', () => {
    const short = judge([faster], [measured('duban', [run(149.9, 4)]), theirs]);
    expect(judgementRows(short)[1]).toEqual(['rate', '1.50 ×', '2.50 ×', '1.49 ×', 'not reached']);
  });
  it('keep their columns', () =>
    expect(
      textTable([
        ['a', 'b'],
        ['long', 'c'],
      ]),
    ).toBe('a     b\nlong  c'));
  it('are Markdown, too', () =>
    expect(
      markdownTable([
        ['a', 'b'],
        ['long', 'c'],
      ]),
    ).toBe('| a    | b   |\n| ---- | --- |\n| long | c   |'));
});
