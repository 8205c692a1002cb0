export {
  type JobContext,
  type JobDefinition,
  type JobHandler,
  type Tick,
  assertHandlers,
  defineJob,
  definedJobs,
  jobIdOf,
} from './job.js';
export { type ReportFault } from './backend.js';
export {
  type AddOptions,
  type FlowJob,
  type JobCounts,
  Queues,
  type QueuesOptions,
  createQueues,
} from './queues.js';
export { RunError, type RunFailure } from './waiting.js';
