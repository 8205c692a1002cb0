import { type BackedQueue, type ReportFault } from './backend.js';

type Schedule = { queue: string; name: string; everyMs: number; schedulerId: string };

const lookEveryMs = 10_000;
const stuckAfterMs = 60_000;

/** Recurring jobs of this process. A flush takes schedulers away with everything else, so they are looked after. */
export class Schedules {
  private readonly kept = new Map<string, Schedule>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly queueOf: (name: string) => Promise<BackedQueue>,
    private readonly report: ReportFault,
  ) {}

  /** Puts the schedule in place and keeps it there until `stop`. */
  async keep(schedule: Schedule): Promise<void> {
    await this.put(schedule);
    this.kept.set(`${schedule.queue}/${schedule.schedulerId}`, schedule);
    this.timer ??= setInterval(() => void this.restore(), lookEveryMs).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async restore(): Promise<void> {
    for (const schedule of this.kept.values()) {
      try {
        if (!(await this.goesOn(schedule))) await this.put(schedule);
      } catch (fault) {
        this.report(
          fault instanceof Error ? fault : new Error(String(fault)),
          `schedule ${schedule.schedulerId}`,
        );
      }
    }
  }

  /** A scheduler whose next run is long past has lost the job that would start it. */
  private async goesOn({ queue, schedulerId, everyMs }: Schedule): Promise<boolean> {
    const scheduler = await (await this.queueOf(queue)).getJobScheduler(schedulerId);
    return scheduler?.every === everyMs && (scheduler.next ?? 0) > Date.now() - stuckAfterMs;
  }

  private async put({ queue, name, everyMs, schedulerId }: Schedule): Promise<void> {
    await (await this.queueOf(queue)).upsertJobScheduler(schedulerId, { every: everyMs }, { name, data: {} });
  }
}
