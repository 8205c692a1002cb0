import { eventsIn, logDatabase, prepareLog } from '../log/log.js';
import { pageSize, scanCase } from '../log/scan.js';
import { emmett } from '../support/emmett.js';
import { passes } from '../support/measure.js';
import { hasPeer } from '../support/peers.js';
import { type BenchCase, type Scenario } from '../support/scenario.js';
import { openStore } from '../support/store.js';
import { emmettConsumerCase, prepareEmmettLog } from './emmett.js';
import { catchUp, freshProjection } from './projection.js';

const subscription: BenchCase = {
  impl: 'duban',
  callers: 1,
  batch: pageSize,
  run: async ({ serverUrl, options }) => {
    const store = openStore(serverUrl, logDatabase);
    const units = eventsIn(options);
    const pass = async () => {
      await freshProjection({ url: serverUrl }, logDatabase);
      const reached = await catchUp(store);
      if (reached !== units) throw new Error(`the projection ended at ${reached} of ${units}`);
    };
    try {
      return await passes({ ...options, units, pass });
    } finally {
      await store.close();
    }
  },
};

const subject = `duban 1x${pageSize}`;

/** A new read model catches up with the log: pages, fold, upsert and position, one transaction for each page. */
export const scenario: Scenario = {
  name: 'project',
  prepare: async (server, options) => {
    await prepareLog(server, options);
    if (hasPeer(emmett, options, () => undefined)) await prepareEmmettLog(server);
  },
  cases: (options, notice) => [
    subscription,
    scanCase(logDatabase, eventsIn),
    ...(hasPeer(emmett, options, notice) ? [emmettConsumerCase] : []),
  ],
  targets: [
    {
      what: 'projection catching up, against a bare scan',
      ...{ of: subject, against: `scan 1x${pageSize}`, least: 0.6, moon: 0.8 },
    },
    {
      what: "projection catching up, against Emmett's consumer",
      ...{ of: subject, against: `emmett 1x${pageSize}`, least: 12, moon: 18 },
    },
  ],
};
