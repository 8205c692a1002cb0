import { type TaskEvent } from '@duban/task';

const unitOf = (nth: number) => `xiangtan:office-${nth % 80}`;

/** The ten events of a task from its registration to the day it was accepted. */
export function taskHistory(nth: number): readonly TaskEvent[] {
  const unit = unitOf(nth);
  return [
    {
      ...{
        type: 'TaskRegistered' as const,
        plan: '900',
        code: `${Math.floor(nth / 100) + 1}.${(nth % 100) + 1}`,
      },
      ...{ section: '3', title: 'More firms that develop technology of their own', clause: `row ${nth}` },
      ...{
        commitment: 'plain',
        due: { on: '2023-12-31', basis: 'stated', clause: 'by the end of the year' },
      },
      roles: [
        { holder: unit, isGroup: false, role: 'lead', presumed: false },
        { holder: unitOf(nth + 1), isGroup: false, role: 'supporting', presumed: false },
      ],
      ...{ milestones: [], on: '2023-04-18' },
    },
    { type: 'TaskIssued', on: '2023-04-20', receiptDueOn: '2023-04-24' },
    { type: 'TaskAcknowledged', unit, on: '2023-04-21', through: 'receipt' },
    report(1, unit, '2023Q2', '2023-06-30'),
    {
      type: 'BlockerRaised',
      n: 1,
      unit,
      kind: 'land',
      note: 'The permit has not come yet',
      on: '2023-07-12',
    },
    { type: 'BlockerCleared', n: 1, note: 'The permit has come', on: '2023-08-02' },
    report(2, unit, '2023Q3', '2023-09-28'),
    report(3, unit, '2023Q4', '2023-12-08'),
    {
      ...{ type: 'CompletionSubmitted', n: 1, unit, on: '2023-12-12', reporter: 'liaison' },
      ...{ summary: 'Sixty firms have been recognised', effectiveOn: '2023-12-11' },
      evidence: [{ title: 'List of the firms', url: 'https://example.org/evidence/2023/60' }],
    },
    { type: 'CompletionAccepted', n: 1, on: '2023-12-18', by: 'clerk', selfReviewed: false },
  ];
}

type Reported = Extract<TaskEvent, { type: 'ProgressReported' }>;

const report = (n: number, unit: string, period: string, on: string): Reported => ({
  ...({ type: 'ProgressReported', n, unit, period, on, reporter: 'liaison', percent: n * 30 } as const),
  ...{ summary: 'Forty of sixty firms have been visited and told what they need', supersedes: null },
  ...{ evidence: [], effectiveOn: on },
});
