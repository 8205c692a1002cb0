import { createHash, randomBytes } from 'node:crypto';

declare const payloadOf: unique symbol;
declare const resultOf: unique symbol;

/** The name of a kind of work on a queue; the types of its payload and result exist for the compiler only. */
export interface JobDefinition<Name extends string = string, Payload = never, Result = unknown> {
  readonly queue: string;
  readonly name: Name;
  readonly [payloadOf]?: (payload: Payload) => void;
  readonly [resultOf]?: () => Result;
}

/** What a scheduled job carries: nothing. It is a hint to look into Postgres. */
export type Tick = Record<string, never>;

/** What a handler may know about its run besides the payload. */
export interface JobContext {
  readonly jobId: string;
  /** Counts from 1; above 1 the job was tried before, perhaps to its end. */
  readonly attempt: number;
  /** The results of a flow's children, in no order; empty for a job without children. */
  childResults(): Promise<unknown[]>;
}

/**
 * The code that does one kind of work. It may run more than once for one job (a worker that was killed, a lock
 * that was lost), so its effects belong into a transaction that recognises what is already done.
 */
export interface JobHandler<Name extends string = string, Payload = never, Result = unknown> {
  readonly job: JobDefinition<Name, Payload, Result>;
  handle(payload: Payload, context: JobContext): Promise<Result>;
}

const defined = new Map<string, JobDefinition>();

/**
 * Names a kind of work, once in a process. Throws when the queue already has a job of that name.
 *
 * @example export const sweep = defineJob<'sweep', { plan: string }>('reminders', 'sweep');
 */
export function defineJob<Name extends string, Payload, Result = unknown>(
  queue: string,
  name: Name,
): JobDefinition<Name, Payload, Result> {
  const job: JobDefinition<Name, Payload, Result> = { queue, name };
  if (queue === '' || queue.includes(':')) throw new Error(`Not a name for a queue: ${queue}`);
  if (defined.has(keyOf(job))) throw new Error(`Job ${keyOf(job)} is defined twice`);
  defined.set(keyOf(job), job);
  return job;
}

/** Every job defined in this process so far. */
export function definedJobs(): readonly JobDefinition[] {
  return [...defined.values()];
}

/** Queue and name as one text. */
export function keyOf({ queue, name }: JobDefinition): string {
  return `${queue}/${name}`;
}

/**
 * Refuses to start when a job has no handler or several, naming all such jobs at once; a job that nobody handles
 * would otherwise be noticed when its first duty is missed.
 */
export function assertHandlers(
  handlers: readonly JobHandler[],
  jobs: readonly JobDefinition[] = definedJobs(),
): void {
  const counts = new Map<string, number>(
    [...jobs, ...handlers.map(({ job }) => job)].map(job => [keyOf(job), 0]),
  );
  for (const { job } of handlers) counts.set(keyOf(job), (counts.get(keyOf(job)) ?? 0) + 1);
  const faults = [...counts]
    .filter(([, count]) => count !== 1)
    .map(([key, count]) => `${key} has ${count} handlers`);
  if (faults.length > 0) throw new Error(`Each job needs exactly one handler: ${faults.join(', ')}`);
}

/**
 * One id from the parts that make a run distinct, for example plan, period and edition. The same parts give the same
 * id in any process. Hashed because ids on the queue may neither contain ':' nor consist of digits alone.
 */
export function jobIdOf(...parts: readonly (string | number)[]): string {
  return `j${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40)}`;
}

/** An id that no other job has. */
export function freshJobId(): string {
  return `r${randomBytes(16).toString('hex')}`;
}

/** What finished is kept for inspection, within bounds: by age in seconds and by number. */
export const jobDefaults = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 1000 },
  removeOnComplete: { age: 3600, count: 1000 },
  removeOnFail: { age: 7 * 86_400, count: 1000 },
};
