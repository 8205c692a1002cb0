/** Refusals of tasks. Sorted by status, then by code. */
export const taskSentences = {
  not_a_holder: {
    status: 403,
    en: '{unit} is not named in the task, itself or through a group.',
    zh: '{unit} 不是该任务的承担单位或成员单位。',
  },
  not_a_lead_unit: {
    status: 403,
    en: '{unit} does not lead the task; {leads} does.',
    zh: '{unit} 不是该任务的牵头单位（牵头单位：{leads}）。',
  },
  not_the_asking_unit: {
    status: 403,
    en: 'Only {asked}, which asked, may take the request back.',
    zh: '仅申请单位 {asked} 可撤回该申请。',
  },
  blocker_not_found: { status: 404, en: 'The task has no blocker {n}.', zh: '该任务没有编号为 {n} 的堵点。' },
  extension_not_found: {
    status: 404,
    en: 'The task has no extension request {n}.',
    zh: '该任务没有编号为 {n} 的延期申请。',
  },
  milestone_not_found: {
    status: 404,
    en: 'The task has no milestone {milestone}.',
    zh: '该任务没有节点 {milestone}。',
  },
  report_not_found: {
    status: 404,
    en: 'The task has no report {n} that this could be about.',
    zh: '该任务没有可对应的第 {n} 号反馈。',
  },
  task_not_found: { status: 404, en: 'There is no such task.', zh: '没有该任务。' },
  completion_reviewed: {
    status: 409,
    en: 'What was handed in has been reviewed already.',
    zh: '该办结材料已审核。',
  },
  completion_under_review: {
    status: 409,
    en: 'A completion is being reviewed: wait for its return or acceptance.',
    zh: '办结材料正在审核，请等待审核结果。',
  },
  countersign_needed: {
    status: 409,
    en: 'The office reviewed its own work: another person must close the task.',
    zh: '本单位自审的任务须由另一人会签后销号。',
  },
  extension_decided: {
    status: 409,
    en: 'The extension request {n} no longer waits: {state}.',
    zh: '第 {n} 号延期申请已处理（{state}）。',
  },
  extension_pending: {
    status: 409,
    tells: ['n'],
    en: 'The extension request {n} waits for its decision.',
    zh: '第 {n} 号延期申请尚未批复。',
  },
  milestone_exists: {
    status: 409,
    en: 'The milestone {milestone} exists already: revise it.',
    zh: '节点 {milestone} 已存在，请改用调整。',
  },
  milestone_reached: {
    status: 409,
    en: 'The milestone {milestone} was reached on {reachedOn}.',
    zh: '节点 {milestone} 已于 {reachedOn} 完成。',
  },
  no_completion: {
    status: 409,
    en: 'Nothing is handed in that could be reviewed.',
    zh: '尚无可审核的办结材料。',
  },
  no_due_date: {
    status: 409,
    en: 'The task has no due day that could be extended.',
    zh: '该任务没有完成时限，无须延期。',
  },
  report_superseded: {
    status: 409,
    en: 'The report {n} has been superseded by {by}: correct that one.',
    zh: '第 {n} 号反馈已被第 {by} 号取代，请更正后者。',
  },
  task_accepted: {
    status: 409,
    en: 'The task is done and accepted: open it again first.',
    zh: '任务已办结，须先重新开启。',
  },
  task_already_issued: { status: 409, en: 'The task has been issued already.', zh: '任务已交办。' },
  task_already_registered: {
    status: 409,
    en: 'The task exists already, with other contents.',
    zh: '任务已立项，且内容不同。',
  },
  task_cancelled: { status: 409, en: 'The task has been cancelled.', zh: '任务已撤销。' },
  task_closed: {
    status: 409,
    en: 'The task is closed: open it again first.',
    zh: '任务已销号，须先重新开启。',
  },
  task_exempt: {
    status: 409,
    en: 'The task is exempt: nothing is owed, and its days no longer change.',
    zh: '任务已免责，不再要求办理，时限不再变动。',
  },
  task_not_accepted: {
    status: 409,
    en: 'Only an accepted task can be closed.',
    zh: '任务审核办结后方可销号。',
  },
  task_not_done: {
    status: 409,
    en: 'Only an accepted or closed task can be opened again.',
    zh: '仅已办结或已销号的任务可重新开启。',
  },
  task_not_issued: { status: 409, en: 'The task has not been issued.', zh: '任务尚未交办。' },
  task_not_suspended: { status: 409, en: 'The task is not suspended.', zh: '任务未中止。' },
  task_suspended: {
    status: 409,
    en: 'The task is suspended: its clock stands still until it is resumed.',
    zh: '任务已中止，恢复前暂停计时。',
  },
  effective_in_future: {
    status: 422,
    en: 'It is about {effectiveOn}, a day after it was handed in on {handedInOn}.',
    zh: '所述日期 {effectiveOn} 晚于提交日期 {handedInOn}。',
  },
  extension_not_later: {
    status: 422,
    en: 'The new day {to} must come after the due day {dueOn} and not before today, {today}.',
    zh: '新时限 {to} 须晚于原时限 {dueOn}，且不早于今天（{today}）。',
  },
  receipt_due_passed: {
    status: 422,
    en: 'The receipt cannot be due on {receiptDueOn}, before today, {today}.',
    zh: '签收期限 {receiptDueOn} 不得早于今天（{today}）。',
  },
  task_without_lead: {
    status: 422,
    en: 'At least one unit must lead the task.',
    zh: '任务至少须有一个牵头单位。',
  },
} as const;
