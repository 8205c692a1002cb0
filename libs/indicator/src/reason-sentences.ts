import type { Reason, TargetFinding } from './attainment-model.js';

/** Why an attainment was judged as it was, in one sentence for a leader. */
export const reasonSentences: Readonly<Record<Reason | TargetFinding, { en: string; zh: string }>> = {
  target_met: { en: 'The target is met.', zh: '已达到目标值。' },
  on_plan: { en: 'The plan of the period is kept.', zh: '达到本期计划。' },
  near_plan: { en: 'Just short of the plan of the period.', zh: '略低于本期计划。' },
  below_plan: { en: 'Below the plan of the period.', zh: '低于本期计划。' },
  target_missed: { en: 'The year ended without the target.', zh: '年度目标未完成。' },
  behind_baseline: {
    en: 'Worse than the plan, which asked for no more than the baseline.',
    zh: '计划未高于基数，实际仍未达到。',
  },
  standard_held: { en: 'The standard is kept.', zh: '保持在标准以内。' },
  standard_broken: { en: 'The standard that is to be kept is broken.', zh: '未能保持标准。' },
  within_tolerance: { en: 'As near as was asked.', zh: '在允许偏差以内。' },
  outside_tolerance: { en: 'Too far from the value asked for.', zh: '超出允许偏差。' },
  comparator_reached: { en: 'Ahead of the comparator.', zh: '优于参照值。' },
  comparator_missed: { en: 'Behind the comparator.', zh: '未达到参照值。' },
  annual_only: { en: 'An annual figure: not due before the year ends.', zh: '年度指标，年末前不考核。' },
  not_yet: { en: 'Not yet, and not due.', zh: '尚未到期。' },
  no_value: { en: 'There is no value.', zh: '尚无数据。' },
  evidence_missing: { en: 'Said to be so, but without evidence.', zh: '已报“有”，但缺佐证材料。' },
  comparator_missing: { en: 'The comparator is not known.', zh: '缺少参照数据。' },
  plan_missing: { en: 'Nothing is planned for this period.', zh: '本期无计划值。' },
  plan_zero: { en: 'The planned value is zero: no share can be given.', zh: '计划值为零，无法计算完成率。' },
  plan_negative: {
    en: 'The planned value is negative: no share can be given.',
    zh: '计划值为负，无法计算完成率。',
  },
  done_in_time: { en: 'Done by its day.', zh: '按期完成。' },
  done_late: { en: 'Done after its day.', zh: '逾期完成。' },
  milestone_overdue: { en: 'Its day has passed and it is not done.', zh: '节点逾期未完成。' },
  target_below_last_actual: {
    en: 'The target is lower than the last actual value.',
    zh: '目标值低于上年实际值。',
  },
  target_above_last_actual: {
    en: 'The target is higher than the last actual value, though less is better.',
    zh: '该指标越低越好，目标值却高于上年实际值。',
  },
  target_equals_last_actual: { en: 'The target equals the last actual value.', zh: '目标值等于上年实际值。' },
};
