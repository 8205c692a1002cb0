import { assertMay } from '@duban/access';
import { type Day, periodEnd, periodOf } from '@duban/calendar';
import { type Evidence } from '@duban/platform';
import { type Task, type TaskCommand, taskDecider } from '@duban/task';
import { type CommandRunner } from './command-runner.js';
import { type Acting, type Lookup } from './lookup.js';
import { type Outcome, type Request } from './request.js';

type Command<T extends TaskCommand['type']> = Omit<Extract<TaskCommand, { type: T }>, 'type'>;
type Unit = { unit?: string | null };

export type ProgressInput = Unit & {
  period?: string;
  aboutOn?: Day;
  receivedOn?: Day | null;
  percent?: number | null;
  summary: string;
  evidence?: readonly Evidence[];
  supersedes?: number | null;
};
export type CompletionInput = Unit & {
  doneOn?: Day;
  receivedOn?: Day | null;
  summary: string;
  evidence?: readonly Evidence[];
};
export type ReviewInput =
  { verdict: 'accept' } | { verdict: 'return'; reasons: readonly string[]; reworkBy: Day };
export type ExtensionInput = Unit & { to: Day; reason: string };
export type MilestoneInput = Unit & { code: string; reachedOn: Day; evidence?: readonly Evidence[] };
type DecideExtension = Extract<TaskCommand, { type: 'DecideExtension' }>;
export type ExtensionDecision = DecideExtension extends infer D
  ? D extends DecideExtension
    ? Omit<D, 'type' | 'n'>
    : never
  : never;

/** The state changes of a task, each recorded as events of its stream. Every method throws Rejection or VersionConflict. */
export class TaskService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly lookup: Lookup,
  ) {}

  async register(request: Request, task: Command<'RegisterTask'>): Promise<Outcome> {
    assertMay(request.actor, 'plan.manage', { plan: task.plan });
    return this.decide(request, `${task.plan}:${task.code}`, { type: 'RegisterTask', ...task });
  }

  /** The receipt of a unit named in the task, or of a member of a group named in it. */
  async acknowledge(request: Request, id: string, { unit }: Unit = {}): Promise<Outcome> {
    return this.answer(
      request,
      id,
      unit,
      ({ acting, members }) => ({ type: 'AcknowledgeTask', ...acting, members }),
      true,
    );
  }

  /** One call for all tasks of a plan that the unit has not acknowledged. */
  async acknowledgeMany(request: Request, plan: string, { unit }: Unit = {}): Promise<Outcome[]> {
    const { today } = await this.runner.context(request);
    const acting = await this.lookup.acting(request, unit, today);
    const ledger = await this.lookup.reader.planLedger(plan);
    const outcomes: Outcome[] = [];
    for (const [id, task] of ledger?.tasks ?? []) {
      const owed =
        task.issuedOn && this.lookup.addressees(task, acting.directory, today).includes(acting.unit);
      if (!owed || acting.actsFor.some(each => task.receipts[each])) continue;
      const idempotency = request.idempotency && {
        ...request.idempotency,
        key: `${request.idempotency.key}/${id}`,
      };
      outcomes.push(await this.acknowledge({ ...request, idempotency }, id, { unit }));
    }
    return outcomes;
  }

  /** A lead's report on a period: by default on the quarter of today. */
  async report(request: Request, id: string, input: ProgressInput): Promise<Outcome> {
    return this.answer(request, id, input.unit, ({ acting, today }) => {
      const period = input.period ?? periodOf(today, 'quarter');
      return {
        type: 'ReportProgress',
        ...acting,
        period,
        aboutOn: input.aboutOn ?? earlier(periodEnd(period), input.receivedOn ?? today),
        receivedOn: input.receivedOn ?? null,
        percent: input.percent ?? null,
        summary: input.summary,
        evidence: input.evidence ?? [],
        supersedes: input.supersedes ?? null,
      };
    });
  }

  async correctReport(request: Request, id: string, input: Command<'CorrectProgress'>): Promise<Outcome> {
    return this.answer(request, id, request.actor.unit, () => ({ type: 'CorrectProgress', ...input }));
  }

  async complete(request: Request, id: string, input: CompletionInput): Promise<Outcome> {
    return this.answer(request, id, input.unit, ({ acting, today }) => ({
      type: 'SubmitCompletion',
      ...acting,
      doneOn: input.doneOn ?? today,
      receivedOn: input.receivedOn ?? null,
      summary: input.summary,
      evidence: input.evidence ?? [],
    }));
  }

  /** The office returns or accepts a completion. @throws Rejection `same_person` when it is the reporter's own. */
  async review(request: Request, id: string, input: ReviewInput): Promise<Outcome> {
    const { task, office } = await this.supervised(request, id);
    const reviewer = { reviewerUnit: request.actor.unit ?? office, office };
    assertMay(request.actor, 'task.decide', { plan: task.plan });
    return this.decide(request, id, { type: 'ReviewCompletion', ...input, ...reviewer });
  }

  async requestExtension(
    request: Request,
    id: string,
    { unit, to, reason }: ExtensionInput,
  ): Promise<Outcome> {
    return this.answer(request, id, unit, ({ acting }) => ({
      type: 'RequestExtension',
      ...acting,
      to,
      reason,
    }));
  }

  async withdrawExtension(request: Request, id: string, n: number, { unit }: Unit = {}): Promise<Outcome> {
    return this.answer(request, id, unit, ({ acting }) => ({ type: 'WithdrawExtension', ...acting, n }));
  }

  async decideExtension(
    request: Request,
    id: string,
    n: number,
    decision: ExtensionDecision,
  ): Promise<Outcome> {
    return this.order(request, id, { type: 'DecideExtension', n, ...decision });
  }

  async reachMilestone(
    request: Request,
    id: string,
    { unit, code, reachedOn, evidence = [] }: MilestoneInput,
  ): Promise<Outcome> {
    return this.answer(request, id, unit, ({ acting }) => ({
      type: 'ReachMilestone',
      ...acting,
      code,
      reachedOn,
      evidence,
    }));
  }

  async raiseBlocker(
    request: Request,
    id: string,
    { unit, kind, note }: Unit & { kind: string; note: string },
  ): Promise<Outcome> {
    return this.answer(request, id, unit, ({ acting }) => ({ type: 'RaiseBlocker', ...acting, kind, note }));
  }

  async clearBlocker(request: Request, id: string, { n, note }: Command<'ClearBlocker'>): Promise<Outcome> {
    return this.answer(request, id, request.actor.unit, () => ({ type: 'ClearBlocker', n, note }));
  }

  /** What the office orders without anything to look up: reassigning, suspending, exempting, cancelling, closing, … */
  async order(request: Request, id: string, command: OfficeOrder): Promise<Outcome> {
    const { plan } = await this.lookup.task(id);
    assertMay(request.actor, 'task.decide', { plan });
    return this.decide(request, id, command);
  }

  /** What a unit says about its own task; the office may enter it on the unit's behalf. */
  private async answer(
    request: Request,
    id: string,
    unit: string | null | undefined,
    commandOf: (known: {
      acting: Omit<Acting, 'directory'>;
      members: string[];
      task: Task;
      today: Day;
    }) => TaskCommand,
    commutes = false,
  ): Promise<Outcome> {
    return this.runner.once(request, async () => {
      const task = await this.lookup.task(id);
      const { today } = await this.runner.context(request);
      const { directory, ...acting } = await this.lookup.acting(request, unit, today);
      const addressees = this.lookup.addressees(task, directory, today);
      assertMay(
        request.actor,
        'task.answer',
        request.actor.role === 'unit' ? { units: addressees } : { plan: task.plan },
      );
      const groups = task.roles.filter(({ isGroup }) => isGroup).map(({ holder }) => holder);
      const members = directory.membersOf(groups, today);
      return this.decide(request, id, commandOf({ acting, members, task, today }), commutes);
    });
  }

  private async supervised(request: Request, id: string): Promise<{ task: Task; office: string }> {
    const task = await this.lookup.task(id);
    const { office } = await this.lookup.plan(task.plan);
    return { task, office };
  }

  private decide(request: Request, id: string, command: TaskCommand, commutes = false): Promise<Outcome> {
    return this.runner.run(request, taskDecider, `task-${id}`, command, { commutes });
  }
}

type OfficeOrder = Extract<
  TaskCommand,
  {
    type:
      | 'AmendTask'
      | 'NameReportingLead'
      | 'SetDueDate'
      | 'SetMilestone'
      | 'ReviseMilestone'
      | 'CloseTask'
      | 'ReopenTask'
      | 'DecideExtension'
      | 'ReassignUnits'
      | 'SuspendTask'
      | 'ResumeTask'
      | 'ExemptTask'
      | 'CancelTask';
  }
>;

function earlier(a: Day, b: Day): Day {
  return a < b ? a : b;
}
