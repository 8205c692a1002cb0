// Owns the Postgres that the rounds disturb. When the channel to its parent closes, however that comes about, it stops
// the server and removes the folder.
import { once } from 'node:events';
import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type EmbeddedServer, startEmbedded } from '@duban/platform';

/** How a server is restarted: orderly, without tidying up, or by killing its first process alone. */
export type Restart = 'fast' | 'immediate' | 'kill';
export type KeeperWord = { readonly url: string } | { readonly fault: string };

const outer = mkdtempSync(join(tmpdir(), 'duban-store-faults-'));
chmodSync(outer, 0o711); // root's server runs as another account
// Processes die here, not the machine: what they have written to the kernel stays, so that fsync would only cost time.
const start = () => startEmbedded({ folder: join(outer, 'postgres'), settings: { fsync: 'off' } });
const say = (word: KeeperWord) => void (process.connected && process.send?.(word));
const gone = once(process, 'disconnect');
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

let server: Promise<EmbeddedServer> = start();
const report = () =>
  server.then(
    ({ url }) => say({ url }),
    (error: Error) => say({ fault: error.message }),
  );
process.on('message', (how: Restart) => {
  server = server.then(running => restart(running, how));
  void report();
});
await report();
await gone;
await (await server).stop();
rmSync(outer, { recursive: true, force: true });
process.exit();

async function restart(running: EmbeddedServer, how: Restart): Promise<EmbeddedServer> {
  if (how === 'fast') await running.stop();
  if (how === 'immediate') running.quit();
  if (how === 'kill') process.kill(running.pid, 'SIGKILL'); // its backends go on for a moment
  while (running.isAlive()) await pause(2);
  return start();
}
