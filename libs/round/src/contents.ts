import { isShown } from '@duban/actor';
import { periodStart, parsePeriod } from '@duban/calendar';
import type { Submission, SubmissionItem } from './round-model.js';

/** What a submission is asked to contain. */
export type Asked = Pick<Submission, 'tasks' | 'indicators' | 'needsEvidence' | 'needsSummary'>;

/** What was handed in. */
export type Contents = Pick<Submission['handIns'][number], 'items' | 'summary' | 'evidence'>;

/** What is asked and not there: the missing tasks and indicators, and whether evidence or the summary is wanting. */
export type Lacking = { items: readonly string[]; evidence: boolean; summary: boolean };

/** The task or indicator that an item answers. */
export function subjectOf(item: SubmissionItem): string {
  return 'task' in item ? item.task : item.indicator;
}

/** The tasks and indicators asked for, tasks first. */
export function askedItems({ tasks, indicators }: Asked): string[] {
  return [...tasks, ...indicators];
}

/** What the contents lack of what is asked. Evidence is there when the paper as a whole, or else every single item, has some. */
export function lackingIn(asked: Asked, { items, summary, evidence }: Contents): Lacking {
  const answered = new Set(items.map(subjectOf));
  const backed = isShown(evidence) || (items.length > 0 && items.every(item => isShown(item.evidence)));
  return {
    items: askedItems(asked).filter(subject => !answered.has(subject)),
    evidence: asked.needsEvidence && !backed,
    summary: asked.needsSummary && (summary ?? '').trim() === '',
  };
}

/**
 * The quarter that a longer round covers: its last one, whose figures stand at the same day (the half-year covers Q2,
 * the year covers Q4; duties §3). Null for quarters and months.
 */
export function quarterCoveredBy(period: string): string | null {
  const { kind, index } = parsePeriod(period);
  const year = periodStart(period).slice(0, 4);
  if (kind === 'half_year') return `${year}Q${index * 2}`;
  return kind === 'year' ? `${year}Q4` : null;
}

/** What a quarter's submission still owes after another one for a round that covers it was handed in; its whole when none was. */
export function leftOpenBy(asked: Asked, handedIn: Contents | null): Lacking {
  return lackingIn(asked, handedIn ?? { items: [], summary: null, evidence: [] });
}
