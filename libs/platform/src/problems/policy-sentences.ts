/** Refusals of policies. Sorted by status, then by code. */
export const policySentences = {
  needs_all_plans: {
    status: 403,
    en: 'A policy holds for every plan: only who was granted all of them adopts one.',
    zh: '规则适用于全部方案，须有全部方案权限方可采用新版本。',
  },
  policy_in_use: {
    status: 409,
    en: '{policy} was adopted in other words; what changes becomes another version.',
    zh: '{policy} 已按其他内容采用，变更须另立版本。',
  },
  policy_from_past: {
    status: 422,
    en: 'A version holds from tomorrow at the earliest, not from {from}.',
    zh: '新版本最早自明日起施行，不得自 {from} 起。',
  },
  policy_version_skipped: {
    status: 422,
    tells: ['next'],
    en: 'The next version is {next}, not {version}.',
    zh: '下一版本为 {next}，不是 {version}。',
  },
  stages_out_of_order: {
    status: 422,
    en: 'The stages of a ladder stand in the order of their days, no two on one.',
    zh: '提醒阶段须按日期先后排列，且不得重复。',
  },
} as const;
