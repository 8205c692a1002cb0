import { type EventStore, type Folding, type VerifyOptions } from '@duban/event-store';
import { eventsIn, logDatabase, prepareLog } from '../log/log.js';
import { pageSize, scanCase } from '../log/scan.js';
import { passes } from '../support/measure.js';
import { progressDecider } from '../support/progress.js';
import { type BenchCase, type Scenario } from '../support/scenario.js';
import { openStore } from '../support/store.js';

function verifyCase(options: VerifyOptions, variant?: string): BenchCase {
  return {
    impl: 'duban',
    ...(variant ? { variant } : {}),
    callers: 1,
    batch: pageSize,
    run: async work => {
      const store = openStore(work.serverUrl, logDatabase);
      const units = eventsIn(work.options);
      try {
        return await passes({ ...work.options, units, pass: () => verified(store, options, units) });
      } finally {
        await store.close();
      }
    },
  };
}

async function verified(store: EventStore, options: VerifyOptions, expected: number): Promise<void> {
  const { events, faults } = await store.verify(options);
  if (events !== expected || faults[0]) {
    throw new Error(`verified ${events} of ${expected}: ${faults[0]?.message ?? 'nothing found'}`);
  }
}

/** The same fold that the log was filled with. */
const fold = progressDecider as unknown as Folding;

/** Every chain, seal and head of the log; and the same with every state folded anew. */
export const scenario: Scenario = {
  name: 'verify',
  prepare: prepareLog,
  cases: () => [
    verifyCase({}),
    scanCase(logDatabase, eventsIn),
    verifyCase({ refold: { task: fold } }, 'with states'),
  ],
  targets: [
    {
      what: '`verify`, against a bare scan',
      ...{ of: `duban 1x${pageSize}`, against: `scan 1x${pageSize}`, least: 0.5, moon: 0.8 },
    },
  ],
};
