import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { isPeriod, periodKind } from '@duban/calendar';
import { Rejection } from '@duban/event-store';
import { quarterOf, renderQuarterHtml } from '@duban/rollup';
import { type Request } from '@duban/supervision';
import { type FastifyReply } from 'fastify';
import { Asked } from '../http/asked.js';
import { Answers } from '../http/operations.js';
import { dataOrPage } from '../http/page.js';
import { KeyPipe } from '../http/path.pipes.js';
import { RollupViews } from '../rollups/rollup-views.js';
import { QuarterDto, QuarterQuery } from './quarter.dto.js';
import { ToldLeaders } from './told.js';

@ApiTags('quarters')
@Controller('v1/quarters')
export class QuartersController {
  constructor(
    private readonly views: RollupViews,
    private readonly leaders: ToldLeaders,
  ) {}

  @Get(':quarter')
  @Answers(
    'plan.read',
    "A leader's page across plans, as JSON or, by Accept or `.html`, to read and to print",
    QuarterDto,
  )
  @ApiProduces('application/json', 'text/html')
  async page(
    @Asked() { actor }: Request,
    @Param('quarter', KeyPipe) named: string,
    @Query() { first }: QuarterQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QuarterDto | string> {
    const period = named.replace(/\.html$/, '');
    if (!isPeriod(period) || periodKind(period) !== 'quarter')
      throw new Rejection('not_found', { what: named });
    const [editions, told] = await Promise.all([
      this.views.editionsOf(actor, period),
      this.leaders.told(actor),
    ]);
    const quarter = quarterOf(period, editions, { first: first ?? null, told });
    return dataOrPage(quarter, renderQuarterHtml, { accept, reply }, { always: named !== period });
  }
}
