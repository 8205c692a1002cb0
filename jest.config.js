import { projects } from './test/support/projects.js';

/** One run, several projects: pure rules, Postgres, the queue on each backend, the whole product, the pages. */
export default {
  projects,
  maxWorkers: 2, // most suites wait for Postgres; more workers wait for each other
  forceExit: true, // Node 20 can turn for ever while it takes down a process in which a socket was cut, long after the last test
  testTimeout: 120_000, // servers start slowly on a busy machine; specs wait for signals, so a pass takes no longer
};
