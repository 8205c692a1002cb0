import { close, indicator, post, reads, state, task, type WalkDay } from './acts.js';

/** What is late stays late; a request for more time is refused; a second signature; the auditor looks back. */
export const august: readonly WalkDay[] = [
  {
    on: '2023-08-01',
    acts: [state('市统计局', { i14: 60.3 })],
    owed: 'late | value-Q2 i14',
    desk: '+ values i14@Q2',
  },
  { on: '2023-08-02', sent: 'office:001: 0 extension_decision 001:1 of jiashan:县科技局' },
  {
    on: '2023-08-03',
    acts: ['i11', 'i14', 'i16', 'i22', 'i23'].map(code =>
      post('office:004', indicator(code, 'confirmations'), { period: '2023Q2' }),
    ),
    desk: `
      ! extensions 001:1
      - values i11@Q2 i14@Q2 i16@Q2 i22@Q2 i23@Q2
    `,
    sent: 'jiashan:县科技局/head: +1 extension_decision 001:1',
  },
  {
    on: '2023-08-04', // Friday: the twentieth workday after the quarter, the fifteenth after the half-year
    acts: [close('office:004', '004:2023H1', 'not_handed_in')],
    sent: `
      office:004: +15 submission-H1 of 市行政审批局 昭山经开区; +20 report-Q2 7.3 of 市行政审批局; submission-Q2 of 昭山经开区
      leader:xiangtan/in_charge/2: +15 submission-H1 of 市行政审批局; +20 report-Q2 7.3 of 市行政审批局
      leader:xiangtan/004/in_charge: +15 submission-H1 of 昭山经开区; +20 submission-Q2 of 昭山经开区
    `,
  },
  {
    on: '2023-08-07',
    acts: [post('office:004', task('5.3', 'closures'), {}, 'countersign_needed')],
  },
  {
    on: '2023-08-08', // Tuesday: refused, seven workdays after it was asked
    acts: [
      post('second:004', task('5.3', 'closures')),
      post('office:001', task('001:1', 'extensions/1/decisions'), {
        verdict: 'refuse',
        reason: '工期可以追回',
        paper: { number: '嘉科督〔2023〕8号', on: '2023-08-08' },
      }),
    ],
    owed: 'open | task_due 001:1',
    desk: '- extensions 001:1',
  },
  {
    on: '2023-08-09', // the first message after the refusal is +1
    owed: 'overdue | task_due 001:1',
    sent: 'jiashan:县科技局合作科/head: +1 task_due 001:1',
  },
  {
    on: '2023-08-11', // Friday
    sent: `
      office:004: +20 submission-H1 of 市行政审批局 昭山经开区; +25 report-Q2 7.3 of 市行政审批局; submission-Q2 of 昭山经开区
      leader:xiangtan/in_charge/2: +20 submission-H1 of 市行政审批局; +25 report-Q2 7.3 of 市行政审批局
      leader:xiangtan/004/in_charge: +20 submission-H1 of 昭山经开区; +25 submission-Q2 of 昭山经开区
    `,
  },
  {
    on: '2023-08-15', // Tuesday, the fifth workday after 8 August
    acts: [
      reads('auditor', '/tasks/004:5.3/events?limit=200', {
        items: expect.arrayContaining([
          expect.objectContaining({
            type: 'TaskClosed',
            meta: expect.objectContaining({ actor: 'office-004-second' }),
          }),
        ]),
      }),
      post('auditor', task('5.3', 'reopenings'), { reason: '抽查' }, 'forbidden_role'),
      post('scheduler', task('5.3', 'reopenings'), { reason: '抽查' }, 'forbidden_role'),
      post('vice mayor', task('7.3', 'reports'), { summary: '代报' }, 'forbidden_role'),
    ],
    alerts: ['report-Q2 7.3 | 市行政审批局 +27', 'submission-H1 | 市行政审批局 +22'],
    sent: `
      office:001: +5 task_due 001:1 of jiashan:县科技局合作科
      jiashan:县科技局/head: +5 task_due 001:1
    `,
  },
];
