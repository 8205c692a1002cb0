import { Injectable } from '@nestjs/common';
import { sees } from '@duban/access';
import { isOverdueOn, type Obligation, obligationsOf, obligationState } from '@duban/ledger';
import { type Actor } from '@duban/platform';
import { dischargeOf } from '@duban/view';
import { type Page, pageOf } from '../http/paging.js';
import { LedgerViews, type Look } from '../ledger/ledger-views.js';
import { type ObligationQuery, type ObligationRow } from './obligation.dto.js';

/** Obligations as an actor sees them, derived from the ledgers at once: what was just handed in is seen. */
@Injectable()
export class ObligationViews {
  constructor(private readonly views: LedgerViews) {}

  /** By due day. */
  async list(actor: Actor, query: ObligationQuery): Promise<Page<ObligationRow>> {
    const look = await this.views.look(actor, query.asOf);
    const holder = query.holder === undefined ? null : await this.views.ownUnit(look, query.holder);
    const ledgers = await this.views.ledgers(look, query.plan);
    const seen = ledgers.flatMap(ledger =>
      obligationsOf(ledger, look.today, this.views.calendar).filter(each => isSeen(each, look)),
    );
    const rows = seen.filter(each => isWanted(each, query, holder)).map(each => rowOf(each, look));
    const wanted = rows.filter(({ state }) => !query.state || state === query.state);
    return pageOf(wanted, ({ id, due }) => `${(due as Obligation['due']).on} ${id}`, query);
  }
}

function isSeen({ plan, holders, named }: Obligation, { actor }: Look): boolean {
  return sees(actor, { plan, units: [...new Set([...holders, ...named])] });
}

function isWanted(
  { kind, due, holders }: Obligation,
  query: ObligationQuery,
  holder: string | null,
): boolean {
  if (query.kind && kind !== query.kind) return false;
  if (query.dueBefore && due.on >= query.dueBefore) return false;
  return holder === null || holders.includes(holder);
}

function rowOf(obligation: Obligation, { today }: Look): ObligationRow {
  const { id, plan, kind, subject, title, period, mode, holders, due, handedIn } = obligation;
  const { inherited, lateSince, tolled, availableOn } = obligation;
  return {
    ...{ id, plan, kind, subject, title, period, mode, holders, due, handedIn },
    state: obligationState(obligation, today),
    overdue: isOverdueOn(obligation, today),
    ...{ inherited, lateSince, tolled, availableOn },
    ...dischargeOf(obligation),
  };
}
