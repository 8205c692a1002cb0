import { taskDecider } from '@duban/task';
import { eventsIn, fillLog, streamsIn } from '../log/log.js';
import { pageSize, scanCase } from '../log/scan.js';
import { withClients } from '../support/database.js';
import { passes } from '../support/measure.js';
import { foldOf } from '../support/progress.js';
import { type BenchCase, type Scenario, type Work } from '../support/scenario.js';
import { type Server } from '../support/server.js';
import { openStore, storeDatabase } from '../support/store.js';
import { taskHistory } from './task-history.js';
import { taskList, taskListTable } from './task-list.js';

const database = 'tasks';

const replay: BenchCase = {
  impl: 'duban',
  callers: 1,
  batch: pageSize,
  run: async work => {
    const store = openStore(work.serverUrl, database);
    const units = eventsIn(work.options);
    const pass = async () => {
      const { events } = await store.rebuild(taskList);
      if (events !== units) throw new Error(`rebuilt from ${events} of ${units} events`);
    };
    try {
      const run = await passes({ ...work.options, units, pass });
      await mustBeComplete(work);
      return run;
    } finally {
      await store.close();
    }
  },
};

// Whoever is fast must also be right: every task was accepted after three reports, and nothing stands in its way.
async function mustBeComplete({ serverUrl, options }: Work): Promise<void> {
  await withClients(serverUrl, database, 1, async ([owner]) => {
    const { rows } = await owner!.query<{ complete: string }>(
      `SELECT count(*) AS complete FROM task_list WHERE status = 'accepted' AND reports = 3 AND blockers = 0
         AND percent = 90 AND lead IS NOT NULL AND due_on IS NOT NULL AND version = 10`,
    );
    const complete = Number(rows[0]?.complete);
    if (complete !== streamsIn(options))
      throw new Error(`${complete} of ${streamsIn(options)} rows are right`);
  });
}

async function prepareTasks(server: Server): Promise<void> {
  await storeDatabase(server, database);
  await withClients(server.url, database, 1, ([owner]) => owner!.query(taskListTable));
}

/** The list of tasks, emptied and filled anew from the events of their lives. */
export const scenario: Scenario = {
  name: 'rebuild',
  prepare: async (server, options) => {
    await prepareTasks(server);
    await fillLog(server, database, options, { eventsOf: taskHistory, fold: foldOf(taskDecider) });
    // A rebuild goes as far as the live projection has come: to the end.
    await withClients(server.url, database, 1, ([owner]) =>
      owner!.query(
        `INSERT INTO subscriptions (name, position) SELECT '${taskList.name}', position FROM log_head`,
      ),
    );
  },
  cases: () => [replay, scanCase(database, eventsIn)],
  targets: [
    {
      what: 'rebuild of a read model of tasks, against a bare scan',
      ...{ of: `duban 1x${pageSize}`, against: `scan 1x${pageSize}`, least: 0.6, moon: 1 },
    },
  ],
};
