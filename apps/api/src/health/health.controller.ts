import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { Health, type Readiness } from './health.js';
import { HttpMetrics } from './http-metrics.js';

/** For whoever runs the server; no key is needed and no row is shown. */
@ApiTags('health')
@Controller()
export class HealthController {
  constructor(
    private readonly health: Health,
    private readonly figures: HttpMetrics,
  ) {}

  @Get('health/live')
  @ApiOperation({ summary: 'Whether this process answers' })
  @ApiOkResponse({ schema: { type: 'object', example: { status: 'live' } } })
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  @Get('health/ready')
  @ApiOperation({ summary: 'Whether it can do its work: database, subscriptions, queue' })
  @ApiOkResponse({ schema: { type: 'object', example: { status: 'ready', faults: [] } } })
  @ApiResponse({ status: 503, description: 'Not ready; `faults` says why.' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.health.readiness();
    if (readiness.status !== 'ready') void reply.code(503).header('retry-after', '5');
    return readiness;
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiProduces('text/plain')
  @ApiOperation({ summary: 'Figures for Prometheus' })
  metrics(): Promise<string> {
    return this.figures.text();
  }
}
