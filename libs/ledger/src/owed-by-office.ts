import { type Day } from '@duban/calendar';
import {
  derivedDue,
  type EventRef,
  type Obligation,
  type ObligationKind,
  obligationId,
} from './obligation.js';
import { holdersOn, type PlanLedger } from './plan-ledger.js';

/** Something that the supervision office has to do by a day. `key` tells it from all else that it owes. */
export type Owed = {
  kind: ObligationKind;
  key: string;
  subject: string;
  title: string;
  dueOn: Day;
  rule: string; // the policy that the day comes from
  openedOn: Day;
  openedBy: EventRef;
  discharged: { on: Day; ref: EventRef } | null;
  silenced: Obligation['silenced'];
};

/** The obligation that this makes for the plan's office, whoever answers for it on the day. */
export function owedByOffice(
  ledger: PlanLedger,
  day: Day,
  { kind, key, subject, title, dueOn, rule, openedOn, openedBy, discharged, silenced }: Owed,
): Obligation {
  const named = [ledger.plan.office];
  return {
    plan: ledger.id,
    id: obligationId(kind, key, null, named),
    kind,
    subject,
    title,
    period: null,
    mode: 'single',
    named,
    holders: holdersOn(ledger, named, day),
    reporting: null,
    due: derivedDue(dueOn, openedOn, rule),
    availableOn: null,
    openedOn,
    openedBy,
    handedIn: discharged ? { on: discharged.on, by: ledger.plan.office, ref: discharged.ref } : null,
    settledOn: discharged?.on ?? null,
    returned: null,
    tolled: null,
    lateSince: null,
    silenced,
    inherited: false,
  };
}
