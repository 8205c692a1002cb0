import { accessSentences } from './access-sentences.js';
import { evidenceSentences } from './evidence-sentences.js';
import { exchangeSentences } from './exchange-sentences.js';
import { indicatorSentences } from './indicator-sentences.js';
import { type Language } from './language.js';
import { planSentences } from './plan-sentences.js';
import { policySentences } from './policy-sentences.js';
import { rollupSentences } from './rollup-sentences.js';
import { roundSentences } from './round-sentences.js';
import { sharedRuleSentences } from './shared-rule-sentences.js';
import { taskSentences } from './task-sentences.js';
import { unitSentences } from './unit-sentences.js';

/**
 * A status of HTTP and one sentence in each language; `{name}` is filled from the refusal's params. `tells`: the params
 * that a program needs to go on, such as the number of the report that stands already.
 */
export type Sentences = { status: number; tells?: readonly string[] } & Record<Language, string>;

/**
 * Every code that the product answers with. A code is stable for ever; its sentences may improve. Those of the rules
 * stand in one file for each aggregate; all are sorted by status, then by code.
 */
export const catalogue = {
  ...sharedRuleSentences,
  ...accessSentences,
  ...unitSentences,
  ...evidenceSentences,
  ...exchangeSentences,
  ...indicatorSentences,
  ...planSentences,
  ...policySentences,
  ...roundSentences,
  ...rollupSentences,
  ...taskSentences,
  malformed_json: { status: 400, en: 'The body is not valid JSON.', zh: '请求体不是有效的 JSON。' },
  malformed_request: { status: 400, en: 'The request cannot be understood.', zh: '无法理解该请求。' },
  unauthenticated: { status: 401, en: 'A valid key is needed.', zh: '需要有效的密钥。' },
  key_expired: { status: 401, en: 'The key has expired.', zh: '密钥已过期。' },
  key_revoked: { status: 401, en: 'The key has been revoked.', zh: '密钥已被吊销。' },
  forbidden_role: { status: 403, en: 'The role {role} may not do this.', zh: '角色 {role} 无权进行此操作。' },
  machine_needs_acting_for: {
    status: 403,
    en: 'A machine must say for whom it acts.',
    zh: '机器账号必须说明代表谁操作。',
  },
  not_found: { status: 404, en: 'There is nothing by this name: {what}', zh: '没有找到：{what}' },
  method_not_allowed: {
    status: 405,
    en: 'This address does not offer that method.',
    zh: '该地址不支持此方法。',
  },
  not_acceptable: { status: 406, en: 'None of the accepted formats is offered.', zh: '不提供所要求的格式。' },
  already_reported: {
    status: 409,
    tells: ['by', 'n'],
    en: 'Already reported by {by}.',
    zh: '已由 {by} 上报。',
  },
  key_differs: {
    status: 409,
    en: 'This key was issued before with other rights.',
    zh: '该密钥此前已按其他权限签发。',
  },
  closed: { status: 409, en: 'This is closed and takes no more changes.', zh: '已办结，不再接受更改。' },
  refused: {
    status: 409,
    en: 'The present state does not allow this ({code}).',
    zh: '当前状态不允许此操作（{code}）。',
  },
  request_in_progress: {
    status: 409,
    en: 'The same request is being worked on right now: ask again shortly.',
    zh: '同一请求正在处理中，请稍后再试。',
  },
  same_person: {
    status: 409,
    en: 'Who reported may not review the same report.',
    zh: '上报人不得审核本人的上报。',
  },
  subject_erased: {
    status: 409,
    en: 'The personal data of {subject} were erased: nothing more is taken.',
    zh: '{subject} 的个人信息已删除，不再接收。',
  },
  version_conflict: {
    status: 409,
    en: 'Somebody else changed this first: read it again and repeat.',
    zh: '内容已被他人修改，请重新读取后再试。',
  },
  precondition_failed: {
    status: 412,
    en: 'This has changed since version {expected}: read it again.',
    zh: '内容在版本 {expected} 之后已有变化，请重新读取。',
  },
  payload_too_large: { status: 413, en: 'The body is too large.', zh: '请求体过大。' },
  uri_too_long: { status: 414, en: 'The address is too long.', zh: '地址过长。' },
  unsupported_media_type: {
    status: 415,
    en: 'Send the body as application/json.',
    zh: '请求体须为 application/json。',
  },
  idempotency_key_invalid: {
    status: 422,
    en: 'An Idempotency-Key consists of visible ASCII characters.',
    zh: 'Idempotency-Key 只能由可见的 ASCII 字符组成。',
  },
  idempotency_key_too_long: {
    status: 422,
    en: 'An Idempotency-Key has at most {longest} characters.',
    zh: 'Idempotency-Key 最多 {longest} 个字符。',
  },
  idempotency_mismatch: {
    status: 422,
    en: 'This Idempotency-Key was used before with another request.',
    zh: '该 Idempotency-Key 已用于另一请求。',
  },
  implausible_value: {
    status: 422,
    en: 'The value {value} is not plausible: {reason}',
    zh: '数值 {value} 不合常理：{reason}',
  },
  key_secret_weak: {
    status: 422,
    en: 'A key needs a secret of at least 32 letters, digits, - or _.',
    zh: '密钥的秘密部分至少 32 个字母、数字、- 或 _。',
  },
  subject_invalid: {
    status: 422,
    en: 'The id of a person has 1 to {longest} characters.',
    zh: '人员标识须为 1 至 {longest} 个字符。',
  },
  text_blank: { status: 422, en: 'The text is blank.', zh: '文字为空。' },
  text_ill_formed: { status: 422, en: 'The text holds broken characters.', zh: '文字含有残缺字符。' },
  text_not_nfc: {
    status: 422,
    en: 'The text is not in Unicode form NFC.',
    zh: '文字不是 Unicode NFC 形式。',
  },
  text_not_storable: {
    status: 422,
    en: 'The text at {pointer} holds characters that cannot be stored.',
    zh: '{pointer} 处的文字含有无法保存的字符。',
  },
  text_too_long: {
    status: 422,
    en: 'The text has more than {max} characters.',
    zh: '文字超过 {max} 个字符。',
  },
  text_with_control: {
    status: 422,
    en: 'The text holds control characters.',
    zh: '文字含有控制字符。',
  },
  text_with_null: { status: 422, en: 'The text holds the character U+0000.', zh: '文字含有 U+0000 字符。' },
  unit_needed: { status: 422, en: 'Say on behalf of which unit.', zh: '请说明代表哪个单位。' },
  validation_failed: { status: 422, en: 'Some fields are not right.', zh: '部分字段有误。' },
  rate_limited: {
    status: 429,
    en: 'Too many requests: wait {seconds} seconds.',
    zh: '请求过多，请等待 {seconds} 秒。',
  },
  internal: {
    status: 500,
    en: 'Something went wrong on our side. Quote the reference when you report it.',
    zh: '系统内部出错，反馈时请提供编号。',
  },
  queue_full: {
    status: 503,
    en: 'Too much is waiting to be done: try again shortly.',
    zh: '待处理任务过多，请稍后再试。',
  },
  unavailable: {
    status: 503,
    en: 'A part of the system cannot be reached: try again shortly.',
    zh: '系统暂时不可用，请稍后再试。',
  },
} as const satisfies Record<string, Sentences>;

export type ProblemCode = keyof typeof catalogue;

/** The sentences of a code, or null for one that nobody wrote sentences for. */
export function sentencesOf(code: string): Sentences | null {
  return Object.hasOwn(catalogue, code) ? catalogue[code as ProblemCode] : null;
}
