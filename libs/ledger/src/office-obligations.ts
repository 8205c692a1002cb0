import { type Calendar, type Day } from '@duban/calendar';
import { inForce } from '@duban/policy';
import { owedSince, type Task } from '@duban/task';
import { restatementsOwed } from './edition-obligations.js';
import { holdersWanted } from './holders-wanted.js';
import { type EventRef, type Obligation, type ObligationKind } from './obligation.js';
import { owedByOffice } from './owed-by-office.js';
import { type PlanLedger } from './plan-ledger.js';
import { closedWith, silencedBy } from './silence.js';

/** The kinds of what the supervision office owes as such, apart from what its unit owes as anybody does. */
export const officeKinds: ReadonlySet<ObligationKind> = new Set<ObligationKind>([
  'review',
  'extension_decision',
  'contest_decision',
  'assign_lead',
  'restatement',
]);

/** What the plan's supervision office owes: reviews, decisions on extensions and contests, leads to name, editions to restate. */
export function officeObligations(ledger: PlanLedger, day: Day, calendar: Calendar): Obligation[] {
  return [
    ...[...ledger.tasks].flatMap(([id, task]) => [
      ...completionReviews(ledger, id, task, day, calendar),
      ...extensionDecisions(ledger, id, task, day),
      ...contestDecisions(ledger, id, task, day),
      ...leadToAssign(ledger, id, task, day),
    ]),
    ...submissionReviews(ledger, day, calendar),
    ...restatementsOwed(ledger, day, calendar),
    ...holdersToName(ledger, day, calendar),
  ];
}

function completionReviews(
  ledger: PlanLedger,
  id: string,
  task: Task,
  day: Day,
  calendar: Calendar,
): Obligation[] {
  const stream = `task-${id}`;
  return task.completions.map(({ n, on, returned, accepted }) =>
    owedByOffice(ledger, day, {
      kind: 'review',
      key: `${id}/completion/${n}`,
      subject: id,
      title: task.title,
      ...reviewDue(ledger, on, calendar),
      openedOn: on,
      openedBy: { stream, type: 'CompletionSubmitted', n },
      discharged: accepted
        ? { on: accepted.on, ref: { stream, type: 'CompletionAccepted', n } }
        : returned && { on: returned.on, ref: { stream, type: 'CompletionReturned', n } },
      silenced: unlessAtRest(silencedBy(ledger, task, day)),
    }),
  );
}

/** Reviewed within some workdays of the hand-in, by the policy of that day. */
function reviewDue({ policies }: PlanLedger, on: Day, calendar: Calendar) {
  const { name: rule, content } = inForce(policies, 'round', on);
  return { dueOn: calendar.addWorkdays(on, content.reviewWorkdays), rule };
}

/** By which policy a day was set on that day. */
function datesOn({ policies }: PlanLedger, day: Day): string {
  return inForce(policies, 'date', day).name;
}

const decisions = {
  granted: 'ExtensionGranted',
  refused: 'ExtensionRefused',
  withdrawn: 'ExtensionWithdrawn',
} as const;

/** The office decides and reviews what it was handed while a task is suspended, too, or long past. */
function unlessAtRest(silenced: Obligation['silenced']): Obligation['silenced'] {
  return silenced === 'suspended' || silenced === 'horizon_past' ? null : silenced;
}

function extensionDecisions(ledger: PlanLedger, id: string, task: Task, day: Day): Obligation[] {
  const stream = `task-${id}`;
  const silenced = unlessAtRest(silencedBy(ledger, task, day));
  return task.extensions.map(({ n, askedOn, decideBy, state, endedOn }) =>
    owedByOffice(ledger, day, {
      kind: 'extension_decision',
      key: `${id}/extension/${n}`,
      subject: id,
      title: task.title,
      ...{ dueOn: decideBy, rule: datesOn(ledger, askedOn) },
      openedOn: askedOn,
      openedBy: { stream, type: 'ExtensionRequested', n },
      discharged:
        endedOn && state in decisions
          ? { on: endedOn, ref: { stream, type: decisions[state as keyof typeof decisions], n } }
          : null,
      // What was done, exempted or cancelled before the answer needs none.
      silenced: state === 'lapsed' ? (silenced ?? 'closed') : silenced,
    }),
  );
}

function contestDecisions(ledger: PlanLedger, id: string, task: Task, day: Day): Obligation[] {
  const stream = `task-${id}`;
  const silenced = unlessAtRest(silencedBy(ledger, task, day));
  return (task.contests ?? []).map(({ n, on, decideBy, state, decision }) =>
    owedByOffice(ledger, day, {
      kind: 'contest_decision',
      key: `${id}/contest/${n}`,
      subject: id,
      title: task.title,
      ...{ dueOn: decideBy, rule: datesOn(ledger, on) },
      openedOn: on,
      openedBy: { stream, type: 'AssignmentContested', n },
      discharged: decision && { on: decision.on, ref: { stream, type: 'ContestDecided', n } },
      silenced: state === 'lapsed' ? (silenced ?? 'closed') : silenced,
    }),
  );
}

/** A task that was issued without a lead, or that lost it when a contest was upheld. */
function leadToAssign(ledger: PlanLedger, id: string, task: Task, day: Day): Obligation[] {
  const { assignLeadBy, issuedOn } = ledger.plan;
  if (!issuedOn || !task.issuedOn) return [];
  const silenced = silencedBy(ledger, task, day);
  const owe = (key: string, dueOn: Day, openedOn: Day, openedBy: EventRef, namedOn: Day | null) =>
    owedByOffice(ledger, day, {
      ...{ kind: 'assign_lead' as const, key, subject: id, title: task.title },
      ...{ dueOn, rule: datesOn(ledger, openedOn), openedOn, openedBy },
      discharged:
        namedOn === null ? null : { on: namedOn, ref: { stream: `task-${id}`, type: 'UnitsReassigned' } },
      silenced: silenced === 'suspended' ? null : silenced,
    });
  const firstOn = owedSince(task);
  // Named in the document: there was nothing to assign.
  const first = assignLeadBy !== null && firstOn !== task.issuedOn;
  const issue = { stream: `plan-${ledger.id}`, type: 'PlanIssued' };
  return [
    ...(first ? [owe(id, assignLeadBy, issuedOn, issue, firstOn)] : []),
    ...(task.leadsWanted ?? []).map(({ contest, by, from }) => {
      const ref = { stream: `task-${id}`, type: 'ContestDecided', n: contest };
      return owe(`${id}/contest/${contest}/lead`, by, from, ref, leadNamedAfter(task, from));
    }),
  ];
}

/** The day on which the task got a lead after it had lost it on this day, or null. */
function leadNamedAfter({ roles, assignedOn, formerRoles = [] }: Task, lostOn: Day): Day | null {
  const now = { roles, from: assignedOn ?? '', until: null };
  const named = [...formerRoles, now].find(
    each =>
      each.from >= lostOn &&
      (each.until === null || each.until > lostOn) &&
      each.roles.some(({ role, isGroup }) => role === 'lead' && !isGroup),
  );
  return named?.from ?? null;
}

function submissionReviews(ledger: PlanLedger, day: Day, calendar: Calendar): Obligation[] {
  return [...ledger.submissions].flatMap(([id, submission]) =>
    submission.handIns.flatMap(({ n, on, withdrawnOn }, index) => {
      if (withdrawnOn) return [];
      const stream = `submission-${id}`;
      const returned = submission.returns.find(each => each.n === n) ?? null;
      const isLast = index === submission.handIns.length - 1;
      return owedByOffice(ledger, day, {
        kind: 'review',
        key: `${id}/${n}`,
        subject: id,
        title: `${ledger.plan.title} ${submission.unit}`,
        ...reviewDue(ledger, on, calendar),
        openedOn: on,
        openedBy: { stream, type: 'SubmissionHandedIn', n },
        discharged: returned
          ? { on: returned.on, ref: { stream, type: 'SubmissionReturned', n: returned.n } }
          : isLast && submission.acceptedOn
            ? { on: submission.acceptedOn, ref: { stream, type: 'SubmissionAccepted', n } }
            : null,
        silenced: closedWith(ledger),
      });
    }),
  );
}

function holdersToName(ledger: PlanLedger, day: Day, calendar: Calendar): Obligation[] {
  return holdersWanted(ledger, calendar).map(({ subject, title, openedOn, dueOn, discharged }) =>
    owedByOffice(ledger, day, {
      ...{ kind: 'assign_lead', key: `${subject}/holder`, subject, title, dueOn, openedOn, discharged },
      rule: datesOn(ledger, openedOn),
      openedBy: { stream: `plan-${ledger.id}`, type: 'FindingWaived' },
      silenced: closedWith(ledger),
    }),
  );
}
