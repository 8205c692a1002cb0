import { getMetadataStorage, type ValidationError } from 'class-validator';
import { type Language } from './language.js';
import { type FieldProblem, type ProblemParam, type ProblemParams } from './problem.js';

type Sentence = Record<Language, string>;

/** Sentences for single fields; a code of a rule that has none here stands in the catalogue. */
export const fieldSentences: Readonly<Record<string, Sentence>> = {
  unknown_field: { en: 'There is no such field.', zh: '没有这个字段。' },
  required: { en: 'This field is needed.', zh: '缺少此字段。' },
  is_clean_text: {
    en: 'Must be text in Unicode form NFC, not blank, without control characters, at most {max} characters.',
    zh: '须为 Unicode NFC 文字，不为空，不含控制字符，最多 {max} 个字符。',
  },
  is_string: { en: 'Must be text.', zh: '须为文字。' },
  is_int: { en: 'Must be a whole number.', zh: '须为整数。' },
  is_number: { en: 'Must be a number.', zh: '须为数字。' },
  is_boolean: { en: 'Must be true or false.', zh: '须为 true 或 false。' },
  is_array: { en: 'Must be a list.', zh: '须为列表。' },
  is_object: { en: 'Must be an object.', zh: '须为对象。' },
  is_code: {
    en: 'Must begin with a letter or digit; then letters, digits, . _ - and brackets, none of full width but brackets.',
    zh: '须以字母或数字开头，其后为字母、数字、. _ - 或括号，除括号外不用全角字符。',
  },
  is_name: {
    en: 'Must be visible text without colons and slashes, with single blanks inside only.',
    zh: '须为可见文字，不含冒号和斜杠，空格只能单个居中。',
  },
  is_day: { en: 'Must be a day such as 2023-07-15.', zh: '须为日期，例如 2023-07-15。' },
  is_period: {
    en: 'Must be a period such as 2023, 2023H1, 2023Q2 or 2023-07.',
    zh: '须为期间，例如 2023、2023H1、2023Q2 或 2023-07。',
  },
  is_instant: {
    en: 'Must be an instant such as 2023-12-31T16:00:00.000Z.',
    zh: '须为时刻，例如 2023-12-31T16:00:00.000Z。',
  },
  matches: { en: 'Must have the form {0}.', zh: '须符合格式 {0}。' },
  not_beside: { en: 'Must not stand beside {0}.', zh: '不得与 {0} 同时出现。' },
  too_deep: { en: 'Is nested too deep.', zh: '嵌套过深。' },
  cursor_invalid: { en: 'Is no cursor of this list.', zh: '不是本列表的游标。' },
  key_needs_unit: {
    en: 'The key of a unit names its unit, unless its holder is granted one.',
    zh: '单位密钥须指明单位，持有人已获授权的除外。',
  },
  key_needs_plans: {
    en: 'The key of an office or a leader names its plans, unless its holder is granted some.',
    zh: '督查部门或领导的密钥须指明方案，持有人已获授权的除外。',
  },
  key_expires_in_past: { en: 'Must still be to come.', zh: '须晚于现在。' },
  grant_needs_unit: { en: 'A unit is granted by name.', zh: '授权单位角色须指明单位。' },
  grant_needs_plans: {
    en: 'An office or a leader is granted plans by name.',
    zh: '授权督查部门或领导须指明方案。',
  },
  not_of_this_role: { en: 'Is not granted with this role.', zh: '该角色不授予此项。' },
  delegation_to_self: { en: 'Must be another person.', zh: '须为他人。' },
  starts_in_past: { en: 'Must not lie before today.', zh: '不得早于今天。' },
  ends_before_start: { en: 'Must not lie before the first day.', zh: '不得早于起始日。' },
  day_to_come: { en: 'Must not lie after today.', zh: '不得晚于今天。' },
  is_in: { en: 'Must be one of: {0}', zh: '须为以下之一：{0}' },
  is_enum: { en: 'Must be one of: {1}', zh: '须为以下之一：{1}' },
  min: { en: 'Must be at least {0}.', zh: '不得小于 {0}。' },
  max: { en: 'Must be at most {0}.', zh: '不得大于 {0}。' },
  max_length: { en: 'Must have at most {0} characters.', zh: '最多 {0} 个字符。' },
  array_max_size: { en: 'Must have at most {0} entries.', zh: '最多 {0} 项。' },
  array_min_size: { en: 'Must have at least {0} entries.', zh: '至少 {0} 项。' },
  array_unique: { en: 'Must not repeat an entry.', zh: '不得有重复项。' },
};

/** Constraints of class-validator that say in our words what theirs say in others. */
const renamed: Readonly<Record<string, string>> = {
  whitelist_validation: 'unknown_field',
  is_defined: 'required',
  is_not_empty: 'required',
};

/** The sentence for one faulty field: a general one where the rule has none of its own. */
export function constraintSentence(code: string): Sentence {
  return (
    fieldSentences[code] ?? { en: 'This value is not acceptable ({code}).', zh: '此值不可接受（{code}）。' }
  );
}

/**
 * Every fault that class-validator found, with the JSON pointer (RFC 6901) of its field.
 *
 * @example throw new Problem('validation_failed', {}, fieldProblemsOf(errors));
 */
export function fieldProblemsOf(errors: readonly ValidationError[], parent = ''): FieldProblem[] {
  return errors.flatMap(error => {
    const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const own = codesOf(error).map(([name, code]) => ({ pointer, code, params: paramsOf(error, name) }));
    return [...own, ...fieldProblemsOf(error.children ?? [], pointer)];
  });
}

// Who leaves a field out has made one mistake, however many rules the field has.
function codesOf({ constraints, value }: ValidationError): [string, string][] {
  const names = Object.keys(constraints ?? {});
  if (names.length > 0 && value === undefined && !names.includes('whitelistValidation'))
    return [[names[0]!, 'required']];
  return names.map(name => {
    const code = name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
    return [name, renamed[code] ?? code];
  });
}

// The limits of a rule (`@Min(3)`: 3) as {0}, {1}, … or by their own names; the fault itself does not carry them.
function paramsOf({ target, property }: ValidationError, name: string): ProblemParams {
  const rules = target
    ? getMetadataStorage().getTargetValidationMetadatas(target.constructor, '', false, false)
    : [];
  const rule = rules.find(each => each.propertyName === property && each.name === name);
  const entries = ((rule?.constraints ?? []) as unknown[]).flatMap((limit, index) =>
    isPlainObject(limit) ? Object.entries(limit) : [[String(index), limit] as const],
  );
  return Object.fromEntries(entries.filter((entry): entry is [string, ProblemParam] => isParam(entry[1])));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isParam(value: unknown): boolean {
  return (
    ['string', 'number', 'boolean'].includes(typeof value) || (Array.isArray(value) && value.every(isParam))
  );
}
