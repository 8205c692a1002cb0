import { type Bulletin, type Publication, streamOf } from '@duban/bulletin';
import { type Day } from '@duban/calendar';
import { Rejection } from '@duban/event-store';
import { type Paper } from '@duban/platform';
import { cutOf, type Computed, type Cut, EditionComputer } from './edition-computer.js';
import { diffOf } from './edition-diff.js';
import { type Edition } from './edition-model.js';
import { EditionTable } from './edition-table.js';
import { type EditionRow } from './edition.entity.js';
import { type RollupParts } from './parts.js';

/** An edition that is ready to take the place of another: what is to be recorded of it, and in how many lines it differs. */
export type Prepared = { of: number; publication: Publication; changes: number };

/** Computes editions that take the place of others, and keeps them where they are read. */
export class Restater {
  private readonly table: EditionTable;
  private readonly computer: EditionComputer;

  constructor(private readonly parts: RollupParts) {
    this.table = new EditionTable(parts.pool);
    this.computer = new EditionComputer(parts);
  }

  /**
   * The last edition of the round anew, with all that is known now.
   * @param seen the edition that whoever restates has seen; the last one if absent
   * @throws Rejection `edition_not_published`, `edition_restated_already`
   */
  async prepare(
    round: string,
    why: { reason: string; paper: Paper | null; on: Day },
    seen?: number,
  ): Promise<Prepared> {
    const { position } = await this.parts.events.head();
    const bulletin = await this.parts.events.load<Bulletin>(streamOf(round));
    const of = bulletin?.state.editions.at(-1)?.n;
    if (!of) throw new Rejection('edition_not_published');
    if (seen !== undefined && seen !== of)
      throw new Rejection('edition_restated_already', { of: seen, n: of });
    const last = await this.kept(round, of);
    const computed = await this.computed({ round, cutoff: position, restating: { of, ...why } });
    const { edition, cutoffOn, contentDigest, inputDigest } = computed;
    const { rules, watermarks } = edition;
    const publication = { cutoffPosition: position, cutoffOn, contentDigest, inputDigest, rules, watermarks };
    return { of, publication, changes: diffOf(last.body, edition).length };
  }

  /** Keeps edition `n` of a round as it is on record; again it changes nothing. */
  async keep(round: string, n: number): Promise<void> {
    const events = await this.parts.events.readStream(streamOf(round));
    const found = events.find(({ type, data }) => type === 'EditionRestated' && data.n === n);
    const bulletin = await this.parts.events.load<Bulletin>(streamOf(round));
    const edition = bulletin?.state.editions.find(each => each.n === n);
    if (!found || !edition) throw new Rejection('not_found', { what: `${round}/${n}` });
    const cut = { round, ...cutOf(edition) };
    const computed = await this.computed(cut);
    const computedAt = await this.parts.clock.now();
    await this.table.keepRestated(cut, n, computed, { computedAt, publishedAt: found.recordedAt });
  }

  /** Whoever published or restated it may not have come to keep it yet. */
  private async kept(round: string, n: number): Promise<EditionRow> {
    const id = `${round}/${n}`;
    const found = await this.table.find(id);
    if (found) return found;
    if (n > 1) await this.keep(round, n);
    const row = await this.table.find(id);
    if (!row) throw new Rejection('edition_not_published');
    return row;
  }

  private computed(cut: Cut): Promise<Computed> {
    return this.computer.compute(cut, { earlier: id => this.bodyOf(id) });
  }

  private async bodyOf(id: string): Promise<Edition | null> {
    return (await this.table.find(id))?.body ?? null;
  }
}
