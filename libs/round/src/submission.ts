import { refuseBareMachine } from '@duban/actor';
import { isDay } from '@duban/calendar';
import { type Decider, type FieldError, isSame, Rejection } from '@duban/event-store';
import type { Context } from '@duban/platform';
import { askedItems } from './contents.js';
import { handIn, refuseFaults } from './hand-in.js';
import { refuseUnlessOffice, reviewerOf } from './review.js';
import type { Submission, SubmissionCommand, SubmissionEvent } from './round-model.js';

type Of<Type extends SubmissionCommand['type']> = Extract<SubmissionCommand, { type: Type }>;
type EventOf<Type extends SubmissionEvent['type']> = Extract<SubmissionEvent, { type: Type }>;

/** What a return may point at besides the tasks and indicators. */
const wholeParts = ['summary', 'evidence'];

function decide(
  submission: Submission | null,
  command: SubmissionCommand,
  context: Context,
): readonly SubmissionEvent[] {
  if (command.type === 'OpenSubmission') return open(submission, command, context);
  if (!submission) throw new Rejection('submission_not_found');
  switch (command.type) {
    case 'HandIn':
      return handIn(submission, command, context);
    case 'WithdrawSubmission':
      return withdraw(submission, command, context);
    case 'ReturnSubmission':
      return giveBack(submission, command, context);
    case 'AcceptSubmission':
      return accept(submission, command, context);
    case 'WaiveSubmission':
      return waive(submission, command, context);
  }
}

function open(
  submission: Submission | null,
  { type: _, ...asked }: Of<'OpenSubmission'>,
  { today }: Context,
): SubmissionEvent[] {
  if (!submission) return [{ type: 'SubmissionOpened', ...asked, on: today }];
  const { round, plan, unit, tasks, indicators, needsEvidence, needsSummary } = submission;
  if (isSame({ round, plan, unit, tasks, indicators, needsEvidence, needsSummary }, asked)) return [];
  throw new Rejection('submission_already_open', { round, unit });
}

function withdraw(
  submission: Submission,
  { actsFor = [] }: Of<'WithdrawSubmission'>,
  { actor, today }: Context,
): SubmissionEvent[] {
  const { unit, status } = submission;
  if (actor.unit !== unit && !actsFor.includes(unit)) throw new Rejection('not_the_reporting_unit', { unit });
  const last = submission.handIns.at(-1);
  if (status === 'handed_in' && last) return [{ type: 'SubmissionWithdrawn', n: last.n, on: today }];
  if (last && last.withdrawnOn !== null) return [];
  throw refusalOf(submission);
}

/** Why a submission that is not lying there cannot be withdrawn or reviewed. */
function refusalOf({ status }: Submission): Rejection {
  if (status === 'waived') return new Rejection('submission_waived');
  return status === 'open' ? new Rejection('not_handed_in') : new Rejection('already_reviewed', { status });
}

function giveBack(
  submission: Submission,
  command: Of<'ReturnSubmission'>,
  context: Context,
): SubmissionEvent[] {
  const { reasons, reworkBy } = command;
  const last = submission.handIns.at(-1);
  const returned = submission.returns.at(-1);
  if (submission.status !== 'handed_in' || !last) {
    const isRepeated = submission.status === 'returned' && last?.withdrawnOn === null;
    const said = { reasons: returned?.reasons, reworkBy: returned?.reworkBy };
    if (isRepeated && isSame(said, { reasons, reworkBy })) return [];
    // Once the rework was withdrawn nothing lies there, although the earlier version was reviewed.
    throw last && last.withdrawnOn !== null ? new Rejection('not_handed_in') : refusalOf(submission);
  }
  const reviewer = reviewerOf(submission, command, context.actor);
  refuseFaults([...reasonFaults(submission, command), ...reworkFaults(command, context)]);
  return [{ type: 'SubmissionReturned', n: last.n, reasons, reworkBy, ...reviewer, on: context.today }];
}

function reasonFaults(submission: Submission, { reasons }: Of<'ReturnSubmission'>): FieldError[] {
  if (reasons.length === 0) return [{ pointer: '/reasons', code: 'reason_needed' }];
  const known = new Set([...askedItems(submission), ...wholeParts]);
  return reasons.flatMap(({ item, reason }, index): FieldError[] => [
    ...(known.has(item)
      ? []
      : [{ pointer: `/reasons/${index}/item`, code: 'item_not_asked', params: { item } }]),
    ...(reason.trim() === '' ? [{ pointer: `/reasons/${index}/reason`, code: 'reason_needed' }] : []),
  ]);
}

function reworkFaults(
  { reworkBy }: Of<'ReturnSubmission'>,
  { today, calendar }: Pick<Context, 'today' | 'calendar'>,
): FieldError[] {
  const pointer = '/reworkBy';
  if (!isDay(reworkBy)) return [{ pointer, code: 'not_a_day', params: { reworkBy } }];
  if (reworkBy <= today) return [{ pointer, code: 'rework_in_past', params: { reworkBy, today } }];
  if (calendar.isWorkday(reworkBy)) return [];
  const next = calendar.nextWorkday(reworkBy);
  return [{ pointer, code: 'rework_not_a_workday', params: { reworkBy, next } }];
}

function accept(
  submission: Submission,
  command: Of<'AcceptSubmission'>,
  context: Context,
): SubmissionEvent[] {
  const last = submission.handIns.at(-1);
  if (submission.status === 'accepted') {
    const { by } = reviewerOf(submission, command, context.actor);
    if (submission.acceptedBy === by) return [];
  }
  if (submission.status !== 'handed_in' || !last) {
    throw last && last.withdrawnOn !== null ? new Rejection('not_handed_in') : refusalOf(submission);
  }
  const reviewer = reviewerOf(submission, command, context.actor);
  return [{ type: 'SubmissionAccepted', n: last.n, ...reviewer, on: context.today }];
}

function waive(
  submission: Submission,
  { reason }: Of<'WaiveSubmission'>,
  { actor, today }: Context,
): SubmissionEvent[] {
  refuseUnlessOffice(actor);
  refuseBareMachine(actor);
  if (submission.status === 'waived') {
    if (submission.waived?.reason === reason) return [];
    throw new Rejection('submission_waived');
  }
  // What lies there is reviewed; what is accepted needs no waiver.
  if (submission.status === 'handed_in') throw new Rejection('already_handed_in');
  if (submission.status === 'accepted') throw refusalOf(submission);
  if (reason.trim() === '') refuseFaults([{ pointer: '/reason', code: 'reason_needed' }]);
  return [{ type: 'SubmissionWaived', reason, on: today }];
}

// Never throws and never judges: what happened has happened, even under older rules.
function evolve(submission: Submission | null, event: SubmissionEvent): Submission | null {
  if (event.type === 'SubmissionOpened') return opened(event);
  if (!submission) return null;
  switch (event.type) {
    case 'SubmissionHandedIn':
      return afterHandIn(submission, event);
    case 'SubmissionWithdrawn':
      return afterWithdrawal(submission, event);
    case 'SubmissionReturned':
      return afterReturn(submission, event);
    case 'SubmissionAccepted': {
      const { on: acceptedOn, by: acceptedBy } = event;
      const selfReviewed = submission.selfReviewed || event.selfReviewed;
      return { ...submission, status: 'accepted', acceptedOn, acceptedBy, selfReviewed };
    }
    case 'SubmissionWaived':
      return { ...submission, status: 'waived', waived: { on: event.on, reason: event.reason } };
    default:
      return submission; // written by a newer version
  }
}

function opened({ type: _, on: __, ...asked }: EventOf<'SubmissionOpened'>): Submission {
  const nothing = { firstHandedInOn: null, handIns: [], returns: [], acceptedOn: null, selfReviewed: false };
  return { ...asked, status: 'open', ...nothing };
}

function afterHandIn(
  submission: Submission,
  { type: _, ...entry }: EventOf<'SubmissionHandedIn'>,
): Submission {
  return {
    ...submission,
    status: 'handed_in',
    firstHandedInOn: submission.firstHandedInOn ?? entry.on,
    handIns: [...submission.handIns, { ...entry, withdrawnOn: null }],
    returns: submission.returns.map(returned => ({ ...returned, redoneOn: returned.redoneOn ?? entry.on })),
  };
}

/** The state goes back to what it was before: open, or returned with its rework owed again. */
function afterWithdrawal(submission: Submission, { n, on }: EventOf<'SubmissionWithdrawn'>): Submission {
  const last = submission.returns.at(-1);
  return {
    ...submission,
    status: last ? 'returned' : 'open',
    handIns: submission.handIns.map(entry => (entry.n === n ? { ...entry, withdrawnOn: on } : entry)),
    returns: submission.returns.map(returned =>
      returned === last ? { ...returned, redoneOn: null } : returned,
    ),
  };
}

function afterReturn(submission: Submission, event: EventOf<'SubmissionReturned'>): Submission {
  const { n, on, reworkBy, reasons } = event;
  return {
    ...submission,
    status: 'returned',
    returns: [...submission.returns, { n, on, reworkBy, reasons, redoneOn: null }],
    selfReviewed: submission.selfReviewed || event.selfReviewed,
  };
}

/** What one unit hands in for one round: open, handed in, returned and handed in again, accepted; or waived by the office. */
export const submissionDecider: Decider<Submission | null, SubmissionCommand, SubmissionEvent, Context> = {
  initial: null,
  decide,
  evolve,
};
