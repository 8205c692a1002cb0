import { Injectable } from '@nestjs/common';
import { Rejection } from '@duban/event-store';
import { type Actor } from '@duban/platform';
import {
  type Correction,
  type CurrentEdition,
  type Edition,
  type EditionRow,
  isRollupId,
  linesSeenBy,
  type RollupHead,
  Rollups,
} from '@duban/rollup';
import { type Page, pageOf } from '../http/paging.js';
import { LedgerViews, type Look } from '../ledger/ledger-views.js';
import { type RollupDetail, type RollupQuery, type RollupRequestDto } from './rollup.dto.js';

/** Editions as an actor sees them: whole for who covers the plan, a unit's own lines for the unit. */
@Injectable()
export class RollupViews {
  constructor(
    private readonly views: LedgerViews,
    private readonly rollups: Rollups,
  ) {}

  async list(actor: Actor, query: RollupQuery): Promise<Page<RollupHead>> {
    const heads = await this.heads(await this.views.look(actor), query.period);
    const wanted = heads.filter(
      ({ plan, state }) =>
        (query.plan === undefined || plan === query.plan) && (!query.state || state === query.state),
    );
    return pageOf(wanted, ({ id }) => id, query);
  }

  /** Asks for the rollups of a quarter among one's plans. @throws Rejection `not_found`, `round_not_open`, `validation_failed` */
  async request(actor: Actor, { period, plans }: RollupRequestDto): Promise<RollupHead[]> {
    const look = await this.views.look(actor);
    const seen = (await this.views.plans(look)).map(({ code }) => code);
    const foreign = plans?.find(plan => !seen.includes(plan));
    if (foreign !== undefined) throw new Rejection('not_found', { what: foreign });
    const own = (await this.heads(look, period)).map(({ plan }) => plan);
    return this.rollups.request({ period, plans: plans ?? (own.length > 0 ? own : undefined) });
  }

  /** The edition that counts: the last one published, else the provisional one. @throws Rejection `not_found` */
  async detail(actor: Actor, id: string): Promise<RollupDetail> {
    const { look, head } = await this.known(actor, id);
    return this.detailOf(look, head, await this.rollups.table.current(id));
  }

  /** One published edition. @throws Rejection `not_found` */
  async edition(actor: Actor, id: string, n: number): Promise<RollupDetail> {
    const { look, head } = await this.known(actor, id);
    const row = await this.rollups.table.find(`${id}/${n}`);
    if (!row) throw new Rejection('not_found', { what: `${id}/${n}` });
    return this.detailOf(look, { ...head, n }, row);
  }

  /** The editions that count of a quarter, as far as one sees them. */
  async editionsOf(actor: Actor, period: string): Promise<CurrentEdition[]> {
    const look = await this.views.look(actor);
    const ids = (await this.heads(look, period)).map(({ id }) => id);
    const rows = await this.rollups.table.currents(ids);
    return Promise.all(
      rows.map(async ({ id, plan, n, body }) => ({
        ...{ id, n, edition: seenBy(look, body) },
        corrections: await this.corrections(look, `${plan}:${period}`, body),
      })),
    );
  }

  private async known(actor: Actor, id: string): Promise<{ look: Look; head: RollupHead }> {
    if (!isRollupId(id)) throw new Rejection('not_found', { what: id });
    const look = await this.views.look(actor);
    const head = (await this.heads(look, id.slice(id.lastIndexOf(':') + 1))).find(each => each.id === id);
    if (!head) throw new Rejection('not_found', { what: id });
    return { look, head };
  }

  private async heads(look: Look, period?: string): Promise<RollupHead[]> {
    const plans = new Set((await this.views.plans(look)).map(({ code }) => code));
    return (await this.rollups.list({ period })).filter(({ plan }) => plans.has(plan));
  }

  private async detailOf(look: Look, head: RollupHead, row: EditionRow | null): Promise<RollupDetail> {
    return {
      ...head,
      cutoffOn: row?.cutoffOn ?? null,
      publishedAt: row?.publishedAt?.toISOString() ?? null,
      contentDigest: row?.contentDigest ?? null,
      inputDigest: row?.inputDigest ?? null,
      corrections: row ? await this.corrections(look, head.id, row.body) : [],
      edition: row ? seenBy(look, row.body) : null,
    };
  }

  private async corrections(look: Look, id: string, body: Edition): Promise<Correction[]> {
    const { tasks, indicators } = seenBy(look, body);
    const seen = new Set([...tasks, ...indicators].map(line => line.id));
    return (await this.rollups.corrections(id)).filter(({ subject }) => seen.has(subject));
  }
}

function seenBy({ actor }: Look, edition: Edition): Edition {
  return actor.role === 'unit' ? linesSeenBy(edition, actor.units ?? []) : edition;
}
