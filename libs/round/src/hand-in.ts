import { enteredFor, isShown, personOf, throughDelegate } from '@duban/actor';
import { isDay } from '@duban/calendar';
import { type FieldError, fieldRejection, isSame, Rejection } from '@duban/event-store';
import type { Context } from '@duban/platform';
import { askedItems, lackingIn, subjectOf } from './contents.js';
import type { Submission, SubmissionCommand, SubmissionEvent } from './round-model.js';

type HandIn = Extract<SubmissionCommand, { type: 'HandIn' }>;

/**
 * Records the complete contents of a submission. A closed round refuses none: a late fact is late by its day and noted.
 * What was handed in stays until it is withdrawn or returned.
 */
export function handIn(submission: Submission, command: HandIn, context: Context): SubmissionEvent[] {
  const { items, summary, evidence, receivedOn, roundClosed, actsFor = [] } = command;
  const { actor, today } = context;
  const on = receivedOn ?? today;
  if (isHandedIn(submission, command, on)) return [];
  refuseByStatus(submission);
  const entered = enteredFor(actor, { ...command, names: [submission.unit, ...actsFor] });
  if (receivedOn !== null) refuseReceipt(submission, receivedOn, context);
  refuseFaults(faultsOf(submission, command));
  return [
    {
      type: 'SubmissionHandedIn',
      n: submission.handIns.length + 1,
      items,
      summary,
      evidence,
      reporter: personOf(actor),
      ...throughDelegate(actor),
      onBehalf: false,
      ...entered,
      ...(roundClosed ? { afterClose: true } : {}),
      on,
    },
  ];
}

/** Whether just this lies there already: the same contents of the same day, sent again. */
function isHandedIn(submission: Submission, { items, summary, evidence }: HandIn, on: string): boolean {
  const last = submission.handIns.at(-1);
  if (!last || !['handed_in', 'accepted'].includes(submission.status)) return false;
  const { items: lastItems, summary: lastSummary, evidence: lastEvidence } = last;
  const lies = { items: lastItems, summary: lastSummary, evidence: lastEvidence, on: last.on };
  return isSame(lies, { items, summary, evidence, on });
}

function refuseByStatus({ status }: Submission): void {
  if (status === 'handed_in') throw new Rejection('already_handed_in');
  if (status === 'accepted') throw new Rejection('already_reviewed', { status });
  if (status === 'waived') throw new Rejection('submission_waived');
}

/** The day a paper came in cannot be before what the paper answers. */
function refuseReceipt(submission: Submission, receivedOn: string, context: Context): void {
  const code = receiptFault(submission, receivedOn, context);
  if (code) throw fieldRejection('/receivedOn', code, { receivedOn });
}

function receiptFault(submission: Submission, receivedOn: string, { today }: Context): string | null {
  if (!isDay(receivedOn)) return 'not_a_day';
  if (receivedOn > today) return 'received_in_future';
  const returnedOn = submission.returns.at(-1)?.on;
  return returnedOn !== undefined && receivedOn < returnedOn ? 'received_before_return' : null;
}

function faultsOf(submission: Submission, command: HandIn): FieldError[] {
  const lacking = lackingIn(submission, command);
  const missing: FieldError[] = lacking.items.length
    ? [{ pointer: '/items', code: 'submission_incomplete', params: { missing: lacking.items } }]
    : [];
  return [
    ...itemFaults(submission, command),
    ...missing,
    ...(lacking.summary ? [{ pointer: '/summary', code: 'summary_needed' }] : []),
    ...(lacking.evidence ? [evidenceFault(submission, command)] : []),
  ];
}

/** Names the round that wants evidence, and which items have none although others do. */
function evidenceFault({ round }: Submission, { items }: HandIn): FieldError {
  const bare = items.filter(({ evidence }) => !isShown(evidence)).map(subjectOf);
  const of = [round, ...(bare.length < items.length ? bare : [])];
  return { pointer: '/evidence', code: 'evidence_needed', params: { of } };
}

function itemFaults(submission: Submission, { items }: HandIn): FieldError[] {
  const asked = new Set(askedItems(submission));
  const subjects = items.map(subjectOf);
  return subjects.flatMap((item, index): FieldError[] => {
    const pointer = `/items/${index}`;
    if (!asked.has(item)) return [{ pointer, code: 'item_not_asked', params: { item } }];
    if (subjects.indexOf(item) < index) return [{ pointer, code: 'item_twice', params: { item } }];
    return [];
  });
}

/** Throws the first fault with all of them attached. */
export function refuseFaults(faults: readonly FieldError[]): void {
  const [first] = faults;
  if (first) throw new Rejection(first.code, first.params, faults);
}
