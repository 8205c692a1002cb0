import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Request } from '@duban/supervision';
import { type Desk, deskOf, renderDeskHtml } from '@duban/view';
import { type FastifyReply } from 'fastify';
import { Asked } from '../http/asked.js';
import { Answers } from '../http/operations.js';
import { dataOrPage } from '../http/page.js';
import { LedgerViews } from '../ledger/ledger-views.js';
import { DeskDto, DeskQuery } from './desk.dto.js';

@ApiTags('desk')
@Controller('v1/desk')
export class DeskController {
  constructor(private readonly views: LedgerViews) {}

  @Get()
  @Answers('desk.read', 'What waits for the office, by queue, the oldest first, and what settles it', DeskDto)
  @ApiProduces('application/json', 'text/html')
  async desk(
    @Asked() { actor }: Request,
    @Query() { plan, queue }: DeskQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Desk | string> {
    const look = await this.views.look(actor);
    const ledgers = await this.views.ledgers(look, plan);
    const desk = deskOf(ledgers, look.today, this.views.calendar, queue);
    return dataOrPage(desk, renderDeskHtml, { accept, reply });
  }
}
