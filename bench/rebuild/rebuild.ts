import { type EventStore, type Folding, type Subscription } from '@duban/event-store';
import { taskDecider } from '@duban/task';
import { eventsIn, fillLog, streamsIn } from '../log/log.js';
import { pageSize, scanCase } from '../log/scan.js';
import { withClients } from '../support/database.js';
import { passes } from '../support/measure.js';
import { foldOf } from '../support/progress.js';
import { type BenchCase, type Scenario, type Work } from '../support/scenario.js';
import { type Server } from '../support/server.js';
import { openStore, storeDatabase } from '../support/store.js';
import { type Target } from '../support/targets.js';
import { taskHistory } from './task-history.js';
import { taskList, taskListInSql, taskListTable } from './task-list.js';

const database = 'tasks';

/** `rebuild` once: how many events it took in. */
type Rebuild = (store: EventStore) => Promise<number>;

const listWith =
  (subscription: Subscription): Rebuild =>
  async store =>
    (await store.rebuild(subscription)).events;

const statesOfTasks: Rebuild = async store => {
  const { events, replaced } = await store.rebuildStates({ task: taskDecider as unknown as Folding });
  if (replaced > 0) throw new Error(`${replaced} states were not the fold of their events`);
  return events;
};

function rebuildCase(rebuild: Rebuild, variant?: string): BenchCase {
  return {
    impl: 'duban',
    ...(variant ? { variant } : {}),
    callers: 1,
    batch: pageSize,
    run: async work => {
      const store = openStore(work.serverUrl, database);
      const units = eventsIn(work.options);
      const pass = async () => {
        const events = await rebuild(store);
        if (events !== units) throw new Error(`rebuilt from ${events} of ${units} events`);
      };
      try {
        const run = await passes({ ...work.options, units, pass });
        if (rebuild !== statesOfTasks) await mustBeComplete(work);
        return run;
      } finally {
        await store.close();
      }
    },
  };
}

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

const againstScan = (what: string, of: string, least: number, moon: number): Target => ({
  ...{ what, of: `${of} 1x${pageSize}`, against: `scan 1x${pageSize}`, least, moon },
});

/** The read models of tasks, made anew from the events of their lives beside the live ones. */
export const scenario: Scenario = {
  name: 'rebuild',
  prepare: async (server, options) => {
    await prepareTasks(server);
    await fillLog(server, database, options, { eventsOf: taskHistory, fold: foldOf(taskDecider) });
    // A rebuild goes as far as the live projection has come: to the end.
    await withClients(server.url, database, 1, ([owner]) =>
      owner!.query(
        `INSERT INTO subscriptions (name, position) SELECT n.name, h.position
         FROM log_head h, unnest(ARRAY['${taskList.name}', '${taskListInSql.name}']) AS n (name)`,
      ),
    );
  },
  cases: () => [
    rebuildCase(listWith(taskList)),
    scanCase(database, eventsIn),
    rebuildCase(listWith(taskListInSql), 'in SQL'),
    rebuildCase(statesOfTasks, 'states'),
  ],
  targets: [
    againstScan('rebuild of a list of tasks, against a bare scan', 'duban', 0.6, 1),
    againstScan("rebuild of the tasks' states, against a bare scan", 'duban states', 0.6, 1),
    againstScan('rebuild of the list where SQL folds it, against a bare scan', 'duban in SQL', 4, 6),
  ],
};
