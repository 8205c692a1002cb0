import { type Bulletin, streamOf } from '@duban/bulletin';
import { isPeriod, type Period, periodKind } from '@duban/calendar';
import { fieldRejection, Rejection } from '@duban/event-store';
import { type Round } from '@duban/round';
import { type EditionRow } from './edition.entity.js';
import { closedAt } from './edition-record.js';
import { cutOf, EditionComputer, partsOf } from './edition-computer.js';
import { EditionTable } from './edition-table.js';
import { bodyDigest } from './digests.js';
import { type Edition } from './edition-model.js';
import { contextOf, type RollupParts } from './parts.js';

/** Where a rollup stands: published, coming (its round is closed), provisional, asked for, or not asked for yet. */
export type RollupState = 'published' | 'publishing' | 'provisional' | 'computing' | 'none';
export type RollupHead = { id: string; plan: string; period: Period; state: RollupState; n: number | null };

export type EditionCheck = {
  id: string;
  ok: boolean;
  content: { recorded: string; recomputed: string };
  input: { recorded: string; recomputed: string };
  body: { stored: string; recomputed: string };
};

/** Triggers, finds and verifies editions. */
export class Rollups {
  readonly table: EditionTable;

  constructor(private readonly parts: RollupParts) {
    this.table = new EditionTable(parts.pool);
  }

  /**
   * Asks for the rollup of a quarter, of all plans that have such a round or of those named. A closed round gets its one
   * edition, however often it is asked for; an open one gets a provisional edition of what is known now.
   * @throws Rejection `validation_failed` for what is no quarter, `not_found` when no plan has such a round, `round_not_open`
   */
  async request({ period, plans }: { period: Period; plans?: readonly string[] }): Promise<RollupHead[]> {
    if (!isPeriod(period) || periodKind(period) !== 'quarter')
      throw fieldRejection('/period', 'not_a_quarter', { period });
    const known = await this.rounds(period);
    const wanted = plans ? known.filter(({ plan }) => plans.includes(plan)) : known;
    const absent = plans?.find(plan => !known.some(each => each.plan === plan));
    if (absent !== undefined || wanted.length === 0)
      throw new Rejection('not_found', { what: absent === undefined ? period : `${absent}:${period}` });
    const started = wanted.filter(({ status }) => status !== 'scheduled');
    if (started.length === 0) throw new Rejection('round_not_open', { period });
    const { position } = await this.parts.events.head();
    const now = await this.parts.clock.now();
    for (const { plan, status } of started)
      if (status === 'open') await this.table.request(`${plan}:${period}`, position, now);
    return this.heads(started);
  }

  /** The edition as it would be if the round were closed now, over these classes of blockers; null where rounds have none. */
  async preview(
    round: string,
    { accepted, reason }: { accepted: readonly string[]; reason: string | null },
  ): Promise<Edition | null> {
    if (!isRollupId(round)) return null;
    const { position } = await this.parts.events.head();
    const { today } = await contextOf(this.parts);
    const earlier = async (id: string) => (await this.table.find(id))?.body ?? null;
    const closing = { accepted, reason, on: today };
    const computer = new EditionComputer(this.parts);
    return (await computer.editionAt({ round, cutoff: position }, { earlier }, closing)).edition;
  }

  /** The rollups of a quarter or of all, by plan and period. */
  async list({ period }: { period?: Period } = {}): Promise<RollupHead[]> {
    return this.heads(await this.rounds(period));
  }

  /** What is on record of a round's editions; null before the first. */
  async bulletin(round: string): Promise<Bulletin | null> {
    return (await this.parts.events.load<Bulletin>(streamOf(round)))?.state ?? null;
  }

  /** What came after the editions of a round, oldest first. */
  async corrections(round: string): Promise<Bulletin['corrections']> {
    return (await this.bulletin(round))?.corrections ?? [];
  }

  /**
   * Recomputes a published edition from the events alone and compares: the figures with the digest that the record
   * holds, the log with its digest, and what is stored with what comes out.
   * @throws Rejection `not_found` when there is no such published edition
   */
  async verify(id: string): Promise<EditionCheck> {
    const row = await this.table.find(id);
    const round = id.slice(0, id.lastIndexOf('/'));
    const record = await this.bulletin(round);
    const published = record?.editions.find(({ n }) => n === row?.n);
    if (!row || !published) throw new Rejection('not_found', { what: id });
    const cut = { round, ...cutOf(published) };
    const { edition, contentDigest, inputDigest } = await new EditionComputer(this.parts).compute(cut, {
      fromEvents: true,
    });
    const content = { recorded: published.contentDigest, recomputed: contentDigest };
    const input = { recorded: published.inputDigest, recomputed: inputDigest };
    const body = { stored: bodyDigest(row.body), recomputed: bodyDigest(edition) };
    const closedThere = await closedAt(this.parts.pool, round);
    const isClosedThere = Boolean(published.restates) || closedThere === published.cutoffPosition;
    const ok =
      isClosedThere &&
      content.recorded === content.recomputed &&
      input.recorded === input.recomputed &&
      body.stored === body.recomputed &&
      row.contentDigest === content.recorded;
    return { id, ok, content, input, body };
  }

  /** Every published edition by id. */
  async published(): Promise<string[]> {
    const { rows } = await this.parts.pool.query<{ id: string }>(
      `SELECT id FROM edition WHERE kind = 'published' ORDER BY period, plan, n`,
    );
    return rows.map(({ id }) => id);
  }

  private async rounds(period?: Period): Promise<Pick<Round, 'plan' | 'period' | 'status'>[]> {
    const { rows } = await this.parts.pool.query<Pick<Round, 'plan' | 'period' | 'status'>>({
      name: 'quarterly_rounds',
      text: `SELECT plan, state ->> 'period' AS period, state ->> 'status' AS status FROM streams
             WHERE category = 'round' AND state ->> 'kind' = 'quarter' AND ($1::text IS NULL OR state ->> 'period' = $1)
             ORDER BY id`,
      values: [period ?? null],
    });
    return rows;
  }

  private async heads(rounds: readonly Pick<Round, 'plan' | 'period' | 'status'>[]): Promise<RollupHead[]> {
    const ids = rounds.map(({ plan, period }) => `${plan}:${period}`);
    const rows = await this.table.currents(ids);
    const asked = new Set((await this.table.requested()).map(({ round }) => round));
    return rounds.map(({ plan, period, status }) => {
      const id = `${plan}:${period}`;
      const row = rows.find(each => `${each.plan}:${each.period}` === id);
      return { id, plan, period, state: stateOf(row, status, asked.has(id)), n: row?.n ?? null };
    });
  }
}

function stateOf(row: EditionRow | undefined, status: Round['status'], isAsked: boolean): RollupState {
  if (row?.kind === 'published') return 'published';
  if (status === 'closed') return 'publishing';
  if (isAsked) return 'computing';
  return row ? 'provisional' : 'none';
}

/** Whether a round's key names a quarter: `004:2023Q2`. */
export function isRollupId(id: string): boolean {
  const { period } = partsOf(id);
  return isPeriod(period) && periodKind(period) === 'quarter';
}
