import { type Bulletin, type NotedCorrection, type Reading, streamOf } from '@duban/bulletin';
import { type Calendar, type Day } from '@duban/calendar';
import { inForce } from '@duban/policy';
import { derivedDue, type EventRef, type Obligation, obligationId } from './obligation.js';
import { type Owed, owedByOffice } from './owed-by-office.js';
import { holdersOn, type PlanLedger } from './plan-ledger.js';
import { closedWith } from './silence.js';

/**
 * A correction that counts and changes a light, a rank or more than 5 % of a figure in a published edition: the office
 * restates it or explains why not.
 */
export function restatementsOwed(ledger: PlanLedger, day: Day, calendar: Calendar): Obligation[] {
  return [...ledger.bulletins].flatMap(([round, bulletin]) =>
    bulletin.corrections.flatMap(correction => {
      const { effects = [], countsOn } = correction;
      if (effects.length === 0 || !countsOn) return [];
      return owedByOffice(ledger, day, restatement(ledger, round, bulletin, correction, countsOn, calendar));
    }),
  );
}

function restatement(
  ledger: PlanLedger,
  round: string,
  bulletin: Bulletin,
  correction: NotedCorrection,
  countsOn: Day,
  calendar: Calendar,
): Owed {
  const { cause, n, subject, pending } = correction;
  const { name: rule, content } = inForce(ledger.policies, 'round', countsOn);
  return {
    kind: 'restatement',
    key: cause,
    subject: `${round}/${n}`,
    title: `${ledger.plan.title} ${bulletin.period} ${subject}`,
    dueOn: calendar.addWorkdays(countsOn, content.restatementWorkdays),
    rule,
    openedOn: countsOn,
    openedBy: { stream: streamOf(round), type: pending ? 'CorrectionSettled' : 'CorrectionNoted', cause },
    discharged: answerTo(round, bulletin, correction),
    silenced: closedWith(ledger),
  };
}

/** The first edition that knows of the correction, or the explanation, whichever came first. */
function answerTo(
  round: string,
  { editions }: Bulletin,
  { cause, n, explained }: NotedCorrection,
): { on: Day; ref: EventRef } | null {
  const stream = streamOf(round);
  if (explained) return { on: explained.on, ref: { stream, type: 'CorrectionExplained', cause } };
  const next = editions.find(edition => edition.n > n);
  return next ? { on: next.on, ref: { stream, type: 'EditionRestated', n: next.n } } : null;
}

/** Editions that their readers have not seen yet, or have. An edition that was restated need not be read any more. */
export function editionReceipts(ledger: PlanLedger, day: Day, calendar: Calendar): Obligation[] {
  return [...ledger.bulletins].flatMap(([round, bulletin]) =>
    (bulletin.readings ?? []).map(reading => receipt(ledger, round, bulletin, reading, day, calendar)),
  );
}

function receipt(
  ledger: PlanLedger,
  round: string,
  { period, editions }: Bulletin,
  { n, reader, on, through, seen }: Reading,
  day: Day,
  calendar: Calendar,
): Obligation {
  const named = [reader];
  const holders = holdersOn(ledger, named, day);
  const stream = streamOf(round);
  const { name: rule, content } = inForce(ledger.policies, 'round', on);
  const dueOn = calendar.addWorkdays(on, content.readingWorkdays);
  const isLast = editions.at(-1)?.n === n;
  return {
    plan: ledger.id,
    id: obligationId('edition_receipt', `${round}/${n}`, period, named),
    kind: 'edition_receipt',
    subject: `${round}/${n}`,
    title: `${ledger.plan.title} ${period}`,
    period,
    mode: 'single',
    named,
    holders,
    reporting: null,
    due: derivedDue(dueOn, on, rule),
    availableOn: null,
    openedOn: on,
    openedBy: { stream, type: through === 'restated' ? 'EditionRestated' : 'EditionCirculated', n },
    handedIn: seen && { on: seen.on, by: reader, ref: { stream, type: 'EditionSeen', n, reader } },
    settledOn: seen?.on ?? null,
    returned: null,
    tolled: null,
    lateSince: null,
    silenced: isLast ? null : 'closed',
    inherited: holders[0] !== reader,
  };
}
