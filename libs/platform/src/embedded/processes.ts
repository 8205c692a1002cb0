import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const hasProc = process.platform === 'linux';

/** What a process is doing: its state letter and a text that tells it from a later process with the same number. */
export interface Sighting {
  zombie: boolean;
  startedAt: string;
}

/**
 * Looks at one process.
 *
 * @returns null when there is none with this number
 */
export function sight(pid: number): Sighting | null {
  if (!Number.isInteger(pid) || pid < 1) return null;
  return hasProc ? sightInProc(pid) : sightWithPs(pid);
}

function sightInProc(pid: number): Sighting | null {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (!stat) return null;
  // The name in brackets may hold spaces and brackets itself: the fields begin after the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { zombie: fields[0] === 'Z' || fields[0] === 'X', startedAt: fields[19] ?? '' };
}

function sightWithPs(pid: number): Sighting | null {
  const said = attempt(() =>
    execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim(),
  );
  if (!said) return null;
  const [state = '', ...startedAt] = said.split(/\s+/);
  return { zombie: state.startsWith('Z'), startedAt: startedAt.join(' ') };
}

/** Whether a process with this number runs: a zombie does not. */
export function isRunning(pid: number): boolean {
  const seen = sight(pid);
  return seen !== null && !seen.zombie;
}

/** Whether a running process works in this folder, as PostgreSQL's processes do in their data folder. */
export function worksIn(pid: number, folder: string): boolean {
  if (!isRunning(pid)) return false;
  if (hasProc) return attempt(() => readlinkSync(`/proc/${pid}/cwd`)) === folder;
  return (
    attempt(() => execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })) ?? ''
  ).includes(folder);
}

/** All running processes that work in a folder. Only Linux tells: elsewhere the list is empty. */
export function processesIn(folder: string): number[] {
  if (!hasProc) return [];
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => worksIn(pid, folder));
}

/** Sends a signal; a process that is already gone is no fault. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * Waits until a condition holds.
 *
 * @returns false when it still does not after `timeoutMs`
 */
export async function until(
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
  everyMs = 25,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) return false;
    await pause(everyMs);
  }
  return true;
}

// A process may end, or belong to somebody else, between the listing and the look: both mean "cannot be seen".
function attempt<T>(look: () => T): T | null {
  try {
    return look();
  } catch {
    return null;
  }
}
