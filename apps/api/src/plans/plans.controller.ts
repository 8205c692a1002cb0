import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Outcome, PlanService, type Request } from '@duban/supervision';
import { Asked } from '../http/asked.js';
import { Answers, Lists, Records } from '../http/operations.js';
import { type Page } from '../http/paging.js';
import { KeyPipe } from '../http/path.pipes.js';
import {
  AmendmentDto,
  ApprovalDto,
  DraftPlanDto,
  GoalHolderDto,
  PlanDetail,
  PlanQuery,
  PlanRow,
  ReasonDto,
  SectionsDto,
  WaiverDto,
} from './plan.dto.js';
import { PlanViews } from './plan-views.js';

@ApiTags('plans')
@Controller('v1/plans')
export class PlansController {
  constructor(
    private readonly views: PlanViews,
    private readonly plans: PlanService,
  ) {}

  @Get()
  @Lists('plan.read', 'Your plans', PlanRow)
  list(@Asked() { actor }: Request, @Query() page: PlanQuery): Promise<Page<PlanRow>> {
    return this.views.list(actor, page);
  }

  @Get(':plan')
  @Answers('plan.read', 'One plan with its sections, findings and counts', PlanDetail)
  detail(@Asked() { actor }: Request, @Param('plan', KeyPipe) plan: string): Promise<PlanDetail> {
    return this.views.detail(actor, plan);
  }

  @Post()
  @Records('plan.manage', 'Draft a plan')
  draft(@Asked() request: Request, @Body() body: DraftPlanDto): Promise<Outcome> {
    const { documentNumber = null, documentOn = null, zone = 'Asia/Shanghai', findings = [], ...plan } = body;
    return this.plans.draft(request, { ...plan, documentNumber, documentOn, zone, findings });
  }

  @Post(':plan/sections')
  @Records('plan.manage', 'Arrange the sections of a draft')
  arrange(
    @Asked() request: Request,
    @Param('plan', KeyPipe) plan: string,
    @Body() body: SectionsDto,
  ): Promise<Outcome> {
    const sections = body.sections.map(({ parent = null, ...section }) => ({ ...section, parent }));
    return this.plans.arrange(request, plan, { sections });
  }

  @Post(':plan/waivers')
  @Records('plan.manage', 'Accept a finding as it is, with a reason')
  waive(
    @Asked() request: Request,
    @Param('plan', KeyPipe) plan: string,
    @Body() body: WaiverDto,
  ): Promise<Outcome> {
    return this.plans.waive(request, plan, body);
  }

  @Post(':plan/goal-holders')
  @Records('plan.manage', 'Name who holds a goal that no figure stands for')
  nameGoalHolder(
    @Asked() request: Request,
    @Param('plan', KeyPipe) plan: string,
    @Body() body: GoalHolderDto,
  ): Promise<Outcome> {
    return this.plans.nameGoalHolder(request, plan, body);
  }

  @Post(':plan/approval')
  @Records('plan.manage', 'Approve a draft')
  approve(
    @Asked() request: Request,
    @Param('plan', KeyPipe) plan: string,
    @Body() { paper }: ApprovalDto,
  ): Promise<Outcome> {
    return this.plans.approve(request, plan, { paper: paper ?? null });
  }

  @Post(':plan/issue')
  @Records('plan.manage', 'Issue a plan with all its tasks')
  issue(@Asked() request: Request, @Param('plan', KeyPipe) plan: string): Promise<Outcome> {
    return this.plans.issue(request, plan);
  }

  @Post(':plan/amendments')
  @Records('plan.manage', 'Amend title or end of a plan')
  amend(
    @Asked() request: Request,
    @Param('plan', KeyPipe) plan: string,
    @Body() body: AmendmentDto,
  ): Promise<Outcome> {
    return this.plans.amend(request, plan, { ...body, paper: body.paper ?? null });
  }

  @Post(':plan/closure')
  @Records('plan.manage', 'Close a plan')
  close(
    @Asked() request: Request,
    @Param('plan', KeyPipe) plan: string,
    @Body() body: ReasonDto,
  ): Promise<Outcome> {
    return this.plans.close(request, plan, body);
  }
}
