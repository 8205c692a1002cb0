import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type ExtensionDecision,
  type Outcome,
  type Request,
  type ReviewInput,
  TaskService,
} from '@duban/supervision';
import { Asked } from '../http/asked.js';
import { Records } from '../http/operations.js';
import { KeyPipe, OrdinalPipe } from '../http/path.pipes.js';
import { Holders } from './holders.js';
import {
  AssignmentsDto,
  DecisionDto,
  DueDateDto,
  OrderDto,
  ReportingLeadDto,
  ReviewDto,
} from './task.dto.js';

/** What the plan's office decides about a task. */
@ApiTags('tasks')
@Controller('v1/tasks/:task')
export class TaskDecisionsController {
  constructor(
    private readonly tasks: TaskService,
    private readonly holders: Holders,
  ) {}

  @Post('reviews')
  @Records('task.decide', 'Accept or return a completion')
  review(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Body() body: ReviewDto,
  ): Promise<Outcome> {
    return this.tasks.review(request, task, reviewOf(body));
  }

  @Post('extensions/:n/decisions')
  @Records('task.decide', 'Grant or refuse a later due day')
  decide(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Param('n', OrdinalPipe) n: number,
    @Body() body: DecisionDto,
  ): Promise<Outcome> {
    return this.tasks.decideExtension(request, task, n, decisionOf(body));
  }

  @Post('assignments')
  @Records('task.decide', 'Name other units')
  async assign(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Body() body: AssignmentsDto,
  ): Promise<Outcome> {
    const roles = await this.holders.named(request.actor, planOf(task), body.roles);
    return this.tasks.order(request, task, { type: 'ReassignUnits', ...orderOf(body), roles });
  }

  @Post('reporting-lead')
  @Records('task.decide', 'Name the joint lead that reports')
  async nameLead(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Body() body: ReportingLeadDto,
  ): Promise<Outcome> {
    const [unit] = await this.holders.keys(request.actor, planOf(task), [body.unit]);
    return this.tasks.order(request, task, { type: 'NameReportingLead', unit: unit! });
  }

  @Post('due-dates')
  @Records('task.decide', 'Set another due day by decision')
  setDue(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Body() body: DueDateDto,
  ): Promise<Outcome> {
    return this.tasks.order(request, task, { type: 'SetDueDate', due: body.due ?? null, ...orderOf(body) });
  }

  @Post('suspensions')
  @Records('task.decide', 'Suspend a task')
  suspend(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Body() body: OrderDto,
  ): Promise<Outcome> {
    return this.tasks.order(request, task, { type: 'SuspendTask', ...orderOf(body) });
  }

  @Post('resumptions')
  @Records('task.decide', 'Resume a suspended task')
  resume(@Asked() request: Request, @Param('task', KeyPipe) task: string): Promise<Outcome> {
    return this.tasks.order(request, task, { type: 'ResumeTask' });
  }

  @Post('exemptions')
  @Records('task.decide', 'Exempt a task from supervision')
  exempt(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Body() body: OrderDto,
  ): Promise<Outcome> {
    return this.tasks.order(request, task, { type: 'ExemptTask', ...orderOf(body) });
  }

  @Post('cancellations')
  @Records('task.decide', 'Cancel a task')
  cancel(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Body() body: OrderDto,
  ): Promise<Outcome> {
    return this.tasks.order(request, task, { type: 'CancelTask', ...orderOf(body) });
  }

  @Post('closures')
  @Records('task.decide', 'Close a task whose completion was accepted')
  close(@Asked() request: Request, @Param('task', KeyPipe) task: string): Promise<Outcome> {
    return this.tasks.order(request, task, { type: 'CloseTask' });
  }

  @Post('reopenings')
  @Records('task.decide', 'Reopen a task')
  reopen(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Body() body: OrderDto,
  ): Promise<Outcome> {
    return this.tasks.order(request, task, { type: 'ReopenTask', ...orderOf(body) });
  }
}

/** Reason and paper of an order; null where there is no paper. */
export function orderOf({ reason, paper }: OrderDto) {
  return { reason, paper: paper ?? null };
}

// The DTO has held what belongs to each verdict to be there.
function reviewOf({ verdict, reasons = [], reworkBy = '' }: ReviewDto): ReviewInput {
  return verdict === 'accept' ? { verdict } : { verdict, reasons, reworkBy };
}

function decisionOf({ verdict, dueOn = '', reason = '', paper }: DecisionDto): ExtensionDecision {
  return verdict === 'grant'
    ? { verdict, dueOn, paper: paper ?? null }
    : { verdict, reason, paper: paper ?? null };
}

/** The plan in the key of a task or an indicator; empty when the text is none. */
export function planOf(id: string): string {
  return id.slice(0, Math.max(0, id.indexOf(':')));
}
