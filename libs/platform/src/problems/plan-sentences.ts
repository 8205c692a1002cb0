/** Refusals of plans, their sections and findings. Sorted by status, then by code. */
export const planSentences = {
  finding_not_found: {
    status: 404,
    en: 'The plan has no finding {code} on {subject}.',
    zh: '方案中没有关于 {subject} 的问题 {code}。',
  },
  plan_not_found: { status: 404, en: 'There is no such plan.', zh: '没有该方案。' },
  finding_already_waived: {
    status: 409,
    en: 'The finding {code} on {subject} was waived before, with another reason.',
    zh: '{subject} 的问题 {code} 已按其他理由豁免。',
  },
  finding_blocks_issue: {
    status: 409,
    en: '{count} findings stop the issue until they are waived: {findings}',
    zh: '有 {count} 个问题未处理，不能下发：{findings}',
  },
  plan_already_approved: { status: 409, en: 'The plan has been approved already.', zh: '方案已批准。' },
  plan_already_drafted: {
    status: 409,
    en: 'The plan {plan} exists already, with other contents.',
    zh: '方案 {plan} 已存在，且内容不同。',
  },
  plan_already_issued: { status: 409, en: 'The plan has been issued already.', zh: '方案已下发。' },
  plan_closed: {
    status: 409,
    en: 'The plan is closed and takes no more changes.',
    zh: '方案已办结，不再接受更改。',
  },
  plan_not_draft: {
    status: 409,
    en: 'This is possible in a draft only; the plan is {status}.',
    zh: '仅草稿可作此修改，当前状态为 {status}。',
  },
  plan_not_issued: {
    status: 409,
    en: 'The plan has not been issued; it is {status}.',
    zh: '方案尚未下发，当前状态为 {status}。',
  },
  tasks_without_unit: {
    status: 409,
    en: '{tasks} tasks name no unit, and no finding on it could be waived: name a unit.',
    zh: '有 {tasks} 项任务未明确单位，且无可豁免的问题记录，请先明确单位。',
  },
  nobody_to_assign: {
    status: 422,
    en: 'The finding {code} is about no holder that could be named.',
    zh: '问题 {code} 不涉及责任单位或采集单位，无须指定。',
  },
  holder_owed: {
    status: 422,
    en: 'Somebody has to hold {subject}: name a holder, or say `assign` and the office owes one in ten workdays.',
    zh: '{subject} 须有承担单位：请先指定，或以 assign 由办公室在十个工作日内指定。',
  },
  plan_period_reversed: {
    status: 422,
    en: 'The plan ends on {to}, before it begins on {from}.',
    zh: '方案结束日 {to} 早于开始日 {from}。',
  },
  section_circle: {
    status: 422,
    en: 'Section {section} lies within itself.',
    zh: '章节 {section} 的上级关系成环。',
  },
  section_code_twice: {
    status: 422,
    en: 'The section code {section} is used twice.',
    zh: '章节编号 {section} 重复。',
  },
  section_parent_missing: {
    status: 422,
    en: 'Section {section} lies under {parent}, which does not exist.',
    zh: '章节 {section} 的上级 {parent} 不存在。',
  },
  zone_unknown: { status: 422, en: '{zone} is not a time zone.', zh: '{zone} 不是有效时区。' },
} as const;
