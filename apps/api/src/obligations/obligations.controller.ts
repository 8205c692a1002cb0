import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Request } from '@duban/supervision';
import { Asked } from '../http/asked.js';
import { Lists } from '../http/operations.js';
import { type Page } from '../http/paging.js';
import { ObligationQuery, ObligationRow } from './obligation.dto.js';
import { ObligationViews } from './obligation-views.js';

@ApiTags('obligations')
@Controller('v1/obligations')
export class ObligationsController {
  constructor(private readonly views: ObligationViews) {}

  @Get()
  @Lists('plan.read', "Everyone's to-do list: who owes what to whom, by when", ObligationRow)
  list(@Asked() { actor }: Request, @Query() query: ObligationQuery): Promise<Page<ObligationRow>> {
    return this.views.list(actor, query);
  }
}
