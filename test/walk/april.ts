import { acknowledge, evidence, indicator, issue, open, post, task, type WalkDay } from './acts.js';

/** Issue and receipts; a round about the quarter that was over before the plans were issued. */
export const april: readonly WalkDay[] = [
  {
    on: '2023-04-20', // Thursday
    acts: [
      post('office:004', '/plans/004/issue', {}, 'finding_blocks_issue'), // two yes/no figures that nobody collects
      issue('004', ['provider_missing', 'i25'], ['provider_missing', 'i26']),
      issue('000'),
      issue('001'),
      post('office:002', '/plans/002/issue', {}, 'finding_blocks_issue'), // nobody is named in this plan
      issue('002', ['task_without_unit', '1'], ['task_without_unit', '7'], ['task_without_unit', '8']),
    ],
    // Row by row as annex 2 of the document names them; 各高校院所 and two more groups have no list of members.
    owed: `
      open | receipt 1.1 | 市科技局 市发改委 市工信局 市商务局 各县市区园区
      open | receipt 1.2 | 市科技局 市教育局 湘潭高新区 湘潭经开区 雨湖高新区
      open | receipt 1.3 | 市发改委 市科技局 市商务局 市工信局 各县市区园区
      open | receipt 1.4 | 市发改委 市科技局 市工信局 市教育局 各县市区园区
      open | receipt 2.1 | 市委组织部 市科技局 市人社局 市工信局 团市委 各县市区园区
      open | receipt 2.2 | 市委组织部 市科技局 市人社局 市工信局
      open | receipt 2.3 | 市委组织部
      open | receipt 3.1 | 市科技局 市工信局 市市场监管局 各县市区园区
      open | receipt 3.2 | 市工信局 市发改委 市市场监管局 市科技局 各县市区园区
      open | receipt 3.3 | 市工信局 市科技局 市金融办 各县市区园区
      open | receipt 3.4 | 市科技局 市发改委 市教育局 市工信局 市民政局 市财政局 市住建局 市商务局 市卫健委 市国资委 市税务局 市大数据中心 各县市区园区
      open | receipt 4.1 | 市科技局 市工信局 各县市区园区
      open | receipt 4.2 | 市工信局 市发改委 各县市区园区
      open | receipt 4.3 | 市工信局 市发改委 市商务局 市文旅广体局 各县市区园区
      open | receipt 4.4 | 市工信局 市住建局 市发改委 各县市区园区
      open | receipt 5.1 | 市科技局 市工信局 市发改委 各县市区园区
      open | receipt 5.2 | 市教育局 市科技局 市委组织部 市工信局 各县市区园区
      open | receipt 5.3 | 市科技局 市工信局 市教育局 市金融办 市税务局 各县市区园区
      open | receipt 5.4 | 市金融办 市科技局 市工信局 市财政局 市市场监管局 人民银行湘潭支行 湘潭银保监分局 各县市区园区
      open | receipt 6.1 | 市科技局 市发改委 市工信局 市商务局 各县市区园区
      open | receipt 6.2 | 市发改委 市科技局 市农业农村局 各县市区园区
      open | receipt 6.3 | 市商务局 市发改委 市科技局 市工信局 市贸促会 各县市区园区
      open | receipt 7.1 | 市科技局 各县市区园区
      open | receipt 7.2 | 市科技局 市工信局 市科协 各县市区园区
      open | receipt 7.3 | 市行政审批局 市发改委 市市场监管局 市优化营商环境协调事务中心 各县市区园区
      open | receipt 7.4 | 市市场监管局 市科技局 市发改委 各县市区园区
      open | receipt 7.5 | 市财政局 市科技局 各县市区园区
      open | receipt 8.1 | 市农业农村局 市乡村振兴局 市科技局 市发改委 各县市区园区
      open | receipt 8.2 | 市生态环境局 市发改委 各县市区园区
      open | receipt 8.3 | 市文旅广体局 市委宣传部 市科技局 各县市区园区
      open | receipt 8.4 | 市卫健委 市大数据中心 市发改委 市工信局 市市场监管局 市科技局 各县市区园区
      open | task_due 1.1 1.2 3.4 4.1 5.1 6.1 7.1 7.2 | 市科技局
      open | task_due 1.3 6.2 | 市发改委
      open | task_due 1.4 | 市发改委+市科技局+市工信局
      open | task_due 2.1 2.2 2.3 | 市委组织部
      open | task_due 3.1 5.3 | 市科技局+市工信局
      open | task_due 3.2 | 市工信局+市发改委+市市场监管局
      open | task_due 3.3 | 市工信局
      open | task_due 4.2 4.3 | 市工信局+市发改委
      open | task_due 4.4 | 市工信局+市住建局+市发改委
      open | task_due 5.2 | 市教育局+市科技局
      open | task_due 5.4 | 市金融办
      open | task_due 6.3 | 市商务局
      open | task_due 7.3 | 市行政审批局
      open | task_due 7.4 | 市市场监管局
      open | task_due 7.5 | 市财政局
      open | task_due 8.1 | 市农业农村局+市乡村振兴局
      open | task_due 8.2 | 市生态环境局
      open | task_due 8.3 | 市文旅广体局
      open | task_due 8.4 | 市卫健委+市大数据中心
      open | receipt 000:k7 | pinghu:市经信局
      open | receipt 000:k11 | pinghu:市科技局 pinghu:市经信局
      open | task_due 000:k7 | pinghu:市经信局
      open | milestone 000:k7/m1 | pinghu:市经信局
      open | task_due 000:k11 | pinghu:市科技局
      open | receipt 001:1 | jiashan:县科技局合作科
      open | task_due 001:1 | jiashan:县科技局合作科
      open | milestone 001:1/m1 | jiashan:县科技局合作科
    `,
    // Of 002, row 1 was to be done by 2018: nobody is wanted for it. No document states the other days, nor which of joint leads reports: the office is to confirm what is presumed.
    desk: `
      + leads 002:7 002:8 i25 i26
      + presumed_dates 1.1 1.2 1.3 1.4 2.1 2.2 2.3 3.1 3.2 3.3 3.4 4.1 4.2 4.3 4.4 5.1 5.2 5.3 5.4 6.1 6.2 6.3 7.1 7.2 7.3 7.4 7.5 8.1 8.2 8.3 8.4
      + presumed_dates 000:k7 000:k7/m1 000:k11 002:1 002:7 002:8
      + presumed_leads 1.4 3.1 3.2 4.2 4.3 4.4 5.2 5.3 8.1 8.4 000:k7 000:k11
      + receipts 市科技局 市发改委 市工信局 市商务局 市教育局 市委组织部 市人社局 团市委 市市场监管局 市金融办 市民政局 市财政局
      + receipts 市住建局 市卫健委 市国资委 市税务局 市大数据中心 市文旅广体局 人民银行湘潭支行 湘潭银保监分局 市农业农村局
      + receipts 市乡村振兴局 市贸促会 市科协 市行政审批局 市优化营商环境协调事务中心 市生态环境局 市委宣传部 各县市区园区
      + receipts pinghu:市科技局 pinghu:市经信局 jiashan:县科技局合作科
    `,
  },
  {
    on: '2023-04-21', // Friday
    acts: [
      acknowledge(
        '市科技局 市发改委 市工信局 市商务局 市教育局 市委组织部 市人社局 团市委 市市场监管局 市金融办 市民政局 市财政局',
      ),
      acknowledge(
        '市住建局 市卫健委 市国资委 市税务局 市大数据中心 市文旅广体局 人民银行湘潭支行 湘潭银保监分局 市农业农村局',
      ),
      acknowledge('市乡村振兴局 市贸促会 市科协 市优化营商环境协调事务中心 市生态环境局 市委宣传部'),
      acknowledge('湘潭县 湘乡市 韶山市 雨湖区 岳塘区 湘潭高新区 湘潭经开区 天易经开区'),
      acknowledge('pinghu:市科技局 pinghu:市经信局', '000'),
      acknowledge('jiashan:县科技局合作科', '001'),
      post('市统计局', task('1.1', 'acknowledgements'), {}, 'not_found'), // supplies figures, is named in no row
    ],
    owed: `
      met | receipt * | 市科技局 市发改委 市工信局 市商务局 市教育局 市委组织部 市人社局 团市委 市市场监管局 市金融办 市民政局 市财政局
      met | receipt * | 市住建局 市卫健委 市国资委 市税务局 市大数据中心 市文旅广体局 人民银行湘潭支行 湘潭银保监分局 市农业农村局
      met | receipt * | 市乡村振兴局 市贸促会 市科协 市优化营商环境协调事务中心 市生态环境局 市委宣传部
      met | receipt * | 湘潭县 湘乡市 韶山市 雨湖区 岳塘区 湘潭高新区 湘潭经开区 天易经开区
      met | receipt * | pinghu:市科技局 pinghu:市经信局 jiashan:县科技局合作科
    `,
    desk: `
      - receipts 市科技局 市发改委 市工信局 市商务局 市教育局 市委组织部 市人社局 团市委 市市场监管局 市金融办 市民政局 市财政局
      - receipts 市住建局 市卫健委 市国资委 市税务局 市大数据中心 市文旅广体局 人民银行湘潭支行 湘潭银保监分局 市农业农村局
      - receipts 市乡村振兴局 市贸促会 市科协 市优化营商环境协调事务中心 市生态环境局 市委宣传部
      - receipts 湘潭县 湘乡市 韶山市 雨湖区 岳塘区 湘潭高新区 湘潭经开区 天易经开区
      - receipts pinghu:市科技局 pinghu:市经信局 jiashan:县科技局合作科
    `,
  },
  {
    on: '2023-04-23', // a Sunday that is worked, before the May holiday: the second workday after issue
    acts: [acknowledge('市行政审批局')],
    owed: 'met | receipt * | 市行政审批局',
    desk: '- receipts 市行政审批局',
  },
  {
    on: '2023-04-24', // Monday, the third workday: receipts are due
    acts: [
      open('004:2023Q1', '000:2023Q1'), // for back-filling: nobody owes anything
      post('昭山经开区', '/rounds/004:2023Q1/submissions/xiangtan:昭山经开区/hand-in', {}, 'not_found'),
    ],
    sent: '雨湖高新区 昭山经开区 /liaison: 0 receipt *',
  },
  {
    on: '2023-04-25',
    owed: 'overdue | receipt * | 雨湖高新区 昭山经开区',
    desk: '! receipts 雨湖高新区 昭山经开区',
    sent: '雨湖高新区 昭山经开区 /head: +1 receipt *',
  },
  {
    on: '2023-04-26', // a figure of the quarter that was over, filled in
    acts: [post('市科技局', indicator('i12', 'values'), { period: '2023Q1', value: 785, evidence })],
    desk: '+ values i12@Q1',
  },
  {
    on: '2023-04-28', // Friday, the last workday before the holiday
    acts: [
      acknowledge('雨湖高新区'),
      post('office:002', task('002:8', 'assignments'), {
        roles: [{ holder: 'nantong:市科技局', isGroup: false, role: 'lead' }],
        reason: '由办公室指定牵头单位',
      }),
      ...['i25', 'i26'].map(code =>
        post('office:004', indicator(code, 'providers'), { units: ['xiangtan:市科技局'] }),
      ),
      post('office:004', indicator('i12', 'confirmations'), { period: '2023Q1' }),
      post('office:004', '/rounds/004:2023Q1/close'),
    ],
    owed: `
      late | receipt * | 雨湖高新区
      open | receipt 002:8 | nantong:市科技局
      open | task_due 002:8 | nantong:市科技局
    `,
    desk: `
      - receipts 雨湖高新区
      - leads 002:8 i25 i26
      + receipts nantong:市科技局
      - values i12@Q1
    `,
  },
];
