import { type Language, type ProblemParams } from '@duban/platform';

type Sentences = Readonly<Record<Language, string>>;

/** What the command line itself refuses; rules of the business have theirs in the catalogue. Sorted by code. */
export const cliSentences = {
  edition_differs: {
    en: 'The record gives something else than these editions say: {ids}',
    zh: '下列通报与记录不符：{ids}',
  },
  evidence_unreachable: {
    en: 'The store of files at {place} cannot be asked: {reason}',
    zh: '无法访问文件存储 {place}：{reason}',
  },
  ledger_is_simulated: {
    en: 'This ledger runs on simulated time (a demo made it): start with another DUBAN_HOME or DATABASE_URL.',
    zh: '该台账使用模拟时间（由演示生成）：请改用其他 DUBAN_HOME 或 DATABASE_URL 启动。',
  },
  no_edition: {
    en: 'There is no edition of {what} yet: run `duban rollup run {what}`.',
    zh: '{what} 尚无通报：请运行 `duban rollup run {what}`。',
  },
  no_master_key: {
    en: 'Nothing is sealed here: MASTER_KEY_FILE names no file.',
    zh: '此处没有加密字段：MASTER_KEY_FILE 未指定文件。',
  },
  no_moment: {
    en: 'There is no moment {at}: name a position, or an instant with its zone such as 2023-09-30T18:00:00+08:00.',
    zh: '没有 {at} 这一时点：请给出位置，或带时区的时刻，如 2023-09-30T18:00:00+08:00。',
  },
  no_seal_key: {
    en: 'There is no key to seal with: set SEAL_KEY_FILE; the file is made if it is not there.',
    zh: '没有封存密钥：请设置 SEAL_KEY_FILE；文件不存在时会自动生成。',
  },
  not_migrated: {
    en: 'This database is not on the version of this program: run `duban migrate`.',
    zh: '数据库版本与程序不一致：请运行 `duban migrate`。',
  },
  not_stopped: {
    en: 'The subscription {name} has not stopped: see `duban subscriptions`.',
    zh: '订阅 {name} 并未停止：见 `duban subscriptions`。',
  },
  not_stopped_there: {
    en: 'The subscription {name} has not stopped at {position}, or nothing can be skipped there: see `duban subscriptions`.',
    zh: '订阅 {name} 并未停在 {position}，或该处不可跳过：见 `duban subscriptions`。',
  },
  not_yet_known: {
    en: 'What is known at {at} is still to come.',
    zh: '{at} 尚未到来。',
  },
  nothing_known: {
    en: 'Nothing was known of {stream} then.',
    zh: '当时尚无 {stream} 的记录。',
  },
  port_taken: {
    en: 'Port {port} of {host} is taken by another program: stop that program or set PORT.',
    zh: '{host} 的端口 {port} 已被占用：请停止占用程序，或设置 PORT。',
  },
  seal_file_invalid: {
    en: 'The file of seals {file} cannot be used: {reason}',
    zh: '封存文件 {file} 无法使用：{reason}',
  },
  seal_refused: {
    en: 'The record is not sealed: {reason}',
    zh: '记录未封存：{reason}',
  },
  tampering_found: {
    en: 'The record is damaged first at position {position}: {kind}, {message}',
    zh: '记录自位置 {position} 起被破坏：{kind}，{message}',
  },
  unknown_category: {
    en: 'There are no streams of the kind {category}: {known}.',
    zh: '没有 {category} 类的流：{known}。',
  },
  unknown_plan_seed: {
    en: 'There is no plan {code} among those that come with Duban: {known}.',
    zh: '随附方案中没有 {code}：{known}。',
  },
  unknown_read_model: {
    en: 'There is no read model {name}: {known}.',
    zh: '没有读模型 {name}：{known}。',
  },
  unreachable: {
    en: 'The database at {place} cannot be reached: {reason}',
    zh: '无法连接数据库 {place}：{reason}',
  },
} as const satisfies Record<string, Sentences>;

export type CliCode = keyof typeof cliSentences;

/** The sentence of a code in a language, its places filled. */
export function sentenceOf(code: CliCode, language: Language, params: ProblemParams): string {
  return cliSentences[code][language].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    return Array.isArray(value) ? value.join(', ') : String(value ?? '');
  });
}
