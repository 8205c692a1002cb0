import pg, { type PoolClient } from 'pg';
import { parentPort, workerData } from 'node:worker_threads';
import { LogReader } from './reading.js';
import { importFolds, type ThreadData, type ThreadMessage } from './verify-threads.js';
import { perform, type Work } from './verify-work.js';

// What a thread of `verify` runs: one piece of work after the other on a connection of its own, until it is told to end.
const { connection, refoldModule } = workerData as ThreadData;
const { refold, upcasters } = await importFolds(refoldModule);
const client = new pg.Client(connection);
await client.connect();
const reader = new LogReader(client, upcasters);
const say = (message: ThreadMessage) => parentPort?.postMessage(message);

parentPort?.on('message', (work: Work | null) => {
  if (!work) return void client.end().then(() => parentPort?.close());
  const tools = {
    client: client as unknown as PoolClient,
    reader,
    refold,
    onEvents: (events: number) => say({ events }),
  };
  // An error ends the thread, and with it the verification.
  void perform(work, tools).then(found => say({ found }));
});
say({ events: 0 });
