import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { isPeriod, periodKind } from '@duban/calendar';
import { Rejection } from '@duban/event-store';
import { quarterOf, renderQuarterHtml } from '@duban/rollup';
import { type Request } from '@duban/supervision';
import { type FastifyReply } from 'fastify';
import { Asked } from '../http/asked.js';
import { Answers } from '../http/operations.js';
import { KeyPipe } from '../http/path.pipes.js';
import { RollupViews } from '../rollups/rollup-views.js';
import { QuarterDto, QuarterQuery } from './quarter.dto.js';

/** The page needs its own style and nothing from anywhere. */
const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

@ApiTags('quarters')
@Controller('v1/quarters')
export class QuartersController {
  constructor(private readonly views: RollupViews) {}

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
    const quarter = quarterOf(period, await this.views.editionsOf(actor, period), { first: first ?? null });
    void reply.header('vary', 'Accept, Authorization');
    if (named === period && !prefersHtml(accept)) return quarter;
    void reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', pagePolicy);
    return renderQuarterHtml(quarter);
  }
}

/** Browsers name text/html first; everybody else wants data. */
function prefersHtml(accept = ''): boolean {
  const types = accept.split(',').map(type => type.split(';')[0]?.trim());
  const html = types.indexOf('text/html');
  const json = types.indexOf('application/json');
  return html >= 0 && (json < 0 || html < json);
}
