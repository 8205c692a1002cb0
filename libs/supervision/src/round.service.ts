import { assertMay } from '@duban/access';
import { type Day, type Period } from '@duban/calendar';
import { Rejection } from '@duban/event-store';
import { type PlanSeen, rosterOf, usualDue } from '@duban/ledger';
import {
  type Blocker,
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
import { blockersOf } from './round-blockers.js';

/** Without a due day the usual one holds. */
type RoundInput = Omit<Command<'ScheduleRound'>, 'dueOn' | 'dueByCalendar'> & { dueOn?: Day | null };
type CountedDue = Pick<Command<'ScheduleRound'>, 'dueOn' | 'dueByCalendar'>;
type Command<T extends RoundCommand['type']> = Omit<Extract<RoundCommand, { type: T }>, 'type'>;

type RoundSeen = PlanSeen & { round: Round };

/** Reporting rounds from schedule to closing. Every method throws Rejection or VersionConflict. */
export class RoundService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly lookup: Lookup,
  ) {}

  /**
   * Due on the day stated or, without one, some workdays after its period: that day is counted, and counted anew when
   * holidays are announced.
   */
  async schedule(request: Request, { dueOn, ...round }: RoundInput): Promise<Outcome> {
    const { plan, period } = round;
    assertMay(request.actor, 'round.manage', { plan });
    await this.lookup.plan(plan);
    const id = `${plan}:${period}`;
    const due = dueOn ? { dueOn } : await this.countedDue(request, id, period);
    return this.decide(request, id, plan, { type: 'ScheduleRound', ...round, ...due });
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
  async blockers(request: Request, id: string): Promise<Blocker[]> {
    const { today, calendar } = await this.runner.context(request);
    return blockersOf((await this.known(request, id)).ledger, id, today, calendar);
  }

  /** Closes the round over what it names; a closed round is never reopened. The rollup follows from the event. */
  async close(
    request: Request,
    id: string,
    { accepted = [], reason = null }: { accepted?: readonly string[]; reason?: string | null },
  ): Promise<Outcome> {
    return this.lookedUp(request, async () => {
      const seen = await this.known(request, id);
      const { today, calendar } = await this.runner.context(request);
      const blockers = blockersOf(seen.ledger, id, today, calendar);
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

  /** Of a round that is scheduled already as it was then. */
  private async countedDue(request: Request, id: string, period: Period): Promise<CountedDue> {
    const known = await this.lookup.reader.state<Round>('round', id);
    const first = known?.state.dues[0]?.on;
    if (first) return { dueOn: first, ...(known.state.dueByCalendar && { dueByCalendar: true }) };
    const { calendar } = await this.runner.context(request);
    const dueOn = usualDue(await this.lookup.reader.policies(), period, calendar);
    return { dueOn, dueByCalendar: true };
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
