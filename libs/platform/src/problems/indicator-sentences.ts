/** Refusals of indicators, and warnings about values. Sorted by status, then by code. */
export const indicatorSentences = {
  not_a_provider: {
    status: 403,
    en: '{unit} does not provide this figure; {providers} does.',
    zh: '{unit} 不是该指标的数据采集单位（应为 {providers}）。',
  },
  indicator_not_found: { status: 404, en: 'There is no such indicator.', zh: '没有该指标。' },
  target_not_found: {
    status: 404,
    en: 'The plan states no target for {horizon}.',
    zh: '方案未设定 {horizon} 的目标值。',
  },
  baseline_recorded_already: {
    status: 409,
    en: 'The baseline of {period} is recorded as {value}.',
    zh: '{period} 的基数已登记为 {value}。',
  },
  indicator_already_defined: {
    status: 409,
    en: 'The indicator {indicator} exists already, with other data.',
    zh: '指标 {indicator} 已存在，且内容不同。',
  },
  no_value: { status: 409, en: 'No value stands for {period}.', zh: '{period} 尚无有效数据。' },
  target_period_over: {
    status: 409,
    en: '{horizon} ended on {endedOn}: its target is no longer changed.',
    zh: '{horizon} 已于 {endedOn} 结束，目标值不再调整。',
  },
  target_set_already: {
    status: 409,
    en: '{horizon} has a target: revise it by a decision.',
    zh: '{horizon} 已有目标值，须按程序调整。',
  },
  value_confirmed: {
    status: 409,
    en: 'The value of {period} is confirmed: correct it, with reason and basis.',
    zh: '{period} 的数据已确认，须说明理由和依据后更正。',
  },
  value_incomplete: {
    status: 409,
    en: 'Parts of {period} are missing: {absent}',
    zh: '{period} 的数据尚缺：{absent}',
  },
  value_reported_already: {
    status: 409,
    en: 'A value for {period} is reported already: revise or correct it.',
    zh: '{period} 的数据已上报，须修订或更正。',
  },
  a_tenth_of_the_last: {
    status: 422,
    en: 'A tenth of the last figure ({last}, {period}) or less: is the unit right?',
    zh: '不足上次数据（{period}：{last}）的十分之一，请核对计量单位。',
  },
  available_before_period_end: {
    status: 422,
    en: '{availableOn} is no day after the end of {period}.',
    zh: '{availableOn} 不是 {period} 结束后的日期。',
  },
  basis_needed: { status: 422, en: 'Say what the correct value rests on.', zh: '须说明更正依据。' },
  cumulative_falls: {
    status: 422,
    en: 'A cumulative figure cannot fall: {period} stands at {other}.',
    zh: '累计数不应减少：{period} 为 {other}。',
  },
  figure_invalid: { status: 422, en: 'The figure or its period is not right.', zh: '数值或期间有误。' },
  fraction_of_a_count: {
    status: 422,
    en: '{value} is no whole number of {measure}.',
    zh: '{value} 不是整数（单位：{measure}）。',
  },
  indicator_invalid: {
    status: 422,
    en: 'Some data of the indicator are not right.',
    zh: '指标的部分内容有误。',
  },
  lag_invalid: {
    status: 422,
    en: 'The lag of publication is a whole number of days, up to ten years.',
    zh: '发布时滞须为整数天，且不超过十年。',
  },
  negative_value: { status: 422, en: '{value} is negative.', zh: '{value} 为负数。' },
  not_a_horizon: {
    status: 422,
    en: 'This is neither a period nor `yearly`.',
    zh: '不是有效期间，也不是“每年”。',
  },
  not_a_number: { status: 422, en: 'This is not a number.', zh: '不是有效数值。' },
  not_yes_or_no: {
    status: 422,
    en: 'The value is 1 for yes and 0 for no.',
    zh: '数值须为 1（有）或 0（无）。',
  },
  over_100_percent: { status: 422, en: '{value} is more than 100 percent.', zh: '{value} 超过 100%。' },
  paper_needed: {
    status: 422,
    en: 'The paper is needed: its number and day.',
    zh: '须注明文件文号和日期。',
  },
  period_not_over: {
    status: 422,
    en: '{period} runs until {endsOn}: its value can be reported then.',
    zh: '{period} 至 {endsOn} 才结束，届时方可上报。',
  },
  stated_twice: { status: 422, en: 'This is stated twice.', zh: '重复填写。' },
  target_inconsistent: {
    status: 422,
    en: '{horizon} does not fit the target {target} of {year}. Proposal: {proposal}',
    zh: '{horizon} 与 {year} 年目标值 {target} 不一致，建议：{proposal}',
  },
  ten_times_the_last: {
    status: 422,
    en: 'Ten times the last figure ({last}, {period}) or more: is the unit right?',
    zh: '达到上次数据（{period}：{last}）的十倍以上，请核对计量单位。',
  },
  unit_needed: { status: 422, en: 'A unit is needed.', zh: '须指明单位。' },
} as const;
