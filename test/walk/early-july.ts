import {
  accept,
  evidence,
  handIn,
  isAskedAbout,
  open,
  post,
  refusedItem,
  report,
  sideBySide,
  state,
  task,
  withdraw,
  type WalkDay,
} from './acts.js';

const done = { doneOn: '2023-06-30', summary: '路演与要素市场年度任务完成' };
const landed = { doneOn: '2023-07-03', summary: '赛迪中心已落地', evidence };

/** The second quarter and the half-year are asked for on Monday 3 July; the quarter is due on Friday the 7th. */
export const earlyJuly: readonly WalkDay[] = [
  {
    on: '2023-07-03', // the first workday after the quarter
    acts: [open('004:2023Q2', '004:2023H1', '000:2023Q2', '001:2023Q2', '002:2023Q2')],
    owed: `
      open | report-Q2 1.1 1.2 3.4 4.1 5.1 6.1 7.1 7.2 | 市科技局
      open | report-Q2 1.3 6.2 | 市发改委
      open | report-Q2 1.4 | 市发改委+市科技局+市工信局
      open | report-Q2 2.1 2.2 2.3 | 市委组织部
      open | report-Q2 3.1 5.3 | 市科技局+市工信局
      open | report-Q2 3.2 | 市工信局+市发改委+市市场监管局
      open | report-Q2 3.3 | 市工信局
      open | report-Q2 4.2 4.3 | 市工信局+市发改委
      open | report-Q2 4.4 | 市工信局+市住建局+市发改委
      open | report-Q2 5.2 | 市教育局+市科技局
      open | report-Q2 5.4 | 市金融办
      open | report-Q2 6.3 | 市商务局
      open | report-Q2 7.3 | 市行政审批局
      open | report-Q2 7.4 | 市市场监管局
      open | report-Q2 7.5 | 市财政局
      open | report-Q2 8.1 | 市农业农村局+市乡村振兴局
      open | report-Q2 8.2 | 市生态环境局
      open | report-Q2 8.3 | 市文旅广体局
      open | report-Q2 8.4 | 市卫健委+市大数据中心
      open | submission-Q2 | 各县市区园区
      open | submission-H1 | 各县市区园区
      open | submission-H1 | 市科技局 市发改委 市工信局 市商务局 市教育局 市委组织部 市人社局 团市委 市市场监管局 市金融办 市民政局 市财政局
      open | submission-H1 | 市住建局 市卫健委 市国资委 市税务局 市大数据中心 市文旅广体局 人民银行湘潭支行 湘潭银保监分局 市农业农村局
      open | submission-H1 | 市贸促会 市科协 市行政审批局 市优化营商环境协调事务中心 市生态环境局 市委宣传部
      open | value-Q2 i4 i12 i17 i18 i19 t2 t3 t32 t33 t36 t37 t39 t40 | 市科技局
      open | value-Q2 i5 | 市科技局 市发改委 市工信局
      open | value-Q2 i6 | 湘潭高新区
      open | value-H1 i8 | 市教育局
      open | value-Q2 i9 | 市科技局+市统计局
      open | value-Q2 i13 | 市科技局+市工信局
      open | value-Q2 i15 | 市市场监管局
      open | value-Q2 i20 | 市生态环境局
      open | value-Q2 i24 | 市财政局
      open | value-Q2 t7 t8 t38 | 市发改委
      open | value-Q2 t9 t10 t11 | 市委组织部
      open | value-Q2 t12 t13 t14 t15 | 市工信局
      open | value-Q2 t31 | 市教育局
      open | value-Q2 t34 t35 | 市金融办
      awaiting | value-Q2 i11 i14 | 市统计局
      awaiting | value-Q2 i16 | 市科技局+市统计局
      awaiting | value-Q2 i22 i23 | 市发改委
      open | report-Q2 000:k7 | pinghu:市经信局
      open | report-Q2 000:k11 | pinghu:市科技局
      open | value-Q2 000:i3 | pinghu:市科技局
      open | report-Q2 001:1 | jiashan:县科技局合作科
      open | value-Q2 001:t10 | jiashan:县科技局合作科
      open | report-Q2 002:7 002:8 | nantong:市科技局
    `,
    // Of joint leads the first named is asked. The bureau that leads twelve rows gets one digest.
    sent: `
      市科技局/liaison: opening report-Q2 1.1 1.2 3.1 3.4 4.1 5.1 5.3 6.1 7.1 7.2; value-Q2 i4 i5 i9 i12 i13 i17 i18 i19 t2 t3 t32 t33 t36 t37 t39 t40; submission-H1
      市发改委/liaison: opening report-Q2 1.3 1.4 6.2; value-Q2 i5 t7 t8 t38; submission-H1
      市工信局/liaison: opening report-Q2 3.2 3.3 4.2 4.3 4.4; value-Q2 i5 t12 t13 t14 t15; submission-H1
      市教育局/liaison: opening report-Q2 5.2; value-H1 i8; value-Q2 t31; submission-H1
      市委组织部/liaison: opening report-Q2 2.1 2.2 2.3; value-Q2 t9 t10 t11; submission-H1
      市商务局/liaison: opening report-Q2 6.3; submission-H1
      市市场监管局/liaison: opening report-Q2 7.4; value-Q2 i15; submission-H1
      市金融办/liaison: opening report-Q2 5.4; value-Q2 t34 t35; submission-H1
      市财政局/liaison: opening report-Q2 7.5; value-Q2 i24; submission-H1
      市行政审批局/liaison: opening report-Q2 7.3; submission-H1
      市农业农村局/liaison: opening report-Q2 8.1; submission-H1
      市生态环境局/liaison: opening report-Q2 8.2; value-Q2 i20; submission-H1
      市文旅广体局/liaison: opening report-Q2 8.3; submission-H1
      市卫健委/liaison: opening report-Q2 8.4; submission-H1
      市人社局 团市委 市民政局 市住建局 市国资委 市税务局 市大数据中心 人民银行湘潭支行 湘潭银保监分局 /liaison: opening submission-H1
      市贸促会 市科协 市优化营商环境协调事务中心 市委宣传部 /liaison: opening submission-H1
      各县市区园区 /liaison: opening submission-Q2; submission-H1
      湘潭高新区/liaison: opening value-Q2 i6
      pinghu:市经信局/liaison: opening report-Q2 000:k7
      pinghu:市科技局/liaison: opening report-Q2 000:k11; value-Q2 000:i3
      jiashan:县科技局合作科/liaison: opening report-Q2 001:1; value-Q2 001:t10
      nantong:市科技局/liaison: opening report-Q2 002:7 002:8
    `,
  },
  {
    on: '2023-07-04', // three workdays before the quarter is due
    acts: [
      sideBySide(
        report('市发改委', '1.3', '1.4', '6.2'),
        report('市工信局', '3.2', '3.3', '4.2', '4.3', '4.4'),
        report('市教育局', '5.2'),
        report('市委组织部', '2.1', '2.2', '2.3'),
        report('市商务局', '6.3'),
        report('市市场监管局', '7.4'),
        report('市金融办', '5.4'),
        report('市生态环境局', '8.2'),
        report('市文旅广体局', '8.3'),
        report('市卫健委', '8.4'),
        state('市发改委', { i5: 90, t7: 1, t8: 2, t38: 1 }),
        state('市工信局', { t12: 22, t13: 160, t14: 55, t15: 1 }),
        state('市教育局', { 'i8@H1': 30, t31: 1 }),
        state('市委组织部', { t9: 5, t10: 6, t11: 4800 }),
        state('市市场监管局', { i15: 20.9 }),
        state('市金融办', { t34: 2, t35: 1 }),
        state('市生态环境局', { i20: 82.1 }),
      ),
      handIn('湘乡市', 'H1'), // covers the quarter
      report('pinghu:市经信局', '000:k7'),
      post('pinghu:市经信局', task('000:k7', 'milestones'), {
        code: 'm1',
        reachedOn: '2023-07-03',
        evidence,
      }),
      post('pinghu:市经信局', task('000:k7', 'completions'), landed),
    ],
    owed: `
      met | report-Q2 1.3 1.4 6.2 3.2 3.3 4.2 4.3 4.4 5.2 2.1 2.2 2.3 6.3 7.4 5.4 8.2 8.3 8.4
      met | value-Q2 t7 t8 t38 t12 t13 t14 t15 t31 t9 t10 t11 i15 t34 t35 i20
      met | value-H1 i8
      met | value-Q2 i5 | 市发改委
      handed_in | submission-H1 | 湘乡市
      handed_in | submission-Q2 | 湘乡市
      met | report-Q2 000:k7
      met | milestone 000:k7/m1
      handed_in | task_due 000:k7
    `,
    desk: `
      - presumed_dates 000:k7/m1
      + values t7@Q2 t8@Q2 t38@Q2 t12@Q2 t13@Q2 t14@Q2 t15@Q2 t31@Q2 t9@Q2 t10@Q2 t11@Q2 i15@Q2 t34@Q2 t35@Q2 i20@Q2 i8@H1
      + submissions H1/湘乡市
      + completions 000:k7
    `,
    sent: `
      市科技局/liaison: -3 report-Q2 1.1 1.2 3.1 3.4 4.1 5.1 5.3 6.1 7.1 7.2; value-Q2 i4 i5 i9 i12 i13 i17 i18 i19 t2 t3 t32 t33 t36 t37 t39 t40
      市工信局/liaison: -3 value-Q2 i5
      市行政审批局/liaison: -3 report-Q2 7.3
      市财政局/liaison: -3 report-Q2 7.5; value-Q2 i24
      市农业农村局/liaison: -3 report-Q2 8.1
      湘潭县 韶山市 雨湖区 岳塘区 湘潭高新区 湘潭经开区 雨湖高新区 昭山经开区 天易经开区 /liaison: -3 submission-Q2
      湘潭高新区/liaison: -3 value-Q2 i6
      pinghu:市科技局/liaison: -3 report-Q2 000:k11; value-Q2 000:i3
      jiashan:县科技局合作科/liaison: -3 report-Q2 001:1; value-Q2 001:t10
      nantong:市科技局/liaison: -3 report-Q2 002:7 002:8
    `,
  },
  {
    on: '2023-07-05',
    acts: [
      report('市科技局', '1.1', '1.2', '3.1', '3.4', '4.1', '5.1', '5.3', '6.1', '7.1', '7.2'),
      // The other lead of 3.1 comes second: it is told whose report stands, and may replace it if it says so.
      post(
        '市工信局',
        task('3.1', 'reports'),
        { period: '2023Q2', summary: '按序时推进' },
        'already_reported',
        { by: 'xiangtan:市科技局', n: 1 },
      ),
      post('市工信局', task('3.1', 'reports'), { period: '2023Q2', summary: '补充入规情况', supersedes: 1 }),
      report('市乡村振兴局', '8.1'), // not the lead that was asked, and it serves both
      refusedItem(
        '市科技局',
        '/values',
        { indicator: '004:i18', period: '2023Q2', value: 9400 },
        'implausible_value',
      ),
      post('市科技局', '/indicators/004:i18/values', { period: '2023Q2', value: 9400, confirmed: true }),
      state('市科技局', { i4: 63, i5: 120, i9: 7, i12: 800, i13: 57.2, i17: 104, i19: 1230 }),
      state('市科技局', { t2: 3500, t3: 410, t32: 24, t33: 96, t36: 48, t37: 1, t39: 4, t40: 33 }),
      post('市科技局', task('5.3', 'completions'), done),
      accept('office:004', '湘乡市', 'H1'),
    ],
    owed: `
      met | report-Q2 1.1 1.2 3.1 3.4 4.1 5.1 5.3 6.1 7.1 7.2 8.1
      met | value-Q2 i4 i9 i12 i13 i17 i18 i19 t2 t3 t32 t33 t36 t37 t39 t40
      met | value-Q2 i5 | 市科技局
      handed_in | task_due 5.3
      met | submission-H1 | 湘乡市
      met | submission-Q2 | 湘乡市
    `,
    desk: `
      + values i4@Q2 i9@Q2 i12@Q2 i13@Q2 i17@Q2 i18@Q2 i19@Q2 t2@Q2 t3@Q2 t32@Q2 t33@Q2 t36@Q2 t37@Q2 t39@Q2 t40@Q2
      - submissions H1/湘乡市
      + completions 5.3
    `,
  },
  {
    on: '2023-07-06',
    acts: [
      handIn('湘潭县 湘潭高新区 湘潭经开区 雨湖高新区 天易经开区', 'Q2', { i6: 930 }),
      withdraw('天易经开区', 'Q2'),
      handIn('天易经开区', 'Q2'),
      report('pinghu:市科技局', '000:k11'),
      state('pinghu:市科技局', { '000:i3': 118 }),
      report('jiashan:县科技局合作科', '001:1'),
      state('jiashan:县科技局合作科', { '001:t10': 1 }),
      report('nantong:市科技局', '002:7', '002:8'),
      post('office:000', task('000:k7', 'reviews'), { verdict: 'accept' }),
    ],
    owed: `
      handed_in | submission-Q2 | 湘潭县 湘潭高新区 湘潭经开区 雨湖高新区 天易经开区
      met | value-Q2 i6 000:i3 001:t10
      met | report-Q2 000:k11 001:1 002:7 002:8
      met | task_due 000:k7
    `,
    desk: `
      + values 000:i3@Q2 001:t10@Q2
      - presumed_dates 000:k7
      - presumed_leads 000:k7
      + submissions Q2/湘潭县 Q2/湘潭高新区 Q2/湘潭经开区 Q2/雨湖高新区 Q2/天易经开区
      - completions 000:k7
    `,
  },
  {
    on: '2023-07-07', // Friday: the quarter is due
    acts: [
      isAskedAbout('雨湖区', 'Q2', 28),
      handIn('雨湖区 岳塘区', 'Q2'),
      accept('office:004', '湘潭县 湘潭高新区 湘潭经开区 雨湖高新区 天易经开区', 'Q2'),
    ],
    owed: `
      handed_in | submission-Q2 | 雨湖区 岳塘区
      met | submission-Q2 | 湘潭县 湘潭高新区 湘潭经开区 雨湖高新区 天易经开区
    `,
    desk: `
      - submissions Q2/湘潭县 Q2/湘潭高新区 Q2/湘潭经开区 Q2/雨湖高新区 Q2/天易经开区
      + submissions Q2/雨湖区 Q2/岳塘区
    `,
    sent: `
      市工信局/liaison: 0 value-Q2 i5
      市行政审批局/liaison: 0 report-Q2 7.3
      市财政局/liaison: 0 report-Q2 7.5; value-Q2 i24
      韶山市 昭山经开区 /liaison: 0 submission-Q2
    `,
  },
];
