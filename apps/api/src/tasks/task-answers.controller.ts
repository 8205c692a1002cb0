import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Outcome, type Request, TaskService } from '@duban/supervision';
import { Asked } from '../http/asked.js';
import { Records } from '../http/operations.js';
import { KeyPipe, OrdinalPipe } from '../http/path.pipes.js';
import {
  BlockerDto,
  ClearBlockerDto,
  CompletionDto,
  CorrectReportDto,
  ExtensionDto,
  MilestoneReachedDto,
  ReportDto,
  UnitDto,
} from './task.dto.js';

/** What a unit says about its task. The office may enter it from a paper, naming the unit. */
@ApiTags('tasks')
@Controller('v1/tasks/:task')
export class TaskAnswersController {
  constructor(private readonly tasks: TaskService) {}

  @Post('acknowledgements')
  @Records('task.answer', 'Acknowledge the receipt of a task')
  acknowledge(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Body() body: UnitDto,
  ): Promise<Outcome> {
    return this.tasks.acknowledge(request, task, body);
  }

  @Post('reports')
  @Records('task.answer', 'Report on a period; one joint lead reports for all')
  report(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Body() body: ReportDto,
  ): Promise<Outcome> {
    return this.tasks.report(request, task, body);
  }

  @Post('corrections')
  @Records('task.answer', 'Correct a report, with a reason')
  correct(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Body() body: CorrectReportDto,
  ): Promise<Outcome> {
    const { percent = null, ...correction } = body;
    return this.tasks.correctReport(request, task, { ...correction, percent });
  }

  @Post('completions')
  @Records('task.answer', 'Say that a task is done, for review')
  complete(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Body() body: CompletionDto,
  ): Promise<Outcome> {
    return this.tasks.complete(request, task, body);
  }

  @Post('extensions')
  @Records('task.answer', 'Ask for a later due day')
  extend(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Body() body: ExtensionDto,
  ): Promise<Outcome> {
    return this.tasks.requestExtension(request, task, body);
  }

  @Post('extensions/:n/withdrawal')
  @Records('task.answer', 'Withdraw a request that is not decided yet')
  withdraw(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Param('n', OrdinalPipe) n: number,
    @Body() body: UnitDto,
  ): Promise<Outcome> {
    return this.tasks.withdrawExtension(request, task, n, body);
  }

  @Post('milestones')
  @Records('task.answer', 'Say that a milestone is reached')
  reach(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Body() body: MilestoneReachedDto,
  ): Promise<Outcome> {
    return this.tasks.reachMilestone(request, task, body);
  }

  @Post('blockers')
  @Records('task.answer', 'Say what stands in the way')
  block(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Body() body: BlockerDto,
  ): Promise<Outcome> {
    return this.tasks.raiseBlocker(request, task, body);
  }

  @Post('blockers/:n/clearance')
  @Records('task.answer', 'Say that it is out of the way')
  clear(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Param('n', OrdinalPipe) n: number,
    @Body() { note }: ClearBlockerDto,
  ): Promise<Outcome> {
    return this.tasks.clearBlocker(request, task, { n, note });
  }
}
