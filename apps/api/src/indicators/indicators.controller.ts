import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IndicatorService, type Outcome, type Request } from '@duban/supervision';
import { Asked } from '../http/asked.js';
import { Answers, Lists, Records } from '../http/operations.js';
import { type Page } from '../http/paging.js';
import { KeyPipe } from '../http/path.pipes.js';
import { Holders } from '../tasks/holders.js';
import { orderOf, planOf } from '../tasks/task-decisions.controller.js';
import { OrderDto } from '../tasks/task.dto.js';
import {
  ConfirmationDto,
  CorrectionDto,
  DefineIndicatorDto,
  IndicatorDetail,
  IndicatorQuery,
  IndicatorRow,
  linkOf,
  RejectionDto,
  RevisionDto,
  targetOf,
  TargetRevisionDto,
  ValueDto,
} from './indicator.dto.js';
import { IndicatorViews } from './indicator-views.js';

@ApiTags('indicators')
@Controller('v1/indicators')
export class IndicatorsController {
  constructor(
    private readonly views: IndicatorViews,
    private readonly indicators: IndicatorService,
    private readonly holders: Holders,
  ) {}

  @Get()
  @Lists('plan.read', 'Indicators of your rows with what they reached', IndicatorRow)
  list(@Asked() { actor }: Request, @Query() query: IndicatorQuery): Promise<Page<IndicatorRow>> {
    return this.views.list(actor, query);
  }

  @Get(':indicator')
  @Answers('plan.read', 'One indicator: targets, values, obligations', IndicatorDetail)
  detail(
    @Asked() { actor }: Request,
    @Param('indicator', KeyPipe) indicator: string,
  ): Promise<IndicatorDetail> {
    return this.views.detail(actor, indicator);
  }

  @Post()
  @Records('plan.manage', 'Define an indicator of a plan')
  async define(@Asked() request: Request, @Body() body: DefineIndicatorDto): Promise<Outcome> {
    const owners = await this.holders.keys(request.actor, body.plan, body.owners);
    const providers = await this.holders.keys(request.actor, body.plan, body.providers);
    return this.indicators.define(request, { ...defined(body), owners, providers });
  }

  @Post(':indicator/values')
  @Records('value.report', 'Report the figure of a period')
  report(
    @Asked() request: Request,
    @Param('indicator', KeyPipe) id: string,
    @Body() body: ValueDto,
  ): Promise<Outcome> {
    return this.indicators.reportValue(request, id, body);
  }

  @Post(':indicator/revisions')
  @Records('value.report', 'Replace a preliminary figure by the final one')
  revise(
    @Asked() request: Request,
    @Param('indicator', KeyPipe) id: string,
    @Body() body: RevisionDto,
  ): Promise<Outcome> {
    return this.indicators.reviseValue(request, id, body);
  }

  @Post(':indicator/corrections')
  @Records('value.report', 'Correct a wrong figure, with reason and basis')
  correct(
    @Asked() request: Request,
    @Param('indicator', KeyPipe) id: string,
    @Body() body: CorrectionDto,
  ): Promise<Outcome> {
    return this.indicators.correctValue(request, id, body);
  }

  @Post(':indicator/confirmations')
  @Records('value.decide', 'Confirm the figure of a period')
  confirm(
    @Asked() request: Request,
    @Param('indicator', KeyPipe) id: string,
    @Body() body: ConfirmationDto,
  ): Promise<Outcome> {
    return this.indicators.confirmValue(request, id, body);
  }

  @Post(':indicator/rejections')
  @Records('value.decide', "Reject a provider's figure")
  async reject(
    @Asked() request: Request,
    @Param('indicator', KeyPipe) id: string,
    @Body() body: RejectionDto,
  ): Promise<Outcome> {
    const [unit] = await this.holders.keys(request.actor, planOf(id), [body.unit]);
    return this.indicators.rejectValue(request, id, { ...body, unit: unit! });
  }

  @Post(':indicator/targets')
  @Records('value.decide', 'Revise the targets of a plan, with reason and paper')
  target(
    @Asked() request: Request,
    @Param('indicator', KeyPipe) id: string,
    @Body() body: TargetRevisionDto,
  ): Promise<Outcome> {
    const changes = body.changes.map(({ stretch = null, ...change }) => ({ ...change, stretch }));
    return this.indicators.reviseTarget(request, id, { ...body, changes, paper: body.paper ?? null });
  }

  @Post(':indicator/exemptions')
  @Records('value.decide', 'Exempt an indicator from supervision')
  exempt(
    @Asked() request: Request,
    @Param('indicator', KeyPipe) id: string,
    @Body() body: OrderDto,
  ): Promise<Outcome> {
    return this.indicators.order(request, id, {
      type: 'ExemptIndicator',
      ...orderOf(body),
    });
  }
}

function defined(body: DefineIndicatorDto) {
  const { annualOnly = false, definition = null, providerMode = 'one_of', lagDays = 0 } = body;
  const { links = [], baselines = [], targets = [] } = body;
  return {
    ...body,
    ...{ annualOnly, definition, providerMode, lagDays, baselines },
    links: links.map(linkOf),
    targets: targets.map(targetOf),
  };
}
