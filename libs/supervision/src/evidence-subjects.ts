import { type Target } from '@duban/access';
import { type Bulletin } from '@duban/bulletin';
import { type Day } from '@duban/calendar';
import { type StoredEvidence } from '@duban/evidence';
import { type Indicator } from '@duban/indicator';
import { type UnitDirectory } from '@duban/ledger';
import { type Submission } from '@duban/round';
import { type Task } from '@duban/task';
import { type Pool } from 'pg';
import { concernedUnits } from './indicator.service.js';
import { type Lookup } from './lookup.js';

/** What files are attached to, and who sees that. */
export class EvidenceSubjects {
  constructor(
    private readonly lookup: Lookup,
    private readonly pool: Pool,
  ) {}

  /**
   * What somebody must see to see a file that is attached to it; null for what nobody but its sender may see. Units are
   * those that answer today and those that were named: the key of one that has ended still reads for a while.
   */
  async targetOf(
    { category, id }: { category: string; id: string },
    directory: UnitDirectory,
    today: Day,
  ): Promise<Target | null> {
    const held = await this.lookup.reader.state(category, id);
    if (!held) return null;
    switch (category) {
      case 'task': {
        const task = held.state as Task;
        const named = task.roles.map(({ holder }) => holder);
        return { plan: task.plan, units: [...this.lookup.addressees(task, directory, today), ...named] };
      }
      case 'indicator': {
        const indicator = held.state as Indicator;
        const named = concernedUnits(indicator);
        return {
          plan: indicator.plan,
          units: [...named, ...named.map(each => directory.holder(each, today))],
        };
      }
      case 'submission': {
        const { plan, unit } = held.state as Submission;
        return { plan, units: [unit, directory.holder(unit, today)] };
      }
      case 'plan':
      case 'rollup':
        return this.ofOffice(category === 'plan' ? id : (held.state as Bulletin).plan, directory, today);
      default:
        return null;
    }
  }

  /** What the plan's office decided about the plan itself or its editions. */
  private async ofOffice(plan: string, directory: UnitDirectory, today: Day): Promise<Target> {
    const { office } = await this.lookup.plan(plan);
    return { plan, units: [office, directory.holder(office, today)] };
  }

  async count(): Promise<number> {
    const { rows } = await this.pool.query<{ files: string }>(
      `SELECT count(*) AS files FROM streams WHERE category = 'evidence'`,
    );
    return Number(rows[0]?.files);
  }

  /** The records of files, in the order of their hashes. */
  async page(after: string, limit: number): Promise<StoredEvidence[]> {
    const { rows } = await this.pool.query<{ state: StoredEvidence }>(
      `SELECT state FROM streams WHERE category = 'evidence' AND id > $1 ORDER BY id LIMIT $2`,
      [`evidence-${after}`, limit],
    );
    return rows.map(({ state }) => state);
  }
}
