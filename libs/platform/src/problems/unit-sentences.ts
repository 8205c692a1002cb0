/** Refusals of units, groups and posts. Sorted by status, then by code. */
export const unitSentences = {
  group_not_found: { status: 404, en: 'There is no such group.', zh: '没有该单位组。' },
  post_not_found: { status: 404, en: 'There is no such post.', zh: '没有该岗位。' },
  unit_not_found: { status: 404, en: 'There is no such unit.', zh: '没有该单位。' },
  already_member: {
    status: 409,
    en: '{unit} is a member since {from}.',
    zh: '{unit} 自 {from} 起已是成员。',
  },
  group_already_defined: {
    status: 409,
    en: 'The group {group} exists already, with other contents.',
    zh: '单位组 {group} 已存在，且内容不同。',
  },
  group_open: {
    status: 409,
    en: 'The list {group} is open ended and has no members by name.',
    zh: '{group} 为开放名单，不能列明成员。',
  },
  not_a_member: {
    status: 409,
    en: '{unit} is no member that could leave on {on}.',
    zh: '{unit} 在 {on} 不是可退出的成员。',
  },
  post_differs: {
    status: 409,
    en: 'This post is another one, of the kind {kind}.',
    zh: '该岗位已存在，类别为 {kind}，内容不同。',
  },
  post_filled: {
    status: 409,
    en: 'The post is held from {from}: it must be vacated first.',
    zh: '该岗位自 {from} 起有人任职，须先离任。',
  },
  post_vacant: { status: 409, en: 'Nobody holds the post.', zh: '该岗位无人任职。' },
  unit_already_registered: {
    status: 409,
    en: '{unit} exists already, with other data.',
    zh: '{unit} 已登记，且信息不同。',
  },
  unit_ended: { status: 409, en: '{unit} ends on {on}.', zh: '{unit} 于 {on} 终止。' },
  member_twice: { status: 422, en: '{unit} is named twice.', zh: '{unit} 重复列出。' },
  split_needs_units: {
    status: 422,
    en: 'A unit is split into two or more different units.',
    zh: '拆分须列明两个以上不同的单位。',
  },
  unit_circle: { status: 422, en: '{unit} cannot stand under itself.', zh: '{unit} 不能成为自己的下级。' },
  unit_own_successor: { status: 422, en: '{unit} cannot be its own successor.', zh: '{unit} 不能并入自身。' },
  unit_succession_circle: {
    status: 422,
    en: '{into} ends in {unit} itself.',
    zh: '{into} 最终并入 {unit}，构成循环。',
  },
  vacated_before_filled: {
    status: 422,
    en: 'The post is held from {filledFrom}; it cannot be vacated on {from}.',
    zh: '任职自 {filledFrom} 起，不能于 {from} 离任。',
  },
} as const;
