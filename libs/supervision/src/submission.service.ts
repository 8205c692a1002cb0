import { assertMay } from '@duban/access';
import { type Day } from '@duban/calendar';
import { Rejection } from '@duban/event-store';
import { indicatorDecider } from '@duban/indicator';
import { type Round, submissionDecider, type SubmissionItem } from '@duban/round';
import { type Pool } from 'pg';
import { type CommandRunner, type Step, step } from './command-runner.js';
import { type ActingNow, type Lookup } from './lookup.js';
import { type Outcome, type Request } from './request.js';
import { standing, unmoved } from './resting-on.js';
import { factOf, isWhole, wantedBy } from './submission-facts.js';
import {
  type DraftInput,
  formOf,
  type HandInInput,
  type Known,
  type SubmissionForm,
} from './submission-form.js';

/** What a unit hands in for a round, and what the office does with it. Every method throws Rejection or VersionConflict. */
export class SubmissionService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly lookup: Lookup,
    private readonly pool: Pool,
  ) {}

  async form(request: Request, round: string, unit: string): Promise<SubmissionForm> {
    const known = await this.known(request, round, unit, { toRead: true });
    const draft = await this.draftOf(known.id);
    return this.formOf(known, draft);
  }

  /** Keeps what is filled in so far; a draft is no fact and leaves no event. */
  async saveDraft(request: Request, round: string, unit: string, draft: DraftInput): Promise<SubmissionForm> {
    const known = await this.known(request, round, unit);
    await this.pool.query(
      `INSERT INTO submission_draft (id, body, saved_at) VALUES ($1, $2, now())
       ON CONFLICT (id) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at`,
      [known.id, JSON.stringify(draft)],
    );
    return this.formOf(known, draft);
  }

  /** Hands in; the tasks that the unit leads are thereby reported and the values reported, all or nothing. */
  async handIn(request: Request, round: string, unit: string, input: HandInInput): Promise<Outcome> {
    return this.lookedUp(request, async () => {
      const known = await this.known(request, round, unit);
      const draft = await this.draftOf(known.id);
      const filled = { items: [], summary: null, evidence: [], ...draft, ...given(input) };
      const { items, summary, evidence } = filled;
      const { receivedOn = null, paper = null } = input;
      const entered = request.actor.role === 'office';
      const { today } = await this.runner.context(request);
      const steps = [
        step(submissionDecider, `submission-${known.id}`, {
          type: 'HandIn',
          items,
          summary,
          evidence,
          receivedOn,
          paper,
          actsFor: known.acting.actsFor,
          roundClosed: known.state.status === 'closed',
        }),
        ...items.flatMap(item => factOf(known, item, { evidence, receivedOn, paper, today, entered })),
        ...standing(request.actor),
        ...restingOn(known, items),
      ];
      const files = { units: this.lookup.filesOf(known.acting.directory, request, unit, today) };
      return this.runner.runMany(request, steps, { files });
    });
  }

  async withdraw(request: Request, round: string, unit: string): Promise<Outcome> {
    return this.lookedUp(request, async () => {
      const { id, acting } = await this.known(request, round, unit);
      const { actsFor } = acting;
      return this.runner.runMany(request, [
        step(submissionDecider, `submission-${id}`, { type: 'WithdrawSubmission', actsFor }),
        ...standing(request.actor),
      ]);
    });
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
    const look = async () => {
      const known = await this.reviewed(request, round, unit);
      const { id, reviewer, submission, state, ledger } = known;
      const values = (submission.handIns.at(-1)?.items ?? []).filter(item => 'indicator' in item);
      return this.runner.runMany(request, [
        step(submissionDecider, `submission-${id}`, { type: 'AcceptSubmission', ...reviewer }),
        ...values.flatMap(({ indicator }) => {
          const period = wantedBy(ledger, indicator, state);
          return period && isWhole(ledger, indicator, period)
            ? [
                step(indicatorDecider, `indicator-${indicator}`, {
                  type: 'ConfirmValue',
                  period,
                  ...reviewer,
                }),
              ]
            : [];
        }),
        ...restingOn(known, values),
      ]);
    };
    return this.runner.afresh(request, look, moved => moved.startsWith('submission-'));
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

  private lookedUp(request: Request, act: () => Promise<Outcome>): Promise<Outcome> {
    return this.runner.afresh(request, () => this.runner.once(request, act));
  }

  private async known(
    request: Request,
    round: string,
    named: string,
    { toRead = false } = {},
  ): Promise<Known> {
    const { today } = await this.runner.context(request);
    const speaker = () => this.lookup.acting(request, named, today, { toRead });
    if (request.actor.role !== 'unit') {
      const state = await this.lookup.round(round);
      assertMay(request.actor, 'submission.answer', { plan: state.plan, named: round });
      return this.found(round, state, named, await speaker());
    }
    const acting = await speaker();
    assertMay(request.actor, 'submission.answer', { units: [acting.unit], named });
    const state = await this.lookup.reader.state<Round>('round', round);
    if (!state) throw new Rejection('not_found', { what: `${round}/${named}` });
    return this.found(round, state.state, named, acting);
  }

  private async reviewed(request: Request, round: string, named: string) {
    const state = await this.lookup.round(round);
    assertMay(request.actor, 'submission.decide', { plan: state.plan, named: round });
    const { today } = await this.runner.context(request);
    const directory = await this.lookup.reader.directory();
    const unit = this.lookup.unit(directory, named);
    const acting = { unit, actsFor: directory.actsFor(unit, today), directory };
    const known = await this.found(round, state, named, acting);
    return { ...known, reviewer: await this.lookup.reviewer(request, state.plan, today) };
  }

  private async found(round: string, state: Round, named: string, acting: ActingNow): Promise<Known> {
    const seen = await this.lookup.reader.planSeen(state.plan);
    const unit = this.lookup.unit(acting.directory, named);
    const id = [unit, ...acting.actsFor]
      .map(each => `${round}/${each}`)
      .find(each => seen?.ledger.submissions.has(each));
    const submission = id && seen?.ledger.submissions.get(id);
    if (!id || !submission || !seen) throw new Rejection('not_found', { what: `${round}/${named}` });
    return { id, round, state: seen.ledger.rounds.get(round) ?? state, submission, acting, ...seen };
  }

  private async formOf(known: Known, draft: DraftInput | null): Promise<SubmissionForm> {
    const stored = await this.lookup.reader.state('submission', known.id);
    return formOf(known, draft, stored?.version ?? 0);
  }

  private async draftOf(id: string): Promise<DraftInput | null> {
    const { rows } = await this.pool.query<{ body: DraftInput }>(
      'SELECT body FROM submission_draft WHERE id = $1',
      [id],
    );
    return rows[0]?.body ?? null;
  }
}

/** The submission, its round and what its items are about must stand as they were seen. */
function restingOn({ id, round, versions }: Known, items: readonly SubmissionItem[]): Step[] {
  const subjects = items.map(item => ('task' in item ? `task-${item.task}` : `indicator-${item.indicator}`));
  return unmoved(
    [`submission-${id}`, `round-${round}`, ...subjects].flatMap(stream => {
      const version = versions.get(stream);
      return version === undefined ? [] : [[stream, version] as const];
    }),
  );
}

/** Only what was sent; a field left out falls back to the draft. */
function given({ items, summary, evidence }: HandInInput): DraftInput {
  return {
    ...(items && { items }),
    ...(summary !== undefined && { summary }),
    ...(evidence && { evidence }),
  };
}
