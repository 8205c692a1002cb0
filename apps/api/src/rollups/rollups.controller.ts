import { applyDecorators, Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiTags } from '@nestjs/swagger';
import { type RollupHead } from '@duban/rollup';
import { type Request } from '@duban/supervision';
import { type FastifyReply } from 'fastify';
import { Asked } from '../http/asked.js';
import { Answers, Does, Lists } from '../http/operations.js';
import { type Page } from '../http/paging.js';
import { KeyPipe, OrdinalPipe } from '../http/path.pipes.js';
import { RollupDetail, RollupQuery, RollupRequestDto, RollupRequested, RollupRow } from './rollup.dto.js';
import { RollupViews } from './rollup-views.js';

@ApiTags('rollups')
@Controller('v1/rollups')
export class RollupsController {
  constructor(private readonly views: RollupViews) {}

  @Post()
  @Accepts('Ask for the rollup of a quarter: any number of times, one edition')
  async request(
    @Asked() { actor }: Request,
    @Body() body: RollupRequestDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RollupRequested> {
    const items = await this.views.request(actor, body);
    const [only, ...others] = items;
    const place = only && others.length === 0 ? `/${encodeURIComponent(only.id)}` : `?period=${body.period}`;
    void reply.header('location', `/v1/rollups${place}`);
    return { items };
  }

  @Get()
  @Lists('plan.read', 'Rollups of your plans', RollupRow)
  list(@Asked() { actor }: Request, @Query() query: RollupQuery): Promise<Page<RollupHead>> {
    return this.views.list(actor, query);
  }

  @Get(':rollup')
  @Answers(
    'plan.read',
    'The edition that counts: the last one published, else the provisional one',
    RollupDetail,
  )
  detail(@Asked() { actor }: Request, @Param('rollup', KeyPipe) id: string): Promise<RollupDetail> {
    return this.views.detail(actor, id);
  }

  @Get(':rollup/editions/:n')
  @Answers('plan.read', 'One published edition', RollupDetail)
  edition(
    @Asked() { actor }: Request,
    @Param('rollup', KeyPipe) id: string,
    @Param('n', OrdinalPipe) n: number,
  ): Promise<RollupDetail> {
    return this.views.edition(actor, id, n);
  }
}

function Accepts(summary: string): MethodDecorator {
  const headers = {
    Location: { schema: { type: 'string' }, description: 'Where the edition will be.' },
  } as const;
  return applyDecorators(
    Does('rollup.trigger', summary),
    HttpCode(202),
    ApiAcceptedResponse({ type: RollupRequested, headers }),
  );
}
