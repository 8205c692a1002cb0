import { officeOf, pathOf, type Planned } from './act.js';
import { closesOn, opensOn } from './timetable.js';
import { type Standing } from './standing.js';

/** What the office accepts to close over: the class is printed in the edition with this reason. */
const accepted = ['not_handed_in', 'unreviewed', 'tolled', 'awaiting_publication'];

/** Rounds are opened on the first workday after their period and closed on their day over what is still missing. */
export function roundActs({ ledger, calendar }: Standing): { openings: Planned[]; closings: Planned[] } {
  const openings: Planned[] = [];
  const closings: Planned[] = [];
  if (!ledger.plan.issuedOn) return { openings, closings };
  const who = officeOf(ledger.id);
  for (const [id, round] of ledger.rounds) {
    const isQuarter = round.kind === 'quarter';
    if (round.status === 'scheduled') {
      const line =
        round.kind === 'month' ? null : `${ledger.id} round ${round.period} opened${about(round.backfill)}`;
      const act = { name: `open/${id}`, who, path: pathOf('rounds', id, '/open'), body: {}, line };
      openings.push({ on: opensOn(round, calendar), act });
    }
    if (round.status === 'open') {
      const reason = '逾期未报单位已点名，按期结账';
      const body = { accepted, reason };
      const line = isQuarter || round.summary ? `${ledger.id} round ${round.period} closed` : null;
      const act = { name: `close/${id}`, who, path: pathOf('rounds', id, '/close'), body, line };
      closings.push({ on: closesOn(round, calendar), act });
    }
  }
  return { openings, closings };
}

function about(backfill: boolean): string {
  return backfill ? ' for back-filling' : '';
}
