import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type RunningDemo, shortDemo, startDemo } from './support/demo.js';

const patienceMs = 240_000;
let demo: RunningDemo;
let result: Awaited<RunningDemo['ended']>;
let answers: Awaited<ReturnType<typeof tried>>[];

// It stays up with its doors open: what it prints is tried, then Ctrl-C ends it.
beforeAll(async () => {
  demo = startDemo(shortDemo.filter(arg => arg !== '--exit'));
  const told = await demo.hears('To a ledger of your own');
  answers = await Promise.all(commandsIn(told).map(tried));
  demo.interrupt();
  result = await demo.ended;
}, patienceMs);
afterAll(() => demo.clean());

const commandsIn = (told: string) =>
  told.split('\n').flatMap(line => (/^ +curl /.test(line) ? [line.trim()] : []));

/** curl ends with an error of its own when the answer is not a success. */
async function tried(command: string): Promise<{ command: string; fault: string | null }> {
  try {
    const { stdout } = await promisify(execFile)('bash', ['-c', command]);
    return { command, fault: stdout.startsWith('{') ? null : stdout };
  } catch (error) {
    return { command, fault: (error as { stdout: string }).stdout };
  }
}

describe('the demo of one plan to the end of July', () => {
  it('ends with 0 and keeps every promise', () => {
    expect(result.told).toContain('Duban demo');
    expect(result.outcome?.checks.filter(({ faults }) => faults.length > 0)).toEqual([]);
    expect(result.code).toBe(0);
  });

  it('opens six doors whose commands work as they are printed', () => {
    expect(answers.length).toBe(6);
    expect(answers.filter(({ fault }) => fault !== null)).toEqual([]);
  });

  it('counts what it has done', () => {
    const { counts } = result.outcome!;
    expect(counts.tasks).toBe(31);
    expect(counts.editions).toBe(2);
    expect(counts.reminders).toBeGreaterThan(200);
    expect(counts.byType).toMatchObject({
      PlanIssued: 1,
      UnitMerged: 1,
      RoundClosed: 2,
      EditionPublished: 2,
    });
  });

  it('tells of notable acts, one a line of at most a hundred columns', () => {
    expect(result.told).toContain('10 Jul 市科技局 004/5.3 returned: no evidence');
    const acts = result.told.split('\n').filter(line => /^[ \d]\d [A-Z][a-z]{2} /.test(line));
    expect(acts.length).toBeGreaterThan(10);
  });

  it('writes a page for each closed quarter', () => {
    const pages = ['2023Q1', '2023Q2'].map(quarter => join(demo.folder, 'out', `quarter-${quarter}.html`));
    expect(pages.map(existsSync)).toEqual([true, true]);
  });

  it('leaves no process behind', () => {
    expect(existsSync(join(demo.folder, '.duban/demo/pids.json'))).toBe(false);
  });
});
