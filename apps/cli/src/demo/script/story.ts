import { type Day } from '@duban/calendar';
import { type ObligationKind } from '@duban/ledger';
import { type Act, evidenceOf, officeOf, pathOf, secondOf } from './act.js';

/** Something that happens on its day whatever the draw says. `together`: both commands arrive at the same moment. */
export type Scene = { on: Day; plan: string; act: Act; together?: Act };

const science = 'xiangtan:市科技局';
const industry = 'xiangtan:市工信局';
const cooperation = 'jiashan:县科技局合作科';
/** The liaison of 市科技局 also holds an office key: one person, two keys. */
export const doubleRole = 'office:004/liaison';

const paper = (number: string, on: Day) => ({ number, on });

type Told = Pick<Act, 'who' | 'path' | 'body' | 'line'> & Partial<Act>;

function scene(on: Day, plan: string, told: Told): Scene {
  return { on, plan, act: { name: `scene/${on}/${told.who}${told.path}`, ...told } };
}

const task = (id: string, rest: string) => pathOf('tasks', id, `/${rest}`);
const indicator = (id: string, rest: string) => pathOf('indicators', id, `/${rest}`);

/** Two bureaus that lead 004/3.1 jointly report on the second quarter at the same moment: one report serves both. */
function race(): Scene {
  const path = task('004:3.1', 'reports');
  const body = { period: '2023Q2', percent: 52, summary: '高企申报与梯次培育按序时推进' };
  const act = { who: science, path, body, line: null };
  return {
    ...scene('2023-07-05', '004', { ...act, name: 'race/004:3.1/science' }),
    together: { ...act, who: industry, name: 'race/004:3.1/industry' },
  };
}

/** 市科技局 is both lead and office of 004: another person of it may review, never the one who reported. */
const selfReview: readonly Scene[] = [
  scene('2023-07-05', '004', {
    who: science,
    path: task('004:5.3', 'completions'),
    body: { doneOn: '2023-06-30', summary: '路演与要素市场年度任务完成' },
    line: '市科技局 004/5.3 handed in as done',
  }),
  scene('2023-07-10', '004', {
    who: officeOf('004'),
    path: task('004:5.3', 'reviews'),
    body: { verdict: 'return', reasons: ['无佐证材料'], reworkBy: '2023-07-14' },
    line: '市科技局 004/5.3 returned: no evidence',
  }),
  scene('2023-07-13', '004', {
    who: science,
    path: task('004:5.3', 'completions'),
    body: {
      doneOn: '2023-06-30',
      summary: '路演与要素市场年度任务完成',
      evidence: evidenceOf('路演活动台账'),
    },
    line: '市科技局 004/5.3 handed in again, with evidence',
  }),
  scene('2023-07-17', '004', {
    who: doubleRole,
    path: task('004:5.3', 'reviews'),
    body: { verdict: 'accept' },
    line: '市科技局 004/5.3 review refused: the reviewer is the reporter',
    refused: 'same_person',
  }),
  scene('2023-07-18', '004', {
    who: officeOf('004'),
    path: task('004:5.3', 'reviews'),
    body: { verdict: 'accept' },
    line: '市科技局 004/5.3 accepted by its own office, marked as self-reviewed',
  }),
  scene('2023-08-07', '004', {
    who: officeOf('004'),
    path: task('004:5.3', 'closures'),
    body: {},
    line: '市科技局 004/5.3 closing refused: a second signature is needed',
    refused: 'countersign_needed',
  }),
  scene('2023-08-08', '004', {
    who: secondOf('004'),
    path: task('004:5.3', 'closures'),
    body: {},
    line: '市科技局 004/5.3 closed with a second signature',
  }),
];

/** Asked three days before it was due, refused when it was overdue: the ladder begins at +1 on the next day. */
const lateDecision: readonly Scene[] = [
  scene('2023-07-28', '001', {
    who: cooperation,
    path: task('001:1', 'extensions'),
    body: { to: '2023-08-31', reason: '设备到货推迟' },
    line: '县科技局合作科 001/1 asks for more time, to 31 Aug',
  }),
  scene('2023-08-08', '001', {
    who: officeOf('001'),
    path: task('001:1', 'extensions/1/decisions'),
    body: { verdict: 'refuse', reason: '工期可以追回', paper: paper('嘉科督〔2023〕8号', '2023-08-08') },
    line: '县科技局 001/1 extension refused, seven workdays after it was asked',
  }),
  scene('2023-08-16', '001', {
    who: cooperation,
    path: task('001:1', 'completions'),
    body: { doneOn: '2023-08-15', summary: '三家载体建成', evidence: evidenceOf('验收报告') },
    line: '县科技局合作科 001/1 handed in as done, late',
  }),
];

/** 赛迪中心 lands on 3 July, after the quarter: the second quarter says "since then", the third counts it. */
const landing: readonly Scene[] = [
  scene('2023-07-04', '000', {
    who: 'pinghu:市经信局',
    path: task('000:k7', 'milestones'),
    body: { code: 'm1', reachedOn: '2023-07-03', evidence: evidenceOf('入驻协议') },
    line: '市经信局 000/k7 landed on 3 July',
  }),
  scene('2023-07-04', '000', {
    who: 'pinghu:市经信局',
    path: task('000:k7', 'completions'),
    body: { doneOn: '2023-07-03', summary: '赛迪中心已落地', evidence: evidenceOf('入驻协议') },
    line: null,
  }),
];

const decisions: readonly Scene[] = [
  scene('2023-06-01', '004', {
    who: 'admin',
    path: pathOf('units', 'xiangtan:市乡村振兴局', '/merger'),
    body: {
      into: 'xiangtan:市农业农村局',
      from: '2023-06-01',
      paper: paper('潭编〔2023〕6号', '2023-05-30'),
    },
    line: '市乡村振兴局 merges into 市农业农村局: 004/8.1 has one lead now',
  }),
  scene('2023-08-10', '004', {
    who: science,
    path: indicator('004:i19', 'corrections'),
    body: { period: '2023Q2', value: 980, reason: '剔除重复入库企业', basis: '省平台 8 月核对清单' },
    line: '市科技局 004#19 second quarter corrected: 1010 → 980',
  }),
  scene('2023-08-14', '003', {
    who: officeOf('003'),
    path: task('003:8.1', 'suspensions'),
    body: { reason: '等待省级实施细则' },
    line: '市发展改革委 003/8.1 suspended: waits for rules of the province',
  }),
  scene('2023-09-15', '004', {
    who: officeOf('004'),
    path: indicator('004:i12', 'targets'),
    body: {
      changes: [{ horizon: '2023', floor: 860, stretch: null }],
      reason: '上半年进度快于预期',
      paper: paper('潭创办〔2023〕15号', '2023-09-15'),
    },
    line: '市科技局 004#12 target of the year revised: 830 → 860',
  }),
  scene('2023-09-18', '003', {
    who: officeOf('003'),
    path: task('003:8.1', 'resumptions'),
    body: {},
    line: '市发展改革委 003/8.1 resumed',
  }),
];

/** All scenes in the order of their days. */
export const scenes: readonly Scene[] = [
  race(),
  ...selfReview,
  ...lateDecision,
  ...landing,
  ...decisions,
].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));

/** Answers whose day (null: never, or by a scene) is part of the story. Left out means: whichever. */
type Fixed = { kind: ObligationKind; subject: string; period?: string; holder?: string; on: Day | null };

export const fixedAnswers: readonly Fixed[] = [
  { kind: 'report', subject: '004:3.1', period: '2023Q2', on: null },
  { kind: 'task_due', subject: '004:5.3', on: null },
  { kind: 'review', subject: '004:5.3', on: null },
  { kind: 'rework', subject: '004:5.3', on: null },
  { kind: 'task_due', subject: '001:1', on: null },
  { kind: 'extension_decision', subject: '001:1', on: null },
  { kind: 'milestone', subject: '001:1/m1', on: '2023-07-27' },
  { kind: 'milestone', subject: '000:k7/m1', on: null },
  { kind: 'task_due', subject: '000:k7', on: null },
  { kind: 'review', subject: '000:k7', on: '2023-07-06' },
  { kind: 'report', subject: '000:k7', period: '2023Q2', on: '2023-07-06' },
  { kind: 'value', subject: '004:i5', period: '2023Q2', holder: science, on: '2023-07-06' },
  { kind: 'value', subject: '004:i5', period: '2023Q2', holder: 'xiangtan:市发改委', on: '2023-07-07' },
  { kind: 'value', subject: '004:i5', period: '2023Q2', holder: industry, on: '2023-07-12' },
  { kind: 'value', subject: '004:i19', period: '2023Q2', on: '2023-07-06' },
  // One bureau says nothing at all for the half-year, another only after the quarter was closed.
  { kind: 'report', subject: '004:7.3', period: '2023Q2', on: null },
  { kind: 'submission', subject: '004:2023H1', holder: 'xiangtan:市行政审批局', on: null },
  { kind: 'report', subject: '004:7.5', period: '2023Q2', on: null },
  { kind: 'submission', subject: '004:2023H1', holder: 'xiangtan:市财政局', on: '2023-07-25' },
  // Its receipt comes when the office and the leader have been told.
  { kind: 'receipt', subject: '004', holder: 'xiangtan:雨湖高新区', on: '2023-05-05' },
  // One district is late for the half-year, so that Saturday 15 July has a reminder on the day before and one after it.
  { kind: 'submission', subject: '004:2023H1', holder: 'xiangtan:岳塘区', on: '2023-07-18' },
  { kind: 'submission', subject: '004:2023Q2', holder: 'xiangtan:岳塘区', on: '2023-07-19' },
];

/** Figures that the story is about. */
export const fixedFigures: Readonly<Record<string, number>> = {
  '004:i5 2023Q2 xiangtan:市科技局': 142,
  '004:i5 2023Q2 xiangtan:市发改委': 61,
  '004:i5 2023Q2 xiangtan:市工信局': 88,
  '004:i12 2023Q2 xiangtan:市科技局': 806,
  '004:i12 2023Q3 xiangtan:市科技局': 833,
  '004:i12 2023Q4 xiangtan:市科技局': 861,
  '004:i19 2023Q2 xiangtan:市科技局': 1010,
  '004:i19 2023Q3 xiangtan:市科技局': 1130,
  '004:i19 2023Q4 xiangtan:市科技局': 1262,
};

/** Whom the office of 002 names for its nine tasks, which the document gives to nobody. */
export const leadsOf002: Readonly<Record<string, { lead: string; districts: boolean }>> = {
  '002:1': { lead: '市科技局', districts: false },
  '002:2': { lead: '市科技局', districts: true },
  '002:3': { lead: '市科技局', districts: true },
  '002:4': { lead: '市产业科技创新基地建设领导小组', districts: true },
  '002:5': { lead: '市科技局', districts: false },
  '002:6': { lead: '市科技局', districts: false },
  '002:7': { lead: '市科技局', districts: true },
  '002:8': { lead: '市科技局', districts: true },
  '002:9': { lead: '市产业科技创新基地建设领导小组', districts: false },
};
