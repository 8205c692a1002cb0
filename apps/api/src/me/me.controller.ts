import { Controller, Get, Headers, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Request } from '@duban/supervision';
import { renderMeHtml } from '@duban/view';
import { type FastifyReply } from 'fastify';
import { Asked } from '../http/asked.js';
import { Answers } from '../http/operations.js';
import { dataOrPage, prefersHtml } from '../http/page.js';
import { MeDto } from './me.dto.js';
import { MeViews } from './me-views.js';

const mostNext = { asData: 5, asPage: 200 };

@ApiTags('me')
@Controller('v1/me')
export class MeController {
  constructor(private readonly views: MeViews) {}

  @Get()
  @Answers('plan.read', 'Who you are here, what you see, and what you owe', MeDto)
  @ApiProduces('application/json', 'text/html')
  async me(
    @Asked() { actor }: Request,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeDto | string> {
    const me = await this.views.me(actor, prefersHtml(accept) ? mostNext.asPage : mostNext.asData);
    return dataOrPage(me, renderMeHtml, { accept, reply });
  }
}
