import { type ObligationState } from '@duban/ledger';
import { type Unsent } from '@duban/reminder';
import { type Said } from '@duban/rollup';

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
