import { Injectable } from '@nestjs/common';
import { sees } from '@duban/access';
import { Rejection } from '@duban/event-store';
import { type Indicator } from '@duban/indicator';
import {
  type IndicatorLight,
  indicatorLights,
  obligationsOf,
  obligationState,
  type PlanLedger,
} from '@duban/ledger';
import { type Actor } from '@duban/platform';
import { concernedUnits } from '@duban/supervision';
import { type Page, pageOf } from '../http/paging.js';
import { LedgerViews, type Look } from '../ledger/ledger-views.js';
import { type IndicatorDetail, type IndicatorQuery, type IndicatorRow } from './indicator.dto.js';

/** Indicators as an actor sees them. */
@Injectable()
export class IndicatorViews {
  constructor(private readonly views: LedgerViews) {}

  async list(actor: Actor, query: IndicatorQuery): Promise<Page<IndicatorRow>> {
    const look = await this.views.look(actor);
    const unit = query.unit === undefined ? null : await this.views.ownUnit(look, query.unit);
    const ledgers = await this.views.ledgers(look, query.plan);
    const rows = ledgers.flatMap(ledger => {
      const lights = this.lights(ledger, look);
      return [...ledger.indicators]
        .filter(
          ([, indicator]) => isSeen(indicator, look) && (!query.source || indicator.source === query.source),
        )
        .filter(([, indicator]) => unit === null || unitsOf(indicator, look).includes(unit))
        .map(([id, indicator]) => rowOf(id, indicator, lights.get(id)));
    });
    return pageOf(rows, ({ id }) => id, query);
  }

  /** @throws Rejection `not_found` */
  async detail(actor: Actor, id: string): Promise<IndicatorDetail> {
    const look = await this.views.look(actor);
    const ledger = await this.views.ledgerOf(look, id);
    const current = await this.views.reader.state<Indicator>('indicator', id);
    if (!current || !isSeen(current.state, look)) throw new Rejection('not_found', { what: id });
    const owed = obligationsOf(ledger, look.today, this.views.calendar).filter(
      ({ subject }) => subject === id,
    );
    return {
      ...rowOf(id, current.state, this.lights(ledger, look).get(id)),
      version: current.version,
      state: current.state,
      obligations: owed.map(each => ({ ...each, state: obligationState(each, look.today) })),
    };
  }

  private lights(ledger: PlanLedger, { moment, today }: Look): ReadonlyMap<string, IndicatorLight> {
    const { calendar } = this.views;
    return indicatorLights(ledger, moment, calendar, obligationsOf(ledger, today, calendar));
  }
}

function unitsOf(indicator: Indicator, { directory, today }: Look): string[] {
  const named = concernedUnits(indicator);
  return [...new Set([...named, ...named.map(unit => directory.holder(unit, today))])];
}

function isSeen(indicator: Indicator, look: Look): boolean {
  return sees(look.actor, { plan: indicator.plan, units: unitsOf(indicator, look) });
}

function rowOf(id: string, indicator: Indicator, judgement: IndicatorLight | undefined): IndicatorRow {
  const { plan, title, measure, source, owners, providers } = indicator;
  return { id, plan, title, measure, source, owners, providers, judgement: judgement ?? null };
}
