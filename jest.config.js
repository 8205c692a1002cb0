import { projects } from './test/support/projects.js';

/** One run, several projects: pure rules, Postgres, the queue on each backend, the whole product, the pages. */
export default {
  projects,
  testTimeout: 60_000, // servers start slowly on a busy machine; specs wait for signals, so a pass takes no longer
};
