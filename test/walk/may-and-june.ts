import { acknowledge, post, task, type WalkDay } from './acts.js';

const lead = [{ holder: 'nantong:市科技局', isGroup: false, role: 'lead' }];

/** Quiet months: a receipt that nobody gives, a lead named late, a due day that the office states, more time for it. */
export const mayAndJune: readonly WalkDay[] = [
  {
    on: '2023-05-04', // Thursday, the first workday after the holiday and the fifth after 24 April
    acts: [acknowledge('nantong:市科技局', '002')],
    owed: 'met | receipt 002:8',
    desk: '- receipts nantong:市科技局',
    sent: 'office:004: +5 receipt * of 昭山经开区',
  },
  {
    on: '2023-05-06', // a Saturday that is worked, the tenth workday after issue: a lead is wanted
    sent: 'office:002: 0 assign_lead 002:7 of nantong:市科技局',
  },
  { on: '2023-05-07', desk: '! leads 002:7' }, // Sunday
  {
    on: '2023-05-08',
    acts: [
      post('office:004', task('5.4', 'due-dates'), {
        due: { on: '2023-06-30', basis: 'stated', clause: '办公室明确：6月底' },
        reason: '文件未写期限，予以明确',
      }),
      post('office:004', task('3.1', 'reporting-lead'), { unit: 'xiangtan:市科技局' }),
    ],
    desk: `
      - presumed_dates 5.4
      - presumed_leads 3.1
    `,
    sent: 'nantong:市科技局/head: +1 assign_lead 002:7',
  },
  {
    on: '2023-05-09',
    acts: ['002:1', '002:7'].map(row =>
      post('office:002', task(row, 'assignments'), { roles: lead, reason: '由办公室指定牵头单位' }),
    ),
    // Row 1 was to be done by the end of 2018; row 7 by 2035, so that it is asked about once a year until then.
    owed: `
      horizon_past | receipt 002:1 | nantong:市科技局
      horizon_past | task_due 002:1 | nantong:市科技局
      open | receipt 002:7 | nantong:市科技局
      open | task_due 002:7 | nantong:市科技局
      upcoming | report-year 002:7 | nantong:市科技局
    `,
    desk: `
      - leads 002:7
      + receipts nantong:市科技局
    `,
  },
  {
    on: '2023-05-10',
    acts: [acknowledge('nantong:市科技局', '002')],
    owed: 'met | receipt 002:7',
    desk: '- receipts nantong:市科技局',
  },
  {
    on: '2023-06-15', // Thursday: ten workdays before 30 June, with 22 and 23 June off and Sunday the 25th worked
    sent: '市金融办/liaison: -10 task_due 5.4',
  },
  { on: '2023-06-27', sent: '市金融办/liaison: -3 task_due 5.4' },
  {
    on: '2023-06-28', // Wednesday: asked in time, to be decided in three workdays
    acts: [
      post('市金融办', task('5.4', 'extensions'), { to: '2023-07-31', reason: '基金章程待批' }),
      post(
        '市金融办',
        task('5.4', 'extensions'),
        { to: '2023-08-31', reason: '基金章程待批' },
        'extension_pending',
      ),
    ],
    owed: 'tolled | task_due 5.4',
    desk: '+ extensions 5.4',
  },
  {
    on: '2023-06-30', // Friday: granted, so that nothing is said of the old day
    acts: [
      post('office:004', task('5.4', 'extensions/1/decisions'), {
        verdict: 'grant',
        dueOn: '2023-07-31',
        paper: { number: '潭创办〔2023〕9号', on: '2023-06-30' },
      }),
    ],
    owed: 'open | task_due 5.4',
    desk: '- extensions 5.4',
  },
];
