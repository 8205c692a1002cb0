import { createRedisBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { type Backend, type ReportFault, backendOf } from './backend.js';

/** BullMQ on Redis (7 or newer), with keys below the prefix. */
export function redisBackend(url: string, prefix: string, report: ReportFault): Backend {
  const connect = (maxRetriesPerRequest: number | null) => {
    const options = { maxRetriesPerRequest, retryStrategy: (tries: number) => Math.min(100 * tries, 2000) };
    const client = new Redis(url, options);
    client.on('error', fault => report(fault, 'redis'));
    return client;
  };
  const produce = connect(3);
  const consume = connect(null);
  return backendOf(
    createRedisBackend,
    {
      kind: 'redis',
      prefix,
      produce,
      consume,
      reserve: () => undefined, // Redis takes connections as they come
      close: async () => {
        produce.disconnect();
        consume.disconnect();
      },
    },
    report,
  );
}
