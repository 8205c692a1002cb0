import { type Day, type Period } from '@duban/calendar';
import { type Answer, type Contribution, type Report, type Task } from '@duban/task';
import { nameOn } from '@duban/unit';
import { answerOf } from './exchange-obligations.js';
import { type PlanLedger } from './plan-ledger.js';

/** What one of those asked gave; nothing yet: it is silent. */
export type ContributionPart = { unit: string; on: Day | null; answers: readonly string[] | null };

/** A lead's request as its report form shows it. */
export type ContributionLine = {
  n: number;
  unit: string;
  items: readonly string[];
  dueOn: Day;
  parts: readonly ContributionPart[];
  silent: readonly string[];
};

/** A lead's report on a period as far as it is known before anybody writes a word. */
export type ReportForm = {
  percent: number | null;
  summary: string | null;
  standing: number | null; // the report of this period that another one would have to supersede
  contributions: readonly ContributionLine[];
};

/** Longest summary that a report takes. */
const longest = 4000;

/**
 * The form is filled from what stands for the period, else from what those asked have contributed since the last report,
 * else from that report. Who was asked and said nothing is named.
 */
export function reportFormOf(ledger: PlanLedger, task: Task, period: Period, day: Day): ReportForm {
  const reports = task.reports.filter(({ supersededBy }) => supersededBy === null);
  const standing = reports.findLast(each => each.period === period) ?? null;
  const last = standing ?? reports.at(-1) ?? null;
  const contributions = contributionsSince(task, reports, period).map(asked => lineOf(ledger, asked));
  const gathered = summaryOf(ledger, contributions, day);
  return {
    percent: last?.percent ?? null,
    summary: standing?.summary ?? gathered ?? last?.summary ?? null,
    standing: standing?.n ?? null,
    contributions,
  };
}

/** What was asked for since the last report on another period: what came before went into that one. */
function contributionsSince(
  { contributions = [] }: Task,
  reports: readonly Report[],
  period: Period,
): readonly Contribution[] {
  const before = reports.findLast(each => each.period !== period)?.on ?? '';
  return contributions.filter(({ on }) => on > before);
}

function lineOf(ledger: PlanLedger, { n, unit, items, dueOn, from, given }: Contribution): ContributionLine {
  const parts = from.map((asked): ContributionPart => {
    const name = answerOf(ledger, given, asked)?.unit;
    const answer = given.findLast(each => each.unit === name) as
      (Answer & { answers: readonly string[] }) | undefined;
    return { unit: asked, on: answer?.on ?? null, answers: answer?.answers ?? null };
  });
  const silent = parts.filter(({ answers }) => answers === null).map(each => each.unit);
  return { n, unit, items, dueOn, parts, silent };
}

function summaryOf(ledger: PlanLedger, lines: readonly ContributionLine[], day: Day): string | null {
  const said = lines.flatMap(({ items, parts, silent }) => [
    ...parts.flatMap(({ unit, answers }) =>
      answers
        ? [
            `${nameOf(ledger, unit, day)}：${items.map((item, index) => `${item}：${answers[index] ?? ''}`).join('；')}`,
          ]
        : [],
    ),
    ...(silent.length > 0 ? [`未反馈：${silent.map(unit => nameOf(ledger, unit, day)).join('、')}`] : []),
  ]);
  return said.length === 0 ? null : said.join('\n').slice(0, longest);
}

function nameOf(ledger: PlanLedger, id: string, day: Day): string {
  const unit = ledger.units.get(id);
  return unit ? nameOn(unit, day) : id;
}
