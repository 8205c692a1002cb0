import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Rollups } from '@duban/rollup';
import { type Outcome, type Request, RoundService } from '@duban/supervision';
import { type FastifyReply } from 'fastify';
import { Asked } from '../http/asked.js';
import { Answers, Lists, Records } from '../http/operations.js';
import { type Page } from '../http/paging.js';
import { KeyPipe } from '../http/path.pipes.js';
import {
  CloseQuery,
  CloseRoundDto,
  type DryRunDto,
  MoveDueDto,
  RoundDetail,
  RoundQuery,
  RoundRow,
  ScheduleRoundDto,
} from './round.dto.js';
import { RoundViews } from './round-views.js';

@ApiTags('rounds')
@Controller('v1/rounds')
export class RoundsController {
  constructor(
    private readonly views: RoundViews,
    private readonly rounds: RoundService,
    private readonly rollups: Rollups,
  ) {}

  @Get()
  @Lists('plan.read', 'Reporting rounds of your plans', RoundRow)
  list(@Asked() { actor }: Request, @Query() query: RoundQuery): Promise<Page<RoundRow>> {
    return this.views.list(actor, query);
  }

  @Get(':round')
  @Answers('plan.read', 'One round: whom it asks for what, and what is in', RoundDetail)
  detail(@Asked() { actor }: Request, @Param('round', KeyPipe) round: string): Promise<RoundDetail> {
    return this.views.detail(actor, round);
  }

  @Post()
  @Records('round.manage', 'Schedule a round')
  schedule(@Asked() request: Request, @Body() body: ScheduleRoundDto): Promise<Outcome> {
    const { evidence = false, summary = false, backfill = false, ...round } = body;
    return this.rounds.schedule(request, { ...round, evidence, summary, backfill });
  }

  @Post(':round/open')
  @Records('round.manage', 'Open a round: freeze whom it asks for what')
  open(@Asked() request: Request, @Param('round', KeyPipe) round: string): Promise<Outcome> {
    return this.rounds.open(request, round);
  }

  @Post(':round/due')
  @Records('round.manage', 'Move the due day of a round')
  moveDue(
    @Asked() request: Request,
    @Param('round', KeyPipe) round: string,
    @Body() body: MoveDueDto,
  ): Promise<Outcome> {
    return this.rounds.moveDue(request, round, body);
  }

  /** With `dryRun=true` it only says what stands in the way, and what the edition would be (200). */
  @Post(':round/close')
  @Records('round.manage', 'Close a round over the blockers that are named; `dryRun=true` lists them')
  async close(
    @Asked() request: Request,
    @Param('round', KeyPipe) round: string,
    @Query() { dryRun }: CloseQuery,
    @Body() body: CloseRoundDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Outcome | DryRunDto> {
    if (dryRun !== 'true') return this.rounds.close(request, round, body);
    void reply.code(200);
    const blockers = await this.rounds.blockers(request, round);
    const accepted = blockers.map(({ class: name }) => name);
    return {
      blockers,
      edition: await this.rollups.preview(round, { accepted, reason: body.reason ?? null }),
    };
  }
}
