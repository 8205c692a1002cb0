import 'reflect-metadata';
import { type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  announceReady,
  ConfigurationError,
  followSupervisor,
  keepHeapSmall,
  loadConfiguration,
  LoggerFactory,
} from '@duban/platform';
import { createCore } from '@duban/supervision';
import { WorkerModule } from './worker.module.js';

/** Works until a signal; then what is under way is finished and left in order. */
async function main(): Promise<void> {
  keepHeapSmall();
  const opening = open();
  followSupervisor(async () => (await opening).close());
  await opening;
  announceReady();
}

async function open(): Promise<INestApplicationContext> {
  const configuration = loadConfiguration(process.env);
  const { databaseUrl, logLevel, nodeEnv } = configuration;
  if (!databaseUrl)
    throw new ConfigurationError(['DATABASE_URL is missing: `duban up` starts a database of its own.']);
  const core = await createCore({ ...configuration, databaseUrl }, 'duban-worker');
  const logs = new LoggerFactory(logLevel, nodeEnv === 'production' ? 'json' : 'pretty');
  return NestFactory.createApplicationContext(WorkerModule.forRoot(core), {
    logger: logs.named('nest'),
    abortOnError: false,
  });
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof ConfigurationError ? error.message : (error as Error).stack}\n`);
  process.exit(1);
}
