import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ExchangeService, type Outcome, type Request } from '@duban/supervision';
import { Asked } from '../http/asked.js';
import { Records } from '../http/operations.js';
import { KeyPipe, OrdinalPipe } from '../http/path.pipes.js';
import {
  ContestDecisionDto,
  ContestDto,
  ContributionAnswerDto,
  ContributionRequestDto,
  InstructionAnswerDto,
  InstructionDto,
} from './exchange.dto.js';
import { Holders } from './holders.js';
import { planOf } from './task-decisions.controller.js';

/** What goes to and fro about a task: contests, contributions to a lead's report, instructions of leaders. */
@ApiTags('tasks')
@Controller('v1/tasks/:task')
export class TaskExchangesController {
  constructor(
    private readonly exchanges: ExchangeService,
    private readonly holders: Holders,
  ) {}

  @Post('contests')
  @Records('task.answer', 'Send an assignment back, within five workdays')
  contest(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Body() body: ContestDto,
  ): Promise<Outcome> {
    return this.exchanges.contest(request, task, body);
  }

  @Post('contests/:n/decisions')
  @Records('task.decide', 'Uphold a contest, naming other units, or reject it')
  async decide(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Param('n', OrdinalPipe) n: number,
    @Body() { verdict, reason, paper: given, roles, assign = false }: ContestDecisionDto,
  ): Promise<Outcome> {
    const paper = given ?? null;
    if (verdict === 'reject')
      return this.exchanges.decideContest(request, task, n, { verdict, reason, paper });
    const named = roles ? await this.holders.named(request.actor, planOf(task), roles) : null;
    return this.exchanges.decideContest(request, task, n, {
      ...{ verdict, reason, paper, assign },
      roles: named,
    });
  }

  @Post('contributions')
  @Records('task.answer', 'Ask others named in the task for parts of your report')
  ask(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Body() body: ContributionRequestDto,
  ): Promise<Outcome> {
    return this.exchanges.requestContribution(request, task, body);
  }

  @Post('contributions/:n/answers')
  @Records('task.answer', 'Answer a request for a contribution')
  give(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Param('n', OrdinalPipe) n: number,
    @Body() body: ContributionAnswerDto,
  ): Promise<Outcome> {
    return this.exchanges.giveContribution(request, task, n, body);
  }

  @Post('instructions')
  @Records('task.instruct', 'Instruct units; the office types it from the paper')
  instruct(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Body() { paper, ...instruction }: InstructionDto,
  ): Promise<Outcome> {
    return this.exchanges.instruct(request, task, { ...instruction, paper: paper ?? null });
  }

  @Post('instructions/:n/answers')
  @Records('task.answer', 'Answer an instruction')
  answer(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Param('n', OrdinalPipe) n: number,
    @Body() body: InstructionAnswerDto,
  ): Promise<Outcome> {
    return this.exchanges.answerInstruction(request, task, n, body);
  }
}
