import { type Group, type Unit } from '@duban/unit';
import { type Pool } from 'pg';
import { splitStream } from './plan-ledger.js';
import { Turns } from './turns.js';
import { UnitDirectory } from './unit-directory.js';

type Queryable = Pick<Pool, 'query'>;
type Known = { versions: number; directory: UnitDirectory };

const ofUnits = `FROM streams WHERE category IN ('unit', 'group')`;

/**
 * All units and groups as they stand when asked, read anew only when one of them has changed. Streams are never removed
 * and every event raises a version, so the sum of the versions tells; it is looked at for every question, in every process.
 */
export class DirectoryReader {
  private known: Known | null = null;
  private readonly turns = new Turns(() => this.look());

  constructor(private readonly pool: Queryable) {}

  directory(): Promise<UnitDirectory> {
    return this.turns.ask();
  }

  private async look(): Promise<UnitDirectory> {
    if (this.known?.versions !== (await this.versions())) this.known = await this.read();
    return this.known.directory;
  }

  private async versions(): Promise<number> {
    const { rows } = await this.pool.query<{ versions: string | number }>({
      name: 'unit_versions',
      text: `SELECT coalesce(sum(version), 0) AS versions ${ofUnits}`,
    });
    return Number(rows[0]?.versions);
  }

  private async read(): Promise<Known> {
    const { rows } = await this.pool.query<{ id: string; version: number; state: unknown }>({
      name: 'unit_directory',
      text: `SELECT id, version, state ${ofUnits}`,
    });
    const units = new Map<string, Unit>();
    const groups = new Map<string, Group>();
    for (const { id: stream, state } of rows) {
      const { category, id } = splitStream(stream);
      if (category === 'unit') units.set(id, state as Unit);
      else groups.set(id, state as Group);
    }
    // The sum of what was read, not of what was looked at before: the two statements see two moments.
    const versions = rows.reduce((sum, { version }) => sum + version, 0);
    return { versions, directory: new UnitDirectory(units, groups) };
  }
}
