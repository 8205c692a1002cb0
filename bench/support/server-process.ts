// Keeps a throw-away server for as long as the process that started this one is there, however that one ends.
import { startEmbedded } from '@duban/platform';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// What Postgres comes with, but for the one setting that everybody sets. Durable: fsync and synchronous_commit are on.
const settings = { shared_buffers: '1GB' };
const folder = join(tmpdir(), `duban-bench-${randomBytes(6).toString('hex')}`);

// A Ctrl-C reaches this process, too; it ends when the other one has.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
const left = new Promise<void>(resolve => process.once('disconnect', resolve));

try {
  const server = await startEmbedded({ folder, settings });
  if (process.connected) process.send?.({ url: server.url });
  await left;
  await server.stop();
} catch (error) {
  if (process.connected) process.send?.({ fault: error instanceof Error ? error.message : String(error) });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit();
