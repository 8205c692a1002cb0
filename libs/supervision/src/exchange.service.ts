import { assertMay } from '@duban/access';
import { type Day } from '@duban/calendar';
import { type Evidence, type Paper } from '@duban/platform';
import { inForce } from '@duban/policy';
import { type Assignment, type ExchangeCommand, taskDecider } from '@duban/task';
import { jurisdictionOf } from '@duban/unit';
import { type CommandRunner } from './command-runner.js';
import { type Lookup, unitIn } from './lookup.js';
import { type Outcome, type Request } from './request.js';
import { type TaskService } from './task.service.js';

type Unit = { unit?: string | null };
type Entered = Unit & { paper?: Paper | null };

export type ContributionRequest = Unit & { from: readonly string[]; items: readonly string[]; dueOn: Day };
export type ContributionAnswer = Entered & {
  answers: readonly string[];
  evidence?: readonly Evidence[];
  receivedOn?: Day | null;
};
export type InstructionInput = {
  text: string;
  addressees: readonly string[];
  dueOn: Day;
  paper: Paper | null;
};
export type InstructionAnswer = Entered & {
  text: string;
  evidence?: readonly Evidence[];
  receivedOn?: Day | null;
};
export type ContestDecision =
  | {
      verdict: 'uphold';
      roles: readonly Assignment[] | null;
      assign: boolean;
      reason: string;
      paper: Paper | null;
    }
  | { verdict: 'reject'; reason: string; paper: Paper | null };

/**
 * What goes to and fro between units about a task: contests, contributions, instructions. Every method throws Rejection
 * or VersionConflict.
 */
export class ExchangeService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly lookup: Lookup,
    private readonly tasks: TaskService,
  ) {}

  /** A unit named in the task sends the assignment back. */
  async contest(
    request: Request,
    id: string,
    { unit, ...said }: Entered & { reason: string },
  ): Promise<Outcome> {
    const policies = await this.lookup.reader.policies();
    return this.tasks.answer(
      request,
      id,
      'ContestAssignment',
      unit,
      ({ acting, members, today, task, directory }) => {
        const groups = task.roles.filter(({ isGroup }) => isGroup).map(({ holder }) => holder);
        const joinedOn = directory.joinedOn(groups, [acting.unit, ...acting.actsFor], today);
        const dates = inForce(policies, 'date', today).content;
        return { ...acting, members, joinedOn, ...said, dates };
      },
      { commutes: true, body: said },
    );
  }

  /** The office upholds a contest, naming others, or rejects it. @throws Rejection `same_person` for who contests */
  async decideContest(request: Request, id: string, n: number, decision: ContestDecision): Promise<Outcome> {
    return this.runner.once(request, async () => {
      const { plan } = await this.lookup.task(id);
      assertMay(request.actor, 'task.decide', { plan, named: id });
      const roles = decision.verdict === 'uphold' ? (decision.roles ?? []) : [];
      const groups = roles.filter(({ isGroup }) => isGroup).map(({ holder }) => holder);
      const { today } = await this.runner.context(request);
      const members = (await this.lookup.reader.directory()).membersOf(groups, today);
      const policies = await this.lookup.reader.policies();
      const command = { type: 'DecideContest', n } as const;
      return this.decide(
        request,
        id,
        decision.verdict === 'uphold'
          ? { ...command, ...decision, members, dates: inForce(policies, 'date', today).content }
          : { ...command, ...decision },
      );
    });
  }

  /** A lead asks others who are named in the task. Requests and answers of several units do not get in each other's way. */
  async requestContribution(
    request: Request,
    id: string,
    { unit, from, items, dueOn }: ContributionRequest,
  ): Promise<Outcome> {
    return this.tasks.answer(
      request,
      id,
      'RequestContribution',
      unit,
      ({ acting, members, task, directory }) => {
        const place = jurisdictionOf(task.roles[0]?.holder ?? acting.unit);
        const asked = [...new Set(from.map(name => unitIn(directory, place, name)))];
        return { ...acting, members, from: asked, items, dueOn };
      },
      { commutes: true },
    );
  }

  async giveContribution(
    request: Request,
    id: string,
    n: number,
    { unit, answers, evidence = [], receivedOn = null, paper = null }: ContributionAnswer,
  ): Promise<Outcome> {
    return this.tasks.answer(
      request,
      id,
      'GiveContribution',
      unit,
      ({ acting }) => ({ ...acting, n, answers, evidence, receivedOn, paper }),
      { commutes: true, body: { evidence, paper } },
    );
  }

  /** A leader instructs units that he or she is in charge of, or the plan's office; the office types it from the paper. */
  async instruct(
    request: Request,
    id: string,
    { addressees, ...instruction }: InstructionInput,
  ): Promise<Outcome> {
    return this.runner.once(request, async () => {
      const task = await this.lookup.task(id);
      const { today } = await this.runner.context(request);
      const directory = await this.lookup.reader.directory();
      const units = this.lookup.addressees(task, directory, today);
      assertMay(request.actor, 'task.instruct', { plan: task.plan, units, named: id });
      const { jurisdiction, office } = await this.lookup.plan(task.plan);
      const asked = [...new Set(addressees.map(name => unitIn(directory, jurisdiction, name)))];
      for (const [index, unit] of asked.entries()) {
        if (unit === office) continue;
        const target = { plan: task.plan, units: [unit, directory.holder(unit, today)] };
        assertMay(request.actor, 'task.instruct', { ...target, named: addressees[index] ?? unit });
      }
      const members = this.lookup.members(task, directory, today);
      const known = { addressees: asked, members, office };
      return this.decide(request, id, { type: 'GiveInstruction', ...instruction, ...known });
    });
  }

  async answerInstruction(
    request: Request,
    id: string,
    n: number,
    { unit, text, evidence = [], receivedOn = null, paper = null }: InstructionAnswer,
  ): Promise<Outcome> {
    return this.tasks.answer(
      request,
      id,
      'AnswerInstruction',
      unit,
      ({ acting, members }) => ({ ...acting, members, n, text, evidence, receivedOn, paper }),
      { commutes: true, body: { evidence, paper } },
    );
  }

  private decide(request: Request, id: string, command: ExchangeCommand): Promise<Outcome> {
    return this.runner.run(request, taskDecider, `task-${id}`, command);
  }
}
