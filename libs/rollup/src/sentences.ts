import { isPending, type NotedCorrection } from '@duban/bulletin';
import { reasonSentences } from '@duban/indicator';

/** One thing said in both languages of the page. */
export type Said = { zh: string; en: string };

// Reasons of a light, as `libs/ledger` gives them; `{name}` is filled from the light's params.
const lightSentences: Readonly<Record<string, Said>> = {
  overdue: { zh: '应于 {due} 完成，逾期未完成', en: 'due {due}, not done' },
  overdue_undecided: {
    zh: '应于 {due} 完成，逾期；{asked} 申请延期，至期限止未批复',
    en: 'due {due}, late; an extension asked for on {asked} was not decided before the clock ran on',
  },
  milestone_overdue: { zh: '节点应于 {due} 完成，逾期未完成', en: 'milestone due {due}, not reached' },
  handed_in_late: { zh: '逾期提交', en: 'handed in late' },
  report_missing: { zh: '应于 {due} 报送进展，未报', en: 'report due {due}, missing' },
  rework_overdue: { zh: '退回后应于 {due} 重报，未报', en: 'to be redone by {due}, missing' },
  lead_overdue: { zh: '应于 {due} 前明确牵头单位，未明确', en: 'no lead named by {due}' },
  lead_missing: { zh: '尚未明确牵头单位', en: 'no lead named yet' },
  extension_pending: { zh: '延期申请待批', en: 'extension being decided' },
  suspended: { zh: '已暂停', en: 'suspended' },
  blocked: { zh: '推进受阻：{what}', en: 'blocked: {what}' },
  behind_plan: { zh: '所挂指标落后于计划（{indicator}）', en: 'its indicator {indicator} is behind plan' },
  returned: { zh: '已退回，待重报', en: 'returned, to be redone' },
  made_good_late: { zh: '逾期 {workdays} 个工作日后完成', en: 'done {workdays} workdays late' },
  value_missing: { zh: '数据应于 {due} 报送，未报：{absent}', en: 'figure due {due}, missing from {absent}' },
  awaiting_publication: { zh: '数据 {due} 发布', en: 'published on {due}' },
  met: { zh: '已完成', en: 'done' },
  countersign_pending: { zh: '本单位自审，待他人会签', en: 'accepted by its own unit, to be countersigned' },
  met_late_before: { zh: '此前逾期，已完成', en: 'done, late before' },
  handed_in: { zh: '已提交，待审核', en: 'handed in, to be reviewed' },
  on_track: { zh: '正常推进', en: 'on track' },
  exempt: { zh: '已免责', en: 'exempt' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  not_issued: { zh: '未交办', en: 'not issued' },
  before_plan: { zh: '方案印发前，不考核', en: 'before the plan' },
  horizon_past: { zh: '目标期限在印发前已过', en: 'its horizon ended before the plan' },
  not_due: { zh: '未到考核期', en: 'not due' },
  not_asked: { zh: '本期不报送', en: 'not asked for' },
};

const decisionSentences: Readonly<Record<string, Said>> = {
  decide_extension: {
    zh: '是否同意延期至 {to}？应于 {decideBy} 前批复',
    en: 'Extend to {to}? Decision due {decideBy}',
  },
  assign_lead: { zh: '由谁牵头？', en: 'Who takes the lead?' },
  overdue: {
    zh: '逾期 {workdays} 个工作日：督办、延期还是调整？',
    en: '{workdays} workdays overdue: press, extend or reassign?',
  },
  far_behind: {
    zh: '远低于计划（实际 {actual}，计划 {planned}）：如何补救？',
    en: 'Far behind ({actual} of {planned} planned): what is to be done?',
  },
};

const sinceSentences: Readonly<Record<string, Said>> = {
  milestone_reached: { zh: '节点达成：{what}', en: 'milestone reached: {what}' },
  done: { zh: '已完成', en: 'done' },
  handed_in: { zh: '已提交', en: 'handed in' },
  returned: { zh: '已退回：{what}', en: 'returned: {what}' },
  extension_asked: { zh: '申请延期至 {what}', en: 'extension to {what} asked for' },
  extension_granted: { zh: '延期获批', en: 'extension granted' },
  extension_refused: { zh: '延期未批', en: 'extension refused' },
  extension_withdrawn: { zh: '撤回延期申请', en: 'extension withdrawn' },
  extension_lapsed: { zh: '延期申请失效', en: 'extension lapsed' },
  blocked: { zh: '受阻：{what}', en: 'blocked: {what}' },
  blocker_cleared: { zh: '障碍解除', en: 'no longer blocked' },
  suspended: { zh: '暂停', en: 'suspended' },
  resumed: { zh: '恢复', en: 'resumed' },
  reopened: { zh: '重新打开', en: 'opened again' },
  exempted: { zh: '免责', en: 'exempted' },
  cancelled: { zh: '取消', en: 'cancelled' },
};

const blockerSentences: Readonly<Record<string, Said>> = {
  not_handed_in: { zh: '有单位未报', en: 'not handed in' },
  unreviewed: { zh: '有材料未审核', en: 'unreviewed' },
  tolled: { zh: '有延期待批', en: 'extensions undecided' },
  awaiting_publication: { zh: '有数据待发布', en: 'figures not published yet' },
  disputed: { zh: '有交办争议未决', en: 'contests undecided' },
};

const correctionSentences: Readonly<Record<string, Said>> = {
  corrected: { zh: '更正', en: ' corrected' },
  revised: { zh: '修订', en: ' revised' },
  late: { zh: '迟报', en: ' came late' },
  pending: { zh: '更正待确认', en: ' correction to be confirmed' },
  refused: { zh: '更正未获确认', en: ' correction refused' },
};

type Params = Readonly<Record<string, unknown>>;

/** Why a light has its colour. A reason that nobody wrote a sentence for is shown as its code. */
export function saidReason(code: string, params: Params, names: Params = {}): Said {
  const known = lightSentences[code] ?? (reasonSentences as Readonly<Record<string, Said>>)[code];
  const absent = typeof params.absent === 'string' ? namesOf(params.absent, names) : params.absent;
  return filled(known ?? plain(code), { ...params, absent });
}

/** What is to be decided. */
export function saidDecision(kind: string, params: Params): Said {
  return filled(decisionSentences[kind] ?? plain(kind), params);
}

/** What has happened since the period's end. */
export function saidSince(code: string, what: string | null): Said {
  return filled(sinceSentences[code] ?? plain(code), { what });
}

/** A class of blockers that a round was closed over. */
export function saidBlocker(code: string): Said {
  return blockerSentences[code] ?? plain(code);
}

/** Whether the pages say it by itself: a figure or paper that came late is one of a number there. */
export function isTold({ how, done }: NotedCorrection): boolean {
  return how !== 'late' || done !== undefined;
}

/** From which figure to which; of a task or milestone, on which day it was done. */
export function saidChange({ from, to, done }: NotedCorrection): string {
  if (!done) return `${from ?? '–'} → ${to ?? '–'}`;
  return `${{ task: '办结 done', milestone: '达成 reached' }[done.what]} ${done.on}`;
}

/** What kind of change came after an edition, and whether it counts yet. */
export function saidCorrection(correction: NotedCorrection): Said {
  const state = isPending(correction) ? 'pending' : correction.refusedOn ? 'refused' : correction.how;
  return correctionSentences[state] ?? plain(state);
}

/** A post as people say it: `xiangtan:市科技局/head` → 市科技局负责人. */
export function saidPost(recipient: string, names: Params): Said {
  if (recipient.startsWith('office:')) return { zh: '督查办', en: 'the office' };
  if (recipient.startsWith('leader:')) return { zh: '分管领导', en: 'the leader in charge' };
  const slash = recipient.lastIndexOf('/');
  const unit = String(names[recipient.slice(0, slash)] ?? recipient.slice(0, slash));
  return recipient.endsWith('/head')
    ? { zh: `${unit}负责人`, en: `head of ${unit}` }
    : { zh: unit, en: unit };
}

function plain(code: string): Said {
  return { zh: code, en: code.replaceAll('_', ' ') };
}

function namesOf(keys: string, names: Params): string {
  return keys
    .split('、')
    .map(key => String(names[key] ?? key))
    .join('、');
}

function filled({ zh, en }: Said, params: Params): Said {
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = params[name];
      return typeof value === 'string' || typeof value === 'number' ? String(value) : '–';
    });
  return { zh: fill(zh), en: fill(en) };
}
