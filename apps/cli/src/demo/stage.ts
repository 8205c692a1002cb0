import {
  type Configuration,
  createPool,
  freePort,
  isFree,
  loadConfiguration,
  SimulatedClock,
  Supervisor,
} from '@duban/platform';
import { createQueues, type Queues } from '@duban/queue';
import { type Core, createCore } from '@duban/supervision';
import { atHour } from '@duban/calendar';
import { type Pool } from 'pg';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { prepareDatabase, prepareRedis, queuePrefix } from './ground.js';
import { firstDay } from './script/timetable.js';
import { WebhookSink } from './webhook-sink.js';

/** The demo's own folder, wherever it is called from: apart from any ledger of one's own. */
export const demoFolder = '.duban/demo';
/** Where the pages of the quarters are written. */
export const outFolder = 'out';

const usualPort = 3000;
const zone = 'Asia/Shanghai';
const built = resolve(import.meta.dirname, '../../../..');

/** Everything that the demo plays on: the servers, the sink of the reminders, and the core that reads the record. */
export type Stage = {
  supervisor: Supervisor;
  databaseUrl: string;
  apiUrl: string;
  sink: WebhookSink;
  core: Core;
  clock: SimulatedClock;
  queues: Queues;
  /** Starts the programs; before the plans are loaded, so that both take their time at once. */
  startPrograms: () => Promise<void>;
  close: () => Promise<void>;
};

/** Sets the stage on an empty ledger. @throws NotADemo, AlreadyRunning, EmbeddedServerError */
export async function setStage(seed: number, log: (sentence: string) => void): Promise<Stage> {
  const environment = loadConfiguration({ ...process.env, ZONE: zone, HOLIDAYS_FILE: '' });
  const supervisor = new Supervisor({
    ...{ folder: demoFolder, databaseUrl: environment.databaseUrl, log, settings },
  });
  supervisor.stopOnSignals();
  try {
    const databaseUrl = await supervisor.start();
    for (const name of ['acknowledged.jsonl', 'api.log', 'worker.log'])
      rmSync(join(demoFolder, name), { force: true });
    await prepareDatabase(databaseUrl);
    if (environment.redisUrl) await prepareRedis(environment.redisUrl);
    return await openStage(supervisor, { ...environment, databaseUrl }, seed);
  } catch (error) {
    await supervisor.stop();
    throw error;
  }
}

async function openStage(
  supervisor: Supervisor,
  configuration: Configuration & { databaseUrl: string },
  seed: number,
): Promise<Stage> {
  const { databaseUrl, redisUrl } = configuration;
  const pool = createPool(databaseUrl, { applicationName: 'duban-demo-clock', max: 1 });
  const clock = new SimulatedClock(pool);
  await clock.moveTo(atHour(firstDay, 8, zone));
  const core = await createCore(configuration, 'duban-demo');
  const queues = await createQueues({
    databaseUrl,
    ...(redisUrl && { redisUrl }),
    prefix: queuePrefix,
    onFault: () => undefined, // told of what is away, which everything here waits for
  });
  const sink = await WebhookSink.open(seed);
  const port = (await isFree(usualPort)) ? usualPort : await freePort();
  return {
    ...{ supervisor, databaseUrl, sink, core, clock, queues },
    apiUrl: `http://127.0.0.1:${port}`,
    startPrograms: () => startPrograms(supervisor, configuration, port, sink),
    close: () => closeAll(sink, queues, core, pool),
  };
}

// The embedded server serves one demo: what it keeps in memory is small, what it has recorded is still synced to disk.
const settings = { max_connections: '120', shared_buffers: '128MB' };

async function startPrograms(
  supervisor: Supervisor,
  { redisUrl }: Configuration,
  port: number,
  sink: WebhookSink,
): Promise<void> {
  const env = {
    ...(redisUrl && { REDIS_URL: redisUrl }),
    ...{ PORT: String(port), HOST: '127.0.0.1', ZONE: zone, HOLIDAYS_FILE: '', DUBAN_HOME: demoFolder },
    ...{ WEBHOOK_URL: sink.url, WEBHOOK_SECRET: sink.secret, LOG_LEVEL: 'warn' },
    SEAL_KEY_FILE: join(demoFolder, 'seal-key.pem'),
    RATE_LIMIT_PER_MINUTE: '1000000', // a whole year passes in two minutes
  };
  await Promise.all(
    ['api', 'worker'].map(name =>
      supervisor.run({
        name,
        path: join(built, 'apps', name, 'src/main.js'),
        env,
        logFile: join(demoFolder, `${name}.log`),
      }),
    ),
  );
}

async function closeAll(sink: WebhookSink, queues: Queues, core: Core, pool: Pool): Promise<void> {
  await queues.close();
  await core.close();
  await pool.end();
  await sink.close();
}
