/** Refusals of editions. Sorted by status, then by code. */
export const rollupSentences = {
  correction_not_found: {
    status: 404,
    en: 'No correction by {cause} is noted.',
    zh: '没有登记该更正：{cause}。',
  },
  edition_not_found: { status: 404, en: 'There is no edition {n}.', zh: '没有第 {n} 期。' },
  correction_explained: {
    status: 409,
    en: 'This correction was explained on {on} in other words.',
    zh: '该更正已于 {on} 另行说明。',
  },
  correction_pending: {
    status: 409,
    en: 'This correction does not count before another person has confirmed it.',
    zh: '该更正尚未经他人确认，暂不计入。',
  },
  correction_restated: {
    status: 409,
    en: 'Edition {n} takes this correction up already.',
    zh: '第 {n} 期已反映该更正。',
  },
  edition_already_published: {
    status: 409,
    en: 'Edition {n} of {period} is published; another needs a restatement.',
    zh: '{period} 的第 {n} 期已发布，如需变更须重述。',
  },
  edition_not_circulated: {
    status: 409,
    en: 'Edition {n} was not given to {reader}.',
    zh: '第 {n} 期未发送给 {reader}。',
  },
  edition_not_published: {
    status: 409,
    en: 'No edition is published yet.',
    zh: '尚未发布任何一期。',
  },
  edition_restated_already: {
    status: 409,
    en: 'Edition {of} was restated meanwhile: edition {n} is the last one.',
    zh: '第 {of} 期已被重述，最新为第 {n} 期。',
  },
  nothing_to_restate: {
    status: 409,
    en: 'Edition {n} would say the same again.',
    zh: '重述后与第 {n} 期内容相同，无须重述。',
  },
  not_a_quarter: {
    status: 422,
    en: '{period} is not a quarter such as 2023Q2.',
    zh: '{period} 不是季度（如 2023Q2）。',
  },
  reader_needed: { status: 422, en: 'Name somebody who gets it.', zh: '须指明发送对象。' },
} as const;
