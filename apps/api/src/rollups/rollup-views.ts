import { Injectable } from '@nestjs/common';
import { rowsOf, sees } from '@duban/access';
import { type Bulletin, type NotedCorrection } from '@duban/bulletin';
import { Rejection } from '@duban/event-store';
import { type Actor } from '@duban/platform';
import {
  countersOf,
  type CurrentEdition,
  type Edition,
  type EditionRow,
  isRollupId,
  laterThan,
  linesInChargeOf,
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
        corrections: laterThan(
          n,
          correctionsSeen(look, await this.rollups.bulletin(`${plan}:${period}`), body),
        ),
      })),
    );
  }

  /** The record of a quarter's editions, and what the actor sees of each. @throws Rejection `not_found` */
  async editionsSeen(actor: Actor, id: string) {
    const { look } = await this.known(actor, id);
    const bodyOf = async (n: number): Promise<Edition> => {
      const row = await this.rollups.table.find(`${id}/${n}`);
      if (!row) throw new Rejection('not_found', { what: `${id}/${n}` });
      return seenBy(look, row.body);
    };
    return { look, bulletin: await this.rollups.bulletin(id), bodyOf };
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
    const bulletin = row && (await this.rollups.bulletin(head.id));
    const edition = bulletin?.editions.find(({ n }) => n === row?.n);
    const noted = row ? correctionsSeen(look, bulletin, row.body) : [];
    return {
      ...head,
      cutoffOn: row?.cutoffOn ?? null,
      publishedAt: row?.publishedAt?.toISOString() ?? null,
      contentDigest: row?.contentDigest ?? null,
      inputDigest: row?.inputDigest ?? null,
      restates: edition?.restates ?? null,
      counters: { ...countersOf(noted), restated: (bulletin?.editions.length ?? 1) - 1 },
      corrections: laterThan(row?.n ?? null, noted),
      edition: row ? seenBy(look, row.body) : null,
    };
  }
}

/** What came after editions, as far as it is about what the actor sees of them. */
function correctionsSeen(look: Look, bulletin: Bulletin | null, body: Edition): NotedCorrection[] {
  const { tasks, indicators } = seenBy(look, body);
  const seen = new Set([...tasks, ...indicators].map(line => line.id));
  const isOwn = (unit: string | null) =>
    unit !== null && sees(look.actor, { plan: body.plan, units: [unit] });
  return (bulletin?.corrections ?? []).filter(
    ({ subject, unit }) => seen.has(subject.split('/')[0] ?? '') || (subject.includes('/') && isOwn(unit)),
  );
}

/** A unit sees its own lines; a leader in charge of some units theirs, with what is to be decided about them. */
function seenBy({ actor }: Look, edition: Edition): Edition {
  if (actor.role === 'unit') return linesSeenBy(edition, actor.units ?? []);
  const { units } = rowsOf(actor, edition.plan);
  return units === '*' ? edition : linesInChargeOf(edition, units);
}
