import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartLock } from './start-lock.js';

describe('the lock between processes', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'duban-lock-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is held by one, and then by the next', () => {
    const first = new StartLock(folder).tryTake();
    expect(new StartLock(folder).tryTake()).toEqual({ heldBy: process.pid });
    if ('release' in first) first.release();
    expect(new StartLock(folder).tryTake()).toHaveProperty('release');
    expect(readdirSync(folder)).toEqual(['lock.2']);
  });

  it.each([
    ['a process that is gone', JSON.stringify({ pid: 2 ** 22 + 1, startedAt: '1' })],
    ['an earlier process with our number', JSON.stringify({ pid: process.pid, startedAt: 'earlier' })],
    ['a torn file', '{"pid":'],
  ])('is taken over from %s', (_, content) => {
    writeFileSync(join(folder, 'lock.7'), content);
    expect(new StartLock(folder).tryTake()).toHaveProperty('release');
    expect(readdirSync(folder)).toEqual(['lock.8']);
  });

  it('gives up after its patience and names the holder', async () => {
    new StartLock(folder).tryTake();
    await expect(new StartLock(folder).take(60)).rejects.toThrow(
      `Process ${process.pid} has been at work in ${folder}`,
    );
  });

  // Each of the processes adds 1 to a file without any other protection, and half of the holders die in between.
  it('keeps processes apart that race for it, and outlives those that die with it', async () => {
    writeFileSync(join(folder, 'count'), '0');
    const script = join(import.meta.dirname, '../../../../test/support/count-under-lock.js');
    const racers = Array.from({ length: 4 }, () => fork(script, [folder, '40'], { execArgv: [] }));
    const codes = await Promise.all(racers.map(async racer => ((await once(racer, 'exit')) as number[])[0]));
    expect(codes).toEqual([0, 0, 0, 0]);
    expect(readFileSync(join(folder, 'count'), 'utf8')).toBe('160');
  });
});
