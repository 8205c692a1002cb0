import { projects } from './test/support/projects.js';

/** One run, several projects: pure rules, Postgres, the queue on each backend, the whole product, the pages. */
export default {
  projects,
};
