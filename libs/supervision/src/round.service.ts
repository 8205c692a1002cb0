import { assertMay } from '@duban/access';
import { type Day, periodEnd } from '@duban/calendar';
import { Rejection } from '@duban/event-store';
import { type Indicator, valueOf } from '@duban/indicator';
import {
  type Obligation,
  obligationsOf,
  type ObligationState,
  obligationState,
  type PlanLedger,
  type PlanSeen,
  rosterOf,
} from '@duban/ledger';
import {
  type Round,
  type RoundCommand,
  roundDecider,
  type RosterEntry,
  submissionDecider,
} from '@duban/round';
import { type CommandRunner, step } from './command-runner.js';
import { type Lookup } from './lookup.js';
import { type Outcome, type Request } from './request.js';
import { unmoved } from './resting-on.js';

type Command<T extends RoundCommand['type']> = Omit<Extract<RoundCommand, { type: T }>, 'type'>;

type RoundSeen = PlanSeen & { round: Round };

/** What stands in the way of closing a round, by class. */
export type Blockers = { class: BlockerClass; items: readonly string[] }[];
export type BlockerClass = 'not_handed_in' | 'unreviewed' | 'tolled' | 'awaiting_publication' | 'disputed';

/** Reporting rounds from schedule to closing. Every method throws Rejection or VersionConflict. */
export class RoundService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly lookup: Lookup,
  ) {}

  async schedule(request: Request, round: Command<'ScheduleRound'>): Promise<Outcome> {
    assertMay(request.actor, 'round.manage', { plan: round.plan });
    await this.lookup.plan(round.plan);
    return this.decide(request, `${round.plan}:${round.period}`, round.plan, {
      type: 'ScheduleRound',
      ...round,
    });
  }

  /** Freezes the roster and opens a submission for every unit that owes one. */
  async open(request: Request, id: string): Promise<Outcome> {
    return this.lookedUp(request, async () => {
      const { round, ledger, versions } = await this.known(request, id);
      const { today } = await this.runner.context(request);
      const roster = rosterOf(ledger, round, today);
      return this.runner.runMany(request, [
        step(roundDecider, `round-${id}`, { type: 'OpenRound', roster }),
        ...roster.filter(({ owesSubmission }) => owesSubmission).map(entry => this.opening(id, round, entry)),
        ...unmoved(versions),
      ]);
    });
  }

  async moveDue(request: Request, id: string, input: Command<'MoveRoundDue'>): Promise<Outcome> {
    const { plan } = await this.lookup.round(id);
    return this.decide(request, id, plan, { type: 'MoveRoundDue', ...input });
  }

  /** What is still missing or undecided in the round's period today. */
  async blockers(request: Request, id: string): Promise<Blockers> {
    return this.blockersIn(request, id, await this.known(request, id));
  }

  private async blockersIn(request: Request, id: string, { round, ledger }: RoundSeen): Promise<Blockers> {
    const { today, calendar } = await this.runner.context(request);
    const found = new Map<BlockerClass, Set<string>>();
    for (const obligation of obligationsOf(ledger, today, calendar)) {
      const blocker = blockerOf(ledger, id, round, obligation, today);
      const item = `${obligation.subject} ${obligation.holders.join('、')}`;
      if (blocker) found.set(blocker, (found.get(blocker) ?? new Set()).add(item));
    }
    return [...found]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, items]) => ({ class: name, items: [...items].sort() }));
  }

  /** Closes the round over what it names; a closed round is never reopened. The rollup follows from the event. */
  async close(
    request: Request,
    id: string,
    { accepted = [], reason = null }: { accepted?: readonly string[]; reason?: string | null },
  ): Promise<Outcome> {
    return this.lookedUp(request, async () => {
      const seen = await this.known(request, id);
      const blockers = (await this.blockersIn(request, id, seen)).map(({ class: name }) => name);
      return this.runner.runMany(request, [
        step(roundDecider, `round-${id}`, { type: 'CloseRound', blockers, accepted, reason }),
        ...unmoved(seen.versions),
      ]);
    });
  }

  private lookedUp(request: Request, act: () => Promise<Outcome>): Promise<Outcome> {
    return this.runner.afresh(request, () => this.runner.once(request, act));
  }

  private opening(id: string, round: Round, { unit, tasks, indicators }: RosterEntry) {
    const needs = { needsEvidence: round.evidence, needsSummary: round.summary };
    return step(submissionDecider, `submission-${id}/${unit}`, {
      type: 'OpenSubmission',
      round: id,
      plan: round.plan,
      unit,
      tasks,
      indicators,
      ...needs,
    });
  }

  private async known(request: Request, id: string): Promise<RoundSeen> {
    const { plan } = await this.lookup.round(id);
    assertMay(request.actor, 'round.manage', { plan, named: id });
    const seen = await this.lookup.reader.planSeen(plan);
    const round = seen?.ledger.rounds.get(id);
    if (!seen || !round) throw new Rejection('not_found', { what: id });
    return { ...seen, round };
  }

  private decide(request: Request, id: string, plan: string, command: RoundCommand): Promise<Outcome> {
    assertMay(request.actor, 'round.manage', { plan, named: id });
    return this.runner.run(request, roundDecider, `round-${id}`, command);
  }
}

const asked = new Set(['report', 'submission', 'value']);

const classes: Partial<Record<ObligationState, BlockerClass>> = {
  open: 'not_handed_in',
  returned: 'not_handed_in',
  handed_in: 'unreviewed',
  awaiting_publication: 'awaiting_publication',
};

function blockerOf(
  ledger: PlanLedger,
  id: string,
  round: Round,
  obligation: Obligation,
  today: Day,
): BlockerClass | null {
  const { kind, silenced, period, openedBy, due, subject } = obligation;
  if (silenced) return null;
  const state = obligationState(obligation, today);
  // A request that still stops the clock over a day of the round's period.
  if (kind === 'task_due') return state === 'tolled' && due.on <= periodEnd(round.period) ? 'tolled' : null;
  // Who says that a task is not its own has not been answered yet.
  if (kind === 'contest_decision') return state === 'open' ? 'disputed' : null;
  if (!asked.has(kind) || (period !== round.period && openedBy.stream !== `round-${id}`)) return null;
  const isStated = kind === 'value' && obligation.settledOn !== null;
  if (isStated) return isConfirmed(ledger.indicators.get(subject), period ?? '') ? null : 'unreviewed';
  return classes[state] ?? null;
}

/** What several providers state together can be confirmed only when it is whole; until then the absent part blocks. */
function isConfirmed(indicator: Indicator | undefined, period: string): boolean {
  const figure = indicator && valueOf(indicator, period);
  const isDone = figure?.confirmed && !figure.pending;
  return !figure || isDone === true || figure.absent.length > 0;
}
