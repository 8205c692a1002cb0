import { createCalendar } from '@duban/calendar';
import { LedgerBuilder, type Obligation, obligationsOf, obligationState } from '@duban/ledger';
import { readSeeds } from '../apps/cli/src/seed/read-seeds.js';

const calendar = createCalendar();
const { plans } = await readSeeds();

/** What one named row of a document, issued on 20 April 2023, asks for as of a day, receipts and missing leads apart. */
function owedFor(row: string, day: string): string[] {
  const [code = '', task = ''] = row.split(':');
  const owed = obligationsOf(ledgerOf(code, task), day, calendar);
  return owed.filter(({ kind }) => !['receipt', 'assign_lead'].includes(kind)).map(each => said(each, day));
}

function said(obligation: Obligation, day: string): string {
  const { kind, period, due } = obligation;
  return `${kind}${period ? ` ${period}` : ''} ${due.on} ${obligationState(obligation, day)}`;
}

function ledgerOf(code: string, task: string) {
  const seed = plans.find(each => each.code === code)!;
  const { jurisdiction, office, period } = seed;
  const row = seed.tasks.find(each => each.code === task)!;
  const roles = [{ holder: `${jurisdiction}:${row.roles[0]?.unit ?? office}`, isGroup: false, role: 'lead' }];
  const milestones = row.milestones.map(({ code, title }) => ({ code, title, due: null }));
  const events = {
    [`plan-${code}`]: [
      { ...seed, type: 'PlanDrafted', ...period, office: `${jurisdiction}:${office}`, on: '2023-04-20' },
      { type: 'PlanIssued', on: '2023-04-20', countsFrom: '2023-04-20', assignLeadBy: null },
    ],
    [`task-${code}:${task}`]: [
      { ...row, type: 'TaskRegistered', plan: code, roles, milestones, on: '2023-04-20' },
      { type: 'TaskIssued', on: '2023-04-20', receiptDueOn: '2023-04-24' },
    ],
  };
  const builder = new LedgerBuilder();
  for (const [stream, all] of Object.entries(events)) for (const event of all) builder.apply(stream, event);
  return builder.ledger(code)!;
}

describe('what a phrase for a day asks for', () => {
  it.each<[string, string, string[]]>([
    ['000:1.3', '到2027年', ['report 2023 2024-01-08 upcoming', 'task_due 2027-12-31 open']],
    ['000:3.1', '到2027年', ['report 2023 2024-01-08 upcoming', 'task_due 2027-12-31 open']],
    ['000:1.1', 'no date in a plan to 2027', ['report 2023 2024-01-08 upcoming', 'task_due 2027-12-31 open']],
    ['003:1.3', '到2025年', ['report 2023 2024-01-08 upcoming', 'task_due 2025-12-31 open']],
    ['002:7', 'no date in a plan to 2035', ['report 2023 2024-01-08 upcoming', 'task_due 2035-12-31 open']],
    ['000:2.1', '每年', ['task_due 2023-12-31 open']],
    ['002:8', '每年', ['task_due 2023-12-31 open']],
    ['003:4.2', '每年', ['task_due 2023-12-31 open']],
    ['004:2.1', '每年 in a plan of one year', ['task_due 2023-12-31 open']],
    ['000:k1', '年内', ['task_due 2023-12-31 open']],
    ['004:1.1', '到2023年', ['task_due 2023-12-31 open']],
    ['001:9', 'no date in a plan of one year', ['task_due 2023-12-31 open']],
    ['001:1', '7月底', ['task_due 2023-07-31 open']],
    ['002:1', '到2018年', ['task_due 2018-12-31 horizon_past']],
  ])('%s, %s: in 2023', (row, _, expected) => {
    expect(owedFor(row, '2023-07-31')).toEqual(expected);
  });

  it.each<[string, string[]]>([
    [
      '000:1.3', // nobody ever told anything
      [
        ...['report 2023 2024-01-08 open', 'report 2024 2025-01-08 open', 'report 2025 2026-01-08 upcoming'],
        'task_due 2027-12-31 open',
      ],
    ],
    [
      '000:2.1',
      ['task_due 2023-12-31 open', 'report 2024 2025-01-08 open', 'report 2025 2026-01-08 upcoming'],
    ],
    ['004:2.1', ['task_due 2023-12-31 open']],
    ['003:1.3', ['report 2023 2024-01-08 open', 'report 2024 2025-01-08 open', 'task_due 2025-12-31 open']],
  ])('%s: as of the summer of 2025', (row, expected) => {
    expect(owedFor(row, '2025-07-31')).toEqual(expected);
  });
});
