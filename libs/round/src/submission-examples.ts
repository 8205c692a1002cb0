import { createCalendar } from '@duban/calendar';
import type { Actor, Context } from '@duban/platform';
import type { SubmissionCommand, SubmissionEvent, SubmissionItem } from './round-model.js';

/** One submission for the half-year round of plan 004, as its specs tell it: Tuesday, 11 July 2023. */

type Evidence = SubmissionItem['evidence'][number];
type HandedIn = Extract<SubmissionEvent, { type: 'SubmissionHandedIn' }>;

const on = '2023-07-11';
const office = 'xiangtan:市科技局';
export const unit = 'xiangtan:雨湖区';
export const officer: Actor = { id: 'officer-1', kind: 'person', role: 'office', unit: office };
export const liaison: Actor = { id: 'liaison-1', kind: 'person', role: 'unit', unit };
export const context: Context = {
  now: '2023-07-11T02:00:00.000Z',
  today: on,
  calendar: createCalendar(),
  actor: officer,
};

export const paper: Evidence = { title: 'summary.pdf', sha256: 'ab12' };
export const itemOf = (task: string, evidence: readonly Evidence[] = []): SubmissionItem => ({
  task,
  percent: 60,
  note: 'half of the parks',
  evidence,
});
export const valueOf = (indicator: string, evidence: readonly Evidence[] = []): SubmissionItem => ({
  indicator,
  value: 42,
  confirmed: false,
  evidence,
});
const contents = { items: [itemOf('004:3.1'), valueOf('004:i12')], summary: 'in short', evidence: [paper] };

export const asked = {
  round: '004:2023H1',
  plan: '004',
  unit,
  tasks: ['004:3.1'],
  indicators: ['004:i12'],
  needsEvidence: true,
  needsSummary: true,
} as const;
export const open = { type: 'OpenSubmission', ...asked } as const;
export const opened = { type: 'SubmissionOpened', ...asked, on } as const;

export const handIn = { type: 'HandIn', ...contents, receivedOn: null, roundClosed: false } as const;
export function handedIn(n: number, change: Partial<HandedIn> = {}): HandedIn {
  const { id: reporter } = liaison;
  return { type: 'SubmissionHandedIn', n, ...contents, reporter, onBehalf: false, on, ...change };
}

export const withdraw = { type: 'WithdrawSubmission' } as const;
export const withdrawn = (n: number, day = on) => ({ type: 'SubmissionWithdrawn', n, on: day }) as const;

const returning = { reasons: [{ item: '004:3.1', reason: 'no figures' }], reworkBy: '2023-07-14' };
export const returnIt = { type: 'ReturnSubmission', ...returning, reviewerUnit: office, office } as const;
const reviewed = { by: officer.id, selfReviewed: false, on };
export const returned = (n: number) =>
  ({ type: 'SubmissionReturned', n, ...returning, ...reviewed }) as const;

export const accept = { type: 'AcceptSubmission', reviewerUnit: office, office } as const;
export const accepted = (n: number) => ({ type: 'SubmissionAccepted', n, ...reviewed }) as const;

export const waive = { type: 'WaiveSubmission', reason: 'flood' } as const satisfies SubmissionCommand;
export const waived = { type: 'SubmissionWaived', reason: 'flood', on } as const;
