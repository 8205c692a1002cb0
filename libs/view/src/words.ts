import { type ObligationKind, type ObligationState } from '@duban/ledger';
import { type Fate, type Stage, type Unsent } from '@duban/reminder';
import { html, type Markup, type Said } from '@duban/rollup';
import { type Commitment, type DueVersion, type Role, type TaskFlags, type TaskStatus } from '@duban/task';

/** What the pages call the terms of the record. */
export const words = {
  kind: {
    receipt: { zh: '签收', en: 'receipt' },
    report: { zh: '反馈进展', en: 'report' },
    submission: { zh: '报送', en: 'submission' },
    value: { zh: '报送数据', en: 'figure' },
    milestone: { zh: '节点', en: 'milestone' },
    task_due: { zh: '完成任务', en: 'completion' },
    review: { zh: '审核', en: 'review' },
    extension_decision: { zh: '批复延期', en: 'decision on an extension' },
    contest_decision: { zh: '批复退回申请', en: 'decision on a contest' },
    contribution: { zh: '提供材料', en: 'contribution' },
    instruction: { zh: '批示办理', en: 'answer to an instruction' },
    restatement: { zh: '重述或说明', en: 'to restate or explain' },
    edition_receipt: { zh: '阅知通报', en: 'edition to read' },
    rework: { zh: '退回重报', en: 'rework' },
    assign_lead: { zh: '明确牵头单位', en: 'a lead to name' },
  } satisfies Record<ObligationKind, Said>,
  role: {
    lead: { zh: '牵头', en: 'lead' },
    responsible: { zh: '责任', en: 'responsible' },
    supporting: { zh: '配合', en: 'supporting' },
  } satisfies Record<Role, Said>,
  commitment: {
    plain: { zh: '一般', en: 'plain' },
    ensure: { zh: '确保', en: 'ensured' },
    strive: { zh: '力争', en: 'striven for' },
    opportune: { zh: '适时', en: 'when opportune' },
  } satisfies Record<Commitment, Said>,
  status: {
    draft: { zh: '草拟', en: 'draft' },
    issued: { zh: '已交办', en: 'issued' },
    in_progress: { zh: '办理中', en: 'in progress' },
    submitted: { zh: '已报办结', en: 'submitted' },
    returned: { zh: '已退回', en: 'returned' },
    accepted: { zh: '已办结', en: 'accepted' },
    closed: { zh: '已销号', en: 'closed' },
    cancelled: { zh: '已取消', en: 'cancelled' },
  } satisfies Record<TaskStatus, Said>,
  flag: {
    suspended: { zh: '暂停', en: 'suspended' },
    exempt: { zh: '免责', en: 'exempt' },
    extended: { zh: '已延期', en: 'extended' },
    tolled: { zh: '计时中止', en: 'tolled' },
    contested: { zh: '退回申请', en: 'contested' },
    selfReviewed: { zh: '自审', en: 'reviewed by its own unit' },
    leadPresumed: { zh: '牵头系推定', en: 'lead presumed' },
    unconfirmed: { zh: '补报待核', en: 'told late, unconfirmed' },
  } satisfies Record<keyof TaskFlags, Said>,
  basis: {
    stated: { zh: '原文', en: 'stated' },
    presumed: { zh: '推定', en: 'presumed' },
  },
  through: {
    registered: { zh: '登记', en: 'registered' },
    decision: { zh: '决定', en: 'by decision' },
    extension: { zh: '延期', en: 'extended' },
  } satisfies Record<DueVersion['through'], Said>,
  stage: {
    reminder: { zh: '催办', en: 'reminder' },
    escalation: { zh: '督办', en: 'escalation' },
  } satisfies Record<Stage['kind'], Said>,
  fate: {
    issued: { zh: '已生成', en: 'issued' },
    delivered: { zh: '已送达', en: 'delivered' },
    failed: { zh: '未送达', en: 'failed' },
    superseded: { zh: '已被替代', en: 'superseded' },
  } satisfies Record<Fate, Said>,
};

/** A term in both languages; a word that is none of ours stays as it is. */
export function term(list: Readonly<Record<string, Said>>, word: string): Markup {
  const { zh, en } = list[word] ?? { zh: word, en: '' };
  return html`${zh}${en && html` <small lang="en">${en}</small>`}`;
}

const unsent: Readonly<Record<Unsent, Said>> = {
  before_owed: { zh: '当时尚无此应办事项', en: 'its day lay before it was owed' },
  not_yet: { zh: '未到日期', en: 'not yet' },
  handed_in: { zh: '已报送', en: 'handed in' },
  done: { zh: '已完成', en: 'done' },
  extension_pending: { zh: '延期申请待批', en: 'an extension was being decided' },
  contest_pending: { zh: '退回申请待批', en: 'a contest was being decided' },
  overtaken: { zh: '由更高阶段代替', en: 'a later stage went out in its place' },
  lapsed: { zh: '未及时发出，时限已过', en: 'not sent before the due day was over' },
  not_sent: { zh: '未发出', en: 'not sent' },
  suspended: { zh: '任务已暂停', en: 'suspended' },
  exempt: { zh: '已免责', en: 'exempt' },
  cancelled: { zh: '任务已取消', en: 'cancelled' },
  closed: { zh: '已关闭', en: 'closed' },
  waived: { zh: '已免除', en: 'waived' },
  reassigned: { zh: '已改派', en: 'given to other units' },
  before_plan: { zh: '方案印发前', en: 'before the plan' },
  horizon_past: { zh: '目标期限在印发前已过', en: 'its horizon ended before the plan' },
};

const states: Readonly<Record<ObligationState, Said>> = {
  upcoming: { zh: '未开始', en: 'upcoming' },
  open: { zh: '待办', en: 'open' },
  handed_in: { zh: '已报待审', en: 'handed in' },
  returned: { zh: '退回', en: 'returned' },
  tolled: { zh: '计时中止', en: 'tolled' },
  met: { zh: '按期完成', en: 'met' },
  met_late: { zh: '逾期完成', en: 'met late' },
  waived: { zh: '免除', en: 'waived' },
  void: { zh: '不再要求', en: 'void' },
  before_plan: { zh: '方案印发前', en: 'before the plan' },
  horizon_past: { zh: '目标期限在印发前已过', en: 'its horizon ended before the plan' },
  awaiting_publication: { zh: '待发布', en: 'awaiting publication' },
};

/** Why a message never went out, as people say it. */
export function saidUnsent(why: Unsent): Said {
  return unsent[why];
}

/** Where an obligation stands, as people say it. */
export function saidState(state: ObligationState): Said {
  return states[state];
}
