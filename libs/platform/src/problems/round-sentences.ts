/** Refusals of rounds and submissions. Sorted by status, then by code. */
export const roundSentences = {
  not_the_reporting_unit: { status: 403, en: 'Only {unit} may withdraw this.', zh: '仅 {unit} 可撤回。' },
  round_not_found: { status: 404, en: 'There is no such round.', zh: '没有该填报轮次。' },
  submission_not_found: { status: 404, en: 'There is no such submission.', zh: '没有该填报。' },
  already_handed_in: {
    status: 409,
    en: 'Something was handed in already: withdraw it or review it first.',
    zh: '已提交，须先撤回或审核。',
  },
  already_reviewed: {
    status: 409,
    en: 'This has been reviewed already: {status}.',
    zh: '已审核，当前状态为 {status}。',
  },
  not_handed_in: { status: 409, en: 'Nothing is handed in.', zh: '尚无已提交的内容。' },
  round_already_open: {
    status: 409,
    en: 'The round {period} is open and its roster frozen.',
    zh: '{period} 轮次已开启，填报名单已固定。',
  },
  round_already_scheduled: {
    status: 409,
    en: 'The round {period} of plan {plan} exists already, with other data.',
    zh: '方案 {plan} 的 {period} 轮次已存在，且内容不同。',
  },
  round_closed: {
    status: 409,
    en: 'The round {period} is closed for good.',
    zh: '{period} 轮次已关闭，不再开启。',
  },
  round_not_open: { status: 409, en: 'The round {period} is not open.', zh: '{period} 轮次未开启。' },
  round_open_blockers: {
    status: 409,
    en: 'Something is still open ({counts}), such as {items}. Accept each class with a reason.',
    zh: '尚有未完事项（{counts}），如：{items}。须逐类说明理由后方可关闭。',
  },
  round_period_running: {
    status: 409,
    en: 'The period {period} runs until {endsOn}.',
    zh: '{period} 至 {endsOn} 才结束。',
  },
  submission_already_open: {
    status: 409,
    en: 'The submission of {unit} for {round} is open, with other contents.',
    zh: '{unit} 在 {round} 的填报已开启，且内容不同。',
  },
  submission_waived: { status: 409, en: 'The submission has been waived.', zh: '该填报已免除。' },
  due_before_period: {
    status: 422,
    en: 'The due day {dueOn} lies before the period {period}.',
    zh: '截止日 {dueOn} 早于期间 {period}。',
  },
  item_not_asked: { status: 422, en: '{item} is not asked for here.', zh: '{item} 不在填报范围内。' },
  item_twice: { status: 422, en: '{item} is answered twice.', zh: '{item} 重复填报。' },
  period_kind_differs: {
    status: 422,
    en: '{period} is not of the kind {kind}.',
    zh: '{period} 的类别不是 {kind}。',
  },
  received_before_return: {
    status: 422,
    en: 'A paper received on {receivedOn} cannot answer the later return.',
    zh: '{receivedOn} 收到的材料早于退回日期。',
  },
  roster_unit_twice: { status: 422, en: '{unit} stands on the roster twice.', zh: '{unit} 在名单中重复。' },
  scope_empty: {
    status: 422,
    en: 'A round with a scope asks about one task at least.',
    zh: '限定范围的轮次至少要包含一项任务。',
  },
  scope_of_other_plan: {
    status: 422,
    en: '{task} is no task of plan {plan}.',
    zh: '{task} 不是方案 {plan} 的任务。',
  },
  submission_incomplete: { status: 422, en: 'Still missing: {missing}', zh: '尚缺：{missing}' },
  summary_needed: { status: 422, en: 'A summary is needed.', zh: '须附总结。' },
} as const;
