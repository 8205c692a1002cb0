import { type Day, type Period, periodEnd } from '@duban/calendar';
import { type StoredEvent } from '@duban/event-store';
import { type Keeping, splitStream } from '@duban/ledger';

/** Where and on which quarter a round was closed. */
export type Closed = { at: number; period: Period };

type Told = Pick<StoredEvent, 'position' | 'stream' | 'type' | 'event'>;

/**
 * What an edition that restates another rests on: everything up to the closing of its round and, of what came after that,
 * facts about days up to the end of the quarter alone: figures, reports, completions, milestones and papers, what they were
 * put right to, and what became of them under review. Who was named, who answers for whom, what was asked for, granted,
 * waived or called off since then stays out: the quarter is judged as it was closed.
 */
export function keptFrom({ at, period }: Closed): Keeping {
  const end = periodEnd(period);
  return stored => stored.position <= at || isFactBy(stored, end);
}

function isFactBy({ stream, type, event }: Told, end: Day): boolean {
  if (reviews.has(type)) return true;
  if (dated.has(type) && event.effectiveOn <= end) return true;
  if (ofPeriods.has(type)) return periodEnd(String(event.period)) <= end;
  return papers.has(type) && periodEnd(periodOfSubmission(splitStream(stream).id)) <= end;
}

/** `004:2023Q2/xiangtan:岳塘区` → 2023Q2. */
export function periodOfSubmission(submission: string): Period {
  return submission.slice(submission.indexOf(':') + 1, submission.indexOf('/'));
}

// What they speak of stands in the ledger or does not: then they change nothing.
const reviews = new Set(['ProgressCorrected', 'CompletionReturned', 'CompletionAccepted', 'TaskClosed']);

const dated = new Set(['ProgressReported', 'CompletionSubmitted', 'MilestoneReached']);

const ofPeriods = new Set([
  'ProgressReported',
  'ValueReported',
  'ValueRevised',
  'ValueCorrected',
  'ValueConfirmed',
  'ValueCorrectionRefused',
  'ValueRejected',
  'BaselineRecorded',
  'ComparatorRecorded',
]);

const papers = new Set([
  'SubmissionHandedIn',
  'SubmissionWithdrawn',
  'SubmissionReturned',
  'SubmissionAccepted',
]);
