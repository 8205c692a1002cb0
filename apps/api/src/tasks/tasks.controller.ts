import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Outcome, type Request, TaskService } from '@duban/supervision';
import { Asked } from '../http/asked.js';
import { Answers, Lists, Records } from '../http/operations.js';
import { type Page } from '../http/paging.js';
import { KeyPipe } from '../http/path.pipes.js';
import { Holders } from './holders.js';
import { ReportFormDto, ReportFormQuery } from './report-form.dto.js';
import { EventQuery, RegisterTaskDto, TaskAsOfQuery, TaskQuery } from './task.dto.js';
import { EventRow, TaskDetail, TaskRow } from './task-rows.dto.js';
import { TaskViews } from './task-views.js';

@ApiTags('tasks')
@Controller('v1/tasks')
export class TasksController {
  constructor(
    private readonly views: TaskViews,
    private readonly tasks: TaskService,
    private readonly holders: Holders,
  ) {}

  @Get()
  @Lists('plan.read', 'Tasks of your rows with their lights, by key', TaskRow)
  list(@Asked() { actor }: Request, @Query() query: TaskQuery): Promise<Page<TaskRow>> {
    return this.views.list(actor, query);
  }

  @Get(':task')
  @Answers('plan.read', 'One task: state, light with reason, obligations, what you may do next', TaskDetail)
  detail(
    @Asked() { actor }: Request,
    @Param('task', KeyPipe) task: string,
    @Query() { asOf }: TaskAsOfQuery,
  ): Promise<TaskDetail> {
    return this.views.detail(actor, task, asOf);
  }

  @Get(':task/report-form')
  @Answers('plan.read', 'The report on a period, filled with what was contributed', ReportFormDto)
  reportForm(
    @Asked() { actor }: Request,
    @Param('task', KeyPipe) task: string,
    @Query() query: ReportFormQuery,
  ): Promise<ReportFormDto> {
    return this.views.reportForm(actor, task, query);
  }

  @Get(':task/events')
  @Lists('plan.read', 'What happened to a task, in order', EventRow)
  history(
    @Asked() { actor }: Request,
    @Param('task', KeyPipe) task: string,
    @Query() page: EventQuery,
  ): Promise<Page<EventRow>> {
    return this.views.history(actor, task, page);
  }

  @Post()
  @Records('plan.manage', 'Register a task of a plan that is being drafted')
  async register(@Asked() request: Request, @Body() body: RegisterTaskDto): Promise<Outcome> {
    const { plan, section = null, commitment = 'plain', due = null, milestones = [], ...task } = body;
    const roles = await this.holders.named(request.actor, plan, task.roles);
    const dated = milestones.map(({ due: by = null, ...milestone }) => ({ ...milestone, due: by }));
    return this.tasks.register(request, {
      ...task,
      plan,
      section,
      commitment,
      due,
      milestones: dated,
      roles,
    });
  }
}
