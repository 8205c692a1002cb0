import {
  type BackendFactory,
  type FlowProducer,
  type IQueueBackend,
  type Processor,
  type Queue,
  type Worker,
  withBackend,
} from 'bullmq';
import { jobDefaults } from './job.js';

export type Payload = object;
type JobData = Payload | undefined;
export type BackedQueue = Pick<
  Queue<JobData, unknown, string, JobData, unknown, string, IQueueBackend, unknown>,
  | 'add'
  | 'close'
  | 'getJob'
  | 'getJobCounts'
  | 'getJobScheduler'
  | 'getJobs'
  | 'getJobState'
  | 'getWaitingCount'
  | 'obliterate'
  | 'remove'
  | 'upsertJobScheduler'
>;
export type BackedWorker = Pick<Worker, 'close' | 'pause'>;
type Listen = (event: 'completed' | 'failed', listener: (event: { jobId: string }) => void) => unknown;
export type BackedEvents = { on: Listen; off: Listen; close(): Promise<void> };
export type BackedFlows = Pick<FlowProducer, 'add' | 'close'>;
export type RunJob = Processor<Payload, unknown>;

/** Told of every fault that no caller hears of: a lost connection, a job that failed, a worker that could not fetch. */
export type ReportFault = (fault: Error, where: string) => void;

/** BullMQ on one kind of server: makes what is asked for, connected and with its faults reported. */
export interface Backend {
  readonly kind: 'redis' | 'postgres';
  queue(name: string): Promise<BackedQueue>;
  worker(name: string, run: RunJob, concurrency: number): Promise<BackedWorker>;
  events(name: string): Promise<BackedEvents>;
  flows(): Promise<BackedFlows>;
  /** Closes the connections; everything made here must have been closed before. */
  close(): Promise<void>;
}

type Connected = {
  on(event: 'error', listener: (fault: Error) => void): unknown;
  waitUntilReady(): Promise<unknown>;
  close(): Promise<unknown>;
};

/** How BullMQ reaches its server: producers fail soon when it is away, workers and listeners wait for it. */
type Connections<Connection> = {
  kind: Backend['kind'];
  prefix: string;
  produce: Connection;
  consume: Connection;
  /** Called before something is made that keeps a connection of its own for as long as it lives. */
  reserve: () => void;
  close: () => Promise<void>;
};

/**
 * A worker that was killed leaves its job locked. The lock runs out 6 s after its last renewal and the next check,
 * every 2 s, hands the job to another worker: 8 s, or 10 s where checks of several workers cross. A handler may block the event loop
 * for 4 s before its lock is in danger. Being killed is not a fault of the job, hence the high number of stalls.
 */
const recovery = { lockDuration: 6000, lockRenewTime: 2000, stalledInterval: 2000, maxStalledCount: 20 };

/** BullMQ's classes on the given kind of server. */
export function backendOf<Connection>(
  factory: BackendFactory<IQueueBackend, Connection>,
  { kind, prefix, produce, consume, reserve, close }: Connections<Connection>,
  report: ReportFault,
): Backend {
  const classes = withBackend(factory);
  const ready = async <Made extends Connected>(made: Made, where: string): Promise<Made> => {
    made.on('error', fault => report(fault, where));
    try {
      await made.waitUntilReady();
      return made;
    } catch (fault) {
      await made.close(); // readiness is remembered: one that failed would stay unusable for ever
      throw fault;
    }
  };
  return {
    kind,
    close,
    queue: name =>
      ready(
        new classes.Queue<JobData, unknown>(name, {
          connection: produce,
          prefix,
          defaultJobOptions: jobDefaults,
        }),
        `queue ${name}`,
      ),
    worker(name, run, concurrency) {
      reserve();
      const options = { connection: consume, prefix, concurrency, runRetryDelay: 1000, ...recovery };
      const worker = new classes.Worker<Payload, unknown>(name, run, options);
      worker.on('failed', (job, fault) => report(fault, `job ${name}/${job?.name ?? 'gone'}`));
      return ready(worker, `worker ${name}`);
    },
    events(name) {
      reserve();
      return ready(new classes.QueueEvents(name, { connection: consume, prefix }), `events ${name}`);
    },
    async flows() {
      const flows = new classes.FlowProducer({ connection: produce, prefix });
      flows.on('error', fault => report(fault, 'flows'));
      await flows.waitUntilReady();
      return flows;
    },
  };
}
