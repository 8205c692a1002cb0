import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningDemo, shortDemo, startDemo } from './support/demo.js';
import { type Done, Reader, shellBlocks } from './support/documents.js';

const patienceMs = 240_000;
let demo: RunningDemo;
let result: Awaited<RunningDemo['ended']>;
let answers: Done[];
let told: string;

// It stays up with its doors open: what it prints is tried, then Ctrl-C ends it.
beforeAll(async () => {
  demo = startDemo(shortDemo.filter(arg => arg !== '--exit'));
  told = await demo.hears('plan show');
  const reader = new Reader(demo.folder);
  answers = commandsIn(told).map(command => reader.run(command));
  demo.interrupt();
  result = await demo.ended;
}, patienceMs);
afterAll(() => demo.clean());

const commandsIn = (told: string) =>
  told.split('\n').flatMap(line => (/^ +curl /.test(line) ? [line.trim()] : []));

describe('the demo of one plan to the end of July', () => {
  it('ends with 0 and keeps every promise', () => {
    expect(result.told).toContain('Duban demo');
    expect(result.outcome?.checks.filter(({ faults }) => faults.length > 0)).toEqual([]);
    expect(result.code).toBe(0);
  });

  it('opens six doors whose commands work as they are printed', () => {
    expect(
      answers.map(({ code, answers: [answer] }) => [code, Math.floor((answer?.status ?? 0) / 100)]),
    ).toEqual(Array.from({ length: 6 }, () => [0, 2]));
  });

  it('ends with five lines to a ledger of one’s own, whose commands the README’s test runs', () => {
    const lines = told.slice(told.indexOf('To a ledger of your own')).split('\n').slice(1, 6);
    const commands = lines.flatMap(line => /^ *(np[mx] .*?)(?: {2,}|$)/.exec(line)?.[1] ?? []);
    const run = shellBlocks('README.md').flatMap(({ text }) => text.trim().split('\n'));
    expect(commands).toHaveLength(4);
    expect(commands.filter(command => !run.includes(command))).toEqual([]);
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

  it('writes the pages of each closed quarter', () => {
    const names = [
      'quarter-2023Q1',
      'quarter-2023Q2',
      'desk-2023Q2',
      'me-2023Q2',
      'scorecard-2023Q2',
      'dossier-2023Q2',
    ];
    const pages = names.map(name => join(demo.folder, 'out', `${name}.html`));
    expect(pages.filter(page => !existsSync(page))).toEqual([]);
  });

  it('leaves no process behind', () => {
    expect(existsSync(join(demo.folder, '.duban/demo/pids.json'))).toBe(false);
  });
});
