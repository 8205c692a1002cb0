import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { sees } from '@duban/access';
import { type QuarterScore, Scorecards } from '@duban/rollup';
import { type Request } from '@duban/supervision';
import { type Actor } from '@duban/platform';
import { jurisdictionOf } from '@duban/unit';
import { renderScorecardHtml, type Scorecard } from '@duban/view';
import { type FastifyReply } from 'fastify';
import { Asked } from '../http/asked.js';
import { Answers } from '../http/operations.js';
import { dataOrPage } from '../http/page.js';
import { KeyPipe } from '../http/path.pipes.js';
import { LedgerViews } from '../ledger/ledger-views.js';
import { ScorecardDto, ScorecardQuery } from './scorecard.dto.js';

@ApiTags('units')
@Controller('v1/units')
export class ScorecardsController {
  constructor(
    private readonly views: LedgerViews,
    private readonly scorecards: Scorecards,
  ) {}

  @Get(':unit/scorecard')
  @Answers('plan.read', 'What a unit owed quarter by quarter, and what became of it', ScorecardDto)
  @ApiProduces('application/json', 'text/html')
  async scorecard(
    @Asked() { actor }: Request,
    @Param('unit', KeyPipe) unit: string,
    @Query() query: ScorecardQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Scorecard | string> {
    return dataOrPage(await this.cardOf(actor, unit, query), renderScorecardHtml, { accept, reply });
  }

  /** Under the plans of the unit's own place, as far as the reader sees them. @throws Rejection `not_found` */
  private async cardOf(actor: Actor, named: string, { plan, year }: ScorecardQuery): Promise<Scorecard> {
    const look = await this.views.look(actor);
    const unit = await this.views.ownUnit(look, named);
    const jurisdiction = jurisdictionOf(unit);
    const ledgers = (await this.views.ledgers(look, plan)).filter(
      ({ id, plan: { jurisdiction: of } }) =>
        of === jurisdiction && sees(look.actor, { plan: id, units: [unit] }),
    );
    const scores = await Promise.all(ledgers.map(ledger => this.scorecards.of(ledger, unit, year)));
    const ended = look.directory.units.get(unit)?.ended;
    const to = look.directory.holder(unit, look.today);
    return {
      ...{ unit, jurisdiction, today: look.today },
      name: look.directory.name(unit, look.today),
      actsFor: look.directory.actsFor(unit, look.today),
      passedOn: ended && to !== unit ? { to, on: ended.on } : null,
      quarters: scores
        .flat()
        .filter(({ total, owned }) => total.total > 0 || owned.n > 0)
        .sort(latestFirst),
    };
  }
}

function latestFirst(a: QuarterScore, b: QuarterScore): number {
  if (a.period !== b.period) return a.period > b.period ? -1 : 1;
  return a.plan < b.plan ? -1 : 1;
}
