import { randomUUID } from 'node:crypto';
import { pageSize } from '../log/scan.js';
import { emmettEvent, type EmmettStore, freshEmmett, prepareEmmett, withEmmett } from '../support/emmett.js';
import { passes } from '../support/measure.js';
import { newStream } from '../support/payload.js';
import { type BenchCase } from '../support/scenario.js';
import { type Server } from '../support/server.js';
import { settle } from '../log/log.js';

const database = 'project_emmett';
/** It is given fewer events than the others: the rate is the same, and it takes its time. */
const events = 20_000;

export async function prepareEmmettLog(server: Server): Promise<void> {
  await prepareEmmett(server);
  await freshEmmett(server, database);
  const block = Array.from({ length: 100 }, (_, index) => emmettEvent(index));
  await withEmmett(server.url, database, 2, async store => {
    for (let done = 0; done < events; done += block.length) await store.appendToStream(newStream(), block);
  });
  await settle(server, database);
}

/** Its consumer with a reactor that does nothing, from the first event to the last. */
export const emmettConsumerCase: BenchCase = {
  impl: 'emmett',
  callers: 1,
  batch: pageSize,
  run: ({ serverUrl, options }) =>
    withEmmett(serverUrl, database, 4, store =>
      passes({ ...options, units: events, pass: () => consume(store) }),
    ),
};

async function consume(store: EmmettStore): Promise<void> {
  const consumer = store.consumer({ pulling: { batchSize: pageSize, pullingFrequencyInMs: 1 } });
  try {
    await new Promise<void>((resolve, reject) => {
      let seen = 0;
      const eachMessage = () => {
        if (++seen === events) resolve();
      };
      consumer.reactor({ processorId: randomUUID(), startFrom: 'BEGINNING', eachMessage });
      consumer.start().catch(reject);
    });
  } finally {
    await consumer.close();
  }
}
