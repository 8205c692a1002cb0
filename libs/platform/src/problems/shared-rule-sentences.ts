/** Refusals of several rules: reviews, reasons, days, holidays and papers. Sorted by status, then by code. */
export const sharedRuleSentences = {
  office_only: {
    status: 403,
    en: 'Only the supervision office may do this.',
    zh: '仅督查办公室可进行此操作。',
  },
  paper_entry_is_for_office: {
    status: 403,
    en: 'Only the supervision office enters a paper of a unit and the day it came in.',
    zh: '仅督查办公室可代录单位的纸质材料及其收到日期。',
  },
  holiday_passed: {
    status: 409,
    en: '{day} is over: what was counted by it stays as it was counted.',
    zh: '{day} 已过，按当日计算的事项不再改动。',
  },
  same_unit: {
    status: 409,
    en: '{unit} may not review what it handed in itself.',
    zh: '{unit} 不得审核本单位提交的材料。',
  },
  due_in_past: {
    status: 422,
    en: 'The due day {dueOn} lies before today, {today}.',
    zh: '截止日 {dueOn} 早于今天（{today}）。',
  },
  evidence_needed: { status: 422, en: 'Evidence is needed for {of}.', zh: '{of} 须附佐证材料。' },
  holiday_and_workday: {
    status: 422,
    en: '{day} cannot be both a holiday and a workday.',
    zh: '{day} 不能既放假又上班。',
  },
  holiday_outside_year: {
    status: 422,
    en: '{day} does not belong to the holidays of {year}.',
    zh: '{day} 不属于 {year} 年的节假日安排。',
  },
  not_a_day: {
    status: 422,
    en: 'This is not a calendar day such as 2023-07-15.',
    zh: '不是有效日期（如 2023-07-15）。',
  },
  not_a_period: {
    status: 422,
    en: '{period} is not a period such as 2023, 2023H1, 2023Q2 or 2023-07.',
    zh: '{period} 不是有效期间（如 2023、2023H1、2023Q2、2023-07）。',
  },
  other_jurisdiction: {
    status: 422,
    en: '{unit} does not belong to {jurisdiction}.',
    zh: '{unit} 不属于 {jurisdiction}。',
  },
  reason_needed: { status: 422, en: 'A reason is needed.', zh: '须说明理由。' },
  received_in_future: {
    status: 422,
    en: 'A paper cannot have come in on {receivedOn}, which is still to come.',
    zh: '收到日期 {receivedOn} 晚于今天。',
  },
  rework_in_past: {
    status: 422,
    en: 'The day for the rework, {reworkBy}, must come after today, {today}.',
    zh: '重报期限 {reworkBy} 须晚于今天（{today}）。',
  },
  rework_not_a_workday: {
    status: 422,
    en: '{reworkBy} is no workday; the next one is {next}.',
    zh: '{reworkBy} 不是工作日，下一工作日为 {next}。',
  },
} as const;
