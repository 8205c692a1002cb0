import { type Obligation, type ObligationDue } from '@duban/ledger';

type Parts = Partial<Omit<Obligation, 'due'>> & { due?: Partial<ObligationDue> | undefined };

/** An obligation for specs: a task of plan 004, issued on 20 April 2023 and due on 31 July 2023. */
export function obligation({ due = {}, ...parts }: Parts = {}): Obligation {
  const on = due.on ?? '2023-07-31';
  const openedOn = parts.openedOn ?? '2023-04-20';
  return {
    id: '11111111-1111-5111-8111-111111111111',
    plan: '004',
    kind: 'task_due',
    subject: '004:3.1',
    title: 'Laboratories',
    period: null,
    mode: 'single',
    named: ['xiangtan:市科技局'],
    holders: ['xiangtan:市科技局'],
    reporting: null,
    availableOn: null,
    openedBy: { stream: 'task-004:3.1', type: 'TaskIssued' },
    handedIn: null,
    settledOn: null,
    returned: null,
    tolled: null,
    lateSince: null,
    silenced: null,
    inherited: false,
    ...parts,
    openedOn,
    due: { on, countsFrom: on, version: 1, since: openedOn, original: on, basis: 'stated', ...due },
  };
}
