/** Refusals of grants and delegations. Sorted by status, then by code. */
export const accessSentences = {
  delegation_not_own: {
    status: 403,
    en: 'Only the person him- or herself gives or ends a delegation, in his or her own name.',
    zh: '仅本人可以本人名义委托代理或终止代理。',
  },
  not_delegated: {
    status: 403,
    en: '{giver} does not let you act for them today.',
    zh: '{giver} 今日未委托您代理。',
  },
  access_record_full: {
    status: 409,
    en: 'The record of this holder has {most} entries and takes no more.',
    zh: '该持有人的授权记录已达 {most} 条，不再接收。',
  },
  already_delegated: {
    status: 409,
    tells: ['id'],
    en: 'On some of these days this person acts for the same one already ({id}).',
    zh: '该人员在其中部分日期已受同一人委托（{id}）。',
  },
  already_granted: {
    status: 409,
    tells: ['id'],
    en: 'On some of these days the holder is granted this already ({id}).',
    zh: '该持有人在其中部分日期已有此授权（{id}）。',
  },
  nothing_to_delegate: {
    status: 409,
    en: '{giver} holds nothing as {role} that could be lent.',
    zh: '{giver} 没有可委托的 {role} 权限。',
  },
} as const;
