// Owns the servers of one test run. It ends with the run, however that ends: when the channel to it closes, it stops
// what it started and removes the folder, so that an interrupted run leaves nothing behind.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const { folder, postgres, redis } = JSON.parse(process.argv[2]);
const stops = [];

process.once('disconnect', stop);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

try {
  mkdirSync(folder, { recursive: true });
  const urls = {};
  if (redis) urls.redis = await startRedis();
  if (postgres) urls.postgres = await startPostgres();
  if (process.connected) process.send({ urls });
} catch (error) {
  if (process.connected) process.send({ fault: error.message });
}

async function startPostgres() {
  const { startEmbedded } = await import('../../dist/libs/platform/src/index.js');
  // A test database lives for minutes: what a power cut would do to it does not matter.
  const settings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '300',
  };
  const server = await startEmbedded({ folder: join(folder, 'postgres'), settings });
  stops.push(() => server.stop());
  return server.url;
}

async function startRedis() {
  const port = await freePort();
  const home = join(folder, 'redis');
  mkdirSync(home);
  const settings = [
    '--port',
    port,
    '--bind',
    '127.0.0.1',
    '--dir',
    home,
    '--save',
    '',
    '--maxmemory-policy',
    'noeviction',
  ];
  const server = spawn('redis-server', settings.map(String), {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  stops.push(async () => {
    if (server.exitCode === null && server.kill('SIGTERM')) await once(server, 'exit');
  });
  await ready(server);
  return `redis://127.0.0.1:${port}`;
}

function ready(server) {
  return new Promise((resolve, reject) => {
    let said = '';
    server.once('error', reject);
    server.once('exit', () =>
      reject(new Error(`redis-server did not start: ${said.trim().split('\n').at(-1)}`)),
    );
    server.stdout.on('data', text => {
      said += text;
      if (said.includes('Ready to accept connections')) resolve();
    });
  });
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

async function stop() {
  for (const each of stops.reverse()) await each();
  rmSync(folder, { recursive: true, force: true });
  process.exit();
}
