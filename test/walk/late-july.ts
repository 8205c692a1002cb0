import { accept, close, evidence, handIn, post, reads, state, task, type WalkDay } from './acts.js';

/** The half-year is due on a rest day; the quarter is closed; more time is granted and asked for. */
export const lateJuly: readonly WalkDay[] = [
  {
    on: '2023-07-15', // Saturday: the half-year is due
    acts: [handIn('市科协', 'H1')],
    owed: `
      handed_in | submission-H1 | 市科协
      overdue | rework-Q2 | 雨湖区
    `,
    desk: '+ submissions H1/市科协',
  },
  {
    on: '2023-07-16',
    owed: 'overdue | submission-H1 | 市财政局 市行政审批局 昭山经开区',
    alerts: [
      'report-Q2 7.3 | 市行政审批局 +5',
      'submission-H1 | 市行政审批局 +0',
      'submission-H1 | 市财政局 +0',
    ],
  },
  {
    on: '2023-07-17', // Monday, and ten workdays before 31 July
    acts: [
      handIn('雨湖区', 'Q2'),
      post('both:004', task('5.3', 'reviews'), { verdict: 'accept' }, 'same_person'),
      accept('office:004', '岳塘区', 'Q2'),
      accept('office:004', '岳塘区', 'H1'),
    ],
    owed: `
      handed_in | submission-Q2 | 雨湖区
      late | rework-Q2 | 雨湖区
      met | submission-Q2 | 岳塘区
      met | submission-H1 | 岳塘区
    `,
    alerts: [
      'report-Q2 7.3 | 市行政审批局 +6',
      'submission-H1 | 市行政审批局 +1',
      'submission-H1 | 市财政局 +1',
    ],
    desk: `
      + submissions Q2/雨湖区
      - submissions Q2/岳塘区 H1/岳塘区
    `,
    sent: `
      市财政局 市行政审批局 昭山经开区 /head: +1 submission-H1
      市金融办/liaison: -10 task_due 5.4
      jiashan:县科技局合作科/liaison: -10 task_due 001:1; milestone 001:1/m1
    `,
  },
  {
    on: '2023-07-18',
    acts: [
      handIn('市财政局', 'H1'),
      accept('office:004', '雨湖区', 'Q2'),
      post('office:004', task('5.3', 'reviews'), { verdict: 'accept' }),
      reads('市工信局', '/tasks/004:5.3', { flags: { selfReviewed: true } }),
    ],
    owed: `
      handed_in | submission-H1 | 市财政局
      late | submission-Q2 | 雨湖区
      met | task_due 5.3
      late | receipt 5.3 | 昭山经开区
    `,
    alerts: ['report-Q2 7.3 | 市行政审批局 +7', 'submission-H1 | 市行政审批局 +2'],
    desk: `
      - values i24@Q2
      - presumed_dates 5.3
      - presumed_leads 5.3
      + submissions H1/市财政局
      - submissions Q2/雨湖区
      - completions 5.3
    `,
  },
  {
    on: '2023-07-19',
    acts: [accept('office:004', '市财政局', 'H1')],
    owed: 'late | submission-H1 | 市财政局',
    desk: '- submissions H1/市财政局',
  },
  {
    on: '2023-07-21', // Friday: the tenth workday after the quarter, the fifth after the half-year
    acts: [
      close('office:004', '004:2023Q2', 'not_handed_in', 'awaiting_publication'),
      close('office:000', '000:2023Q2', 'unreviewed'),
    ],
    alerts: ['report-Q2 7.3 | 市行政审批局 +10', 'submission-H1 | 市行政审批局 +5'],
    sent: `
      office:004: 0 review H1/市科协 of 市科技局
      office:004: +5 submission-H1 of 市行政审批局 昭山经开区; +10 report-Q2 7.3 of 市行政审批局; submission-Q2 of 昭山经开区
      leader:xiangtan/in_charge/2: +5 submission-H1 of 市行政审批局; +10 report-Q2 7.3 of 市行政审批局
      leader:xiangtan/004/in_charge: +5 submission-H1 of 昭山经开区; +10 submission-Q2 of 昭山经开区
    `,
  },
  { on: '2023-07-22', desk: '! submissions H1/市科协' }, // Saturday
  {
    on: '2023-07-24',
    acts: [
      // What landed on 3 July stands beside the quarter, which is judged by its last day.
      reads('office:000', '/rollups/000:2023Q2/editions/1', {
        edition: {
          tasks: expect.arrayContaining([
            expect.objectContaining({
              code: 'k7',
              light: expect.objectContaining({ reason: 'on_track' }),
              sinceThen: expect.arrayContaining([
                expect.objectContaining({ code: 'done', on: '2023-07-03' }),
              ]),
            }),
          ]),
        },
      }),
    ],
    sent: '市科技局/head: +1 review H1/市科协',
  },
  {
    on: '2023-07-25',
    acts: [
      accept('office:004', '市科协', 'H1'),
      post('市金融办', task('5.4', 'completions'), {
        doneOn: '2023-07-25',
        summary: '引导基金已设立',
        evidence,
      }),
    ],
    owed: `
      met | submission-H1 | 市科协
      handed_in | task_due 5.4
    `,
    desk: `
      - submissions H1/市科协
      + completions 5.4
    `,
  },
  {
    on: '2023-07-26', // three workdays before 31 July
    sent: 'jiashan:县科技局合作科/liaison: -3 task_due 001:1; milestone 001:1/m1',
  },
  {
    on: '2023-07-27',
    acts: [
      post('jiashan:县科技局合作科', task('001:1', 'milestones'), {
        code: 'm1',
        reachedOn: '2023-07-27',
        evidence,
      }),
      post('office:004', task('5.4', 'reviews'), { verdict: 'accept' }),
      reads('市金融办', '/tasks/004:5.4', {
        dueOn: '2023-07-31',
        flags: { extended: true },
        state: {
          dues: [{ due: { on: '2023-12-31' } }, { due: { on: '2023-06-30' } }, { due: { on: '2023-07-31' } }],
        },
      }),
    ],
    owed: `
      met | milestone 001:1/m1
      met | task_due 5.4
      late | receipt 5.4 | 昭山经开区
    `,
    desk: '- completions 5.4',
  },
  {
    on: '2023-07-28', // Friday: asked three days before it is due; the fifteenth workday after the quarter
    acts: [
      post('jiashan:县科技局合作科', task('001:1', 'extensions'), {
        to: '2023-08-31',
        reason: '设备到货推迟',
      }),
    ],
    owed: 'tolled | task_due 001:1',
    desk: '+ extensions 001:1',
    sent: `
      office:004: +10 submission-H1 of 市行政审批局 昭山经开区; +15 report-Q2 7.3 of 市行政审批局; submission-Q2 of 昭山经开区
      leader:xiangtan/in_charge/2: +10 submission-H1 of 市行政审批局; +15 report-Q2 7.3 of 市行政审批局
      leader:xiangtan/004/in_charge: +10 submission-H1 of 昭山经开区; +15 submission-Q2 of 昭山经开区
    `,
  },
  {
    on: '2023-07-31', // Monday: the statistics of the half-year are published
    acts: [state('市发改委', { i22: 1.74, i23: 2.05 }), state('市统计局', { i11: 39.4, i16: 9.2 })],
    owed: `
      met | value-Q2 i11 i16 i22 i23
      open | value-Q2 i14
    `,
    desk: '+ values i11@Q2 i16@Q2 i22@Q2 i23@Q2',
    sent: '市统计局/liaison: 0 value-Q2 i14',
  },
];
