import { assertMay } from '@duban/access';
import { type Day, periodEnd } from '@duban/calendar';
import { Rejection } from '@duban/event-store';
import { type Indicator, indicatorDecider, valueOf } from '@duban/indicator';
import { periodWanted, type PlanLedger } from '@duban/ledger';
import { type Evidence } from '@duban/platform';
import { type Round, type Submission, submissionDecider, type SubmissionItem } from '@duban/round';
import { leadsOf, reportingLeadOf, taskDecider } from '@duban/task';
import { type Pool } from 'pg';
import { type CommandRunner, type Step, step } from './command-runner.js';
import { type Acting, type Lookup } from './lookup.js';
import { type Outcome, type Request } from './request.js';

export type HandInInput = {
  items?: readonly SubmissionItem[];
  summary?: string | null;
  evidence?: readonly Evidence[];
  receivedOn?: Day | null;
};
export type DraftInput = Omit<HandInInput, 'receivedOn'>;

/** The form of a submission, filled with what is known: the draft, the last reports, the values of the period. */
export type SubmissionForm = {
  round: string;
  unit: string;
  status: Submission['status'];
  dueOn: Day;
  needsEvidence: boolean;
  needsSummary: boolean;
  tasks: { task: string; title: string; percent: number | null; note: string | null }[];
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

/** What a unit hands in for a round, and what the office does with it. Every method throws Rejection or VersionConflict. */
export class SubmissionService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly lookup: Lookup,
    private readonly pool: Pool,
  ) {}

  async form(request: Request, round: string, unit: string): Promise<SubmissionForm> {
    const known = await this.known(request, round, unit);
    const draft = await this.draftOf(known.id);
    return formOf(known, draft);
  }

  /** Keeps what is filled in so far; a draft is no fact and leaves no event. */
  async saveDraft(request: Request, round: string, unit: string, draft: DraftInput): Promise<SubmissionForm> {
    const known = await this.known(request, round, unit);
    await this.pool.query(
      `INSERT INTO submission_draft (id, body, saved_at) VALUES ($1, $2, now())
       ON CONFLICT (id) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at`,
      [known.id, JSON.stringify(draft)],
    );
    return formOf(known, draft);
  }

  /** Hands in; the tasks that the unit leads are thereby reported and the values reported, all or nothing. */
  async handIn(request: Request, round: string, unit: string, input: HandInInput): Promise<Outcome> {
    return this.runner.once(request, async () => {
      const known = await this.known(request, round, unit);
      const draft = await this.draftOf(known.id);
      const filled = { items: [], summary: null, evidence: [], ...draft, ...given(input) };
      const { items, summary, evidence } = filled;
      const receivedOn = input.receivedOn ?? null;
      const { today } = await this.runner.context(request);
      return this.runner.runMany(request, [
        step(submissionDecider, `submission-${known.id}`, {
          type: 'HandIn',
          items,
          summary,
          evidence,
          receivedOn,
          roundClosed: known.state.status === 'closed',
        }),
        ...items.flatMap(item => this.fact(known, item, receivedOn, today)),
      ]);
    });
  }

  async withdraw(request: Request, round: string, unit: string): Promise<Outcome> {
    const { id } = await this.known(request, round, unit);
    return this.runner.run(request, submissionDecider, `submission-${id}`, { type: 'WithdrawSubmission' });
  }

  async return(
    request: Request,
    round: string,
    unit: string,
    input: { reasons: readonly { item: string; reason: string }[]; reworkBy: Day },
  ): Promise<Outcome> {
    const { id, reviewer } = await this.reviewed(request, round, unit);
    return this.runner.run(request, submissionDecider, `submission-${id}`, {
      type: 'ReturnSubmission',
      ...input,
      ...reviewer,
    });
  }

  /** Accepting a submission confirms the values in it. */
  async accept(request: Request, round: string, unit: string): Promise<Outcome> {
    const { id, reviewer, submission, state, ledger } = await this.reviewed(request, round, unit);
    const values = (submission.handIns.at(-1)?.items ?? []).flatMap(item =>
      'indicator' in item ? [item.indicator] : [],
    );
    return this.runner.runMany(request, [
      step(submissionDecider, `submission-${id}`, { type: 'AcceptSubmission', ...reviewer }),
      ...values.flatMap(indicator => {
        const period = wantedBy(ledger, indicator, state);
        return period && isWhole(ledger, indicator, period)
          ? [step(indicatorDecider, `indicator-${indicator}`, { type: 'ConfirmValue', period, ...reviewer })]
          : [];
      }),
    ]);
  }

  async waive(
    request: Request,
    round: string,
    unit: string,
    { reason }: { reason: string },
  ): Promise<Outcome> {
    const { id } = await this.reviewed(request, round, unit);
    return this.runner.run(request, submissionDecider, `submission-${id}`, {
      type: 'WaiveSubmission',
      reason,
    });
  }

  /** An item of a submission is a fact about its task (if the unit answers for it) or its indicator. */
  private fact(
    { acting, state, ledger }: Known,
    item: SubmissionItem,
    receivedOn: Day | null,
    today: Day,
  ): Step[] {
    const speaker = { unit: acting.unit, actsFor: acting.actsFor };
    if ('indicator' in item) {
      const { indicator, value, confirmed, evidence } = item;
      const period = wantedBy(ledger, indicator, state);
      if (!period || isReportedByOther(ledger, indicator, period, acting.actsFor)) return [];
      return [
        step(indicatorDecider, `indicator-${indicator}`, {
          type: 'ReportValue',
          ...speaker,
          period,
          value,
          confirmed,
          receivedOn,
          evidence,
        }),
      ];
    }
    const task = ledger.tasks.get(item.task);
    if (!task || !acting.actsFor.includes(reportingLeadOf(task)?.unit ?? '')) return [];
    const { percent, note: summary, evidence } = item;
    const end = periodEnd(state.period);
    const aboutOn = end < (receivedOn ?? today) ? end : (receivedOn ?? today);
    return [
      step(taskDecider, `task-${item.task}`, {
        type: 'ReportProgress',
        ...speaker,
        period: state.period,
        aboutOn,
        receivedOn,
        percent,
        summary,
        evidence,
        supersedes:
          task.reports.findLast(
            ({ period, supersededBy }) => period === state.period && supersededBy === null,
          )?.n ?? null,
      }),
    ];
  }

  private async known(request: Request, round: string, named: string): Promise<Known> {
    const state = await this.lookup.round(round);
    const { today } = await this.runner.context(request);
    const acting = await this.lookup.acting(request, named, today);
    assertMay(
      request.actor,
      'submission.answer',
      request.actor.role === 'unit' ? { units: [acting.unit] } : { plan: state.plan },
    );
    return this.found(round, state, named, acting);
  }

  private async reviewed(request: Request, round: string, named: string) {
    const state = await this.lookup.round(round);
    assertMay(request.actor, 'submission.decide', { plan: state.plan });
    const { office } = await this.lookup.plan(state.plan);
    const directory = await this.lookup.reader.directory();
    const unit = this.lookup.unit(directory, named);
    const known = await this.found(round, state, named, { unit, actsFor: [unit], directory });
    return { ...known, reviewer: { reviewerUnit: request.actor.unit ?? office, office } };
  }

  private async found(round: string, state: Round, named: string, acting: Acting): Promise<Known> {
    const ledger = await this.lookup.reader.planLedger(state.plan);
    const unit = this.lookup.unit(acting.directory, named);
    const id = [unit, ...acting.actsFor]
      .map(each => `${round}/${each}`)
      .find(each => ledger?.submissions.has(each));
    const submission = id && ledger?.submissions.get(id);
    if (!id || !submission || !ledger) throw new Rejection('not_found', { what: `${round}/${unit}` });
    return { id, round, state, submission, ledger, acting };
  }

  private async draftOf(id: string): Promise<DraftInput | null> {
    const { rows } = await this.pool.query<{ body: DraftInput }>(
      'SELECT body FROM submission_draft WHERE id = $1',
      [id],
    );
    return rows[0]?.body ?? null;
  }
}

type Known = {
  id: string;
  round: string;
  state: Round;
  submission: Submission;
  ledger: PlanLedger;
  acting: Acting;
};

/** Only what was sent; a field left out falls back to the draft. */
function given({ items, summary, evidence }: HandInInput): DraftInput {
  return {
    ...(items && { items }),
    ...(summary !== undefined && { summary }),
    ...(evidence && { evidence }),
  };
}

/** A joint figure is confirmed when the last part is in, by itself: what one provider handed in can be accepted before. */
function isWhole(ledger: PlanLedger, id: string, period: string): boolean {
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

function wantedBy(ledger: PlanLedger, indicator: string, round: Round): string | null {
  const known: Indicator | undefined = ledger.indicators.get(indicator);
  return known ? periodWanted(known, round) : null;
}

function formOf({ round, state, submission, ledger }: Known, draft: DraftInput | null): SubmissionForm {
  return {
    round,
    unit: submission.unit,
    status: submission.status,
    dueOn: state.dues.at(-1)?.on ?? '',
    needsEvidence: submission.needsEvidence,
    needsSummary: submission.needsSummary,
    tasks: submission.tasks.map(id => {
      const task = ledger.tasks.get(id);
      const last = task?.reports.findLast(
        ({ unit }) => unit === submission.unit || leadsOf(task).includes(unit),
      );
      return {
        task: id,
        title: task?.title ?? id,
        percent: last?.percent ?? null,
        note: last?.summary ?? null,
      };
    }),
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

function valuesOf(
  indicator: Indicator,
  period: string,
  unit: string,
): { value: number | null; last: number | null } {
  const own = (of: string) =>
    indicator.observations[of]?.parts.find(part => part.unit === unit)?.value ?? null;
  const before = Object.keys(indicator.observations)
    .filter(each => periodEnd(each) < periodEnd(period))
    .sort((a, b) => (periodEnd(a) < periodEnd(b) ? 1 : -1));
  return {
    value: own(period),
    last: before[0] ? own(before[0]) : (indicator.baselines.at(-1)?.value ?? null),
  };
}
