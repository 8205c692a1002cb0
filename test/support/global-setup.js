import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasChromium, hasRedis } from './projects.js';

const dist = new URL('../../dist/', import.meta.url);
const template = 'duban_test_template';

/**
 * Gives the run a Postgres and, where there is one, a Redis: those that DATABASE_URL and REDIS_URL name, else ones of
 * its own. Specs find them in DUBAN_TEST_DATABASE_URL (an owner's URL) and DUBAN_TEST_REDIS_URL.
 */
export default async function globalSetup() {
  sayWhatIsMissing();
  const wanted = { postgres: !process.env.DATABASE_URL, redis: hasRedis && !process.env.REDIS_URL };
  const urls = wanted.postgres || wanted.redis ? await start(wanted) : {};
  process.env.DUBAN_TEST_DATABASE_URL = process.env.DATABASE_URL ?? urls.postgres;
  const redis = process.env.REDIS_URL ?? urls.redis;
  if (redis) process.env.DUBAN_TEST_REDIS_URL = redis;
  await migrateTemplate(process.env.DUBAN_TEST_DATABASE_URL);
}

function sayWhatIsMissing() {
  if (!hasRedis && process.env.DUBAN_REQUIRE_REDIS === '1') {
    throw new Error('DUBAN_REQUIRE_REDIS=1, but there is neither REDIS_URL nor a redis-server on the PATH.');
  }
  if (!hasRedis)
    process.stderr.write('No Redis (REDIS_URL, or redis-server on the PATH): queue-redis does not run.\n');
  if (!hasChromium) process.stderr.write('No chromium on the PATH: page does not run.\n');
}

async function start(wanted) {
  if (wanted.postgres && !existsSync(new URL('libs/platform/src/index.js', dist))) {
    throw new Error('The embedded Postgres is part of the build: run `npm run build` first.');
  }
  const folder = join(tmpdir(), `duban-test-${randomBytes(6).toString('hex')}`);
  const servers = fork(new URL('./servers.js', import.meta.url), [JSON.stringify({ folder, ...wanted })], {
    execArgv: [],
    detached: true, // a Ctrl-C reaches the run; the servers follow when its channel closes
  });
  globalThis.dubanTestServers = servers;
  const answer = await new Promise(resolve => {
    servers.once('message', resolve);
    servers.once('exit', code => resolve({ fault: `The test servers ended with code ${code}.` }));
  });
  if (answer.fault) throw new Error(answer.fault);
  return answer.urls;
}

/**
 * Migrates one database that suites clone, when the build has `libs/schema`; before, suites get an empty one.
 */
export async function migrateTemplate(adminUrl) {
  const script = new URL('libs/schema/src/index.js', dist);
  if (!existsSync(script)) return;
  const { migrate } = await import(script.href);
  const { createPool } = await import(new URL('libs/platform/src/index.js', dist).href);
  const pool = createPool(adminUrl, { applicationName: 'duban-test-template', max: 1 });
  try {
    await pool.query(`drop database if exists ${template} with (force)`);
    await pool.query(`create database ${template}`);
  } finally {
    await pool.end();
  }
  const url = new URL(adminUrl);
  url.pathname = `/${template}`;
  await migrate(url.toString());
  process.env.DUBAN_TEST_TEMPLATE = template;
}
