import { type Bulletin } from '@duban/bulletin';
import { Publisher, Rollups } from '@duban/rollup';
import { type Core } from '@duban/supervision';
import { workOnEditions } from './editions.js';
import {
  asAdmin,
  asOffice,
  asUnit,
  issuePlan,
  science,
  type SupervisedLedger,
  supervisedLedger,
} from './supervised-ledger.js';

export const round = '004:2023Q2';
export const figure = '004:i19';
export const statistics = 'xiangtan:市统计局';
export const asSecond = { ...asOffice, actor: { ...asOffice.actor, id: 'second' } };

/** The second quarter of a small 004: 市统计局 states 1010 of a figure that wants 1000, confirmed; closed on 21 July. */
export class ClosedQuarter {
  private constructor(
    readonly ledger: SupervisedLedger,
    readonly core: Core,
    readonly rollups: Rollups,
    readonly publisher: Publisher,
  ) {}

  /** With the round open and everything handed in but one report; `published`: closed over that, its edition out. */
  static async begin({ published = true } = {}): Promise<ClosedQuarter> {
    const ledger = await supervisedLedger();
    const { core } = ledger;
    const quarter = new ClosedQuarter(ledger, core, new Rollups(core), new Publisher(core));
    await quarter.furnish();
    if (published) await quarter.publish();
    return quarter;
  }

  day(day: string): Promise<void> {
    return this.ledger.day(day);
  }

  async close(): Promise<void> {
    await this.core.rounds.close(asOffice, round, { accepted: ['not_handed_in'], reason: '单位未报' });
  }

  /** What the worker does once the round is closed. */
  async publish(): Promise<void> {
    await this.day('2023-07-21');
    await this.close();
    await this.work();
  }

  correct(value: number) {
    const said = { period: '2023Q2', value, reason: '剔除重复入库企业', basis: '核对清单' };
    return this.core.indicators.correctValue(asUnit(statistics), figure, { unit: statistics, ...said });
  }

  confirm() {
    return this.core.indicators.confirmValue(asOffice, figure, { period: '2023Q2' });
  }

  /** Follows the log to its end and does what is to be done for editions. */
  async work(): Promise<void> {
    await workOnEditions(this.core, this.publisher);
  }

  async bulletin(): Promise<Bulletin> {
    const known = await this.rollups.bulletin(round);
    if (!known) throw new Error(`${round} has no edition`);
    return known;
  }

  private async furnish(): Promise<void> {
    const { core } = this;
    const statisticsOffice = { jurisdiction: 'xiangtan', name: '市统计局', kind: 'bureau' as const };
    await core.units.register(asAdmin, { ...statisticsOffice, parent: null, aliases: [] });
    await issuePlan(core, ['1', '2']);
    await core.indicators.define(asAdmin, indicator);
    const asked = { evidence: false, summary: false, backfill: false, clause: '1' };
    const quarter = { plan: '004', period: '2023Q2', kind: 'quarter' as const, dueOn: '2023-07-07' };
    await core.rounds.schedule(asOffice, { ...quarter, ...asked });
    await this.day('2023-07-03');
    await core.rounds.open(asOffice, round);
    const told = { period: '2023Q2', percent: 40, summary: '推进中' };
    await core.tasks.report(asUnit(science), '004:1', told);
    await core.indicators.reportValue(asUnit(statistics), figure, { period: '2023Q2', value: 1010 });
    await this.confirm();
  }
}

const target = { horizon: '2023Q2', bound: '>=' as const, floor: 1000, stretch: null, kind: null };
const indicator = {
  ...{ plan: '004', code: 'i19', title: '科技型中小企业', measure: '家', source: 'table' as const },
  ...{ direction: 'more' as const, kind: 'stock' as const, annualOnly: false, definition: null },
  ...{ owners: [science], providers: [statistics], providerMode: 'one_of' as const },
  ...{ frequency: 'quarter' as const, lagDays: 0, links: [], baselines: [{ period: '2022', value: 900 }] },
  targets: [{ ...target, commitment: 'plain' as const, forecast: false, words: '1000家', clause: '附件1' }],
};
