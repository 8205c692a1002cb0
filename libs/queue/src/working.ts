import { type RunJob } from './backend.js';
import { type JobHandler, keyOf } from './job.js';

/** The jobs that the handlers of this process have at work. */
export class Working {
  private readonly atWork = new Set<Promise<unknown>>();

  constructor(private readonly handlers: ReadonlyMap<string, JobHandler>) {}

  /** What a worker of the queue does with a job. */
  runnerOf(queue: string): RunJob {
    return async job => {
      const handler = this.handlers.get(keyOf({ queue, name: job.name }));
      // Tried again later: during an upgrade an older process may meet a job that only a newer one knows.
      if (!handler) throw new Error(`No handler for ${queue}/${job.name} in this process`);
      const run = handler.handle(job.data as never, {
        jobId: job.id ?? '',
        attempt: job.attemptsStarted,
        childResults: async () => Object.values(await job.getChildrenValues()),
      });
      this.atWork.add(run);
      return run.finally(() => this.atWork.delete(run));
    };
  }

  /** Waits until nothing is at work; false when that takes longer. */
  async idleWithin(milliseconds: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<boolean>(resolve => {
      timer = setTimeout(resolve, milliseconds, false);
    });
    const idle = await Promise.race([this.idle(), limit]);
    clearTimeout(timer);
    return idle;
  }

  private async idle(): Promise<boolean> {
    while (this.atWork.size > 0) await Promise.allSettled(this.atWork);
    return true;
  }
}
