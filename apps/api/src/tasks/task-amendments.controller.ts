import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Outcome, type Request, TaskService } from '@duban/supervision';
import { Asked } from '../http/asked.js';
import { Code, Part, Text } from '../http/fields.js';
import { Records } from '../http/operations.js';
import { KeyPipe } from '../http/path.pipes.js';
import { DueDto } from '../http/values.dto.js';
import { orderOf } from './task-decisions.controller.js';
import { MilestoneDto, OrderDto } from './task.dto.js';

export class AmendmentDto extends OrderDto {
  @Text({ max: 500, example: '新建省级以上创新平台' })
  title!: string;

  @Text({ max: 500, example: '004/三/3.1' })
  clause!: string;
}

export class MilestoneDueDto extends OrderDto {
  @Code({ example: 'm1' })
  code!: string;

  @Part(() => DueDto)
  due!: DueDto;
}

/** What the plan's office changes in the wording of a task and in its milestones. */
@ApiTags('tasks')
@Controller('v1/tasks/:task')
export class TaskAmendmentsController {
  constructor(private readonly tasks: TaskService) {}

  @Post('amendments')
  @Records('task.decide', 'Change title and clause, with a reason')
  amend(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Body() { title, clause, ...order }: AmendmentDto,
  ): Promise<Outcome> {
    return this.tasks.order(request, task, { type: 'AmendTask', title, clause, ...orderOf(order) });
  }

  @Post('new-milestones')
  @Records('task.decide', 'Set a milestone')
  setMilestone(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Body() { code, title, due = null }: MilestoneDto,
  ): Promise<Outcome> {
    return this.tasks.order(request, task, { type: 'SetMilestone', milestone: { code, title, due } });
  }

  @Post('milestone-dates')
  @Records('task.decide', 'Move or confirm the day of a milestone, with a reason')
  reviseMilestone(
    @Asked() request: Request,
    @Param('task', KeyPipe) task: string,
    @Body() { code, due, ...order }: MilestoneDueDto,
  ): Promise<Outcome> {
    return this.tasks.order(request, task, { type: 'ReviseMilestone', code, due, ...orderOf(order) });
  }
}
