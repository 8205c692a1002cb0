import { Injectable } from '@nestjs/common';
import { sees } from '@duban/access';
import { Rejection } from '@duban/event-store';
import { type Actor } from '@duban/platform';
import { type Round } from '@duban/round';
import { type Page, pageOf } from '../http/paging.js';
import { LedgerViews } from '../ledger/ledger-views.js';
import { type RoundDetail, type RoundQuery, type RoundRow } from './round.dto.js';

/** Reporting rounds as an actor sees them: of the roster and of what was handed in only one's own lines. */
@Injectable()
export class RoundViews {
  constructor(private readonly views: LedgerViews) {}

  async list(actor: Actor, query: RoundQuery): Promise<Page<RoundRow>> {
    const look = await this.views.look(actor);
    const ledgers = await this.views.ledgers(look, query.plan);
    const rows = ledgers.flatMap(({ rounds }) => [...rounds].map(([id, round]) => rowOf(id, round)));
    const wanted = rows.filter(({ status }) => !query.status || status === query.status);
    return pageOf(wanted, ({ id }) => id, query);
  }

  /** @throws Rejection `not_found` */
  async detail(actor: Actor, id: string): Promise<RoundDetail> {
    const look = await this.views.look(actor);
    const { submissions } = await this.views.ledgerOf(look, id);
    const current = await this.views.reader.state<Round>('round', id);
    if (!current) throw new Rejection('not_found', { what: id });
    const isOwn = (unit: string) =>
      sees(look.actor, { units: [unit, look.directory.holder(unit, look.today)] });
    const handedIn = [...submissions.values()].filter(({ round, unit }) => round === id && isOwn(unit));
    return {
      ...rowOf(id, current.state),
      version: current.version,
      roster: current.state.roster.filter(({ unit }) => isOwn(unit)),
      submissions: handedIn.map(({ unit, status, firstHandedInOn, acceptedOn, returns }) => ({
        ...{ unit, status, firstHandedInOn, acceptedOn, returns: returns.length },
      })),
    };
  }
}

function rowOf(
  id: string,
  { plan, period, kind, status, dues, backfill, openedOn, closedOn }: Round,
): RoundRow {
  return { id, plan, period, kind, status, dueOn: dues.at(-1)?.on ?? '', backfill, openedOn, closedOn };
}
