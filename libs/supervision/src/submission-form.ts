import { type Day, periodEnd } from '@duban/calendar';
import { type Indicator, observationOf } from '@duban/indicator';
import {
  type ContributionLine,
  periodWanted,
  type PlanLedger,
  type PlanSeen,
  reportFormOf,
} from '@duban/ledger';
import { type Evidence, type Paper } from '@duban/platform';
import { type Round, type Submission, type SubmissionItem } from '@duban/round';
import { leadsOf } from '@duban/task';
import { type ActingNow } from './lookup.js';

export type HandInInput = {
  items?: readonly SubmissionItem[];
  summary?: string | null;
  evidence?: readonly Evidence[];
  receivedOn?: Day | null;
  paper?: Paper | null;
};
export type DraftInput = Omit<HandInInput, 'receivedOn' | 'paper'>;

/** The form of a submission, filled with what is known: the draft, the last reports, the values of the period. */
export type SubmissionForm = {
  /** Of the submission; a draft does not change it. */
  version: number;
  round: string;
  unit: string;
  status: Submission['status'];
  dueOn: Day;
  needsEvidence: boolean;
  needsSummary: boolean;
  tasks: TaskFormLine[];
  indicators: {
    indicator: string;
    title: string;
    measure: string;
    period: string;
    value: number | null;
    last: number | null;
  }[];
  draft: DraftInput | null;
};

/** A task in the form: the last report or what was contributed, and what the lead had asked of whom. */
export type TaskFormLine = {
  task: string;
  title: string;
  percent: number | null;
  note: string | null;
  contributions: readonly ContributionLine[];
};

/** A submission with what belongs to it, and who speaks. */
export type Known = PlanSeen & {
  id: string;
  round: string;
  state: Round;
  submission: Submission;
  acting: ActingNow;
};

/** The form of a submission as it stands. */
export function formOf(
  { round, state, submission, ledger }: Known,
  draft: DraftInput | null,
  version: number,
): SubmissionForm {
  return {
    version,
    round,
    unit: submission.unit,
    status: submission.status,
    dueOn: state.dues.at(-1)?.on ?? '',
    needsEvidence: submission.needsEvidence,
    needsSummary: submission.needsSummary,
    tasks: submission.tasks.map(id => taskLine(ledger, id, submission.unit, state)),
    indicators: submission.indicators.flatMap(id => {
      const indicator = ledger.indicators.get(id);
      const period = indicator && periodWanted(indicator, state);
      return indicator && period
        ? [
            {
              indicator: id,
              title: indicator.title,
              measure: indicator.measure,
              period,
              ...valuesOf(indicator, period, submission.unit),
            },
          ]
        : [];
    }),
    draft,
  };
}

/** A lead's line is filled from what others have contributed to its report, too; who is silent is named. */
function taskLine(ledger: PlanLedger, id: string, unit: string, { period, dues }: Round): TaskFormLine {
  const task = ledger.tasks.get(id);
  const bare = { task: id, title: task?.title ?? id };
  if (!task) return { ...bare, percent: null, note: null, contributions: [] };
  const isLead = leadsOf(task).includes(unit);
  const last = task.reports.findLast(({ unit: by }) => by === unit || leadsOf(task).includes(by));
  const told = { percent: last?.percent ?? null, note: last?.summary ?? null };
  if (!isLead || !task.contributions) return { ...bare, ...told, contributions: [] };
  const { summary, contributions } = reportFormOf(ledger, task, period, dues.at(-1)?.on ?? '');
  return { ...bare, ...told, ...(contributions.length > 0 && { note: summary }), contributions };
}

function valuesOf(
  indicator: Indicator,
  period: string,
  unit: string,
): { value: number | null; last: number | null } {
  const own = (of: string) =>
    observationOf(indicator, of)?.parts.find(part => part.unit === unit)?.value ?? null;
  const before = Object.keys(indicator.observations)
    .filter(each => periodEnd(each) < periodEnd(period))
    .sort((a, b) => (`${periodEnd(a)} ${a}` < `${periodEnd(b)} ${b}` ? 1 : -1));
  return {
    value: own(period),
    last: before[0] ? own(before[0]) : (indicator.baselines.at(-1)?.value ?? null),
  };
}
