import { assertMay } from '@duban/access';
import { Rejection } from '@duban/event-store';
import { answeredFindings, type LedgerReader, type PlanLedger } from '@duban/ledger';
import { type PlanCommand, planDecider } from '@duban/plan';
import { inForce } from '@duban/policy';
import { taskDecider } from '@duban/task';
import { type CommandRunner, step } from './command-runner.js';
import { unitIn } from './lookup.js';
import { type Outcome, type Request } from './request.js';

type Command<T extends PlanCommand['type']> = Omit<Extract<PlanCommand, { type: T }>, 'type'>;

/** Plans from draft to closing. Every method throws Rejection or VersionConflict. */
export class PlanService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly reader: LedgerReader,
  ) {}

  async draft(request: Request, plan: Command<'DraftPlan'>): Promise<Outcome> {
    return this.decide(request, plan.code, { type: 'DraftPlan', ...plan });
  }

  async arrange(request: Request, plan: string, input: Command<'ArrangeSections'>): Promise<Outcome> {
    return this.decide(request, plan, { type: 'ArrangeSections', ...input });
  }

  /** A finding that blocks the issue is accepted as it is, with a reason. */
  async waive(request: Request, plan: string, input: Command<'WaiveFinding'>): Promise<Outcome> {
    return this.decide(request, plan, { type: 'WaiveFinding', ...input });
  }

  /** Names who holds a goal that no figure stands for: units of the plan's own place. */
  async nameGoalHolder(request: Request, plan: string, input: Command<'NameGoalHolder'>): Promise<Outcome> {
    assertMay(request.actor, 'plan.manage', { plan });
    const { jurisdiction } = (await this.ledger(plan)).plan;
    const directory = await this.reader.directory();
    const units = input.units.map(name => unitIn(directory, jurisdiction, name));
    return this.decide(request, plan, { type: 'NameGoalHolder', ...input, units });
  }

  async approve(request: Request, plan: string, input: Command<'ApprovePlan'>): Promise<Outcome> {
    return this.decide(request, plan, { type: 'ApprovePlan', ...input });
  }

  async amend(request: Request, plan: string, input: Command<'AmendPlan'>): Promise<Outcome> {
    return this.decide(request, plan, { type: 'AmendPlan', ...input });
  }

  async close(request: Request, plan: string, input: Command<'ClosePlan'>): Promise<Outcome> {
    return this.decide(request, plan, { type: 'ClosePlan', ...input });
  }

  /** Issues the plan and all its registered tasks together: either everyone is asked, or nobody. */
  async issue(request: Request, plan: string): Promise<Outcome> {
    assertMay(request.actor, 'plan.manage', { plan });
    return this.runner.once(request, async () => {
      const ledger = await this.ledger(plan);
      const { today, calendar } = await this.runner.context(request);
      const dates = inForce(ledger.policies, 'date', today).content;
      const receiptDueOn = calendar.addWorkdays(today, dates.receiptWorkdays);
      const drafts = [...ledger.tasks].filter(([, { status }]) => status === 'draft');
      const tasksWithoutUnit = drafts.filter(([, { roles }]) => roles.length === 0).length;
      return this.runner.runMany(request, [
        step(planDecider, `plan-${plan}`, {
          ...{ type: 'IssuePlan', tasksWithoutUnit, answered: answeredFindings(ledger), dates },
        }),
        ...drafts.map(([id]) => step(taskDecider, `task-${id}`, { type: 'IssueTask', receiptDueOn })),
      ]);
    });
  }

  private async ledger(plan: string): Promise<PlanLedger> {
    const ledger = await this.reader.planLedger(plan);
    if (!ledger) throw new Rejection('not_found', { what: plan });
    return ledger;
  }

  private decide(request: Request, plan: string, command: PlanCommand): Promise<Outcome> {
    assertMay(request.actor, 'plan.manage', { plan });
    return this.runner.run(request, planDecider, `plan-${plan}`, command);
  }
}
