import { isShown } from '@duban/actor';
import { type Day, periodEnd } from '@duban/calendar';
import { type Indicator, indicatorDecider, observationOf, valueOf } from '@duban/indicator';
import { periodWanted, type PlanLedger } from '@duban/ledger';
import { type Evidence, type Paper } from '@duban/platform';
import { type Round, type SubmissionItem } from '@duban/round';
import { leadsOf, reportingLeadOf, taskDecider } from '@duban/task';
import { type Step, step } from './command-runner.js';
import { type Known } from './submission-form.js';

type TaskItem = Extract<SubmissionItem, { task: string }>;
type ValueItem = Extract<SubmissionItem, { indicator: string }>;
/** `entered`: the office enters what the unit said on paper; the file of that shows each item, too. */
type Whole = {
  evidence: readonly Evidence[];
  receivedOn: Day | null;
  paper: Paper | null;
  entered: boolean;
  today: Day;
};

/** An item of a submission is a fact about its task (if the unit answers for it) or its indicator. */
export function factOf(known: Known, item: SubmissionItem, whole: Whole): Step[] {
  return 'indicator' in item ? valueStated(known, item, whole) : progressTold(known, item, whole);
}

/** A provider that hands in again, after a return say, revises what it stated before. */
function valueStated(
  { acting: { unit, actsFor }, state, ledger, submission, id }: Known,
  { indicator: key, value, confirmed, evidence: shown }: ValueItem,
  whole: Whole,
): Step[] {
  const indicator = ledger.indicators.get(key);
  const period = wantedBy(ledger, key, state);
  if (!indicator || !period || isReportedByOther(ledger, key, period, actsFor)) return [];
  const provider = indicator.providers.includes(submission.unit) ? { provider: submission.unit } : {};
  const stated = { unit, actsFor, ...provider, period, value, confirmed, paper: whole.paper };
  const names = provider.provider ? [provider.provider] : [unit, ...actsFor];
  const own = observationOf(indicator, period)?.parts.find(
    part => !part.rejected && names.includes(part.unit),
  );
  const stream = `indicator-${key}`;
  const evidence = shownBy(shown, whole);
  const { receivedOn, entered } = whole;
  if (!own) return [step(indicatorDecider, stream, { type: 'ReportValue', ...stated, receivedOn, evidence })];
  const returned = submission.returns.at(-1)?.reasons.find(({ item }) => item === key);
  const reason = returned?.reason ?? id;
  const added = entered || !isShown(own.evidence) ? { evidence } : {};
  return [step(indicatorDecider, stream, { type: 'ReviseValue', ...stated, reason, ...added })];
}

/** What a lead hands in about its task is its report. A task that is over takes none, and keeps nobody from handing in. */
function progressTold(
  { acting: { unit, actsFor }, state, ledger }: Known,
  { task: key, percent, note: summary, evidence: own }: TaskItem,
  whole: Whole,
): Step[] {
  const task = ledger.tasks.get(key);
  if (!task || ['draft', 'closed', 'cancelled'].includes(task.status)) return [];
  const { period } = state;
  const standing = task.reports.findLast(each => each.period === period && each.supersededBy === null);
  const isReporting = actsFor.includes(reportingLeadOf(task)?.unit ?? '');
  const isLead = leadsOf(task).some(lead => actsFor.includes(lead));
  if (!isReporting && !(isLead && !standing)) return [];
  const end = periodEnd(period);
  const { receivedOn, paper, today } = whole;
  const on = receivedOn ?? today;
  const told = {
    unit,
    actsFor,
    period,
    receivedOn,
    paper,
    percent,
    summary,
    supersedes: standing?.n ?? null,
  };
  const aboutOn = end < on ? end : on;
  const evidence = shownBy(own, whole);
  return [step(taskDecider, `task-${key}`, { type: 'ReportProgress', ...told, aboutOn, evidence })];
}

function shownBy(own: readonly Evidence[], { evidence, entered }: Whole): readonly Evidence[] {
  if (own.length === 0) return evidence;
  return entered ? [...own, ...evidence] : own;
}

/** A joint figure is confirmed when the last part is in, by itself: what one provider handed in can be accepted before. */
export function isWhole(ledger: PlanLedger, id: string, period: string): boolean {
  const indicator = ledger.indicators.get(id);
  const figure = indicator && valueOf(indicator, period);
  return figure !== undefined && figure.parts.length > 0 && figure.absent.length === 0;
}

/** Where any of several providers will do, the figure of the first one stands: another's item repeats what is known. */
function isReportedByOther(ledger: PlanLedger, id: string, period: string, own: readonly string[]): boolean {
  const indicator = ledger.indicators.get(id);
  if (indicator?.providerMode !== 'one_of') return false;
  return valueOf(indicator, period).parts.some(({ unit }) => !own.includes(unit));
}

/** The period of which the round wants the indicator's figure, or null. */
export function wantedBy(ledger: PlanLedger, indicator: string, round: Round): string | null {
  const known: Indicator | undefined = ledger.indicators.get(indicator);
  return known ? periodWanted(known, round) : null;
}
