// Adds 1 to the file `count` so many times, each time under the lock. Every second time the lock is not given back but
// left to a process that has died, as after a crash.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartLock } from '../../dist/libs/platform/src/embedded/start-lock.js';

const [folder, times] = process.argv.slice(2);
const dead = JSON.stringify({ pid: spawnSync('true').pid, startedAt: 'long ago' });

for (let time = 0; time < Number(times); time++) {
  const lock = await new StartLock(folder).take(30_000);
  const count = Number(readFileSync(join(folder, 'count'), 'utf8'));
  writeFileSync(join(folder, 'count'), String(count + 1));
  if (time % 2 === 0) lock.release();
  else writeFileSync(join(folder, held()), dead);
}

function held() {
  const numbers = readdirSync(folder).filter(name => name.startsWith('lock.'));
  return numbers.sort((a, b) => Number(a.slice(5)) - Number(b.slice(5))).at(-1);
}
