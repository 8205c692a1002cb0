import { assertMay } from '@duban/access';
import { type Day, periodEnd, periodOf, periodStart } from '@duban/calendar';
import { fieldRejection, Rejection } from '@duban/event-store';
import { type UnitDirectory } from '@duban/ledger';
import { type Context, type Evidence, type Paper } from '@duban/platform';
import { inForce } from '@duban/policy';
import { leadsOf, type Task, type TaskCommand, taskDecider } from '@duban/task';
import { jurisdictionOf } from '@duban/unit';
import { type CommandRunner, step } from './command-runner.js';
import { type Acting, type Lookup } from './lookup.js';
import { type Outcome, type Request } from './request.js';
import { standing } from './resting-on.js';

type Command<T extends TaskCommand['type']> = Omit<Extract<TaskCommand, { type: T }>, 'type'>;
type Unit = { unit?: string | null };
/** What the office enters for a unit is a paper of it. */
type Entered = Unit & { paper?: Paper | null; receivedOn?: Day | null };
type Asked = { request: Request; id: string; unit: string | null | undefined; directory: UnitDirectory };
/** `body`: what names files, its evidence or its paper. */
type Answering = { commutes?: boolean; body?: unknown };
/** What a unit's answer is built from: who speaks, the task as it is decided on, and who belongs to its groups. */
export type Known = {
  acting: Acting;
  members: string[];
  task: Task;
  today: Day;
  directory: UnitDirectory;
};

export type ProgressInput = Entered & {
  period?: string;
  aboutOn?: Day;
  percent?: number | null;
  summary: string;
  evidence?: readonly Evidence[];
  supersedes?: number | null;
};
export type CompletionInput = Entered & {
  doneOn?: Day;
  summary: string;
  evidence?: readonly Evidence[];
};
export type ReviewInput =
  { verdict: 'accept' } | { verdict: 'return'; reasons: readonly string[]; reworkBy: Day };
export type ExtensionInput = Omit<Entered, 'receivedOn'> & { to: Day; reason: string };
export type MilestoneInput = Entered & { code: string; reachedOn: Day; evidence?: readonly Evidence[] };
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
    const receipt = ({ acting, members }: Known) => ({ ...acting, members });
    return this.answer(request, id, 'AcknowledgeTask', unit, receipt, { commutes: true });
  }

  /**
   * One call for all tasks of a plan that the unit has not acknowledged; those that are over are passed over. Repeated
   * under the same key it gives the same answers.
   */
  async acknowledgeMany(request: Request, plan: string, { unit }: Unit = {}): Promise<Outcome[]> {
    const { role } = request.actor;
    assertMay(request.actor, 'task.answer', role === 'unit' ? {} : { plan });
    const { today } = await this.runner.context(request);
    const { directory, ...acting } = await this.lookup.acting(request, unit, today);
    const ledger = await this.lookup.reader.planLedger(plan);
    const isSeen = ledger?.plan.issuedOn && ledger.plan.jurisdiction === jurisdictionOf(acting.unit);
    if (!ledger || (role === 'unit' && !isSeen)) throw new Rejection('not_found', { what: plan });
    const holder = directory.holder(acting.unit, today);
    const outcomes: Outcome[] = [];
    for (const [id, task] of ledger.tasks) {
      if (!this.lookup.addressees(task, directory, today).includes(holder)) continue;
      const one = onlyFor(request, id);
      const before = await this.runner.answered(one);
      if (before) outcomes.push(before);
      else if (isToAcknowledge(task, acting)) outcomes.push(await this.acknowledge(one, id, { unit }));
    }
    return outcomes;
  }

  /** A lead's report on a period: by default on the quarter of today. */
  async report(request: Request, id: string, input: ProgressInput): Promise<Outcome> {
    const commandOf = ({ acting, today }: Known) => {
      const period = input.period ?? periodOf(today, 'quarter');
      if (periodStart(period) > (input.receivedOn ?? today))
        throw fieldRejection('/period', 'effective_in_future', {
          effectiveOn: periodStart(period),
          handedInOn: input.receivedOn ?? today,
        });
      return {
        ...acting,
        period,
        aboutOn: input.aboutOn ?? earlier(periodEnd(period), input.receivedOn ?? today),
        receivedOn: input.receivedOn ?? null,
        paper: input.paper ?? null,
        percent: input.percent ?? null,
        summary: input.summary,
        evidence: input.evidence ?? [],
        supersedes: input.supersedes ?? null,
      };
    };
    return this.answer(request, id, 'ReportProgress', input.unit, commandOf, { body: input });
  }

  async correctReport(request: Request, id: string, input: Command<'CorrectProgress'>): Promise<Outcome> {
    return this.answer(request, id, 'CorrectProgress', request.actor.unit, ({ acting, task }) => {
      const leads = leadsOf(task);
      if (
        request.actor.role === 'unit' &&
        ![acting.unit, ...acting.actsFor].some(each => leads.includes(each))
      )
        throw new Rejection('not_a_lead_unit', { unit: acting.unit, leads });
      return input;
    });
  }

  async complete(request: Request, id: string, input: CompletionInput): Promise<Outcome> {
    const commandOf = ({ acting, today }: Known) => {
      return {
        ...acting,
        doneOn: input.doneOn ?? input.receivedOn ?? today,
        receivedOn: input.receivedOn ?? null,
        paper: input.paper ?? null,
        summary: input.summary,
        evidence: input.evidence ?? [],
      };
    };
    return this.answer(request, id, 'SubmitCompletion', input.unit, commandOf, { body: input });
  }

  /** The office returns or accepts a completion. @throws Rejection `same_person` when it is the reporter's own. */
  async review(request: Request, id: string, input: ReviewInput): Promise<Outcome> {
    const { state: task, version } = await this.lookup.taskSeen(id);
    assertMay(request.actor, 'task.decide', { plan: task.plan, named: id });
    const { today } = await this.runner.context(request);
    const { reviewerUnit, office, actsFor } = await this.lookup.reviewer(request, task.plan, today);
    // The task knows units as they were named: the office's own work may stand there under an earlier name.
    const involved = [...leadsOf(task), task.completions.at(-1)?.unit];
    const known = [reviewerUnit, ...actsFor].find(unit => involved.includes(unit)) ?? reviewerUnit;
    const reviewer = { reviewerUnit: known, office: reviewerUnit === office ? known : office };
    const command = { type: 'ReviewCompletion' as const, ...input, ...reviewer };
    return this.runner.runMany(request, [step(taskDecider, `task-${id}`, command, version)]);
  }

  async requestExtension(request: Request, id: string, { unit, ...asked }: ExtensionInput): Promise<Outcome> {
    const policies = await this.lookup.reader.policies();
    const commandOf = ({ acting, today }: Known) => {
      return { ...acting, ...asked, dates: inForce(policies, 'date', today).content };
    };
    return this.answer(request, id, 'RequestExtension', unit, commandOf, { body: asked });
  }

  async withdrawExtension(request: Request, id: string, n: number, { unit }: Unit = {}): Promise<Outcome> {
    return this.answer(request, id, 'WithdrawExtension', unit, ({ acting }) => ({ ...acting, n }));
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
    { unit, evidence = [], ...reached }: MilestoneInput,
  ): Promise<Outcome> {
    const commandOf = ({ acting }: Known) => ({ ...acting, ...reached, evidence });
    return this.answer(request, id, 'ReachMilestone', unit, commandOf, { body: { ...reached, evidence } });
  }

  async raiseBlocker(
    request: Request,
    id: string,
    { unit, kind, note }: Unit & { kind: string; note: string },
  ): Promise<Outcome> {
    return this.answer(request, id, 'RaiseBlocker', unit, ({ acting, members }) => ({
      ...acting,
      kind,
      note,
      members,
    }));
  }

  async clearBlocker(request: Request, id: string, { n, note }: Command<'ClearBlocker'>): Promise<Outcome> {
    return this.answer(request, id, 'ClearBlocker', request.actor.unit, () => ({ n, note }));
  }

  /** What the office orders without anything to look up: reassigning, suspending, exempting, cancelling, closing, … */
  async order(request: Request, id: string, command: OfficeOrder): Promise<Outcome> {
    const { plan } = await this.lookup.task(id);
    assertMay(request.actor, 'task.decide', { plan, named: id });
    return this.decide(request, id, command);
  }

  /**
   * What a unit says about its own task; the office may enter it on the unit's behalf. Whether it may is looked at on
   * the very state that the command is decided on, after the key: what was answered once is answered so again.
   */
  async answer<T extends TaskCommand['type']>(
    request: Request,
    id: string,
    type: T,
    unit: string | null | undefined,
    commandOf: (known: Known) => Command<T>,
    { commutes = false, body }: Answering = {},
  ): Promise<Outcome> {
    const stream = `task-${id}`;
    const speak = async () => {
      const directory = await this.lookup.reader.directory();
      const asked = { request, id, unit, directory };
      const decide = (task: Task | null, _: { type: T }, context: Context) => {
        const command = commandOf(this.known(asked, task, context));
        // Of one type, whose name and fields belong together.
        return taskDecider.decide(task, { ...command, type } as unknown as TaskCommand, context);
      };
      if (request.ifMatch !== undefined) await this.mustBeSeen(asked, commandOf);
      const steps = [step({ ...taskDecider, decide }, stream, { type }), ...standing(request.actor)];
      const files = body !== undefined && (await this.filesOf(asked, body));
      return this.runner.runMany(request, steps, { commutes, ...(files && { files }) });
    };
    return this.runner.afresh(request, speak, moved => moved === stream);
  }

  private async filesOf({ request, unit, directory }: Asked, body: unknown) {
    const { today } = await this.runner.context(request);
    return { units: this.lookup.filesOf(directory, request, unit, today), body };
  }

  /** @throws Rejection for a task that is not there, or not the actor's */
  private known({ request, id, unit, directory }: Asked, task: Task | null, { today }: Context): Known {
    const { role } = request.actor;
    const speaker = () => this.lookup.actingIn(directory, request, unit, today);
    // A unit hears first that it has ended, an office first that a task is none of its own: neither that there is one.
    const own = role === 'unit' ? speaker() : null;
    if (!task) throw new Rejection('not_found', { what: id });
    const units = this.lookup.addressees(task, directory, today);
    const target = role === 'unit' ? { units, named: id } : { plan: task.plan, named: id };
    assertMay(request.actor, 'task.answer', target);
    const acting = own ?? speaker();
    return { acting, members: this.lookup.members(task, directory, today), task, today, directory };
  }

  /** A version is compared before anything is decided: where a task stands is told only to whom it may be told. */
  private async mustBeSeen(asked: Asked, commandOf: (known: Known) => unknown): Promise<void> {
    if (await this.runner.answered(asked.request)) return;
    const task = await this.lookup.task(asked.id);
    commandOf(this.known(asked, task, await this.runner.context(asked.request)));
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

/** The request for one task of several: with a key of its own, and no version, which would be one of them alone. */
function onlyFor({ ifMatch: _, idempotency, ...request }: Request, id: string): Request {
  if (!idempotency) return request;
  return { ...request, idempotency: { ...idempotency, key: `${idempotency.key}/${id}` } };
}

function isToAcknowledge(task: Task, { unit, actsFor }: Acting): boolean {
  const isOver = !task.issuedOn || ['closed', 'cancelled'].includes(task.status);
  return !isOver && ![unit, ...actsFor].some(each => task.receipts[each]);
}

function earlier(a: Day, b: Day): Day {
  return a < b ? a : b;
}
