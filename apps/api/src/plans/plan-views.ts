import { Injectable } from '@nestjs/common';
import { Rejection } from '@duban/event-store';
import { type PlanLedger, taskLights } from '@duban/ledger';
import { type Actor } from '@duban/platform';
import { type Plan } from '@duban/plan';
import { type Page, pageOf, type PageQuery } from '../http/paging.js';
import { LedgerViews, type Look, tasksSeen } from '../ledger/ledger-views.js';
import { type PlanDetail, type PlanRow } from './plan.dto.js';

/** Plans as an actor sees them. */
@Injectable()
export class PlanViews {
  constructor(private readonly views: LedgerViews) {}

  async list(actor: Actor, page: PageQuery): Promise<Page<PlanRow>> {
    const plans = await this.views.plans(await this.views.look(actor));
    return pageOf(plans.map(rowOf), ({ id }) => id, page);
  }

  /** @throws Rejection `not_found` */
  async detail(actor: Actor, id: string): Promise<PlanDetail> {
    const look = await this.views.look(actor);
    const ledger = await this.views.ledger(look, id);
    const current = await this.views.reader.state<Plan>('plan', id);
    if (!current) throw new Rejection('not_found', { what: id });
    return {
      ...rowOf(current.state),
      version: current.version,
      state: current.state,
      counts: this.counts(ledger, look),
      rounds: [...ledger.rounds.keys()],
    };
  }

  private counts(ledger: PlanLedger, look: Look): object {
    const lights = taskLights(ledger, look.moment, this.views.calendar);
    const seen = tasksSeen(ledger, look);
    return {
      tasks: seen.length,
      byStatus: countBy(seen.map(([, { status }]) => status)),
      byLight: countBy(seen.map(([id]) => lights.get(id)?.colour ?? 'none')),
    };
  }
}

function rowOf({ code, jurisdiction, title, status, from, to, office, issuedOn }: Plan): PlanRow {
  return { id: code, jurisdiction, title, status, from, to, office, issuedOn };
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
