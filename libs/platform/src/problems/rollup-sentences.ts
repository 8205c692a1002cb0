/** Refusals of editions. Sorted by status, then by code. */
export const rollupSentences = {
  edition_already_published: {
    status: 409,
    en: 'Edition {n} of {period} is published; another needs a restatement.',
    zh: '{period} 的第 {n} 期已发布，如需变更须重述。',
  },
  edition_not_published: {
    status: 409,
    en: 'No edition is published yet.',
    zh: '尚未发布任何一期。',
  },
  not_a_quarter: {
    status: 422,
    en: '{period} is not a quarter such as 2023Q2.',
    zh: '{period} 不是季度（如 2023Q2）。',
  },
} as const;
