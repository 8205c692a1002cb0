import { type Correction } from '@duban/bulletin';
import { type Day, nextPeriod, type Period, periodOf } from '@duban/calendar';
import { type IndicatorEvent } from '@duban/indicator';
import { splitStream } from '@duban/ledger';
import { type SubmissionEvent } from '@duban/round';
import { type TaskEvent } from '@duban/task';
import { type Pool } from 'pg';
import { quarterOf } from './duties.js';
import { periodOfSubmission } from './told-later.js';

/** What is told of a quarter after its edition: first figures, reports, papers, completions and milestones that came late, corrections, revisions. */

type Queryable = Pick<Pool, 'query'>;
type Recorded = { stream: string; version: number; event: { type: string } };
type OfIndicator<Type extends IndicatorEvent['type']> = Extract<IndicatorEvent, { type: Type }>;
type OfTask<Type extends TaskEvent['type']> = Extract<TaskEvent, { type: Type }>;
type HandedIn = Extract<SubmissionEvent, { type: 'SubmissionHandedIn' }>;

/** The events that say so. */
export const laterFactTypes = [
  'ValueReported',
  'ValueCorrected',
  'ValueRevised',
  'ProgressReported',
  'ProgressCorrected',
  'SubmissionHandedIn',
  'CompletionSubmitted',
  'MilestoneReached',
] as const;

/** The fact that an event tells of a period, whether before or after an edition; null for any other event. */
export async function factIn(
  { stream, version, event }: Recorded,
  within: Queryable,
): Promise<Correction | null> {
  const cause = { cause: `${stream}@${version}`, subject: splitStream(stream).id };
  switch (event.type) {
    case 'ValueReported':
      return { ...cause, ...figureTold(event as OfIndicator<'ValueReported'>) };
    case 'ValueCorrected':
    case 'ValueRevised':
      return { ...cause, ...figureChanged(event as OfIndicator<'ValueCorrected' | 'ValueRevised'>) };
    case 'ProgressReported':
      return { ...cause, ...progressTold(event as OfTask<'ProgressReported'>) };
    case 'ProgressCorrected': {
      const corrected = event as OfTask<'ProgressCorrected'>;
      const told = await reportOf(stream, corrected.n, within);
      return told && { ...cause, ...progressCorrected(corrected, told) };
    }
    case 'SubmissionHandedIn':
      return { ...cause, ...paperHandedIn(cause.subject, event as HandedIn) };
    case 'CompletionSubmitted':
      return { ...cause, ...finished('task', event as OfTask<'CompletionSubmitted'>) };
    case 'MilestoneReached': {
      const reached = event as OfTask<'MilestoneReached'>;
      return { ...cause, subject: `${cause.subject}/${reached.code}`, ...finished('milestone', reached) };
    }
    default:
      return null;
  }
}

/** The round whose edition the fact is about: of the quarter in which its period ends. */
export function roundOf({ subject, period }: Pick<Correction, 'subject' | 'period'>): string {
  return `${subject.slice(0, subject.indexOf(':'))}:${quarterOf(period)}`;
}

/**
 * The rounds whose editions it is about. A figure or report is of its quarter alone; what was done in one quarter was done in
 * each later one, too, up to that in which it was told.
 */
export function roundsOf(fact: Correction): string[] {
  const rounds = [roundOf(fact)];
  if (!fact.done) return rounds;
  const plan = fact.subject.slice(0, fact.subject.indexOf(':'));
  const last = periodOf(fact.correctedOn, 'quarter');
  for (let period = fact.period; period < last && rounds.length < mostRounds;) {
    period = nextPeriod(period);
    rounds.push(`${plan}:${period}`);
  }
  return rounds;
}

const mostRounds = 20;

type Told = Omit<Correction, 'cause' | 'subject'>;

function figureTold({ period, unit, value, on }: OfIndicator<'ValueReported'>): Told {
  return { period, how: 'late', unit, from: null, to: value, reason: '', correctedOn: on };
}

function figureChanged(event: OfIndicator<'ValueCorrected' | 'ValueRevised'>): Told {
  const { type, period, unit, from, to, reason, on } = event;
  const how = type === 'ValueCorrected' ? 'corrected' : 'revised';
  const pending = type === 'ValueCorrected' && event.accepted;
  return { period, how, unit, from, to, reason, correctedOn: on, ...(pending && { pending }) };
}

function progressTold({ period, unit, percent, on }: OfTask<'ProgressReported'>): Told {
  return { period, how: 'late', unit, from: null, to: percent, reason: '', correctedOn: on };
}

type Report = { period: Period; unit: string; percent: number | null };

function progressCorrected({ percent, reason, on }: OfTask<'ProgressCorrected'>, told: Report): Told {
  const { period, unit, percent: from } = told;
  return { period, how: 'corrected', unit, from, to: percent, reason, correctedOn: on };
}

/** `004:2023Q2/xiangtan:岳塘区`: what the unit handed in for the round. */
function paperHandedIn(submission: string, { on }: HandedIn): Told {
  const period = periodOfSubmission(submission);
  const unit = submission.slice(submission.indexOf('/') + 1);
  return { period, how: 'late', unit, from: null, to: null, reason: '', correctedOn: on };
}

type Finished = { unit: string; on: Day; effectiveOn: Day };

/** It belongs to the quarter in which it was done, whenever it was told. */
function finished(what: 'task' | 'milestone', { unit, on, effectiveOn }: Finished): Told {
  const period = periodOf(effectiveOn, 'quarter');
  const done = { what, on: effectiveOn };
  return { period, how: 'late', unit, from: null, to: null, reason: '', correctedOn: on, done };
}

async function reportOf(stream: string, n: number, within: Queryable): Promise<Report | null> {
  const { rows } = await within.query<Report>(
    `SELECT data ->> 'period' AS period, data ->> 'unit' AS unit, (data ->> 'percent')::float8 AS percent FROM events
     WHERE stream = $1 AND type = 'ProgressReported' AND (data ->> 'n')::int = $2`,
    [stream, n],
  );
  return rows[0] ?? null;
}

/** How many facts of each kind were told of a round between two positions; what still waits or was refused is none. */
export async function countLaterFacts(
  within: Queryable,
  round: string,
  { after, upTo }: { after: number; upTo: number },
): Promise<Record<Correction['how'], number>> {
  const plan = round.slice(0, round.indexOf(':'));
  const { rows } = await within.query<
    Omit<Recorded, 'event'> & { effectiveOn: Day; type: string; data: object }
  >(
    `SELECT e.stream, e.version, e.effective_on::text AS "effectiveOn", e.type, e.data FROM streams s JOIN events e ON e.stream = s.id
     WHERE s.category IN ('task', 'indicator', 'submission') AND s.plan = $1
       AND e.position > $2 AND e.position <= $3 AND e.type = ANY ($4::text[]) ORDER BY e.position`,
    [plan, after, upTo, [...laterFactTypes, 'ValueConfirmed']],
  );
  const counts = { late: 0, corrected: 0, revised: 0 };
  for (const { stream, version, effectiveOn, type, data } of rows) {
    const event = { effectiveOn, ...data, type };
    const subject = splitStream(stream).id;
    if (type === 'ValueConfirmed') {
      const { period, corrections = [] } = event as unknown as OfIndicator<'ValueConfirmed'>;
      if (roundOf({ subject, period }) === round) counts.corrected += corrections.length;
      continue;
    }
    const fact = await factIn({ stream, version, event }, within);
    if (fact && !fact.pending && roundsOf(fact).includes(round)) counts[fact.how] += 1;
  }
  return counts;
}
