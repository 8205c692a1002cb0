import { type Day } from '@duban/calendar';
import { type Obligation } from '@duban/ledger';
import { type Language } from '@duban/platform';
import { type Stage } from './stages.js';
import { type TextCode } from './reminder-model.js';

type Told = {
  title: string;
  holders: readonly string[];
  dueOn: Day;
  overdueWorkdays: number;
  text: TextCode;
};

const sentences: Readonly<Record<TextCode, Record<Language, (told: Told) => string>>> = {
  opening: {
    zh: ({ title, dueOn }) => `${title}：填报已开始，请于 ${dueOn} 前报送`,
    en: ({ title, dueOn }) => `${title}: reporting has begun, due by ${dueOn}`,
  },
  due_soon: {
    zh: ({ title, dueOn }) => `${title}：将于 ${dueOn} 到期`,
    en: ({ title, dueOn }) => `${title}: due on ${dueOn}`,
  },
  due_today: {
    zh: ({ title, dueOn }) => `${title}：到期日 ${dueOn}，请尽快报送`,
    en: ({ title, dueOn }) => `${title}: due on ${dueOn}, this is the last workday`,
  },
  edition_circulated: {
    zh: ({ title }) => `${title}：通报已印发给您，请签阅`,
    en: ({ title }) => `${title}: an edition was circulated to you, please mark it as seen`,
  },
  edition_changed: {
    zh: ({ title }) => `${title}：您收到的通报已重述，请查阅新的一期`,
    en: ({ title }) => `${title}: your edition changed, please read the one that takes its place`,
  },
  overdue: {
    zh: told => `${told.title}：${names(told)} 逾期 ${told.overdueWorkdays} 个工作日（应于 ${told.dueOn}）`,
    en: told =>
      `${told.title}: ${names(told)} ${told.overdueWorkdays} workdays late (was due on ${told.dueOn})`,
  },
};

/** What a stage says about an obligation. */
export function textOf({ offset, kind }: Stage, { kind: owed, openedBy }: Obligation): TextCode {
  if (owed === 'edition_receipt')
    return openedBy.type === 'EditionRestated' ? 'edition_changed' : 'edition_circulated';
  if (offset === 'opening') return 'opening';
  if (kind === 'escalation') return 'overdue';
  return offset === 0 ? 'due_today' : 'due_soon';
}

/** One sentence for people. */
export function sentenceOf(told: Told, language: Language): string {
  return sentences[told.text][language](told);
}

function names({ holders }: Told): string {
  return holders.map(unit => unit.slice(unit.indexOf(':') + 1)).join('、');
}
