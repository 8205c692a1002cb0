import { Injectable } from '@nestjs/common';
import { sees } from '@duban/access';
import { type Calendar } from '@duban/calendar';
import { Rejection } from '@duban/event-store';
import { calendarOf } from '@duban/ledger';
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
    const rows = ledgers.flatMap(ledger => {
      const calendar = calendarOf(ledger, this.views.calendar);
      return [...ledger.rounds].map(([id, round]) => rowOf(id, round, calendar));
    });
    const wanted = rows.filter(({ status }) => !query.status || status === query.status);
    return pageOf(wanted, ({ id }) => id, query);
  }

  /** @throws Rejection `not_found` */
  async detail(actor: Actor, id: string): Promise<RoundDetail> {
    const look = await this.views.look(actor);
    const ledger = await this.views.ledgerOf(look, id);
    const current = await this.views.reader.state<Round>('round', id);
    if (!current) throw new Rejection('not_found', { what: id });
    const isOwn = (unit: string) =>
      sees(look.actor, { units: [unit, look.directory.holder(unit, look.today)] });
    const handedIn = [...ledger.submissions.values()].filter(
      ({ round, unit }) => round === id && isOwn(unit),
    );
    return {
      ...rowOf(id, current.state, calendarOf(ledger, this.views.calendar)),
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
  calendar: Calendar,
): RoundRow {
  const dueOn = dues.at(-1)?.on ?? '';
  const dueProvisional = dueOn !== '' && calendar.isProvisional(dueOn);
  return { id, plan, period, kind, status, dueOn, dueProvisional, backfill, openedOn, closedOn };
}
