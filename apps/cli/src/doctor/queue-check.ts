import { type Configuration } from '@duban/platform';
import { createQueues } from '@duban/queue';
import { Redis } from 'ioredis';
import { exitCodes } from '../terminal/exit-codes.js';
import { type Finding, fault, ok, warning } from './check.js';

const patienceMs = 3000;

/** Whether jobs can be put on the queue: on Redis when one is named, else in the database. */
export async function checkQueue({ redisUrl, databaseUrl }: Configuration): Promise<Finding> {
  if (redisUrl) return checkRedis(redisUrl);
  const queues = await createQueues({ ...(databaseUrl ? { databaseUrl } : {}) });
  try {
    const counts = await queues.counts();
    const failed = Object.values(counts).reduce((sum, each) => sum + (each['failed'] ?? 0), 0);
    if (failed > 0)
      return warning('queue', `in PostgreSQL, ${failed} jobs failed`, 'See the log of the worker.');
    return ok('queue', 'in PostgreSQL');
  } finally {
    await queues.close();
  }
}

/** A Redis that evicts keys would drop jobs without a word. */
async function checkRedis(url: string): Promise<Finding> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: patienceMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let reason = '';
  redis.on('error', (error: Error) => (reason = error.message));
  try {
    await redis.connect();
    const [version, policy] = [fieldOf(await redis.info('server'), 'redis_version'), await policyOf(redis)];
    if (Number(version.split('.')[0]) < 7) return fault('queue', `Redis ${version}`, 'Use Redis 7 or later.');
    if (policy !== 'noeviction')
      return warning(
        'queue',
        `Redis ${version}, maxmemory-policy ${policy}`,
        'Set maxmemory-policy noeviction.',
      );
    return ok('queue', `Redis ${version}`);
  } catch (error) {
    const said = reason || (error as Error).message;
    return fault(
      'queue',
      `Redis: ${said}`,
      'Check REDIS_URL, and whether Redis runs.',
      exitCodes.unreachable,
    );
  } finally {
    redis.disconnect();
  }
}

async function policyOf(redis: Redis): Promise<string> {
  return fieldOf(await redis.info('memory'), 'maxmemory_policy');
}

function fieldOf(info: string, name: string): string {
  return new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? '';
}
