import { jobIdOf, type Queues } from '@duban/queue';
import { partsOf } from './edition-computer.js';
import { EditionTable } from './edition-table.js';
import { noteCorrectionsJob, rollupPeriodJob, rollupPlanJob, type WantedCut } from './jobs.js';
import { type RollupParts } from './parts.js';

const trustMillis = 10_000;

/**
 * Puts what is still to be done on the queue: a flow for each quarter with closed rounds that have no edition, or whose
 * provisional edition somebody asked for. All of it is read from Postgres, so a flushed queue loses nothing.
 */
export class RollupRelay {
  private readonly table: EditionTable;
  private readonly added = new Map<string, number>();

  constructor(
    parts: Pick<RollupParts, 'pool'>,
    private readonly queues: Pick<Queues, 'add' | 'addFlow'>,
  ) {
    this.table = new EditionTable(parts.pool);
  }

  /** How many editions are wanted. What was added within the last ten seconds is trusted to be there, unless `all` are wanted. */
  async enqueue({ all = false } = {}): Promise<number> {
    const wanted = await this.wanted();
    const now = performance.now();
    for (const [key, at] of this.added) if (now - at > trustMillis) this.added.delete(key);
    const fresh = wanted.filter(cut => all || !this.added.has(keyOf(cut)));
    for (const [period, cuts] of byPeriod(fresh)) {
      await this.addFlow(period, cuts);
      for (const cut of cuts) this.added.set(keyOf(cut), now);
    }
    const followUps = [...(await this.table.unkept()), ...(await this.table.unnoted())];
    if (followUps.length > 0) await this.queues.add(noteCorrectionsJob, {});
    return wanted.length;
  }

  private async wanted(): Promise<WantedCut[]> {
    const closed = (await this.table.unpublished()).map(cut => ({ ...cut, isFinal: true }));
    const isClosed = (round: string) => closed.some(each => each.round === round);
    const open = (await this.table.requested()).filter(({ round }) => !isClosed(round));
    return [...closed, ...open.map(cut => ({ ...cut, isFinal: false }))];
  }

  /** The ids say which run is meant: the same cuts again join it, another cut is another run. */
  private async addFlow(period: string, cuts: WantedCut[]): Promise<void> {
    const jobId = jobIdOf('rollup-period', period, ...cuts.map(keyOf));
    await this.queues.addFlow(
      { job: rollupPeriodJob, payload: { period, cuts }, jobId },
      cuts.map(cut => ({
        job: rollupPlanJob,
        payload: cut,
        jobId: jobIdOf('rollup-plan', jobId, keyOf(cut)),
      })),
    );
  }
}

function keyOf({ round, cutoff, isFinal }: WantedCut): string {
  return `${round} ${cutoff} ${isFinal}`;
}

function byPeriod(cuts: readonly WantedCut[]): Map<string, WantedCut[]> {
  const groups = new Map<string, WantedCut[]>();
  for (const cut of cuts) {
    const { period } = partsOf(cut.round);
    groups.set(period, [...(groups.get(period) ?? []), cut]);
  }
  return groups;
}
