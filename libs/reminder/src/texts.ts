import { type Day } from '@duban/calendar';
import { type Language } from '@duban/platform';
import { type Stage } from './policy.js';
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
  overdue: {
    zh: told => `${told.title}：${names(told)} 逾期 ${told.overdueWorkdays} 个工作日（应于 ${told.dueOn}）`,
    en: told =>
      `${told.title}: ${names(told)} ${told.overdueWorkdays} workdays late (was due on ${told.dueOn})`,
  },
};

/** What a stage says. */
export function textOf({ offset, kind }: Stage): TextCode {
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
