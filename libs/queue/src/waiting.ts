import { type BackedEvents, type BackedQueue } from './backend.js';

export type RunFailure = 'failed' | 'lost' | 'timeout' | 'closed';

/** Why a run gave no result; after `lost` and `timeout` the caller adds it again. */
export class RunError extends Error {
  override readonly name = 'RunError';
  constructor(
    readonly code: RunFailure,
    message: string,
  ) {
    super(message);
  }
}

type Waiting = { queue: BackedQueue; events: BackedEvents; timeoutMs: number; signal: AbortSignal };

const askEveryMs = 1000;

/**
 * The result of a job that was added. An event only says when to ask the job; because events can be missed (a listener
 * that reconnects, a flushed queue), it is asked every second as well.
 * Rejects with RunError: the job failed for good, is gone, took longer than `timeoutMs`, or the signal ended the wait.
 */
export function resultOf(jobId: string, { queue, events, timeoutMs, signal }: Waiting): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const stop = new AbortController();
    const settle = (end: () => void) => {
      stop.abort();
      end();
    };
    const fail = (fault: unknown) => settle(() => reject(fault));
    const ask = () =>
      outcomeOf(jobId, queue).then(outcome => outcome && settle(() => resolve(outcome.result)), fail);
    const heard = (event: { jobId: string }) => {
      if (event.jobId === jobId) void ask();
    };
    const limit = () => fail(new RunError('timeout', `Job ${jobId} took longer than ${timeoutMs} ms`));
    const timers = [setInterval(() => void ask(), askEveryMs), setTimeout(limit, timeoutMs)];
    events.on('completed', heard);
    events.on('failed', heard);
    stop.signal.addEventListener('abort', () => {
      timers.forEach(timer => clearTimeout(timer));
      events.off('completed', heard);
      events.off('failed', heard);
    });
    const closed = () => fail(new RunError('closed', `Stopped waiting for job ${jobId}`));
    if (signal.aborted) closed();
    signal.addEventListener('abort', closed, { once: true, signal: stop.signal });
    void ask();
  });
}

/** Null while the job goes on. */
async function outcomeOf(jobId: string, queue: BackedQueue): Promise<{ result: unknown } | null> {
  const job = await queue.getJob(jobId);
  if (!job) throw new RunError('lost', `Job ${jobId} is gone`);
  if (job.finishedOn === undefined) return null;
  if (await job.isFailed()) throw new RunError('failed', job.failedReason ?? 'No reason given');
  return { result: job.returnvalue };
}
