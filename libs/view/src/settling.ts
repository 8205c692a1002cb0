import { type Obligation } from '@duban/ledger';
import { keyed, post, rollupHref, submissionHref, taskHref } from './desk-links.js';
import { type Settling } from './desk-model.js';

/** Where something owed can be looked at, and the command that discharges it; null where that is the office's, on its desk. */
export type Discharge = { href: string; settle: Settling | null };

/** How whoever owes it discharges it. */
export function dischargeOf({ kind, subject, period, holders, openedBy }: Obligation): Discharge {
  const [holder = ''] = holders;
  const task = taskHref(subject);
  switch (kind) {
    case 'receipt':
      return { href: task, settle: post(`${task}/acknowledgements`) };
    case 'report':
      return { href: task, settle: post(`${task}/reports`, { period, percent: null, summary: null }) };
    case 'milestone':
      return { href: task, settle: post(`${task}/milestones`, { code: partOf(subject), reachedOn: null }) };
    case 'task_due':
      return { href: task, settle: post(`${task}/completions`, { summary: null, evidence: [] }) };
    case 'contribution':
      return {
        href: task,
        settle: post(`${task}/contributions/${openedBy.n ?? 1}/answers`, { answers: [] }),
      };
    case 'instruction':
      return { href: task, settle: post(`${task}/instructions/${openedBy.n ?? 1}/answers`, { text: null }) };
    case 'edition_receipt':
      return {
        href: rollupHref(subject),
        settle: post(`${rollupHref(subject)}/editions/${openedBy.n ?? 1}/receipts`),
      };
    case 'submission':
      return handingIn(`${subject}/${holder}`);
    case 'value':
      return valued(subject, period);
    case 'rework':
      return reworked(subject, period);
    default:
      return { href: `/v1/desk`, settle: null };
  }
}

function partOf(subject: string): string {
  return subject.slice(subject.indexOf('/') + 1);
}

function handingIn(submission: string): Discharge {
  const href = submissionHref(submission);
  return { href, settle: post(`${href}/hand-in`, { items: [], summary: null, evidence: [] }) };
}

function valued(indicator: string, period: string | null): Discharge {
  const href = `/v1/indicators/${keyed(indicator)}`;
  return { href, settle: post(`${href}/values`, { period, value: null }) };
}

/** What was returned is done again by the same door: a submission, a figure, a completion. */
function reworked(subject: string, period: string | null): Discharge {
  if (subject.includes('/')) return handingIn(subject);
  if (period !== null) return valued(subject, period);
  const href = taskHref(subject);
  return { href, settle: post(`${href}/completions`, { summary: null, evidence: [] }) };
}
