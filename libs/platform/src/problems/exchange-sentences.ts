/** Refusals of contests, contributions and instructions. Sorted by status, then by code. */
export const exchangeSentences = {
  not_asked: { status: 403, en: '{unit} was not asked for this.', zh: '{unit} 不在被要求的单位之列。' },
  contest_not_found: {
    status: 404,
    en: 'The task has no contest {n}.',
    zh: '该任务没有编号为 {n} 的退回申请。',
  },
  contribution_not_found: {
    status: 404,
    en: 'The task has no request {n} for a contribution.',
    zh: '该任务没有编号为 {n} 的材料征集。',
  },
  instruction_not_found: {
    status: 404,
    en: 'The task has no instruction {n}.',
    zh: '该任务没有编号为 {n} 的批示。',
  },
  contest_decided: {
    status: 409,
    en: 'The contest {n} no longer waits: {state}.',
    zh: '第 {n} 号退回申请已处理（{state}）。',
  },
  contest_pending: {
    status: 409,
    en: 'The contest {n} waits for its decision.',
    zh: '第 {n} 号退回申请尚未批复。',
  },
  contest_too_late: {
    status: 409,
    en: 'An assignment of {since} could be contested until {until}.',
    zh: '{since} 交办的任务，退回申请应于 {until} 前提出。',
  },
  answers_incomplete: {
    status: 422,
    en: 'Each of the {asked} items needs an answer; {given} came.',
    zh: '共 {asked} 项均须答复，现收到 {given} 项。',
  },
  not_a_contributor: {
    status: 422,
    en: '{unit} is no other unit that the task names.',
    zh: '{unit} 不是该任务列明的其他单位。',
  },
  not_an_addressee: {
    status: 422,
    en: '{unit} is neither named in the task nor the office of its plan.',
    zh: '{unit} 既非该任务列明的单位，也非督查办公室。',
  },
  still_assigned: {
    status: 422,
    en: 'Upheld, the contest takes the task from {unit}: name units without it.',
    zh: '同意退回后不得再列 {unit}，请另行指定单位。',
  },
} as const;
