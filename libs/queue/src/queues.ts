import {
  type BackedEvents,
  type BackedFlows,
  type BackedQueue,
  type BackedWorker,
  type Backend,
  type Payload,
  type ReportFault,
} from './backend.js';
import {
  type JobDefinition,
  type JobHandler,
  type Tick,
  assertHandlers,
  definedJobs,
  freshJobId,
  jobDefaults,
  keyOf,
} from './job.js';
import { Schedules } from './schedules.js';
import { resultOf } from './waiting.js';
import { Working } from './working.js';

export type QueuesOptions = {
  /** With it BullMQ runs on this Redis, without it in the database. */
  redisUrl?: string;
  databaseUrl?: string;
  /** Connections for queries, beside the one that each worker and listener keeps. */
  poolMax?: number;
  /** What the keys in Redis begin with; in Postgres the database itself keeps ledgers apart. */
  prefix?: string;
  onFault?: ReportFault;
};

export type AddOptions = { jobId?: string; attempts?: number; delayMs?: number };
export type FlowJob<Data extends Payload> = {
  job: JobDefinition<string, Data>;
  payload: Data;
  jobId: string;
  attempts?: number;
};
export type JobCounts = Record<string, number>;

const longestDelayMs = 60_000;

/**
 * Queues on Redis when there is a `redisUrl`, else in the database, with its tables created where they are missing.
 * Rejects when the server cannot be reached. Nothing on a queue is the truth: it may be flushed at any moment.
 */
export async function createQueues(options: QueuesOptions): Promise<Queues> {
  const { redisUrl, databaseUrl, poolMax = 4, prefix = 'duban' } = options;
  const report =
    options.onFault ?? ((fault, where) => process.emitWarning(fault, { code: 'DUBAN_QUEUE', detail: where }));
  // BullMQ is loaded with the backend that is wanted: a process that only knows the jobs does without.
  if (redisUrl) {
    const { redisBackend } = await import('./redis-backend.js');
    return new Queues(redisBackend(redisUrl, prefix, report), report);
  }
  if (databaseUrl) {
    const { postgresBackend } = await import('./postgres-backend.js');
    return new Queues(await postgresBackend(databaseUrl, poolMax, report), report);
  }
  throw new Error('Queues need a redisUrl or a databaseUrl');
}

/**
 * The queues of this process.
 *
 * About ids: a job with an id that is waiting or running is joined, one that has completed is not run again while it is
 * kept (an hour, the last thousand of its queue), and one that failed for good is replaced and runs again. So an id
 * says which *run* is meant, not which thing: put into it what makes a new run necessary (`jobIdOf(plan, period,
 * edition)`), or leave it out for a hint that may come twice. After a flush nothing is remembered: the same id runs again,
 * and only what its handler wrote to Postgres can tell that it has been done.
 */
export class Queues {
  private readonly queues = new Map<string, Promise<BackedQueue>>();
  private readonly events = new Map<string, Promise<BackedEvents>>();
  private readonly workers: { worker: BackedWorker; working: Working }[] = [];
  private readonly schedules: Schedules;
  private readonly closing = new AbortController();
  private flows: Promise<BackedFlows> | undefined;
  private closed: Promise<void> | undefined;

  /** Use `createQueues`. */
  constructor(
    private readonly server: Backend,
    private readonly report: ReportFault,
  ) {
    this.schedules = new Schedules(name => this.queue(name), report);
  }

  get backend(): 'redis' | 'postgres' {
    return this.server.kind;
  }

  /**
   * Adds a job and gives its id. `attempts` (default 5, 1 s, 2 s, 4 s apart) counts the first one; `delayMs` is at most a
   * minute, because what is due later is a time in Postgres. Rejects when the queue's server is away.
   */
  async add<Data extends Payload>(
    job: JobDefinition<string, Data>,
    payload: Data,
    { jobId, attempts, delayMs = 0 }: AddOptions = {},
  ): Promise<string> {
    if (!(delayMs >= 0 && delayMs <= longestDelayMs))
      throw new RangeError(`Not a delay of a minute at most: ${delayMs} ms`);
    const queue = await this.queue(job.queue);
    if (jobId !== undefined) await forgetFailed(queue, jobId);
    const id = jobId ?? freshJobId();
    await queue.add(job.name, payload, {
      jobId: id,
      delay: delayMs,
      ...(attempts === undefined ? {} : { attempts }),
    });
    return id;
  }

  /**
   * Adds a parent that runs when all children have completed; a child that fails for good fails the parent. The same ids
   * again run nothing twice, and what failed of them runs again.
   */
  async addFlow<Whole extends Payload, Part extends Payload>(
    parent: FlowJob<Whole>,
    children: readonly FlowJob<Part>[],
  ): Promise<void> {
    for (const { job, jobId } of [parent, ...children]) {
      await forgetFailed(await this.queue(job.queue), jobId);
    }
    this.flows ??= this.server.flows();
    const flows = await retried(this.flows, () => (this.flows = undefined));
    await flows.add({
      ...nodeOf(parent, {}),
      children: children.map(child => nodeOf(child, { failParentOnFailure: true })),
    });
  }

  /** Runs the job every so many seconds (1 to 60), once for all processes that name the same scheduler; a flush stops it for 10 s at most. */
  async every(job: JobDefinition<string, Tick>, seconds: number, schedulerId: string): Promise<void> {
    if (!(seconds >= 1 && seconds <= 60))
      throw new RangeError(`Not an interval of a minute at most: ${seconds} s`);
    await this.schedules.keep({ queue: job.queue, name: job.name, everyMs: seconds * 1000, schedulerId });
  }

  /**
   * Adds a job and waits for its result. A wait outlives neither this process nor a flush: it rejects with RunError
   * (`timeout`, `lost`), and the caller adds the job again under the same id, joining a run that still goes on.
   */
  async run<Data extends Payload, Result>(
    job: JobDefinition<string, Data, Result>,
    payload: Data,
    { jobId, timeoutMs, attempts }: { jobId: string; timeoutMs: number; attempts?: number },
  ): Promise<Result> {
    await this.eventsOf(job.queue); // so that listening begins before the job can end
    await this.add(job, payload, { jobId, ...(attempts === undefined ? {} : { attempts }) });
    return this.resultOf(job, { jobId, timeoutMs });
  }

  /**
   * The result of a job that was added before, such as the parent of a flow (which `run` would replace by one without
   * children if it had failed). Rejects as `run` does.
   */
  async resultOf<Result>(
    job: JobDefinition<string, never, Result>,
    { jobId, timeoutMs }: { jobId: string; timeoutMs: number },
  ): Promise<Result> {
    const [queue, events] = [await this.queue(job.queue), await this.eventsOf(job.queue)];
    return (await resultOf(jobId, { queue, events, timeoutMs, signal: this.closing.signal })) as Result;
  }

  /**
   * Starts to work on the queues of these handlers, `concurrency` jobs at a time on each (default 4). Refuses, before
   * anything starts, when a job of this process (or of `jobs`) has not exactly one handler.
   */
  async startWorkers(
    handlers: readonly JobHandler[],
    { concurrency = 4, jobs = definedJobs() }: { concurrency?: number; jobs?: readonly JobDefinition[] } = {},
  ): Promise<void> {
    assertHandlers(handlers, jobs);
    const working = new Working(new Map(handlers.map(handler => [keyOf(handler.job), handler])));
    for (const queue of new Set(handlers.map(({ job }) => job.queue))) {
      const worker = await this.server.worker(queue, working.runnerOf(queue), concurrency);
      this.workers.push({ worker, working });
    }
  }

  /** Throws away every job, schedule and memory of finished jobs on the queues that this process knows. */
  async flush(): Promise<void> {
    for (const name of this.names()) await (await this.queue(name)).obliterate({ force: true });
  }

  /** Jobs per queue and state, such as `{ reminders: { waiting: 2, active: 1, failed: 0, … } }`. */
  async counts(): Promise<Record<string, JobCounts>> {
    const counted = this.names().map(
      async name => [name, await (await this.queue(name)).getJobCounts()] as const,
    );
    return Object.fromEntries(await Promise.all(counted));
  }

  /** When the longest waiting job of each queue was added, or null where none waits. */
  async oldestWaiting(): Promise<Record<string, string | null>> {
    const oldest = this.names().map(async name => {
      const queue = await this.queue(name);
      // Counted from the newest, which is the first on either backend: asked for in ascending order, a part of the list is
      // the oldest on Redis and the newest on PostgreSQL.
      const last = (await queue.getWaitingCount()) - 1;
      const [job] = last < 0 ? [] : await queue.getJobs(['waiting'], last, last, false);
      return [name, job ? new Date(job.timestamp).toISOString() : null] as const;
    });
    return Object.fromEntries(await Promise.all(oldest));
  }

  /**
   * Ends in the order that loses nothing: no new jobs are taken and those at work are finished (for `drainMs` at
   * most, after which they are left for another worker), then listeners, queues, and last the connections.
   */
  close({ drainMs = 20_000 }: { drainMs?: number } = {}): Promise<void> {
    this.closed ??= this.closeInOrder(drainMs);
    return this.closed;
  }

  private async closeInOrder(drainMs: number): Promise<void> {
    this.schedules.stop();
    // Not pause() alone, which waits but then leaves a connection to Redis behind; not close() alone, which knows no limit.
    await this.closeAll(this.workers, ({ worker }) => worker.pause(true));
    await this.closeAll(this.workers, async ({ worker, working }) =>
      worker.close(!(await working.idleWithin(drainMs))),
    );
    this.closing.abort();
    const open = [...this.events.values(), ...(this.flows ? [this.flows] : []), ...this.queues.values()];
    await this.closeAll(open, async made => (await made).close());
    await this.server.close();
  }

  /** One that cannot be closed must not keep the others open. */
  private async closeAll<Open>(all: readonly Open[], close: (open: Open) => Promise<unknown>): Promise<void> {
    for (const result of await Promise.allSettled(all.map(close))) {
      if (result.status === 'rejected') this.report(asError(result.reason), 'closing');
    }
  }

  private names(): string[] {
    return [...new Set([...definedJobs().map(job => job.queue), ...this.queues.keys()])].sort();
  }

  private queue(name: string): Promise<BackedQueue> {
    const queue = this.queues.get(name) ?? this.server.queue(name);
    this.queues.set(name, queue);
    return retried(queue, () => this.queues.delete(name));
  }

  private eventsOf(name: string): Promise<BackedEvents> {
    const events = this.events.get(name) ?? this.server.events(name);
    this.events.set(name, events);
    return retried(events, () => this.events.delete(name));
  }
}

/** One that could not be made is forgotten, so that the next caller tries anew. */
async function retried<Made>(making: Promise<Made>, forget: () => unknown): Promise<Made> {
  try {
    return await making;
  } catch (fault) {
    forget();
    throw fault;
  }
}

function nodeOf<Data extends Payload>({ job, payload, jobId, attempts }: FlowJob<Data>, more: object) {
  const opts = { ...jobDefaults, ...more, jobId, attempts: attempts ?? jobDefaults.attempts };
  return { name: job.name, queueName: job.queue, data: payload, opts };
}

async function forgetFailed(queue: BackedQueue, jobId: string): Promise<void> {
  if ((await queue.getJobState(jobId)) === 'failed') await queue.remove(jobId);
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
