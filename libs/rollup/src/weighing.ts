import { type Bulletin, type BulletinCommand, type Correction, type Effect, streamOf } from '@duban/bulletin';
import { EditionComputer } from './edition-computer.js';
import { type Edition } from './edition-model.js';
import { EditionTable, type KeptFact } from './edition-table.js';
import { effectsOf } from './effects.js';
import { contextOf, type RollupParts } from './parts.js';

/** Says what later facts come to in the editions that do not know of them; each edition is computed anew once at most. */
export class Weighing {
  private readonly table: EditionTable;
  private readonly computer: EditionComputer;
  private readonly asItIsNow = new Map<string, Promise<Edition>>();

  constructor(private readonly parts: RollupParts) {
    this.table = new EditionTable(parts.pool);
    this.computer = new EditionComputer(parts);
  }

  /** What is to be recorded of a fact that came after an edition. */
  async commandFor({ round, position, body }: KeptFact): Promise<BulletinCommand> {
    const bulletin = (await this.parts.events.load<Bulletin>(streamOf(round)))?.state;
    const n = bulletin?.editions.findLast(({ cutoffPosition }) => cutoffPosition < position)?.n ?? 1;
    if ('settles' in body) {
      const { settles: cause, outcome } = body;
      const settled = bulletin?.corrections.find(each => each.cause === cause);
      const effects = settled && outcome === 'counts' ? await this.effects(round, n, settled) : [];
      return { type: 'SettleCorrection', cause, position, outcome, effects };
    }
    const { how, pending } = body;
    // What came late or was preliminary is noted and obliges nobody: only who was told wrongly is owed an answer.
    const effects = pending ? null : how === 'corrected' ? await this.effects(round, n, body) : [];
    return { type: 'NoteCorrection', position, effects, ...body };
  }

  private async effects(round: string, n: number, correction: Correction): Promise<Effect[]> {
    const published = await this.table.find(`${round}/${n}`);
    if (!published) return [];
    const now = this.asItIsNow.get(round) ?? this.anew(round, n);
    this.asItIsNow.set(round, now);
    return effectsOf(correction, published.body, await now);
  }

  private async anew(round: string, of: number): Promise<Edition> {
    const { position } = await this.parts.events.head();
    const { today } = await contextOf(this.parts);
    const restating = { of, reason: '', paper: null, on: today };
    const earlier = async (id: string) => (await this.table.find(id))?.body ?? null;
    return (await this.computer.editionAt({ round, cutoff: position, restating }, { earlier })).edition;
  }
}
