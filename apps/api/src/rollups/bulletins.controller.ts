import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { BulletinService, type Outcome, type Request } from '@duban/supervision';
import { Asked } from '../http/asked.js';
import { Answers, Lists, Records } from '../http/operations.js';
import { type Page } from '../http/paging.js';
import { KeyPipe, OrdinalPipe } from '../http/path.pipes.js';
import {
  CirculationDto,
  DiffQuery,
  EditionDiff,
  EditionReceiptDto,
  ExplanationDto,
  ReadingQuery,
  ReadingRow,
  RestatementDto,
} from './bulletin.dto.js';
import { BulletinViews } from './bulletin-views.js';

/** What becomes of published editions. */
@ApiTags('rollups')
@Controller('v1/rollups/:rollup')
export class BulletinsController {
  constructor(
    private readonly views: BulletinViews,
    private readonly bulletins: BulletinService,
  ) {}

  @Post('restate')
  @Records('rollup.decide', 'Publish another edition that takes the place of the last one')
  restate(
    @Asked() request: Request,
    @Param('rollup', KeyPipe) id: string,
    @Body() body: RestatementDto,
  ): Promise<Outcome> {
    return this.bulletins.restate(request, id, body);
  }

  @Post('explanations')
  @Records('rollup.decide', 'Explain why an edition is not restated for a correction')
  explain(
    @Asked() request: Request,
    @Param('rollup', KeyPipe) id: string,
    @Body() body: ExplanationDto,
  ): Promise<Outcome> {
    return this.bulletins.explain(request, id, body);
  }

  @Post('editions/:n/circulation')
  @Records('rollup.decide', 'Give an edition to units and leaders, by a paper')
  circulate(
    @Asked() request: Request,
    @Param('rollup', KeyPipe) id: string,
    @Param('n', OrdinalPipe) n: number,
    @Body() body: CirculationDto,
  ): Promise<Outcome> {
    return this.bulletins.circulate(request, id, n, body);
  }

  @Post('editions/:n/receipts')
  @Records('rollup.answer', 'Say that an edition was seen')
  see(
    @Asked() request: Request,
    @Param('rollup', KeyPipe) id: string,
    @Param('n', OrdinalPipe) n: number,
    @Body() body: EditionReceiptDto,
  ): Promise<Outcome> {
    return this.bulletins.see(request, id, n, body);
  }

  @Get('readings')
  @Lists('plan.read', 'Who got which edition, and who has seen it', ReadingRow)
  readings(
    @Asked() { actor }: Request,
    @Param('rollup', KeyPipe) id: string,
    @Query() query: ReadingQuery,
  ): Promise<Page<ReadingRow>> {
    return this.views.readings(actor, id, query);
  }

  @Get('diff')
  @Answers('plan.read', 'What one edition says otherwise than another', EditionDiff)
  diff(
    @Asked() { actor }: Request,
    @Param('rollup', KeyPipe) id: string,
    @Query() query: DiffQuery,
  ): Promise<EditionDiff> {
    return this.views.diff(actor, id, query);
  }
}
