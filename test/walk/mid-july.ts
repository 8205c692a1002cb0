import {
  accept,
  enter,
  evidence,
  giveBack,
  handIn,
  post,
  reads,
  report,
  state,
  task,
  waive,
  type WalkDay,
} from './acts.js';

const done = { doneOn: '2023-06-30', summary: '路演与要素市场年度任务完成' };

/** What is late, returned and done again, until the half-year is due on Saturday the 15th. */
export const midJuly: readonly WalkDay[] = [
  {
    on: '2023-07-08', // Saturday: overdue in the ledger, and nobody is told before Monday
    owed: `
      overdue | report-Q2 7.3 7.5
      overdue | value-Q2 i24
      overdue | value-Q2 i5 | 市工信局
      overdue | submission-Q2 | 韶山市 昭山经开区
    `,
    alerts: ['report-Q2 7.3 | 市行政审批局 +0', 'report-Q2 7.5 | 市财政局 +0', 'value-Q2 i24 | 市财政局 +0'],
  },
  {
    on: '2023-07-10', // Monday
    acts: [
      // Of the joint figure two of three parts are in: the leader is told whose is not.
      reads('mayor', '/alerts?unit=xiangtan:市工信局', {
        items: [
          {
            subject: '004:i5',
            light: { colour: 'red', params: { parts: 2, of: 3, absent: 'xiangtan:市工信局' } },
          },
        ],
      }),
      reads('市科技局', '/tasks/004:3.1', {
        groups: [
          { round: '004:2023H1', handedIn: 1, of: 10 },
          { round: '004:2023Q2', handedIn: 8, of: 10, silent: ['xiangtan:昭山经开区', 'xiangtan:韶山市'] },
        ],
      }),
      enter('office:004', '韶山市', 'Q2', '2023-07-07'), // its paper came in on Friday: in time
      accept('office:004', '韶山市', 'Q2', 'same_person'),
      report('市财政局', '7.5'),
      post('office:004', task('5.3', 'reviews'), {
        verdict: 'return',
        reasons: ['无佐证材料'],
        reworkBy: '2023-07-14',
      }),
    ],
    owed: `
      handed_in | submission-Q2 | 韶山市
      late | report-Q2 7.5
      returned | task_due 5.3
      open | rework 5.3 | 市科技局
    `,
    alerts: ['report-Q2 7.3 | 市行政审批局 +1', 'value-Q2 i24 | 市财政局 +1'],
    desk: `
      + submissions Q2/韶山市
      - completions 5.3
    `,
    sent: `
      市工信局/head: +1 value-Q2 i5
      市行政审批局/head: +1 report-Q2 7.3
      市财政局/head: +1 value-Q2 i24
      昭山经开区/head: +1 submission-Q2
    `,
  },
  {
    on: '2023-07-11',
    acts: [
      giveBack('office:004', '雨湖区 岳塘区', 'Q2', '3.1', '2023-07-14'),
      accept('second:004', '韶山市', 'Q2'),
      state('市财政局', { i24: 6.1 }),
      handIn(
        '市发改委 市商务局 市教育局 市委组织部 市人社局 团市委 市市场监管局 市金融办 市民政局 市住建局 市卫健委',
        'H1',
      ),
    ],
    owed: `
      returned | submission-Q2 | 雨湖区 岳塘区
      open | rework-Q2 | 雨湖区 岳塘区
      met | submission-Q2 | 韶山市
      late | value-Q2 i24
      handed_in | submission-H1 | 市发改委 市商务局 市教育局 市委组织部 市人社局 团市委 市市场监管局 市金融办 市民政局 市住建局 市卫健委
    `,
    alerts: ['report-Q2 7.3 | 市行政审批局 +2'],
    desk: `
      + values i24@Q2
      - values t7@Q2 t8@Q2 t38@Q2 i8@H1 t31@Q2 t9@Q2 t10@Q2 t11@Q2 i15@Q2 t34@Q2 t35@Q2
      - submissions Q2/雨湖区 Q2/岳塘区 Q2/韶山市
      + submissions H1/市发改委 H1/市商务局 H1/市教育局 H1/市委组织部 H1/市人社局 H1/团市委 H1/市市场监管局 H1/市金融办 H1/市民政局 H1/市住建局 H1/市卫健委
    `,
  },
  {
    on: '2023-07-12', // three workdays before the half-year is due, a Saturday
    acts: [
      handIn('市工信局', 'H1', { i5: 81, i13: 57.2 }), // with the third part of the joint figure
      accept(
        'office:004',
        '市发改委 市商务局 市教育局 市委组织部 市人社局 团市委 市市场监管局 市金融办 市民政局 市住建局 市卫健委',
        'H1',
      ),
    ],
    owed: `
      handed_in | submission-H1 | 市工信局
      late | value-Q2 i5 | 市工信局
      met | submission-H1 | 市发改委 市商务局 市教育局 市委组织部 市人社局 团市委 市市场监管局 市金融办 市民政局 市住建局 市卫健委
    `,
    alerts: ['report-Q2 7.3 | 市行政审批局 +3'],
    desk: `
      - values t12@Q2 t13@Q2 t14@Q2 t15@Q2 i13@Q2
      - submissions H1/市发改委 H1/市商务局 H1/市教育局 H1/市委组织部 H1/市人社局 H1/团市委 H1/市市场监管局 H1/市金融办 H1/市民政局 H1/市住建局 H1/市卫健委
      + submissions H1/市工信局
    `,
    sent: `
      市科技局 市财政局 市国资委 市税务局 市大数据中心 市文旅广体局 人民银行湘潭支行 湘潭银保监分局 市农业农村局 /liaison: -3 submission-H1
      市贸促会 市科协 市行政审批局 市优化营商环境协调事务中心 市生态环境局 市委宣传部 /liaison: -3 submission-H1
      湘潭县 韶山市 雨湖区 岳塘区 湘潭高新区 湘潭经开区 雨湖高新区 昭山经开区 天易经开区 /liaison: -3 submission-H1
    `,
  },
  {
    on: '2023-07-13',
    acts: [
      handIn(
        '市科技局 市国资委 市税务局 市大数据中心 市文旅广体局 人民银行湘潭支行 湘潭银保监分局 市农业农村局 市贸促会',
        'H1',
      ),
      handIn('市优化营商环境协调事务中心 市生态环境局 市委宣传部', 'H1'),
      handIn('韶山市 雨湖区 湘潭高新区 湘潭经开区 雨湖高新区 天易经开区', 'H1'),
      accept('office:004', '市工信局', 'H1'),
      post('市科技局', task('5.3', 'completions'), { ...done, evidence }),
    ],
    owed: `
      handed_in | submission-H1 | 市科技局 市国资委 市税务局 市大数据中心 市文旅广体局 人民银行湘潭支行 湘潭银保监分局 市农业农村局 市贸促会
      handed_in | submission-H1 | 市优化营商环境协调事务中心 市生态环境局 市委宣传部
      handed_in | submission-H1 | 韶山市 雨湖区 湘潭高新区 湘潭经开区 雨湖高新区 天易经开区
      met | submission-H1 | 市工信局
      met | rework 5.3
      handed_in | task_due 5.3
    `,
    desk: `
      - values i4@Q2 i9@Q2 i12@Q2 i17@Q2 i18@Q2 i19@Q2 t2@Q2 t3@Q2 t32@Q2 t33@Q2 t36@Q2 t37@Q2 t39@Q2 t40@Q2 i20@Q2
      - submissions H1/市工信局
      + submissions H1/市科技局 H1/市国资委 H1/市税务局 H1/市大数据中心 H1/市文旅广体局 H1/人民银行湘潭支行 H1/湘潭银保监分局 H1/市农业农村局 H1/市贸促会
      + submissions H1/市优化营商环境协调事务中心 H1/市生态环境局 H1/市委宣传部
      + submissions H1/韶山市 H1/雨湖区 H1/湘潭高新区 H1/湘潭经开区 H1/雨湖高新区 H1/天易经开区
      + completions 5.3
    `,
  },
  {
    on: '2023-07-14', // Friday: the workday before the half-year is due, the fifth after the quarter, and rework is due
    acts: [
      handIn('岳塘区', 'Q2'),
      handIn('岳塘区', 'H1'),
      waive('office:004', '湘潭县', 'H1'),
      accept(
        'office:004',
        '市科技局 市国资委 市税务局 市大数据中心 市文旅广体局 人民银行湘潭支行 湘潭银保监分局 市农业农村局 市贸促会',
        'H1',
      ),
      accept('office:004', '市优化营商环境协调事务中心 市生态环境局 市委宣传部', 'H1'),
      accept('office:004', '韶山市 雨湖区 湘潭高新区 湘潭经开区 雨湖高新区 天易经开区', 'H1'),
    ],
    owed: `
      handed_in | submission-Q2 | 岳塘区
      met | rework-Q2 | 岳塘区
      handed_in | submission-H1 | 岳塘区
      waived | submission-H1 | 湘潭县
      met | submission-H1 | 市科技局 市国资委 市税务局 市大数据中心 市文旅广体局 人民银行湘潭支行 湘潭银保监分局 市农业农村局 市贸促会
      met | submission-H1 | 市优化营商环境协调事务中心 市生态环境局 市委宣传部
      met | submission-H1 | 韶山市 雨湖区 湘潭高新区 湘潭经开区 雨湖高新区 天易经开区
    `,
    alerts: ['report-Q2 7.3 | 市行政审批局 +5'],
    desk: `
      + submissions Q2/岳塘区 H1/岳塘区
      - submissions H1/市科技局 H1/市国资委 H1/市税务局 H1/市大数据中心 H1/市文旅广体局 H1/人民银行湘潭支行 H1/湘潭银保监分局 H1/市农业农村局 H1/市贸促会
      - submissions H1/市优化营商环境协调事务中心 H1/市生态环境局 H1/市委宣传部
      - submissions H1/韶山市 H1/雨湖区 H1/湘潭高新区 H1/湘潭经开区 H1/雨湖高新区 H1/天易经开区
    `,
    sent: `
      市财政局 市科协 市行政审批局 昭山经开区 /liaison: 0 submission-H1
      雨湖区/liaison: 0 rework-Q2
      office:004: +5 report-Q2 7.3 of 市行政审批局; submission-Q2 of 昭山经开区
      leader:xiangtan/in_charge/2: +5 report-Q2 7.3 of 市行政审批局
      leader:xiangtan/004/in_charge: +5 submission-Q2 of 昭山经开区
    `,
  },
];
